"""`energiehuis law check` and `impact`: what they say, and how they end."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from energiehuis.__main__ import main
from tests.applications import application, new_key
from tests.law_drafts import draft_text

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ceiling-b-plus-5-percent.yaml"


@pytest.fixture
def run(database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", "only-for-tests-" + "0" * 32)

    def invoke(*arguments):
        return CliRunner().invoke(main, ["law", *arguments])

    return invoke


@pytest.fixture
def files(client):
    """Three open applications in one municipality and one in another that win by five percent."""
    sent = []
    for number, postcode in enumerate(("8530", "8530", "8530", "8500")):
        facts = {**application()["facts"], "joint_taxable_income": "35000.00"}
        body = application(str(number), facts=facts)
        body["dwelling"]["postcode"] = postcode
        answer = client.post("/api/v1/loan-applications", json=body, headers=new_key())
        sent.append(answer.get_json()["reference"])
    return sent


def cells(output, name):
    """Give the counts that stand on the first line with a name."""
    line = next(line for line in output.splitlines() if line.strip().startswith(name))
    return line.strip().removeprefix(name).split()


def test_check_counts_the_law_and_ends_well():
    result = CliRunner().invoke(main, ["law", "check", "--day", "2026-11-23"])
    assert result.exit_code == 0, result.output
    assert "Alle regelbestanden zijn geldig." in result.output
    assert "Alle gevallen kloppen." in result.output


def test_check_warns_of_an_old_check_and_stops_at_a_very_old_one():
    warned = CliRunner().invoke(main, ["law", "check", "--day", "2027-12-15"])
    assert warned.exit_code == 0
    assert "Let op: " in warned.output
    stopped = CliRunner().invoke(main, ["law", "check", "--day", "2029-01-01"])
    assert stopped.exit_code == 1
    assert "Stop: " in stopped.output
    assert "Alle gevallen kloppen." not in stopped.output


def test_impact_counts_files_and_names_those_that_are_open(run, files, tmp_path):
    draft = tmp_path / "proef.yaml"
    draft.write_text(draft_text(), "utf-8")
    result = run("impact", str(draft))
    assert result.exit_code == 0, result.output
    assert "Inkomensgrens B 5 procent hoger (2030-01-01)" in result.output
    assert cells(result.output, "Alle dossiers") == ["4", "4", "0", "0", "0", "0"]
    assert cells(result.output, "Harelbeke") == ["3", "3", "0", "0", "0", "0"]
    assert cells(result.output, "Kortrijk") == ["1", "1", "0", "0", "0", "0"]
    assert "Open dossiers om opnieuw te bekijken: 4" in result.output
    assert [reference for reference in files if reference not in result.output] == []


def test_impact_for_the_public_hides_small_counts_and_every_reference(run, files):
    result = run("impact", str(EXAMPLE), "--public")
    assert result.exit_code == 0, result.output
    assert cells(result.output, "Alle dossiers") == ["*", "*", "0", "0", "0", "0"]
    assert cells(result.output, "Harelbeke") == ["*", "*", "0", "0", "0", "0"]
    assert "* Niet getoond" in result.output
    assert not [reference for reference in files if reference in result.output]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_impact_of_a_wrong_draft_names_the_line_and_no_trace(run, organisation_id, tmp_path):
    draft = tmp_path / "fout.yaml"
    draft.write_text(draft_text().replace('"34629.00"', "34629.00"), "utf-8")
    result = run("impact", str(draft))
    assert result.exit_code == 1
    assert "fout.yaml, regel 16" in result.output
    assert "Traceback" not in result.output
