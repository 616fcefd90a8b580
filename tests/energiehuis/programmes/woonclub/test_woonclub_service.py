from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.cases.commands import GivenAgreement, Referrer
from energiehuis.cases.models import Agreement, Case, CaseEvent, CaseSnapshot, Intake, Visit
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import Proof
from energiehuis.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    PermissionDenied,
    StaleVersion,
)
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.people.models import HouseholdMember, Person
from energiehuis.programmes.woonclub import queries, service, sessions
from energiehuis.programmes.woonclub.commands import ChangeSession
from energiehuis.programmes.woonclub.models import Housing
from energiehuis.programmes.woonclub.vocabulary import Outcome
from tests.intakes import (
    HARELBEKE,
    KORTRIJK,
    composition,
    envelope,
    housed,
    new_file,
    new_session,
    new_visit,
)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def act(database, worker):
    """Let the worker do something in a unit of work of its own."""

    def run(what, command, actor=None):
        with database.unit_of_work() as session:
            return what(session, actor or worker, command)

    return run


def count(database, kind):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def refused(error):
    return [(e.field, e.code) for e in error.value.errors]


def test_a_file_keeps_what_was_told_at_intake(act):
    opened = act(service.open_file, new_file(contact=Named("Jo", "Verzonnen", date(1990, 2, 1))))
    read = act(queries.get_file, opened.id)
    assert read == opened
    assert (read.adults, read.children, read.household_type) == (1, 2, "single")
    assert read.municipalities == (HARELBEKE, KORTRIJK)
    assert (read.max_rent_cents, read.main_income) == (750_00, "living_wage")
    assert [member.family_name for member in read.members] == ["Verzonnen"]
    assert [change.to_status for change in read.changes] == ["active"]


def test_an_income_that_is_not_known_stays_unknown(act):
    opened = act(service.open_file, new_file(composition=composition(main_income=None)))
    assert opened.main_income is None


def test_a_household_has_one_open_file(act, database):
    first = act(service.open_file, new_file())
    with pytest.raises(Conflict, match=r"case\.household_has_open_case"):
        act(service.open_file, new_file(household_id=first.household_id))
    assert count(database, Case) == 1


def test_the_household_of_a_known_contact_is_found_again(act):
    first = act(service.open_file, new_file(contact=Alias("rode fiets")))
    with pytest.raises(Conflict, match=r"case\.household_has_open_case"):
        act(service.open_file, new_file(contact=Alias("Rode  Fiets")))
    with pytest.raises(Conflict, match=r"case\.household_has_open_case"):
        act(service.open_file, new_file(contact=KnownPerson(first.members[0].id)))


def test_a_household_may_come_back_when_its_file_is_closed(act):
    first = act(service.open_file, new_file(contact=Alias("rode fiets")))
    act(service.close_file, housed(first.id))
    second = act(service.open_file, new_file(contact=Alias("rode fiets")))
    assert second.household_id == first.household_id
    assert second.id != first.id


def test_the_database_itself_keeps_one_open_file_a_household(act, database):
    act(service.open_file, new_file())
    with database.unit_of_work() as session:
        intake, case = (
            dict(session.execute(sa.select(kind.__table__)).one()._mapping)
            for kind in (Intake, Case)
        )
        intake["id"] = uuid4()
        session.execute(sa.insert(Intake.__table__), [intake])
    case |= {"id": uuid4(), "intake_id": intake["id"]}
    add = sa.insert(Case.__table__)
    with database.unit_of_work() as session, pytest.raises(IntegrityError, match="household"):
        session.execute(add, [case])
    closed = {"status": "closed", "outcome": "stopped", "outcome_on": date(2018, 7, 1)}
    with database.unit_of_work() as session:
        session.execute(add, [case | closed])
    assert count(database, Case) == 2


def test_a_second_member_joins_a_household_that_is_named(act):
    first = act(service.open_file, new_file(contact=Named("Jo", "Verzonnen")))
    act(service.close_file, housed(first.id))
    again = new_file(household_id=first.household_id, contact=Named("Bo", "Verzonnen"))
    second = act(service.open_file, again)
    assert {member.given_name for member in second.members} == {"Jo", "Bo"}


