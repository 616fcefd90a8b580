"""The rules of Food Act 13 without a database, and the book of the stock."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energiehuis.programmes.food_act.book import StockBook
from energiehuis.programmes.food_act.commands import FoodLine, Pickup, PickupLine, ReceiverReach
from energiehuis.programmes.food_act.rules import (
    Past,
    grams_of,
    kg_text,
    pickup_errors,
    reach_errors,
    receiver_on_errors,
    take_errors,
)
from energiehuis.programmes.food_act.states import DONOR_MOVES, RECEIVER_MOVES, DonorStatus
from energiehuis.programmes.food_act.vocabulary import Category, ExpiryKind

DAY = date(2019, 6, 5)
ACTIVE = Past("34013", ((date(2019, 1, 2), "agreement"), (date(2019, 1, 3), "active")))
EVENTS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(-50, 50).filter(bool)), min_size=1, max_size=12
)


def pickup(kg="100", **changes):
    line = PickupLine(Category.DAIRY, Decimal(kg), ExpiryKind.USE_BY, temperature_ok=True)
    return Pickup(**{"donor_id": uuid4(), "date": DAY, "lines": (line,), **changes})


def codes(said, past=ACTIVE, nis_code="34013"):
    found = pickup_errors(said, past, received_on=DAY, nis_code=nis_code)
    return {(error.field, error.code) for error in found}


@pytest.mark.parametrize("kg", ["0.1", "100", "5000"])
def test_a_pickup_that_can_be_is_let_through(kg):
    assert codes(pickup(kg)) == set()


@pytest.mark.parametrize("kg", ["-5", "0", "0.05", "5000.1", "50000"])
def test_a_line_weighs_something_and_fits_in_a_van(kg):
    assert codes(pickup(kg)) == {("payload.lines.0.kg", "field.number_out_of_range")}


def test_all_that_is_wrong_is_told_at_once():
    said = pickup("-5", date=DAY + timedelta(days=1))
    assert {field for field, _ in codes(said, past=None)} == {
        "payload.lines.0.kg",
        "payload.date",
        "payload.donor_id",
    }


@pytest.mark.parametrize(("days", "is_late"), [(31, False), (32, True)])
def test_after_a_month_a_reason_is_needed(days, is_late):
    said = pickup(date=DAY - timedelta(days=days))
    assert (("payload.reason", "food_act.reason_needed") in codes(said)) is is_late


def test_the_state_of_a_day_is_the_last_that_began():
    assert ACTIVE.status_on(date(2019, 1, 1)) is None
    assert ACTIVE.status_on(date(2019, 1, 2)) == "agreement"
    assert ACTIVE.status_on(DAY) == ACTIVE.status == "active"
    both = Past("34013", ((DAY, "active"), (DAY, "paused")))
    assert both.status_on(DAY) == "paused"


def test_a_receiver_without_number_gets_nothing_even_when_it_is_called_active():
    found = [error.code for error in receiver_on_errors(ACTIVE, DAY, nis_code="34013")]
    assert found == ["food_act.receiver_without_number"]


def test_a_household_has_at_least_one_person():
    said = ReceiverReach(uuid4(), "2019-05", households=3, persons=2)
    found = list(reach_errors(said, ACTIVE, received_on=DAY, nis_code="34013"))
    assert [error.code for error in found] == ["food_act.persons_below_households"]


def test_lines_of_one_category_are_taken_together():
    book = StockBook({"dairy": {DAY: 50_000}})
    lines = [FoodLine(Category.DAIRY, Decimal(30)), FoodLine(Category.DAIRY, Decimal("20.1"))]
    (found,) = take_errors(book, DAY, lines, received_on=DAY)
    assert (found.field, found.code) == ("payload.lines.1.kg", "food_act.above_stock")
    assert found.params == {"kg": "20"}


@given(EVENTS, st.integers(0, 9))
def test_what_is_available_is_the_lowest_that_the_stock_stands_at_from_that_day(events, number):
    days = [DAY + timedelta(days=each) for each in range(10)]
    book = StockBook({})
    for day, grams in events:
        book.add("dairy", days[day], grams)
    standing = [sum(grams for at, grams in events if at <= day) for day in range(10)]
    assert [book.balance("dairy", day) for day in days] == standing
    assert book.available("dairy", days[number]) == min(standing[number:])


@given(st.decimals("0.1", "5000", places=1))
def test_kilogrammes_and_grams_are_exact_both_ways(kg):
    assert Decimal(kg_text(grams_of(kg))) == kg


def test_a_donor_that_stopped_stays_so_and_every_state_can_end():
    for moves, end in ((DONOR_MOVES, "stopped"), (RECEIVER_MOVES, "stopped")):
        assert moves[end] == frozenset()
        assert all(end in ends for start, ends in moves.items() if start != end)
    assert DonorStatus.ACTIVE not in DONOR_MOVES[DonorStatus.PROSPECT]
