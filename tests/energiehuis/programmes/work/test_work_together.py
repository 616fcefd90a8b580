"""Placements under many hands at once, and what the database keeps whoever writes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.kinds import Incoming, PersonSubject
from energiehuis.errors import Conflict
from energiehuis.people.commands import KnownPerson, Named
from energiehuis.programmes.work.commands import NewPlacement
from energiehuis.programmes.work.models import Placement
from energiehuis.programmes.work.service import record_placement
from energiehuis.programmes.work.vocabulary import Statute, WorkReferrer
from tests.intakes import envelope

REQUESTS, AT_ONCE = 100, 10
START, END = date(2019, 3, 1), date(2020, 3, 1)


@pytest.fixture
def place(database, actor_with):
    worker = actor_with(Role.PROGRAMME_WORKER)

    def run(person, start=START, end=END):
        said = NewPlacement(Statute.TWE, WorkReferrer.OCMW, start, end, "chauffeur")
        incoming = Incoming(envelope(date(2019, 6, 5)), PersonSubject(person), said)
        with database.unit_of_work() as session:
            return record_placement(session, worker, incoming)

    return run


@pytest.fixture
def known(database, place):
    made = place(Named("An", "Dakpanne"), date(2018, 3, 1), START)
    with database.unit_of_work() as session:
        query = sa.select(Placement.person_id).where(Placement.id == made.id)
        return KnownPerson(session.scalar(query))


def test_a_hundred_who_place_somebody_at_once_place_once(database, place, known):
    def one(_number):
        try:
            place(known)
        except Conflict as error:
            return error.code
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = [code for code in pool.map(one, range(REQUESTS)) if code]
    assert codes == ["work.overlap"] * (REQUESTS - 1)
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count(Placement.id))) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [("planned_end_on", date(2019, 3, 2)), ("start_on", date(2017, 3, 1))],
)
def test_the_database_lets_no_placements_overlap_whoever_writes(
    database, place, known, column, value
):
    place(known)
    # The first is made longer, or the second begins earlier.
    which = (
        Placement.start_on < START if column == "planned_end_on" else Placement.start_on == START
    )
    with pytest.raises(sa.exc.IntegrityError), database.unit_of_work() as session:
        session.execute(sa.update(Placement).where(which).values({column: value}))
