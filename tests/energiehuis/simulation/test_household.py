from datetime import date

import pytest

from api.schemas.applications import ApplicationSchema, as_command
from energiehuis.loans.commands import Channel
from energiehuis.simulation.household import find_saving
from tests.applications import application

DAY = date(2026, 11, 23)


def command(**dwelling):
    body = application()
    body["dwelling"].update(dwelling)
    return as_command(ApplicationSchema().load(body), Channel.WEB)


def test_meters_are_expected_to_show_less_than_the_calculation():
    saving = find_saving(command(), is_priority=False, day=DAY)
    assert 0 < saving.kwh.lowest < saving.kwh.expected < saving.kwh.highest
    assert saving.kwh.expected < saving.kwh.calculated


def test_a_household_that_heats_less_saves_less():
    priority = find_saving(command(), is_priority=True, day=DAY)
    other = find_saving(command(), is_priority=False, day=DAY)
    assert priority.kwh.expected < other.kwh.expected


@pytest.mark.parametrize("name", ["dwelling_type", "build_year", "floor_area_m2"])
def test_what_nobody_knows_of_the_dwelling_gives_no_number(name):
    assert find_saving(command(**{name: None}), is_priority=None, day=DAY) is None


def test_the_same_question_gets_the_same_answer():
    first = find_saving(command(), is_priority=True, day=DAY)
    assert find_saving(command(), is_priority=True, day=DAY) == first


def test_a_work_that_the_model_cannot_tell_is_counted_beside():
    body = application()
    body["works"].append({"work": "energy_audit", "cost": "500.00"})
    asked = as_command(ApplicationSchema().load(body), Channel.WEB)
    assert find_saving(asked, is_priority=True, day=DAY).works_left_out == 1
