"""The figures of W13's presentation of spring 2019, and what stands beside them."""

from datetime import date

import pytest

from energiehuis.reference_data.printed_figures import is_counted, printed_figures
from energiehuis.simulation.levers import Levers, RunScenarios
from energiehuis.simulation.printed import compare_with_printed
from energiehuis.simulation.results import read_answer, write_answer
from energiehuis.simulation.running import run
from tests.portfolios import NIS_CODES, a_file


def compared(files, nis_codes=NIS_CODES):
    answer = run(tuple(files), nis_codes, RunScenarios("Proef", Levers(), draws=4))
    return {row.name: row for row in compare_with_printed(answer)}


def test_the_printed_figures_are_those_of_the_presentation():
    # W13, presentation to the municipal council of Harelbeke, spring 2019.
    figures = printed_figures()
    assert (figures.applications, figures.region_applications) == (275, 2412)
    assert figures.approved_cents == 1_869_752_00
    assert (figures.co2_tonnes, figures.energy_kwh) == (482.50, 2_113_632)
    assert figures.priority_share == 0.24


def test_the_whole_saving_counts_beside_the_printed_one_however_small_the_loan():
    small = a_file(1, principal_cents=2_000_00)
    whole = compared([a_file(1)])["energy"]
    assert compared([small])["energy"].found == pytest.approx(whole.found)
    assert whole.realised.point < whole.found


def test_only_applications_of_the_printed_time_are_counted():
    later = a_file(2, applied_on=date(2019, 4, 1), first_due_on=date(2019, 6, 1))
    found = compared([a_file(1), later, a_file(3, nis_code="34022")])
    assert found["applications"].found == 1
    assert found["region_applications"].found == 2
    assert found["approved"].found == 8_000_00
    assert is_counted(date(2009, 10, 1))
    assert not is_counted(date(2009, 9, 30))


def test_the_deviation_is_relative_to_what_was_printed():
    row = compared([a_file(1)])["applications"]
    assert row.deviation_share == pytest.approx(1 / 275 - 1)


def test_a_loan_a_euro_and_a_kwh_stand_beside_what_the_printed_figures_divide_to():
    found = compared([a_file(1), a_file(4)])
    # 1,869,752 EUR, 2,113,632 kWh and 482.50 t over 275 applications.
    assert found["cents_per_application"].printed == 6_799_10
    assert found["kwh_per_application"].printed == pytest.approx(7_685.93, abs=0.01)
    assert found["kwh_per_euro"].printed == pytest.approx(1.1304, abs=1e-4)
    assert found["kg_per_kwh"].printed == pytest.approx(0.2283, abs=1e-4)
    assert found["cents_per_application"].found == 8_000_00
    assert found["kwh_per_application"].found == pytest.approx(found["energy"].found / 2)
    assert found["kwh_per_euro"].found == pytest.approx(found["energy"].found / 16_000)


def test_the_interval_of_a_ratio_is_taken_draw_by_draw():
    found = compared([a_file(1), a_file(4)])
    ratio, kwh = found["kg_per_kwh"], found["energy"]
    assert ratio.found == pytest.approx(1000 * found["co2"].found / kwh.found, rel=1e-5)
    # One carrier has one factor: its ratio does not spread, however much the saving does.
    assert ratio.interval.p95 - ratio.interval.p05 < 0.1 * ratio.found
    assert kwh.interval.p95 - kwh.interval.p05 > 0.1 * kwh.found


def test_an_answer_from_before_the_ratio_was_kept_is_still_read():
    answer = run((a_file(1),), NIS_CODES, RunScenarios("Proef", Levers(), draws=4))
    document = write_answer(answer)
    assert read_answer(document) == answer
    for part in document["as_printed"]:
        del part["kg_per_kwh"]
    names = [row.name for row in compare_with_printed(read_answer(document))]
    assert "kg_per_kwh" not in names
    assert "kwh_per_euro" in names


def test_nothing_is_compared_without_harelbeke():
    assert compared([a_file(1, nis_code="34022")], ("34022", "34027")) == {}
