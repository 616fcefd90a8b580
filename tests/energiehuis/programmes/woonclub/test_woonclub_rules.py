from datetime import date, timedelta
from uuid import uuid4

import pytest

from energiehuis.cases.states import SessionStatus
from energiehuis.programmes.woonclub.rules import (
    file_errors,
    outcome_errors,
    session_errors,
    visit_errors,
)
from energiehuis.programmes.woonclub.vocabulary import Outcome, Tenure
from tests.intakes import composition, envelope, housed, new_file, new_session

DAY = date(2018, 6, 5)


def found(errors):
    return [(error.field, error.code) for error in errors]


def outcome(**changes):
    command = housed(uuid4(), **changes)
    return found(outcome_errors(command, received_on=DAY, today=date(2018, 12, 1)))


def test_an_ordinary_file_has_no_errors():
    assert found(file_errors(new_file())) == []


@pytest.mark.parametrize("rent_cents", [1_00, 5_000_00])
def test_a_rent_from_one_to_five_thousand_euros_is_accepted(rent_cents):
    assert found(file_errors(new_file(max_rent_cents=rent_cents))) == []


@pytest.mark.parametrize("rent_cents", [0, 99, 5_000_01, -750_00])
def test_a_rent_of_nothing_or_above_five_thousand_euros_is_refused(rent_cents):
    errors = file_errors(new_file(max_rent_cents=rent_cents))
    assert found(errors) == [("payload.max_rent", "field.amount_out_of_range")]


def test_a_file_names_the_household_errors_with_their_path():
    errors = file_errors(new_file(composition=composition(adults=2)))
    assert found(errors) == [("payload.composition.adults", "household.single_adults")]


def test_a_household_looks_somewhere():
    assert found(file_errors(new_file(municipalities=()))) == [
        ("payload.municipalities", "field.list_length")
    ]


def test_a_municipality_is_wanted_once():
    assert found(file_errors(new_file(municipalities=("34013", "34013")))) == [
        ("payload.municipalities", "field.twice")
    ]


def test_a_municipality_that_does_not_exist_is_named_by_its_place():
    assert found(file_errors(new_file(municipalities=("34013", "99999")))) == [
        ("payload.municipalities.1", "field.nis_code")
    ]


@pytest.mark.parametrize("days", [-366, 3 * 366])
def test_a_notice_within_reach_is_accepted(days):
    assert found(file_errors(new_file(notice_on=DAY + timedelta(days)))) == []


@pytest.mark.parametrize("days", [-367, 3 * 366 + 1])
def test_a_notice_out_of_reach_is_a_slip_of_the_pen(days):
    errors = file_errors(new_file(notice_on=DAY + timedelta(days)))
    assert found(errors) == [("payload.notice_date", "woonclub.notice_too_far")]


def test_a_notice_need_not_be_known():
    assert found(file_errors(new_file(notice_on=None))) == []


def test_a_file_may_end_on_the_day_it_came_in():
    assert outcome(outcome_on=DAY) == []


def test_a_file_cannot_end_before_it_came_in():
    assert outcome(outcome_on=DAY - timedelta(1)) == [("date", "woonclub.outcome_before_file")]


def test_a_file_cannot_end_tomorrow():
    assert outcome(outcome_on=date(2018, 12, 2)) == [("date", "woonclub.outcome_in_future")]


def test_housed_needs_tenure_and_municipality():
    assert outcome(tenure=None, nis_code=None, rent_cents=None) == [
        ("tenure", "woonclub.needed_when_housed"),
        ("nis", "woonclub.needed_when_housed"),
    ]


def test_housed_may_keep_silent_about_the_rent():
    assert outcome(rent_cents=None) == []


def test_a_rent_that_cannot_be_is_refused_at_the_end_as_well():
    assert outcome(rent_cents=5_000_01) == [("rent", "field.amount_out_of_range")]


def test_housed_in_no_belgian_municipality_is_refused():
    assert outcome(nis_code="99999") == [("nis", "field.nis_code")]


@pytest.mark.parametrize("ending", [o for o in Outcome if o is not Outcome.HOUSED])
def test_who_found_no_dwelling_has_no_tenure_place_or_rent(ending):
    assert outcome(outcome=ending) == [
        ("tenure", "woonclub.only_when_housed"),
        ("nis", "woonclub.only_when_housed"),
        ("rent", "woonclub.only_when_housed"),
    ]
    assert outcome(outcome=ending, tenure=None, nis_code=None, rent_cents=None) == []


def test_the_words_of_tenure_are_those_of_the_flow():
    # programmes.md 2.5: housed (private / social housing / other).
    assert [tenure.value for tenure in Tenure] == ["private_rent", "social_rent", "other"]


def test_a_session_cannot_be_held_before_its_day():
    ahead = new_session(takes_place_on=DAY)
    assert found(session_errors(ahead, DAY - timedelta(1))) == [("date", "session.held_in_future")]
    assert found(session_errors(ahead, DAY)) == []


def test_a_session_can_be_planned_ahead():
    planned = new_session(takes_place_on=date(2018, 12, 4), status=SessionStatus.PLANNED)
    assert found(session_errors(planned, DAY)) == []


def visit(status="held", received_on=DAY, is_same_place=True):
    return found(visit_errors(status, DAY, received_on=received_on, is_same_place=is_same_place))


def test_a_visit_to_a_held_session_is_accepted_also_when_written_down_later():
    assert visit() == []
    assert visit(received_on=DAY + timedelta(9)) == []


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_nobody_visits_a_session_that_was_not_held(status):
    assert visit(status) == [("payload.session_id", "visit.session_not_held")]


def test_a_visit_does_not_come_in_before_its_session():
    assert visit(received_on=DAY - timedelta(1)) == [("received_at", "visit.before_session")]


def test_a_visit_names_the_municipality_of_its_session():
    assert visit(is_same_place=False) == [("nis", "visit.other_municipality")]


def test_the_day_of_an_intake_is_the_day_in_brussels():
    late = envelope(received_at=envelope().received_at.replace(hour=22, minute=30))
    assert late.received_on == DAY + timedelta(1)
