"""The dated list of grounds of a free scan, and the plain rules of the energy desk."""

from datetime import date

import pytest

from energiehuis.errors import Conflict
from energiehuis.programmes.energy_desk import grounds, rules, states
from energiehuis.programmes.energy_desk.commands import AskedScan, RegisteredCoaching
from energiehuis.programmes.energy_desk.vocabulary import (
    CoachingStage,
    Ground,
    RenovationWish,
    RentalStatus,
    Tenure,
)

IN_2023 = date(2023, 5, 2)


def faults(errors):
    return {error.field: error.code for error in errors}


def test_every_ground_stands_in_the_list_with_a_source():
    assert set(grounds.dated_grounds()) == set(Ground)
    assert all(dated.source for dated in grounds.dated_grounds().values())


def test_a_ground_does_not_hold_before_its_first_day():
    first = grounds.dated_grounds()[Ground.LOW_RENT].valid_from
    assert grounds.holds(Ground.LOW_RENT, first)
    assert not grounds.holds(Ground.LOW_RENT, first.replace(day=first.day) - date.resolution)


@pytest.mark.parametrize(
    ("ground", "day", "cents"),
    [
        (Ground.LOW_RENT, date(2022, 12, 31), None),
        (Ground.LOW_RENT, date(2023, 1, 1), 664_56),
        (Ground.LOW_RENT, date(2024, 1, 1), None),
        (Ground.LOW_INCOME, date(2019, 12, 31), 31_340_00),
        (Ground.LOW_INCOME, date(2020, 1, 1), None),
        (Ground.LOW_INCOME, date(2023, 1, 1), 37_030_00),
        (Ground.BUDGET_METER, IN_2023, None),
    ],
)
def test_an_amount_holds_for_its_year_only(ground, day, cents):
    limit = grounds.find_limit(ground, day)
    assert (limit and limit.limit_cents) == cents


@pytest.mark.parametrize(
    ("rent_cents", "found"),
    [(664_56, {}), (664_57, {"payload.rent": "energy.above_limit"})],
)
def test_a_rent_is_low_up_to_the_limit(rent_cents, found):
    asked = AskedScan(
        "Straat 1", Tenure.PRIVATE_TENANT, Ground.LOW_RENT, "056 00 00 00", rent_cents=rent_cents
    )
    assert faults(rules.scan_errors(asked, IN_2023)) == found


def test_the_term_ends_on_the_day_years_later():
    assert grounds.years_before(date(2024, 2, 29), 5) == date(2019, 2, 28)
    assert grounds.years_before(date(2024, 6, 5), 5) == date(2019, 6, 5)


def test_an_address_is_one_however_it_is_written():
    assert rules.address_key("Dakpannenlaan 12, bus 3") == rules.address_key(
        " dakpannenlaan  12 BUS 3."
    )
    assert rules.address_key("Dakpannenlaan 1") != rules.address_key("Dakpannenlaan 12")


def test_a_build_year_lies_not_ahead():
    said = RegisteredCoaching("Straat 1", Tenure.OWNER, (RenovationWish.ROOF,), build_year=2020)
    assert faults(rules.coaching_errors(said, date(2019, 1, 1))) == {
        "payload.build_year": "energy.build_year_ahead"
    }
    assert faults(rules.coaching_errors(said, date(2020, 1, 1))) == {}


def test_stages_come_in_their_order():
    states.require_next_stage(CoachingStage.PLAN, CoachingStage.WORKS)
    for start, end in (("registered", "plan"), ("works", "quotes"), ("plan", "plan")):
        with pytest.raises(Conflict):
            states.require_next_stage(CoachingStage(start), CoachingStage(end))


def test_premises_are_let_only_with_a_certificate():
    ways = [start for start, ends in states.RENTAL_MOVES.items() if RentalStatus.LET in ends]
    assert ways == [RentalStatus.CERTIFICATE]