def test_somebody_of_another_household_is_not_moved(act, database):
    first = act(service.open_file, new_file(contact=Alias("rode fiets")))
    other = act(service.open_file, new_file())
    with pytest.raises(Conflict, match=r"person\.in_other_household"):
        act(
            service.open_file,
            new_file(household_id=other.household_id, contact=KnownPerson(first.members[0].id)),
        )
    assert count(database, HouseholdMember) == 1


def test_a_household_that_does_not_exist_is_refused(act):
    with pytest.raises(InvalidInput) as error:
        act(service.open_file, new_file(household_id=uuid4()))
    assert refused(error) == [("subject.household_id", "household.unknown")]


def test_a_contact_who_does_not_exist_is_refused(act):
    with pytest.raises(InvalidInput) as error:
        act(service.open_file, new_file(contact=KnownPerson(uuid4())))
    assert refused(error) == [("subject.contact.person_id", "person.unknown")]


def test_a_refused_file_leaves_nothing_behind(act, database):
    with pytest.raises(InvalidInput):
        act(service.open_file, new_file(max_rent_cents=0))
    with pytest.raises(InvalidInput):
        act(service.open_file, new_file(contact=KnownPerson(uuid4())))
    assert [count(database, kind) for kind in (Intake, Case, Person)] == [0, 0, 0]


def test_the_same_intake_does_not_come_in_twice(act, database):
    said = new_file()
    act(service.open_file, said)
    with pytest.raises(Conflict, match=r"intake\.id_taken"):
        act(service.open_file, said)
    assert count(database, Case) == 1


def test_the_envelope_is_kept_with_referrer_and_agreement(act, database, organisation_id):
    referrer = Referrer(organisation_id, "Maatschappelijk werker", uuid4())
    agreement = GivenAgreement(("advice", "referral:energy_scan"), Proof.SIGNED, date(2018, 6, 4))
    act(service.open_file, new_file(envelope=envelope(referrer=referrer, agreement=agreement)))
    with database.unit_of_work() as session:
        intake = session.scalars(sa.select(Intake)).one()
        purposes = set(session.scalars(sa.select(Agreement.purpose)))
    assert intake.referrer_case_id == referrer.case_id
    assert intake.operator_organisation_id == organisation_id
    assert purposes == {"advice", "referral:energy_scan"}


def test_organisations_that_do_not_exist_are_refused(act):
    said = envelope(operator_organisation_id=uuid4(), referrer=Referrer(uuid4()))
    with pytest.raises(InvalidInput) as error:
        act(service.open_file, new_file(envelope=said))
    assert refused(error) == [
        ("operator_org", "organisation.unknown"),
        ("referrer.org", "organisation.unknown"),
    ]


@pytest.mark.parametrize("nis_code", ["11002", "21004"])
def test_an_intake_of_a_municipality_that_is_not_served_is_refused(act, nis_code):
    with pytest.raises(InvalidInput) as error:
        act(service.open_file, new_file(envelope=envelope(nis_code=nis_code)))
    assert refused(error) == [("nis", "intake.municipality_not_served")]


def test_a_worker_of_one_municipality_takes_no_intakes_of_another(act, actor_with):
    of_kortrijk = actor_with(Role.PROGRAMME_WORKER, KORTRIJK)
    with pytest.raises(InvalidInput) as error:
        act(service.open_file, new_file(), of_kortrijk)
    assert refused(error) == [("nis", "intake.municipality_not_served")]


def test_a_worker_of_one_municipality_reads_no_files_of_another(act, actor_with, worker):
    opened = act(service.open_file, new_file())
    of_kortrijk = actor_with(Role.PROGRAMME_WORKER, KORTRIJK)
    with pytest.raises(NotFound):
        act(queries.get_file, opened.id, of_kortrijk)
    with pytest.raises(NotFound):
        act(service.close_file, housed(opened.id), of_kortrijk)


