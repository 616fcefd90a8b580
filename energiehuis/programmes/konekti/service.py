"""Families of Konekti: referred, spoken with, helped by one plan."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.models import Organisation
from energiehuis.cases.commands import Envelope
from energiehuis.cases.intakes import (
    begin,
    household_of,
    open_household_case,
    open_person_case,
    person_of,
    say,
)
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, PersonSubject, Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.queries import CaseHead, find_case
from energiehuis.cases.records import written_columns
from energiehuis.cases.service import change_status
from energiehuis.cases.states import OPEN_STATUSES, CaseStatus
from energiehuis.errors import Conflict, FieldError
from energiehuis.people import queries as people_queries
from energiehuis.people.commands import Identity, KnownPerson, Named
from energiehuis.people.service import add_member
from energiehuis.programmes.konekti.commands import (
    AgreePlan,
    AskPsychologist,
    FamilyMember,
    MadeContact,
    ReferFamily,
)
from energiehuis.programmes.konekti.models import (
    Family,
    FirstContact,
    Goal,
    Member,
    Plan,
    PlanPartner,
    PsychologistCase,
)
from energiehuis.programmes.konekti.queries import FAMILIES, FIRST_CONTACTS, PLANS, PSYCHOLOGIST
from energiehuis.programmes.konekti.rules import (
    age_on,
    contact_errors,
    due_on,
    family_errors,
    plan_errors,
)
from energiehuis.programmes.konekti.vocabulary import PROGRAMME


def record_family(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, ReferFamily]
) -> Recorded:
    """Write a referred family down and open its case. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds, `household.unknown`, `person.unknown`.
    Conflict
        `case.household_has_open_case`, `person.in_other_household`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = list(family_errors(envelope, said))
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="families", errors=errors)
    household_id = _household(session, owner_id, incoming)
    people = [
        _join(session, owner_id, household_id, envelope, f"payload.members.{index}.person", member)
        for index, member in enumerate(said.members)
    ]
    case_id = open_household_case(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        household_id=household_id,
        composition=None,
    )
    row = {
        "case_id": case_id,
        "request_text": said.request_text,
        "due_on": due_on(envelope.received_on),
    }
    session.execute(insert(Family).values(row))
    session.execute(insert(Member), _member_rows(case_id, people, said.members))
    say(session, actor, "konekti_family.referred", FAMILIES.name, case_id)
    return FAMILIES.written(session, actor, case_id)


def record_first_contact(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, MadeContact]
) -> Recorded:
    """Write down that somebody spoke with a family; its case goes on. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `konekti.family_unknown`, `konekti.contact_out_of_time`.
    Conflict
        `konekti.contact_made_already`.
    """
    envelope, said = incoming.envelope, incoming.payload
    case, errors = family_case(session, actor, said.family_case)
    if case is not None:
        told = envelope.received_on
        errors += contact_errors(said.date, referred_on=case.received_on, told_on=told)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="first-contacts", errors=errors
    )
    row = {
        **written_columns(envelope, owner_id),
        "case_id": said.family_case,
        "took_place_on": said.date,
    }
    try:
        session.execute(insert(FirstContact).values(row))
    except IntegrityError as error:
        raise Conflict("konekti.contact_made_already", field="payload.family_case") from error
    _note_contact(session, said)
    _go_on(session, actor, case, to=CaseStatus.INTAKE, starts=(CaseStatus.REGISTERED,))
    say(session, actor, "konekti_first_contact.made", "konekti_family", said.family_case)
    return FIRST_CONTACTS.written(session, actor, UUID(str(row["id"])))


def record_plan(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, AgreePlan]
) -> Recorded:
    """Write a version of the plan of a family down; with the first, help begins.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `konekti.family_unknown`, `konekti.contact_needed`, `organisation.unknown`, what `rules`
        finds.
    Conflict
        `konekti.plan_changed`, when somebody else wrote that version at the same moment.
    """
    envelope, said = incoming.envelope, incoming.payload
    case, errors = family_case(session, actor, said.family_case)
    if case is not None:
        told = envelope.received_on
        errors += plan_errors(said, referred_on=case.received_on, told_on=told)
        if case.status == CaseStatus.REGISTERED:
            errors.append(FieldError("payload.family_case", "konekti.contact_needed"))
    errors += organisation_errors(session, "payload.partners", said.partners)
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="plans", errors=errors)
    row = {
        **written_columns(envelope, owner_id),
        "case_id": said.family_case,
        "version": _newest_version(session, said.family_case) + 1,
        "agreed_on": said.agreed_on,
    }
    try:
        session.execute(insert(Plan).values(row))
    except IntegrityError as error:
        raise Conflict("konekti.plan_changed", field="payload.family_case") from error
    _write_plan(session, UUID(str(row["id"])), said)
    _go_on(
        session,
        actor,
        case,
        to=CaseStatus.ACTIVE,
        starts=(CaseStatus.INTAKE, CaseStatus.WAITING),
    )
    say(session, actor, "konekti_plan.agreed", PLANS.name, UUID(str(row["id"])))
    return PLANS.written(session, actor, UUID(str(row["id"])))


