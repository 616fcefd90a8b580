"""What happens when many workers do the same thing at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.models import Case, Intake, Visit
from energiehuis.errors import Conflict
from energiehuis.people.commands import Alias
from energiehuis.people.models import Person
from energiehuis.programmes.woonclub import service, sessions
from tests.intakes import new_file, new_session, new_visit

WORKERS = 6


@pytest.fixture
def at_once(database, actor_with):
    """Let several workers do something each, all starting together; give the codes of refusals."""
    actor = actor_with(Role.PROGRAMME_WORKER)

    def run(what, commands):
        start = Barrier(len(commands))

        def one(command):
            start.wait()
            try:
                with database.unit_of_work() as session:
                    what(session, actor, command)
            except Conflict as error:
                return error.code
            return None

        with ThreadPoolExecutor(len(commands)) as pool:
            return [code for code in pool.map(one, commands) if code]

    return run


def count(database, kind):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_one_household_gets_one_open_file_however_many_ask(at_once, database):
    first = at_once(service.open_file, [new_file(contact=Alias("rode fiets"))])
    assert first == []
    commands = [new_file(contact=Alias("rode fiets")) for _ in range(WORKERS)]
    codes = at_once(service.open_file, commands)
    assert codes == ["case.household_has_open_case"] * WORKERS
    assert (count(database, Case), count(database, Intake)) == (1, 1)


def test_a_new_contact_gets_one_open_file_however_many_ask(at_once, database):
    codes = at_once(
        service.open_file, [new_file(contact=Alias("rode fiets")) for _ in range(WORKERS)]
    )
    assert len(codes) == WORKERS - 1
    assert set(codes) <= {"case.household_has_open_case", "person.in_other_household"}
    assert (count(database, Case), count(database, Person)) == (1, 1)


def test_one_visitor_counts_once_however_many_write_it_down(at_once, database, actor_with):
    with database.unit_of_work() as session:
        held = sessions.add_session(session, actor_with(Role.PROGRAMME_WORKER), new_session())
    commands = [new_visit(held.id, Alias("rode fiets")) for _ in range(WORKERS)]
    codes = at_once(sessions.record_visit, commands)
    assert codes == ["visit.visitor_came_already"] * (WORKERS - 1)
    assert (count(database, Visit), count(database, Person)) == (1, 1)