@pytest.mark.parametrize(
    "role", [Role.COUNSELLOR, Role.LEAD_COUNSELLOR, Role.POLICYMAKER, Role.ADMINISTRATOR]
)
def test_only_programme_workers_write_and_read_files(act, actor_with, role):
    opened = act(service.open_file, new_file())
    other = actor_with(role)
    for what, command in (
        (service.open_file, new_file()),
        (service.close_file, housed(opened.id)),
        (queries.get_file, opened.id),
        (sessions.add_session, new_session()),
        (sessions.record_visit, new_visit(uuid4(), None)),
    ):
        with pytest.raises(PermissionDenied):
            act(what, command, other)


def test_a_file_is_closed_with_the_dwelling_that_was_found(act):
    opened = act(service.open_file, new_file())
    closed = act(service.close_file, housed(opened.id))
    assert (closed.status, closed.version, closed.outcome) == ("closed", 2, "housed")
    assert (closed.tenure, closed.housing_nis_code, closed.rent_cents) == (
        "private_rent",
        KORTRIJK,
        690_00,
    )
    assert [(c.from_status, c.to_status) for c in closed.changes] == [
        (None, "active"),
        ("active", "closed"),
    ]


def test_a_file_that_ended_without_a_dwelling_has_none(act, database):
    opened = act(service.open_file, new_file())
    ended = housed(opened.id, outcome=Outcome.STOPPED, tenure=None, nis_code=None, rent_cents=None)
    assert act(service.close_file, ended).tenure is None
    assert count(database, Housing) == 0


def test_a_file_is_not_closed_on_an_old_version(act):
    opened = act(service.open_file, new_file())
    with pytest.raises(StaleVersion):
        act(service.close_file, housed(opened.id, version=2))


def test_a_file_is_not_closed_twice(act):
    opened = act(service.open_file, new_file())
    act(service.close_file, housed(opened.id))
    with pytest.raises(Conflict, match=r"case\.move_not_allowed"):
        act(service.close_file, housed(opened.id, version=2))


def test_an_end_that_cannot_be_leaves_the_file_open(act):
    opened = act(service.open_file, new_file())
    with pytest.raises(InvalidInput):
        act(service.close_file, housed(opened.id, outcome_on=date(2018, 6, 4)))
    assert act(queries.get_file, opened.id).status == "active"


@pytest.mark.parametrize("kind", [Intake, CaseSnapshot, CaseEvent])
def test_the_database_lets_nobody_rewrite_what_happened(act, database, kind):
    act(service.open_file, new_file())
    table = kind.__table__
    for statement in (sa.delete(table), sa.update(table).values({table.c[0]: table.c[0]})):
        with pytest.raises(DatabaseError, match="append-only"), database.unit_of_work() as session:
            session.execute(statement)


def test_writing_and_reading_leave_audit_lines_without_names(act, database, worker):
    opened = act(service.open_file, new_file(contact=Named("Jo", "Verzonnen")))
    act(queries.get_file, opened.id)
    act(service.close_file, housed(opened.id))
    with database.unit_of_work() as session:
        lines = session.scalars(
            sa.select(AuditLine).where(AuditLine.subject_id == str(opened.id))
        ).all()
    assert [line.action for line in lines] == [
        "woonclub_file.opened",
        "woonclub_file.read",
        "woonclub_file.closed",
    ]
    assert {line.actor for line in lines} == {worker.name}
    assert all(line.details == {} for line in lines)


def test_a_refused_act_leaves_no_audit_line(act, database):
    before = count(database, AuditLine)
    with pytest.raises(InvalidInput):
        act(service.open_file, new_file(max_rent_cents=0))
    assert count(database, AuditLine) == before


def test_a_visitor_counts_once_a_session(act, database):
    held = act(sessions.add_session, new_session())
    first = act(sessions.record_visit, new_visit(held.id, Named("Jo", "Verzonnen")))
    with pytest.raises(Conflict, match=r"visit\.visitor_came_already"):
        act(sessions.record_visit, new_visit(held.id, KnownPerson(first.visitor_id)))
    assert count(database, Visit) == 1


