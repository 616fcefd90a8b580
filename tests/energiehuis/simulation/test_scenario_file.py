"""Scenarios in YAML: what they may hold, and what a slip of the pen is told."""

from pathlib import Path

import pytest

from energiehuis.simulation.scenario_file import ScenarioFileError, read_scenarios
from savings_model.scenarios import Attribution

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "scenarios.yaml"


def read(tmp_path, text):
    path = tmp_path / "s.yaml"
    path.write_text(text, "utf-8")
    return read_scenarios(path)


def test_the_example_reads_as_it_says():
    found = {scenario.code: scenario for scenario in read_scenarios(EXAMPLE)}
    assert found["baseline"].rate_per_year == (None, None, None)
    assert found["one_percent"].rate_per_year == (0.0, 0.01, 0.01)
    assert found["ceiling_15000"].ceiling_cents == 1_500_000
    assert found["ceiling_15000"].longest_term_months == 120
    assert found["as_printed"].attribution is Attribution.WHOLE_WORKS


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{code: a, ceilling_eur: 1}", "scenarios[0].ceilling_eur: unknown"),
        ("{code: 3}", "scenarios[0].code: must be text"),
        ("{code: a, rates_percent: {priority: 1.25}}", "rates_percent.priority: must be a perc"),
        ("{code: a, rates_percent: {priority: '1.255'}}", "rates_percent.priority"),
        ("{code: a, rates_percent: {everyone: '1'}}", "rates_percent: may hold priority"),
        ("{code: a, ceiling_eur: 1000.5}", "ceiling_eur: must be euros such as"),
        ("{code: a, longest_term_months: '60'}", "longest_term_months: must be a whole number"),
        ("{code: a, longest_term_months: 1201}", "longest_term_months"),
        ("{code: a, emission_factors: newest}", "emission_factors"),
        ("{code: a, attribution: all}", "attribution: must be one of"),
        ("{code: a, code: b}", "a key stands twice"),
        ("just words", "scenarios[0]: must hold keys and values"),
    ],
)
def test_a_slip_of_the_pen_is_named(tmp_path, row, said):
    with pytest.raises(ScenarioFileError) as caught:
        read(tmp_path, f"scenarios:\n  - {row}\n")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "scenarios: []", "rows: []", "scenarios: [{code: a}]\nmore: 1", "a: [", "[1]"]
)
def test_a_file_that_holds_no_scenarios_is_refused(tmp_path, text):
    with pytest.raises(ScenarioFileError, match=r"^s\.yaml: "):
        read(tmp_path, text)


def test_two_scenarios_of_one_code_are_refused(tmp_path):
    with pytest.raises(ScenarioFileError, match="'a' stands twice"):
        read(tmp_path, "scenarios: [{code: a}, {code: a}]")
