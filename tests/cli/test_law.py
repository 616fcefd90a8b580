"""The law by the command line: a day, the demonstrations, and an answer that can be read."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from energiehuis.__main__ import main
from energiehuis.i18n import LANGUAGES
from energiehuis.law.loader import load_law
from energiehuis.law_changes.checking import STOPPED_AFTER_DAYS, WARNED_AFTER_DAYS

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
REFUSED, UNDETERMINED = (
    str(EXAMPLES / f"household-{name}.yaml") for name in ("refused", "undetermined")
)
DAY = ("--day", "2026-11-23")


def said(*arguments, columns=100):
    result = CliRunner().invoke(main, ["law", *arguments], env={"COLUMNS": str(columns)})
    assert result.exit_code == 0, result.output
    return result.output.replace("\N{NO-BREAK SPACE}", " ")


def test_the_refusal_shows_its_way_in():
    text = " ".join(said("answers", REFUSED, *DAY).split())
    assert "Op 23/11/2026 kan deze aanvrager niet lenen bij het Energiehuis." in text
    # S05: 32,980 and 1,720 for each of two dependents, against 36,800.
    assert "Grens: € 36.420,00" in text
    assert "een inkomen dat € 380,00 lager ligt" in text
    assert "Wat er nog bestaat: Mijn VerbouwLening (2026)" in text


def test_the_open_case_shows_what_to_ask_first():
    text = " ".join(said("answers", UNDETERMINED, *DAY, "--language", "en").split())
    assert "On 23/11/2026 it cannot be told yet which loan this applicant gets." in text
    assert "Ask first: social tariff for gas or electricity." in text


def test_the_demonstration_explains_each_source_once():
    lines = said("answers", "--demo").splitlines()
    assert sum(line.startswith("Op ") for line in lines) == 8
    assert lines.count("Bronnen") == 1
    ids = [line.split("]")[0] for line in lines[lines.index("Bronnen") :] if line[:1] == "["]
    assert len(set(ids)) == len(ids) > 10


def test_the_full_text_names_every_source_at_each_answer():
    short, full = (said("answers", "--demo", *more) for more in ((), ("--full",)))
    assert full.count("Bron: ") > 40
    assert len(short) < len(full) / 2


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "arguments", [("at", "2021-06-30"), ("answers", REFUSED, *DAY)], ids=["at", "answers"]
)
def test_only_an_address_is_wider_than_the_screen(arguments, language, columns):
    lines = said(*arguments, "--language", language, columns=columns).splitlines()
    wide = [line for line in lines if len(line) > min(columns, 100)]
    assert all(line.strip().startswith("http") and " " not in line.strip() for line in wide)


def test_the_law_of_a_day_names_its_loans_ceilings_and_sources():
    text = " ".join(said("at", "2021-06-30").split())
    assert "Geldt zo van 2021-01-01 tot en met 2021-12-31." in text
    # S02, S14, S15, S64.
    assert "€ 31.870,00, plus € 1.660,00 per persoon ten laste" in text
    assert "[S02] Sociaal Huis Kortrijk, 2021, https://www.kortrijk.be/" in text


def test_neither_a_file_nor_the_demonstration_is_a_wrong_call():
    for arguments in ((), (REFUSED, "--demo")):
        result = CliRunner().invoke(main, ["law", "answers", *arguments])
        assert result.exit_code == 2
        assert "Give a file, or --demo." in result.output


def test_the_check_warns_of_an_old_rule_first_and_stops_later():
    last = max(row.basis.checked_on for row in load_law().products)
    for age, status, word in (
        (WARNED_AFTER_DAYS, 0, ""),
        (WARNED_AFTER_DAYS + 1, 0, "Let op: "),
        (STOPPED_AFTER_DAYS + 1, 1, "Stop: "),
    ):
        day = str(last + timedelta(days=age))
        result = CliRunner().invoke(main, ["law", "check", "--day", day])
        assert result.exit_code == status
        assert result.stderr.startswith(word)
        assert bool(result.stderr) == bool(word)
        assert ("Alle gevallen kloppen." in result.stdout) == (status == 0)
