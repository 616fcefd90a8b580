"""The cases that a counsellor can read, held against the rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from energiehuis import clock
from energiehuis.eligibility.truth import Truth
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import IncomeNotion
from energiehuis.law_changes.cases import (
    ceiling_answers,
    package_cases,
    product_case,
    run_cases,
    works_answers,
)
from energiehuis.law_changes.checking import (
    STOPPED_AFTER_DAYS,
    WARNED_AFTER_DAYS,
    aged_rules,
    check_law,
)
from energiehuis.law_changes.coverage import days_without_case

LAW, CASES = load_law(), package_cases()


@pytest.mark.parametrize("case", CASES.products, ids=lambda case: f"{case['day']} {case['zin']}")
def test_a_case_gets_the_answer_that_the_counsellor_expects(case):
    found = product_case(case, CASES.personas, LAW)
    assert {name: found[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    "row", CASES.ceilings, ids=lambda row: f"{row['day']} {row['ground']} {row['dependents']}"
)
def test_the_ceiling_itself_is_allowed_and_one_cent_more_is_not(row):
    # Both amounts were typed from the pages that the rule file names, apart from the rule file.
    assert ceiling_answers(row, CASES.personas, LAW) == (Truth.YES, Truth.NO)


@pytest.mark.parametrize("case", CASES.works, ids=lambda case: f"{case['day']} {case['zin']}")
def test_a_work_is_financed_or_not_as_the_counsellor_expects(case):
    assert works_answers(case, LAW) == case["expect"]


def test_every_change_of_the_law_has_a_case_on_both_sides():
    assert days_without_case(LAW, CASES) == ()


@pytest.mark.parametrize("kind", ["products", "ceilings", "works"])
def test_a_change_without_a_case_on_one_side_is_named(kind):
    first = {"products": date(2017, 10, 1), "ceilings": date(2021, 1, 1), "works": date(2018, 1, 1)}
    for day in (first[kind], first[kind] - timedelta(days=1)):
        fewer = tuple(case for case in getattr(CASES, kind) if case["day"] != day)
        assert day in {
            found for _, found in days_without_case(LAW, replace(CASES, **{kind: fewer}))
        }


def test_a_case_that_expects_something_else_is_named_with_what_was_found():
    case = {**CASES.ceilings[0], "holds_at": "99999.99"}
    (failure,) = run_cases(replace(CASES, products=(), works=(), ceilings=(case,)), LAW)
    assert failure.found == ["does_not_hold", "does_not_hold"]
    assert failure.day == case["day"]


def test_no_rule_was_last_checked_longer_ago_than_the_term():
    # Fails by itself when the term has passed: then somebody must read the sources again.
    report = check_law(LAW, CASES, clock.today())
    assert report.stopped == ()
    assert report.is_sound


def test_an_old_check_warns_first_and_stops_later():
    last = max(row.basis.checked_on for row in LAW.products)
    on_time = last + timedelta(days=WARNED_AFTER_DAYS)
    assert aged_rules(LAW, on_time) == ()
    warned = check_law(LAW, CASES, on_time + timedelta(days=1))
    assert warned.warned
    assert warned.is_sound
    stopped = check_law(LAW, CASES, last + timedelta(days=STOPPED_AFTER_DAYS + 1))
    assert stopped.stopped
    assert not stopped.is_sound


def test_ceiling_b_looks_at_the_third_year_before_the_application():
    # S09: 2016 for 2019; S13: 2017 for 2020; S18: 2019 for 2022.
    years = {2019: 2016, 2020: 2017, 2022: 2019}
    for year, income_year in years.items():
        law = LAW.on(date(year, 6, 1))
        assert law.thresholds["income_ceiling_b"].notion is IncomeNotion.JOINT_TAXABLE
        assert law.income_year("income_ceiling_b") == income_year
