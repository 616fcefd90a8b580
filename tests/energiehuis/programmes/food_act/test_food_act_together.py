"""The stock under many hands at once, and what the database keeps whoever writes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.cases.kinds import Incoming, NoSubject
from energiehuis.errors import Conflict, InvalidInput
from energiehuis.programmes.food_act import commands as food
from energiehuis.programmes.food_act import depot, distributions, partners, pickups
from energiehuis.programmes.food_act.models import DistributionRow, PickupRow, StockEvent
from energiehuis.programmes.food_act.queries import list_stock
from energiehuis.programmes.food_act.vocabulary import (
    Category,
    ExpiryKind,
    WasteReason,
    Weekday,
)
from tests.intakes import envelope

DAY = date(2019, 6, 5)
REQUESTS, AT_ONCE = 100, 10


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def act(database, worker):
    def run(what, payload):
        with database.unit_of_work() as session:
            return what(session, worker, incoming(payload))

    return run


def incoming(payload, day=DAY):
    return Incoming(envelope(day), NoSubject(), payload)


def line(kg="500", **changes):
    said = {"category": Category.DAIRY, "kg": Decimal(kg), "expiry_kind": ExpiryKind.USE_BY}
    return food.PickupLine(**{**said, "temperature_ok": True, **changes})


def dairy(kg="10"):
    return (food.FoodLine(Category.DAIRY, Decimal(kg)),)


@pytest.fixture
def donor_id(act):
    said = food.NewDonor(
        "Winkel", "1999900072", "Zolderdreef 1", "Z", (Weekday.MONDAY,), (Category.DAIRY,)
    )
    made = act(partners.record_donor, said)
    act(partners.record_donor_state, food.DonorState(made.id, partners.DonorStatus.ACTIVE, DAY))
    return made.id


@pytest.fixture
def receiver_id(act):
    made = act(partners.record_receiver, food.NewReceiver("vzw De Tafel", "Ketelhof 3"))
    status = partners.ReceiverStatus
    for state in (
        food.ReceiverState(made.id, status.NUMBER_SHOWN, DAY, "2.999.999.999"),
        food.ReceiverState(made.id, status.ACTIVE, DAY),
    ):
        act(partners.record_receiver_state, state)
    return made.id


def many(work):
    """Let many do the same at once; give what each got, or the refusal."""

    def one(number):
        try:
            return work(number)
        except (Conflict, InvalidInput) as error:
            return error

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(REQUESTS)))


def stock_of(database, worker):
    with database.unit_of_work() as session:
        return {line.category: line.grams for line in list_stock(session, worker)}


def count(database, kind):
    with database.unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(kind))


def test_a_hundred_who_take_at_once_get_what_there_is_and_no_more(
    act, database, worker, donor_id, receiver_id
):
    act(pickups.record_pickup, food.Pickup(donor_id, DAY, (line("500"),)))

    def take(number):
        if number % 4 == 3:
            return act(depot.record_waste, food.Waste(DAY, WasteReason.SPOILED, dairy()))
        return act(distributions.record_distribution, food.Distribution(receiver_id, DAY, dairy()))

    found = many(take)
    refused = [one for one in found if isinstance(one, Exception)]
    assert len(found) - len(refused) == 50
    assert {error.errors[0].code for error in refused} == {"food_act.above_stock"}
    assert stock_of(database, worker) == {"dairy": 0}


def test_a_hundred_pickups_of_one_round_are_one(act, database, donor_id):
    found = many(lambda _: act(pickups.record_pickup, food.Pickup(donor_id, DAY, (line("5"),))))
    refused = [one for one in found if isinstance(one, Exception)]
    assert {error.code for error in refused} == {"food_act.pickup_known"}
    assert len(refused) == REQUESTS - 1
    assert (count(database, PickupRow), count(database, StockEvent)) == (1, 1)


def test_a_hundred_who_move_a_donor_at_once_move_it_once(act, donor_id):
    said = food.DonorState(donor_id, partners.DonorStatus.PAUSED, DAY)
    found = many(lambda _: act(partners.record_donor_state, said))
    refused = [one for one in found if isinstance(one, Exception)]
    assert len(refused) == REQUESTS - 1
    assert {error.code for error in refused} <= {
        "food_act.move_not_allowed",
        "food_act.moved_meanwhile",
    }


def test_the_database_lets_no_stock_fall_below_zero_whoever_writes(
    act, database, organisation_id, donor_id
):
    made = act(pickups.record_pickup, food.Pickup(donor_id, DAY, (line("5"),)))
    with database.unit_of_work() as session:
        intake_id = session.scalar(sa.select(PickupRow.intake_id).where(PickupRow.id == made.id))
    row = {
        "organisation_id": organisation_id,
        "nis_code": "34013",
        "intake_id": intake_id,
        "kind": "waste",
        "category": "dairy",
        "day": DAY,
        "source_id": uuid4(),
    }
    with database.unit_of_work() as session:
        session.execute(sa.insert(StockEvent).values({**row, "grams": -5_000}))
    with (
        pytest.raises(sa.exc.IntegrityError, match="below zero"),
        database.unit_of_work() as session,
    ):
        session.execute(sa.insert(StockEvent).values({**row, "grams": -1}))


@pytest.mark.parametrize("statement", ["UPDATE {} SET grams = 1", "DELETE FROM {}"])
def test_events_of_the_stock_are_never_changed(act, database, donor_id, statement):
    act(pickups.record_pickup, food.Pickup(donor_id, DAY, (line("5"),)))
    written = sa.text(statement.format("food_stock_events"))
    with (
        pytest.raises(sa.exc.DBAPIError, match="append-only"),
        database.unit_of_work() as session,
    ):
        session.execute(written)


def test_many_at_once_go_by_the_rules_of_one_and_all_or_none(
    database, worker, act, donor_id, receiver_id
):
    act(pickups.record_pickup, food.Pickup(donor_id, DAY, (line("25"),)))
    wanted = [incoming(food.Distribution(receiver_id, DAY, dairy())) for _ in range(3)]
    with pytest.raises(InvalidInput) as refused, database.unit_of_work() as session:
        distributions.record_distributions(session, worker, wanted)
    (found,) = refused.value.errors
    assert (found.field, found.code) == ("entries.2.payload.lines.0.kg", "food_act.above_stock")
    assert count(database, DistributionRow) == 0
    with database.unit_of_work() as session:
        ids = distributions.record_distributions(session, worker, wanted[:2])
    assert len(set(ids)) == count(database, DistributionRow) == 2
    assert stock_of(database, worker) == {"dairy": 5_000}
    early = incoming(food.Pickup(donor_id, DAY, (line("5"),)), date(2019, 6, 4))
    late = datetime(2099, 1, 1, tzinfo=UTC)
    ahead = Incoming(envelope(received_at=late), NoSubject(), food.Pickup(donor_id, DAY, (line(),)))
    with pytest.raises(InvalidInput) as refused, database.unit_of_work() as session:
        pickups.record_pickups(session, worker, [early, ahead])
    assert {error.field for error in refused.value.errors} == {
        "entries.0.payload.date",
        "entries.1.received_at",
        "entries.1.payload.reason",
    }
