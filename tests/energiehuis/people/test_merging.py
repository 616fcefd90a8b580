"""Two rows that are one person: whom one may see, what is counted, and how it was before."""

from datetime import date
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from energiehuis.audit.models import AuditLine
from energiehuis.cases.intakes import open_person_case
from energiehuis.cases.models import Case, Visit
from energiehuis.errors import Conflict, DomainError, InvalidInput
from energiehuis.key_figures.measures import Area, Period
from energiehuis.key_figures.woonclub import count_visits
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.people.models import HouseholdMember, Person
from energiehuis.people.queries import find_person, find_person_id, list_same_person
from energiehuis.people.service import take_person
from energiehuis.programmes.woonclub.service import open_file
from energiehuis.programmes.woonclub.sessions import add_session, record_visit
from tests.intakes import HARELBEKE, envelope, new_file, new_session, new_visit

YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))
BORN = date(1980, 5, 17)
OPEN_CASE = r"case\.household_has_open_case"
URL = "/api/v1/person-merges"


@pytest.fixture
def add(database, organisation_id):
    """Write somebody down and give the id."""

    def make(given, family, born=BORN):
        with database.unit_of_work() as session:
            said = Named(given, family, born)
            return take_person(session, organisation_id, said, field="person")

    return make


@pytest.fixture
def coordinator(as_role):
    return as_role("programme_coordinator")


@pytest.fixture
def merge(client, coordinator):
    def post(kept_id, merged_id, headers=None):
        key = {"Idempotency-Key": str(uuid4())}
        body = {"kept_id": str(kept_id), "merged_id": str(merged_id)}
        return client.post(URL, json=body, headers={**(headers or coordinator), **key})

    return post


@pytest.fixture
def undo(client, coordinator):
    def post(merge_id, version='"v1"'):
        headers = {**coordinator, "Idempotency-Key": str(uuid4()), "If-Match": version}
        return client.post(f"{URL}/{merge_id}/undo", json={}, headers=headers)

    return post


@pytest.fixture
def doubles(client, coordinator):
    def ask(headers=None):
        answer = client.get("/api/v1/person-doubles", headers=headers or coordinator)
        assert answer.status_code == 200, answer.get_json()
        return [(pair["first"]["id"], pair["second"]["id"]) for pair in answer.get_json()["items"]]

    return ask


def everything(database):
    """All rows about people, as they stand."""
    with database.unit_of_work() as session:
        return {
            table.name: sorted(map(str, session.execute(sa.select(table))))
            for kind in (Person, HouseholdMember, Visit, Case)
            for table in [kind.__table__]
        }


def test_who_sounds_alike_with_one_birth_date_is_proposed(add, doubles):
    first, second = add("Filip", "Gijselink"), add("Philippe", "Ghyselinck")
    add("Filip", "Gijselink", date(1980, 5, 18))
    add("Filip", "Peeters")
    add("Filip", "Gijselink", None)
    assert doubles() == [(str(first), str(second))]


def test_an_alias_is_never_proposed_and_never_merged(
    database, organisation_id, add, doubles, merge
):
    with database.unit_of_work() as session:
        aliases = [
            take_person(session, organisation_id, Alias(alias), field="person")
            for alias in ("rode fiets", "rode fietz")
        ]
    assert doubles() == []
    named = add("An", "Maes")
    for kept, merged in ((aliases[0], aliases[1]), (named, aliases[0]), (aliases[0], named)):
        answer = merge(kept, merged)
        assert answer.status_code == 422
        assert "person.alias_not_merged" in {e["code"] for e in answer.get_json()["errors"]}


