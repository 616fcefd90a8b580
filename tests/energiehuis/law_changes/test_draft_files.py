"""What is wrong in a draft is refused with its file, its line and a remedy, in three languages."""

from datetime import date
from itertools import pairwise

import pytest

from energiehuis.i18n import LANGUAGES, translate
from energiehuis.law.errors import LawFileError
from energiehuis.law.loader import law_of_files
from energiehuis.law.overlay import lay_over, read_overlay
from energiehuis.law_changes.draft_files import read_draft, run_draft_cases
from tests.law_drafts import FIRST_DAY, draft_text

TEXT = draft_text()
FILE = "proef.yaml"
# More months than an array of whole numbers holds.
TERM = """products:
  own_offer_priority:
    reference: ontwerp
    sources: [DRAFT_proef]
    confidence: derived
    values:
      longest_term: {value: 99999999999999999999, unit: months, sources: [DRAFT_proef]}"""


def refusal(text: str) -> LawFileError:
    with pytest.raises(LawFileError) as caught:
        read_draft(FILE, text, law_of_files())
    return caught.value


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "problem", "line"),
    [
        ('limit: {value: "34629.00"', "limit: {value: 34629.00", "bare_float", "limit:"),
        ('"34629.00", unit: EUR, sources', '"34629.00", sources', "no_unit", "limit:"),
        ("confidence: derived", "confidence: derived\n    wind: 1", "unknown_key", "wind: 1"),
        (
            "unit: EUR, sources: [DRAFT_proef]",
            "unit: EUR, sources: [S999]",
            "unlisted_source",
            "S999",
        ),
        ("unit: EUR, sources: [DRAFT_proef]", "unit: EUR, sources: []", "no_source", "limit:"),
        ("ceiling_b:\n    reference", "ceiling_c:\n    reference", "unknown_rule", "limit:"),
        ('"34629.00", unit: EUR,', '"veel", unit: EUR,', "not_an_amount", "veel"),
        ("checked_on: 2026-11-23\n", "", "no_checked_on", "name: proef"),
        ("valid_from: 2030-01-01", "valid_from: 2030-02-31", "not_a_date", "2030-02-31"),
        ("valid_from: 2030-01-01", "valid_from: 1999-01-01", "rule_not_in_force", "limit:"),
        ("name: proef\n", "name: proef\nname: weer\n", "duplicate_key", "name: weer"),
        ("    url: null", "    url: null\n    url: ja", "duplicate_key", "url: ja"),
        ("confidence: derived", "confidence: derived: ja", "not_yaml", "derived: ja"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_remedy(old, new, problem, line):
    text = changed(old, new)
    error = refusal(text)
    assert (error.code, error.place.file) == (f"law.file.{problem}", FILE)
    assert line in text.splitlines()[error.place.line - 1]
    for language in LANGUAGES:
        where, _, rest = translate(error.code, language, **error.params).partition(":")
        assert where.startswith(f"{FILE}, ")
        assert str(error.place.line) in where
        # What is wrong and what to do about it.
        assert len(rest.split()) > 5


def test_two_values_that_begin_on_one_day_are_refused():
    first = read_overlay("eerste.yaml", draft_text(name="eerste"))
    with pytest.raises(LawFileError) as caught:
        lay_over(law_of_files(), [first, read_overlay(FILE, TEXT)])
    assert caught.value.code == "law.file.same_day"
    with pytest.raises(LawFileError) as caught:
        read_draft("later.yaml", draft_text(name="later"), law_of_files(), others=[first])
    assert (caught.value.code, caught.value.params["day"]) == ("law.file.same_day", FIRST_DAY)


def test_a_draft_that_changes_nothing_is_refused():
    same = TEXT.replace("34629.00", "32980.00").replace("1806.00", "1720.00")
    assert refusal(same).code == "law.file.nothing_changes"
    bare = TEXT[: TEXT.index("parameters:")] + TEXT[TEXT.index("ceilings:") :]
    assert refusal(bare).code == "law.file.nothing_changes"


def test_laid_over_values_leave_no_gap_and_no_overlap():
    # Three changes of one ceiling, given in the wrong order.
    days = (date(2032, 1, 1), FIRST_DAY, date(2031, 7, 1))
    overlays = [
        read_overlay(f"d{place}.yaml", draft_text(name=f"d{place}", valid_from=day, percent=place))
        for place, day in enumerate(days, start=4)
    ]
    law = lay_over(law_of_files(), overlays)
    rows = [row for row in law.thresholds if row.parameter == "income_ceiling_b"]
    ordered = sorted(rows, key=lambda row: row.period.valid_from)
    for earlier, later in pairwise(ordered):
        assert earlier.period.valid_until == later.period.valid_from
    assert [row.period.valid_from for row in ordered[-3:]] == sorted(days)
    assert ordered[-1].period.valid_until is None
    # 32,980 times 1.05, 1.06 and 1.04, in the order of the days.
    assert [row.limit_cents for row in ordered[-3:]] == [34_629_00, 34_958_80, 34_299_20]


def test_a_draft_leaves_the_days_before_it_word_for_word():
    law, drafted = law_of_files(), read_draft(FILE, TEXT, law_of_files()).law
    for day in (date(2018, 5, 1), date(2022, 9, 1), date(2029, 12, 31)):
        assert drafted.on(day).version == law.on(day).version
    assert drafted.on(FIRST_DAY).version != law.on(FIRST_DAY).version


def test_an_earlier_draft_is_seen_by_the_cases_of_a_later_one():
    # The earlier one raises the addition, which the later one does not name.
    earlier = draft_text(name="eerder", percent=5)
    later = draft_text(name="later", valid_from=date(2031, 1, 1), percent=10)
    later = "\n".join(line for line in later.splitlines() if "per_dependent" not in line)
    draft = read_draft(
        "later.yaml", later, law_of_files(), others=[read_overlay("eerder.yaml", earlier)]
    )
    of_day = draft.law.on(date(2031, 1, 1)).thresholds["income_ceiling_b"]
    assert (of_day.limit_cents, of_day.per_dependent_cents) == (36_278_00, 1_806_00)
    # The other way round the later one keeps what the earlier one changed too.
    draft = read_draft(
        "eerder.yaml", earlier, law_of_files(), others=[read_overlay("later.yaml", later)]
    )
    assert draft.law.on(date(2031, 1, 1)).thresholds["income_ceiling_b"] == of_day


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("start: gezin", "start: niemand"),
        ('{joint_taxable_income: "34629.00"}', "{wind: true}"),
        ('{joint_taxable_income: "34629.00"}', "{dependents: 99999999999999999999}"),
        ('{joint_taxable_income: "34629.00"}', '{joint_taxable_income: "veel"}'),
        ("expect: {outcome: eligible}", "expect: {weather: fine}"),
        ("expect: {outcome: eligible}", "expect: {outcome: !odd eligible}"),
        ("    day: 2030-01-01\n    start", "    day: 2030-02-31\n    start"),
        (
            "ceilings:\n  - {day: 2029-12-31, ground: income_ceiling_b",
            "ceilings:\n  - {day: 2029-12-31, ground: x",
        ),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_and_never_an_accident(old, new):
    assert refusal(changed(old, new)).code in {"law.file.bad_case", "law.file.not_a_date"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 60_000, "too_deep"),
        ("a: " + "{b: " * 50, "too_deep"),
        ("a: &a [1]\nb: *a\n", "alias"),
        ("? [a]\n: b\n", "not_str"),
        ("name: \x00", "not_yaml"),
        ("", "not_a_mapping"),
        ("- a\n", "not_a_mapping"),
        (TEXT.replace("dependents: 0", "dependents: 0b11"), "not_int"),
        (TEXT.replace("34629.00", "9" * 40 + ".00"), "not_an_amount"),
        (TEXT.replace("parameters:", f"{TERM}\nparameters:"), "cannot_weigh"),
    ],
    ids=[
        "brackets",
        "braces",
        "alias",
        "odd key",
        "nul",
        "empty",
        "list",
        "binary",
        "amount",
        "term",
    ],
)
def test_a_text_that_would_end_the_process_or_overflow_is_refused(text, problem):
    assert refusal(text).code == f"law.file.{problem}"


def test_a_case_that_fails_and_a_day_without_a_case_are_named():
    run = run_draft_cases(read_draft(FILE, draft_text(expects="not_eligible"), law_of_files()))
    assert not run.is_green
    (failure,) = run.failures
    assert failure.expected == {"outcome": "not_eligible"}
    assert failure.found == {"outcome": "eligible"}
    lines = [line for line in TEXT.splitlines() if "day: 2029-12-31" not in line]
    lacking = run_draft_cases(read_draft(FILE, "\n".join(lines), law_of_files()))
    assert lacking.without_case == (("income_ceiling_b", date(2029, 12, 31)),)


def test_a_sound_draft_is_green_with_all_earlier_cases_of_the_package():
    run = run_draft_cases(read_draft(FILE, TEXT, law_of_files()))
    assert run.is_green
    assert run.case_count > 150