def record_question(
    session: Session, actor: Actor, incoming: Incoming[PersonSubject, AskPsychologist]
) -> Recorded:
    """Put somebody of a family on the waiting list of the psychologist. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `konekti.family_unknown`, `person.unknown`, `konekti.age_differs`.
    Conflict
        `case.household_has_open_case`, `person.in_other_household`.
    """
    envelope, said = incoming.envelope, incoming.payload
    identity = incoming.subject.person
    _, errors = family_case(session, actor, said.family_case)
    errors += _age_errors(session, envelope, identity, said.age)
    owner_id = begin(session, actor, envelope, programme=PROGRAMME, kind="elp", errors=errors)
    household_id = session.scalar(select(Case.household_id).where(Case.id == said.family_case))
    if household_id is None:
        raise TypeError("a family has a household")
    person_id = person_of(session, owner_id, identity)
    _let_live(session, household_id, person_id, envelope, "subject.person")
    status = CaseStatus.WAITING
    case_id = open_person_case(
        session, actor, envelope, programme=PROGRAMME, person_id=person_id, status=status
    )
    row = {
        "case_id": case_id,
        "family_case_id": said.family_case,
        "age": said.age,
        "question": said.question,
    }
    session.execute(insert(PsychologistCase).values(row))
    say(session, actor, "konekti_psychologist_case.opened", PSYCHOLOGIST.name, case_id)
    return PSYCHOLOGIST.written(session, actor, case_id)


def family_case(
    session: Session, actor: Actor, case_id: UUID
) -> tuple[CaseHead | None, list[FieldError]]:
    """Give the open case of a family within the scope of the actor, or why there is none."""
    found = find_case(session, actor, PROGRAMME, case_id)
    if found is None or session.get(Family, case_id) is None:
        return None, [FieldError("payload.family_case", "konekti.family_unknown")]
    if found.status not in OPEN_STATUSES:
        return None, [FieldError("payload.family_case", "konekti.family_closed")]
    return found, []


def organisation_errors(
    session: Session, path: str, wanted: Iterable[UUID]
) -> Iterable[FieldError]:
    """Give which organisations of a list are not known."""
    named = list(wanted)
    known = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(named))))
    return [
        FieldError(f"{path}.{index}", "organisation.unknown")
        for index, organisation_id in enumerate(named)
        if organisation_id not in known
    ]


def _household(
    session: Session, owner_id: UUID, incoming: Incoming[HouseholdSubject, ReferFamily]
) -> UUID:
    """Give the household that is meant; else the one in which a member lives; else a new one."""
    subject = incoming.subject
    if subject.household_id is None and subject.contact is None:
        known = (m.person for m in incoming.payload.members if isinstance(m.person, KnownPerson))
        for person in known:
            home = people_queries.find_household_id_of_person(session, person.person_id)
            if home is not None:
                subject = HouseholdSubject(home)
                break
    return household_of(session, owner_id, incoming.envelope, subject)


def _join(
    session: Session,
    owner_id: UUID,
    household_id: UUID,
    envelope: Envelope,
    path: str,
    member: FamilyMember,
) -> UUID:
    person: Identity = member.person
    if isinstance(person, Named):
        person = replace(person, birth_date=member.birth_date)
    person_id = person_of(session, owner_id, person, path)
    if isinstance(person, Named):
        add_member(session, household_id, person_id, since=envelope.received_on)
    else:
        _let_live(session, household_id, person_id, envelope, path)
    return person_id


def _let_live(
    session: Session, household_id: UUID, person_id: UUID, envelope: Envelope, path: str
) -> None:
    home = people_queries.find_household_id_of_person(session, person_id)
    if home is None:
        add_member(session, household_id, person_id, since=envelope.received_on)
    elif home != household_id:
        raise Conflict("person.in_other_household", field=path)


def _member_rows(
    case_id: UUID, people: Iterable[UUID], members: Iterable[FamilyMember]
) -> list[dict[str, object]]:
    return [
        {
            "case_id": case_id,
            "person_id": person_id,
            "role": member.role.value,
            "birth_date": member.birth_date,
        }
        for person_id, member in zip(people, members, strict=True)
    ]


def _note_contact(session: Session, said: MadeContact) -> None:
    session.execute(
        update(Family)
        .where(Family.case_id == said.family_case)
        .values(first_contact_on=said.date)
        .execution_options(synchronize_session=False)
    )


def _go_on(
    session: Session,
    actor: Actor,
    case: CaseHead | None,
    *,
    to: CaseStatus,
    starts: tuple[CaseStatus, ...],
) -> None:
    if case is not None and CaseStatus(case.status) in starts:
        change_status(session, actor, case, end=to)


def _newest_version(session: Session, case_id: UUID) -> int:
    return session.scalar(select(func.max(Plan.version)).where(Plan.case_id == case_id)) or 0


def _write_plan(session: Session, plan_id: UUID, said: AgreePlan) -> None:
    goals = [
        {
            "plan_id": plan_id,
            "position": position,
            "goal": goal.goal,
            "is_reached": goal.is_reached,
            "partner_id": goal.partner,
        }
        for position, goal in enumerate(said.goals)
    ]
    session.execute(insert(Goal), goals)
    partners = [{"plan_id": plan_id, "partner_id": partner} for partner in said.partners]
    session.execute(insert(PlanPartner), partners)


def _age_errors(
    session: Session, envelope: Envelope, identity: Identity, age: int
) -> Iterable[FieldError]:
    born = identity.birth_date if isinstance(identity, Named) else None
    if isinstance(identity, KnownPerson):
        found = people_queries.find_person(session, identity.person_id)
        born = None if found is None else found.birth_date
    if born is not None and age_on(born, envelope.received_on) != age:
        yield FieldError("payload.age", "konekti.age_differs")
