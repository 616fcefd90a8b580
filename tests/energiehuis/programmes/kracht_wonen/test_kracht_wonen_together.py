"""One dwelling for one household at a time, however many are given it at the same moment."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.commands import GivenAgreement
from energiehuis.cases.models import Case
from energiehuis.cases.partnerships import AddPartner, register_partners
from energiehuis.cases.vocabulary import HouseholdType, Proof
from energiehuis.identifiers import new_id
from energiehuis.programmes.kracht_wonen import queries, service, stays
from energiehuis.programmes.kracht_wonen.commands import (
    AddDwelling,
    BeginStay,
    DecideSituation,
    People,
    ReportSituation,
)
from energiehuis.programmes.kracht_wonen.models import Stay
from energiehuis.programmes.kracht_wonen.vocabulary import (
    PROGRAMME,
    DeskDecision,
    Offer,
    OrdinaryWay,
    ProblemArea,
)
from energiehuis.seeds.past_intakes import HARELBEKE, past, past_household
from tests.at_once import run_at_once

WORKERS = 100
DAY = date(2019, 3, 1)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def partner(database, worker):
    known = AddPartner(date(2018, 1, 1), keeps_secrecy=True, name="CAW De Nokbalk")
    with database.unit_of_work() as session:
        return register_partners(
            session, worker, PROGRAMME, incoming=[past(DAY, HARELBEKE, known)]
        )[0]


@pytest.fixture
def pool(database, worker, partner):
    """Give a function that puts dwellings in the pool."""

    def make(count):
        said = AddDwelling(partner, "Zolderdreef 4", 2, date(2018, 1, 1))
        with database.unit_of_work() as session:
            return [
                service.record_dwelling(session, worker, past(DAY, HARELBEKE, said)).id
                for _ in range(count)
            ]

    return make


@pytest.fixture
def households(database, worker, partner):
    """Give a function that makes households to whom a dwelling is offered."""

    def make(count):
        with database.unit_of_work() as session:
            return [_household(session, worker, partner) for _ in range(count)]

    return make


def _household(session, worker, partner):
    said = ReportSituation(
        People(1, 0, HouseholdType.SINGLE),
        partner,
        (ProblemArea.DEBT, ProblemArea.JUSTICE),
        (OrdinaryWay.SHELTER,),
    )
    agreed = GivenAgreement(("kracht_wonen",), Proof.SIGNED, DAY)
    told = past_household(DAY, HARELBEKE, said, agreement=agreed)
    case_id = service.record_situation(session, worker, told).id
    decided = DecideSituation(case_id, DeskDecision.ADMISSIBLE, DAY, Offer.DWELLING)
    service.record_decision(session, worker, past(DAY, HARELBEKE, decided))
    return queries.household_of_case(session, case_id)


@pytest.fixture
def house_at_once(database, worker):
    def run(commands):
        def work(session, said):
            stays.record_stay(session, worker, past(DAY, HARELBEKE, said))

        return run_at_once(database, work, commands)

    return run


def overlaps(database):
    """Count pairs of stays that share a dwelling or a household on a day."""
    one, other = sa.orm.aliased(Stay), sa.orm.aliased(Stay)
    shared = sa.or_(one.dwelling_id == other.dwelling_id, one.household_id == other.household_id)
    far = date(9999, 1, 1)
    with database.unit_of_work() as session:
        return session.scalar(
            sa.select(sa.func.count())
            .select_from(one)
            .join(other, sa.and_(one.id < other.id, shared))
            .where(
                one.valid_from < sa.func.coalesce(other.valid_until, far),
                other.valid_from < sa.func.coalesce(one.valid_until, far),
            )
        )


def count_stays(database):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count(Stay.id)))


def test_of_100_households_that_are_given_one_dwelling_one_gets_it(
    house_at_once, pool, households, database
):
    (home,) = pool(1)
    commands = [
        BeginStay(home, household, DAY + timedelta(days=number % 7))
        for number, household in enumerate(households(WORKERS))
    ]
    assert house_at_once(commands) == ["kracht_wonen.dwelling_taken"] * (WORKERS - 1)
    assert (count_stays(database), overlaps(database)) == (1, 0)


def test_one_household_gets_one_dwelling_however_many_are_free(
    house_at_once, pool, households, database
):
    (household,) = households(1)
    commands = [BeginStay(home, household, DAY) for home in pool(20)]
    assert house_at_once(commands) == ["kracht_wonen.household_lives_elsewhere"] * 19
    assert (count_stays(database), overlaps(database)) == (1, 0)


def test_the_database_keeps_stays_apart_whoever_writes(database, worker, pool, households):
    (home,) = pool(1)
    one, other = households(2)
    with database.unit_of_work() as session:
        said = BeginStay(home, one, DAY, date(2019, 4, 1))
        first = stays.record_stay(session, worker, past(DAY, HARELBEKE, said)).id
        said = BeginStay(home, other, date(2019, 4, 1), date(2019, 5, 1))
        stays.record_stay(session, worker, past(DAY, HARELBEKE, said))
    later = sa.update(Stay).where(Stay.id == first).values(valid_until=date(2019, 4, 2))
    with pytest.raises(sa.exc.IntegrityError), database.unit_of_work() as session:
        session.execute(later)
    with database.unit_of_work() as session:
        case_id = session.scalar(sa.select(Case.id).where(Case.household_id == one))
        row = {
            column.name: getattr(session.get_one(Stay, first), column.name)
            for column in Stay.__table__.c
        }
    row |= {"id": new_id(), "intake_id": case_id, "valid_from": date(2019, 3, 31)}
    with pytest.raises(sa.exc.IntegrityError, match="one_ho"), database.unit_of_work() as session:
        session.execute(sa.insert(Stay).values(row))