def test_a_merge_is_read_as_the_kept_person_and_undoing_restores_every_row(
    database, organisation_id, add, merge, undo, doubles
):
    kept, merged = add("An", "Claes"), add("An", "Klaas")
    before = everything(database)
    made = merge(kept, merged)
    assert made.status_code == 201, made.get_json()
    assert everything(database) == before
    assert doubles() == []
    with database.unit_of_work() as session:
        assert find_person_id(session, organisation_id, merged) == kept
        assert find_person(session, merged).id == kept
        assert list_same_person(session, merged) == [kept, merged]
    undone = undo(made.get_json()["id"])
    assert (undone.status_code, undone.headers["ETag"]) == (200, '"v2"')
    assert everything(database) == before
    assert doubles() == [(str(kept), str(merged))]
    with database.unit_of_work() as session:
        assert find_person(session, merged).id == merged
        assert list_same_person(session, merged) == [merged]


def test_a_merge_is_undone_once_and_may_be_made_again(add, merge, undo):
    kept, merged = add("An", "Claes"), add("An", "Klaas")
    made = merge(kept, merged).get_json()["id"]
    assert undo(made).status_code == 200
    assert undo(made).status_code == 412
    assert merge(merged, kept).status_code == 201


def test_the_same_key_merges_once(client, coordinator, add):
    body = {"kept_id": str(add("An", "Claes")), "merged_id": str(add("An", "Klaas"))}
    headers = {**coordinator, "Idempotency-Key": str(uuid4())}
    first, again = (client.post(URL, json=body, headers=headers) for _ in range(2))
    assert (first.status_code, first.get_json()) == (201, again.get_json())


def test_nobody_is_merged_in_a_chain(add, merge):
    one, two, three = (add("An", "Claes") for _ in range(3))
    assert merge(one, two).status_code == 201
    answers = [merge(three, two), merge(two, three), merge(three, one)]
    codes = [answer.get_json()["code"] for answer in answers]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert codes == ["person.merged_already", "person.kept_is_merged", "person.keeps_others"]
    assert merge(one, three).status_code == 201
    assert merge(one, one).status_code == 422
    assert merge(one, uuid4()).status_code == 422


def test_visitors_who_are_one_count_once_and_visit_a_session_once(
    database, organisation_id, actor_with, merge, undo
):
    worker = actor_with("programme_worker")

    def came(session_id, visitor, day=date(2018, 6, 5)):
        with database.unit_of_work() as session:
            command = new_visit(session_id, visitor, envelope=envelope(day))
            return record_visit(session, worker, command).visitor_id

    def visitors():
        with database.unit_of_work() as session:
            counts = count_visits(session, Area(organisation_id, (HARELBEKE,)), YEAR)
            return counts.visits, counts.visitors

    with database.unit_of_work() as session:
        held = add_session(session, worker, new_session()).id
        later = new_session(takes_place_on=date(2018, 6, 12))
        next_held = add_session(session, worker, later).id
    one = came(held, Named("An", "Claes", BORN))
    two = came(next_held, Named("An", "Klaas", BORN), date(2018, 6, 12))
    assert visitors() == (2, 2)
    made = merge(one, two).get_json()["id"]
    assert visitors() == (2, 1)
    # Under either number it is the same visitor, who came already.
    for number, session_id in ((two, held), (one, next_held)):
        with pytest.raises(Conflict, match="visitor_came_already"):
            came(session_id, KnownPerson(number), date(2018, 6, 12))
    undo(made)
    assert visitors() == (2, 2)


def test_who_is_merged_has_one_open_case(database, actor_with, add, merge):
    worker = actor_with("programme_worker")

    def open_for(person_id: UUID):
        with database.unit_of_work() as session:
            from energiehuis.cases.service import record_intake

            said = envelope()
            record_intake(session, worker, said, programme="wijk_werken", kind="candidates")
            open_person_case(session, worker, said, programme="wijk_werken", person_id=person_id)

    kept, merged = add("An", "Claes"), add("An", "Klaas")
    open_for(merged)
    merge(kept, merged)
    with pytest.raises(Conflict, match=OPEN_CASE):
        open_for(kept)