def test_an_alias_is_one_visitor_whatever_the_capitals(act):
    one = act(sessions.add_session, new_session())
    other = act(sessions.add_session, new_session(takes_place_on=date(2018, 6, 4)))
    first = act(sessions.record_visit, new_visit(one.id, Alias("Rode Fiets")))
    second = act(sessions.record_visit, new_visit(other.id, Alias(" rode fiets ")))
    assert first.visitor_id == second.visitor_id


def test_visitors_who_are_not_named_may_be_more_than_one(act, database):
    held = act(sessions.add_session, new_session())
    for _ in range(3):
        act(sessions.record_visit, new_visit(held.id, None))
    assert count(database, Visit) == 3
    assert count(database, Person) == 0


def test_two_people_of_one_name_stay_two(act):
    held = act(sessions.add_session, new_session())
    first = act(sessions.record_visit, new_visit(held.id, Named("Jo", "Verzonnen")))
    second = act(sessions.record_visit, new_visit(held.id, Named("Jo", "Verzonnen")))
    assert first.visitor_id != second.visitor_id


def test_a_visit_can_belong_to_a_file(act):
    opened = act(service.open_file, new_file())
    held = act(sessions.add_session, new_session())
    visit = act(sessions.record_visit, new_visit(held.id, None, case_id=opened.id))
    assert act(sessions.get_visit, visit.id) == visit


def test_a_visit_names_no_file_or_session_that_the_worker_may_not_see(act):
    held = act(sessions.add_session, new_session())
    with pytest.raises(InvalidInput) as error:
        act(sessions.record_visit, new_visit(held.id, None, case_id=uuid4()))
    assert refused(error) == [("payload.case_id", "visit.case_unknown")]
    with pytest.raises(InvalidInput) as error:
        act(sessions.record_visit, new_visit(uuid4(), None))
    assert refused(error) == [("payload.session_id", "visit.session_unknown")]


def test_a_planned_session_takes_no_visits_until_it_is_held(act):
    planned = act(sessions.add_session, new_session(status=SessionStatus.PLANNED))
    with pytest.raises(InvalidInput) as error:
        act(sessions.record_visit, new_visit(planned.id, None))
    assert refused(error) == [("payload.session_id", "visit.session_not_held")]
    held = act(sessions.change_session, ChangeSession(planned.id, 1, SessionStatus.HELD))
    assert (held.status, held.version) == ("held", 2)
    act(sessions.record_visit, new_visit(planned.id, None))


def test_a_session_that_was_held_stays_held(act):
    held = act(sessions.add_session, new_session())
    with pytest.raises(Conflict, match=r"session\.move_not_allowed"):
        act(sessions.change_session, ChangeSession(held.id, 1, SessionStatus.CANCELLED))


def test_a_session_is_not_changed_on_an_old_version(act):
    planned = act(sessions.add_session, new_session(status=SessionStatus.PLANNED))
    with pytest.raises(StaleVersion):
        act(sessions.change_session, ChangeSession(planned.id, 7, SessionStatus.HELD))


def test_a_place_has_one_session_a_day_unless_it_was_cancelled(act):
    planned = act(sessions.add_session, new_session(status=SessionStatus.PLANNED))
    with pytest.raises(Conflict, match=r"session\.exists"):
        act(sessions.add_session, new_session())
    act(sessions.change_session, ChangeSession(planned.id, 1, SessionStatus.CANCELLED))
    act(sessions.add_session, new_session())


def test_a_session_outside_the_area_is_refused(act):
    with pytest.raises(InvalidInput) as error:
        act(sessions.add_session, new_session(nis_code="11002"))
    assert refused(error) == [("nis", "intake.municipality_not_served")]


def test_a_visit_of_another_municipality_than_its_session_is_refused(act):
    held = act(sessions.add_session, new_session())
    elsewhere = replace(new_visit(held.id, None), envelope=envelope(nis_code=KORTRIJK))
    with pytest.raises(InvalidInput) as error:
        act(sessions.record_visit, elsewhere)
    assert refused(error) == [("nis", "visit.other_municipality")]
