"""The demo of food, work and social economy counts up to W13's deck of spring 2019."""

import shutil
from datetime import date

import pytest
import sqlalchemy as sa

from energiehuis.access.actor import SYSTEM
from energiehuis.access.service import system_actor_for
from energiehuis.db.unit_of_work import Database
from energiehuis.key_figures.food_act import measure_food_act
from energiehuis.key_figures.measures import Area, Period
from energiehuis.key_figures.social_economy import measure_social_economy
from energiehuis.programmes.food_act.models import Donor, PickupRow, Reach, StockEvent
from energiehuis.programmes.food_act.queries import list_stock
from energiehuis.programmes.work.models import Placement
from energiehuis.seeds.programme_food_act import add_food_act
from energiehuis.seeds.programme_social_economy import add_social_economy
from energiehuis.seeds.programme_work import add_work
from energiehuis.seeds.region import add_region, organisation_code

BEFORE = Period(date(2018, 1, 1), date(2018, 12, 1))
SINCE = Period(date(2018, 12, 1), date(2019, 4, 1))
YEAR = Period(date(2019, 1, 1), date(2020, 1, 1))
FIVE_YEARS = Period(date(2014, 1, 1), date(2019, 1, 1))


@pytest.fixture(scope="module")
def loaded(sqlite_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("food") / "demo.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    with database.unit_of_work() as session:
        add_region(session, SYSTEM)
        session.flush()
        worker = system_actor_for(session, organisation_code())
        for add in (add_food_act, add_work, add_social_economy):
            add(session, worker)
    yield database, worker
    database.dispose()


@pytest.fixture
def measured(loaded):
    database, worker = loaded
    area = Area(worker.organisation_id, tuple(sorted(worker.municipalities)))

    def ask(measure, period):
        with database.unit_of_work() as session:
            return measure(session, area, period)

    return ask


def test_food_a_working_day_is_that_of_the_deck(measured, loaded):
    year = measured(measure_food_act, YEAR)
    kg = year["fa.kg_per_day"]
    assert kg.numerator / kg.denominator == 1_100
    assert 0.95 < year["fa.kg_distributed_share"].numerator / kg.numerator < 0.97
    since = measured(measure_food_act, SINCE)["fa.kg_per_day"]
    assert 1_050 < since.numerator / since.denominator < 1_150
    grams = sa.func.sum(StockEvent.grams)
    with loaded[0].unit_of_work() as session:
        days = session.scalars(
            sa.select(grams)
            .where(StockEvent.kind == "pickup", StockEvent.day < BEFORE.to_on)
            .group_by(StockEvent.day)
        ).all()
    assert len(days) > 220
    assert min(days) >= 250_000
    assert max(days) <= 350_000


def test_the_donors_are_those_of_the_deck(measured, loaded):
    expected = {
        BEFORE: {"Aldi": 2, "Colruyt": 2, "Hypercarrefour": 1, "Metro": 1},
        YEAR: {"Aldi": 9, "Colruyt": 6},
    }
    for period, chains in expected.items():
        with loaded[0].unit_of_work() as session:
            rows = session.execute(
                sa.select(Donor.chain, sa.func.count(Donor.id.distinct()))
                .join(PickupRow, PickupRow.donor_id == Donor.id)
                .where(PickupRow.picked_up_on.between(period.from_on, period.to_on))
                .group_by(Donor.chain)
            ).all()
        assert dict(tuple(row) for row in rows) == chains
        assert measured(measure_food_act, period)["fa.donors"].numerator == sum(chains.values())


def test_the_workers_are_those_of_the_deck_and_some_of_them_changed(measured, loaded):
    expected = {BEFORE: 3, SINCE: 14, YEAR: 14}
    for period, workers in expected.items():
        found = measured(measure_food_act, period)["fa.target_group_workers"]
        assert found.numerator == workers
    with loaded[0].unit_of_work() as session:
        placed = session.scalar(
            sa.select(sa.func.count()).where(Placement.for_programme == "food_act")
        )
    assert placed > 14


def test_no_day_of_the_demo_gives_more_than_there_is(loaded):
    database, worker = loaded
    with database.unit_of_work() as session:
        rows = session.execute(
            sa.select(StockEvent.category, StockEvent.day, sa.func.sum(StockEvent.grams))
            .group_by(StockEvent.category, StockEvent.day)
            .order_by(StockEvent.category, StockEvent.day)
        ).all()
        standing: dict[str, int] = {}
        for category, _, grams in rows:
            standing[category] = standing.get(category, 0) + grams
            assert standing[category] >= 0
        stock = {line.category: line.grams for line in list_stock(session, worker)}
        assert stock == standing
        told = session.execute(sa.select(sa.func.count(), sa.func.min(Reach.persons))).one()
        assert told[0] == 12 * 42


def test_the_social_economy_is_that_of_the_deck(measured):
    for year in range(2014, 2019):
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        assert measured(measure_social_economy, period)["se.lde_places"].numerator == 109
    money = measured(measure_social_economy, FIVE_YEARS)["se.flemish_money_har"]
    assert money.numerator == 20_020_00