def test_the_household_of_a_double_is_that_of_the_kept_person(database, actor_with, add, merge):
    worker = actor_with("programme_worker")
    kept = add("An", "Claes")
    with database.unit_of_work() as session:
        command = new_file(contact=Named("An", "Klaas", BORN))
        file = open_file(session, worker, command)
    merged = file.members[0].id
    merge(kept, merged)
    # The same household, which has an open file already.
    with pytest.raises(Conflict, match=OPEN_CASE), database.unit_of_work() as session:
        open_file(session, worker, new_file(contact=KnownPerson(kept)))


def test_a_worker_sees_only_doubles_that_the_programme_knows(
    database, actor_with, as_role, add, doubles, merge
):
    worker = actor_with("programme_worker")
    only_woonclub = as_role("programme_worker", only_programme="woonclub")
    only_food = as_role("programme_worker", only_programme="food_act")
    elsewhere = as_role("programme_worker", only_nis_code="34022")
    people = []
    for name in ("Claes", "Klaas"):
        with database.unit_of_work() as session:
            file = open_file(session, worker, new_file(contact=Named("An", name, BORN)))
            people.append(file.members[0].id)
    strangers = add("Bo", "Maes"), add("Bo", "Maas")
    assert len(doubles()) == 2
    assert doubles(only_woonclub) == [(str(people[0]), str(people[1]))]
    assert doubles(only_food) == doubles(elsewhere) == []
    assert merge(*strangers, headers=only_woonclub).status_code == 422
    assert merge(*people, headers=only_food).status_code == 422
    assert merge(*people, headers=only_woonclub).status_code == 201


@pytest.mark.parametrize("role", ["social_worker", "finance", "auditor", "counsellor"])
def test_other_roles_may_not(client, as_role, role):
    assert client.get("/api/v1/person-doubles", headers=as_role(role)).status_code == 403
    assert client.get(URL, headers=as_role(role)).status_code == 403


def test_reading_merging_and_unmerging_leave_a_line_without_a_name(  # noqa: PLR0917
    database, add, merge, undo, doubles, client, coordinator
):
    kept, merged = add("An", "Claes"), add("An", "Klaas")
    doubles()
    made = merge(kept, merged).get_json()["id"]
    listed = client.get(URL, headers=coordinator).get_json()["items"]
    assert [each["id"] for each in listed] == [made]
    undo(made)
    assert client.get(URL, headers=coordinator).get_json()["items"] == []
    with database.unit_of_work() as session:
        lines = session.scalars(sa.select(AuditLine).where(AuditLine.action.like("person%"))).all()
        assert [line.action for line in lines] == [
            "person_doubles.read",
            "person.merged",
            "person.unmerged",
        ]
        assert {str(kept), str(merged)} == set(lines[0].details["people"])
        assert "Claes" not in str([line.details for line in lines])


def test_the_rows_of_merges_only_grow(database, add, merge):
    made = merge(add("An", "Claes"), add("An", "Klaas")).get_json()["id"]
    for act in ("DELETE FROM person_merges", "UPDATE person_merges SET recorded_by = 'x'"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.unit_of_work() as s:
            s.execute(sa.text(act))
    assert made


def test_two_merges_at_once_make_no_circle(database, actor_with, add):
    from energiehuis.cases.person_doubles import merge_people
    from energiehuis.people.merging import MergePeople

    actor = actor_with("programme_coordinator")
    one, two = add("An", "Claes"), add("An", "Klaas")
    barrier, found = Barrier(2), []

    def run(kept, merged):
        barrier.wait()
        try:
            with database.unit_of_work() as session:
                merge_people(session, actor, MergePeople(kept, merged))
            found.append("made")
        except (Conflict, InvalidInput, DomainError) as error:
            found.append(error.code)

    threads = [Thread(target=run, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found)[0] == "made"
    assert sorted(found)[1] in {"person.kept_is_merged", "person.keeps_others"}
