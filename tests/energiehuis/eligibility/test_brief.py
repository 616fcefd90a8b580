"""The short answer holds what decides, and every id in it is explained once."""

import re
from dataclasses import replace
from datetime import date

import pytest

from energiehuis.eligibility.brief import POINT, render, render_answer, render_sources
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.words import render_full
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.law.vocabulary import BorrowerKind
from tests.energiehuis.eligibility.test_trace import HOME, LAW, NO_GROUND, told
from tests.random_households import draw_many

IDS = re.compile(r"\[((?:S\d+|COMMISSION)(?: (?:S\d+|COMMISSION))*)\]")


def plain(lines):
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def ids_in(lines):
    return {name for found in IDS.findall("\n".join(lines)) for name in found.split()}


def test_the_first_line_says_the_answer_with_the_product_and_its_figures():
    first = plain(render_answer(told(replace(HOME, increased_allowance=True)), "nl")[:1])
    assert first.startswith("Op 23/11/2026 kan deze aanvrager lenen. Energielening van het")
    assert "0 % per jaar, van € 1.250,00 tot € 15.000,00, hoogstens 120 maanden. [" in first


def test_what_decides_stands_in_full_and_the_rest_in_one_line():
    lines = render_answer(told(replace(NO_GROUND, increased_allowance=True)), "en")
    assert sum("Increased allowance: holds." in line for line in lines) == 1
    (folded,) = (line for line in lines if line.startswith(f"{POINT}Grounds that do not hold"))
    assert "Joint taxable income of three years ago within the ceiling" in folded
    (held,) = (line for line in lines if line.startswith(f"{POINT}Conditions that hold"))
    assert "Main residence" in held


def test_a_refusal_shows_each_income_beside_its_ceiling_and_the_way_in():
    text = plain(render_answer(told(NO_GROUND, date(2022, 1, 1)), "nl"))
    assert "€ 35.000,00. Grens: € 34.700,00" in text
    assert "een inkomen dat € 300,00 lager ligt" in text
    assert "Verhoogde tegemoetkoming: is niet voldaan" not in text


def test_a_condition_that_fails_shows_the_fact_that_was_used():
    trace = told(replace(HOME, increased_allowance=True, main_residence=False))
    (line,) = (line for line in render_answer(trace, "en") if "Main residence:" in line)
    assert "does not hold. Facts: somebody’s main residence: no." in line
    assert ids_in([line]) == {"S02", "S04", "S12", "S21"}


def test_grounds_stay_away_where_no_product_asks_for_one():
    legal = replace(HOME, borrower_kind=BorrowerKind.NON_COMMERCIAL_LEGAL_PERSON)
    trace = told(legal)
    assert not trace.priority_counts
    assert "Grounds" not in plain(render_answer(trace, "en"))
    assert told(HOME).priority_counts


def test_the_factor_of_the_cadastral_income_is_the_one_of_the_rule_file():
    trace = told(NO_GROUND)
    rule = LAW.on(trace.day).thresholds["income_ceiling_a"]
    lines = tuple(
        replace(
            line,
            comparison=line.comparison
            and replace(line.comparison, cadastral_factor=rule.cadastral_factor + 4),
        )
        for line in trace.grounds
    )
    assert "met 3 keer" in plain(render_answer(trace, "nl"))
    assert "met 7 keer" in plain(render_answer(replace(trace, grounds=lines), "nl"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_is_explained_once_and_no_source_is_left_over(language):
    households, days, _ = draw_many(150, seed=31)
    heading = translate("eligibility.brief.sources", language)
    for household, day in zip(households, days, strict=True):
        trace = told(household, day)
        answer, sources = render_answer(trace, language), render_sources((trace,), language)
        assert render(trace, language) == (*answer, *sources)
        assert sources[0] == heading
        explained = [line.split("]")[0][1:] for line in sources[1:]]
        assert len(set(explained)) == len(explained)
        assert set(explained) == ids_in(answer)


def test_what_is_open_or_holds_stands_in_the_short_answer_as_in_the_full_text():
    households, days, _ = draw_many(300, seed=37)
    seen = set()
    for household, day in zip(households, days, strict=True):
        trace = told(household, day)
        answer, full = plain(render_answer(trace, "nl")), plain(render_full(trace, "nl"))
        said = [f"eligibility.reason.{code}" for code in trace.reasons]
        said += [f"eligibility.fact.{name}" for name in trace.missing]
        said += [f"eligibility.condition.{line.id}" for line in trace.conditions]
        said += [
            f"eligibility.ground.{line.id}"
            for line in trace.grounds
            if trace.priority_counts and line.truth is not Truth.NO
        ]
        for key in said:
            assert translate(key, "nl") in answer
            assert translate(key, "nl") in full
        seen.add(trace.outcome)
    assert seen == {"eligible", "not_eligible", "undetermined"}
