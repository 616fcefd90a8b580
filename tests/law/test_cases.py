"""The cases that a counsellor can read, held against the rules."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from energiehuis.eligibility.facts import AMOUNT_FACTS, DwellingKind, Facts, HouseholdFacts
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.trace import explain
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.works import WorkFacts, check_works
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import BorrowerKind, IncomeNotion
from energiehuis.money import format_plain, parse_cents

CASES = Path(__file__).parent / "cases"
LAW = load_law()
WORDS = {"holds": Truth.YES, "does_not_hold": Truth.NO, "cannot_be_told": Truth.UNKNOWN}
ONE_DAY = timedelta(days=1)
INCOMES = {
    "income_ceiling_a": "latest_assessment_income_cents",
    "income_ceiling_b": "joint_taxable_income_cents",
}


def read(name):
    return yaml.safe_load((CASES / name).read_text("utf-8"))


PRODUCTS, CEILINGS, WORKS = read("products.yaml"), read("ceilings.yaml"), read("works.yaml")


def household_of(values):
    known = {}
    for name, value in values.items():
        is_amount = f"{name}_cents" in AMOUNT_FACTS
        cents = parse_cents(value) if is_amount and value is not None else value
        known[f"{name}_cents" if is_amount else name] = cents
    known["borrower_kind"] = BorrowerKind(known["borrower_kind"])
    if "dwelling_kind" in known:
        known["dwelling_kind"] = DwellingKind(known["dwelling_kind"])
    return HouseholdFacts(**known)


def weigh(household, day):
    law = LAW.on(day)
    outcome = evaluate(Facts.from_records([household]), law)
    return outcome, explain(household, law, outcome, day=day)


def truth_word(truth):
    return next(word for word, known in WORDS.items() if known == truth)


def figures(outcome, trace):
    """Everything a case may expect, by the names of the case files."""
    maximum = int(outcome.maximums_cents[0])
    elsewhere = trace.elsewhere[0].rate_per_year if trace.elsewhere else None
    return {
        "outcome": outcome.outcome(),
        "product": outcome.product_id(),
        "assured": outcome.assured_product_id(),
        "rate": None if trace.product is None else str(trace.product.rate_per_year),
        "minimum": format_plain(int(outcome.minimums_cents[0])),
        "maximum": None if maximum < 0 else format_plain(maximum),
        "months": int(outcome.longest_terms_months[0]),
        "priority": truth_word(outcome.priority[0]),
        "wish": truth_word(outcome.wish_fits[0]),
        "reasons": list(outcome.reasons_of().codes),
        "open_points": list(outcome.open_points_of().codes),
        "elsewhere": [line.id for line in trace.elsewhere],
        "elsewhere_rate": None if elsewhere is None else str(elsewhere),
    }


@pytest.mark.parametrize("case", PRODUCTS["cases"], ids=lambda case: f"{case['day']} {case['zin']}")
def test_a_case_gets_the_answer_that_the_counsellor_expects(case):
    values = {**PRODUCTS["personas"][case["start"]], **case.get("with", {})}
    found = figures(*weigh(household_of(values), case["day"]))
    assert {name: found[name] for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize(
    "row", CEILINGS["ceilings"], ids=lambda row: f"{row['day']} {row['ground']} {row['dependents']}"
)
def test_the_ceiling_itself_is_allowed_and_one_cent_more_is_not(row):
    # Both amounts were typed from the pages that the rule file names, apart from the rule file.
    poor = household_of(PRODUCTS["personas"]["gezin"])
    for income, truth in ((row["holds_at"], Truth.YES), (row["fails_at"], Truth.NO)):
        changes = {INCOMES[row["ground"]]: parse_cents(income), "dependents": row["dependents"]}
        outcome, _ = weigh(replace(poor, **changes), row["day"])
        assert outcome.ground(row["ground"]) is truth


@pytest.mark.parametrize("case", WORKS["cases"], ids=lambda case: f"{case['day']} {case['zin']}")
def test_a_work_is_financed_or_not_as_the_counsellor_expects(case):
    works = [
        WorkFacts(
            code=work["code"],
            cost_cents=parse_cents(work["cost"]),
            is_by_contractor=work.get("is_by_contractor"),
            scan_shows_need=work.get("scan_shows_need"),
            quantities={k: Decimal(v) for k, v in work.get("quantities", {}).items()},
        )
        for work in case["works"]
    ]
    priority = WORDS[case.get("priority", "holds")]
    check = check_works(works, LAW.on(case["day"]), priority=priority)
    assert [truth_word(found.truth) for found in check.findings] == case["expect"]
    paid = [
        work.cost_cents for work, word in zip(works, case["expect"], strict=True) if word == "holds"
    ]
    assert check.financeable_cents == sum(paid)


def change_days(rows):
    days = {row.period.valid_from for row in rows}
    return days | {row.period.valid_until for row in rows if row.period.valid_until}


def lacking(days, cases):
    covered = {case["day"] for case in cases}
    return {day for day in days if not {day, day - ONE_DAY} <= covered}


def test_every_change_of_a_product_or_ground_has_a_case_on_both_sides():
    days = change_days([*LAW.products, *LAW.grounds])
    assert lacking(days, PRODUCTS["cases"]) == set()


def test_every_change_of_a_work_or_its_values_has_a_case_on_both_sides():
    needs = [need for work in LAW.works for need in work.requirements]
    assert lacking(change_days([*LAW.works, *needs]), WORKS["cases"]) == set()


def test_every_ceiling_has_cases_on_its_first_and_its_last_day():
    covered = {(row["ground"], row["day"]) for row in CEILINGS["ceilings"]}
    for row in LAW.thresholds:
        assert (row.parameter, row.period.valid_from) in covered
        if row.period.valid_until is not None:
            assert (row.parameter, row.period.valid_until - ONE_DAY) in covered


def test_ceiling_b_looks_at_the_third_year_before_the_application():
    # S09: 2016 for 2019; S13: 2017 for 2020; S18: 2019 for 2022.
    years = {2019: 2016, 2020: 2017, 2022: 2019}
    for year, income_year in years.items():
        law = LAW.on(date(year, 6, 1))
        assert law.thresholds["income_ceiling_b"].notion is IncomeNotion.JOINT_TAXABLE
        assert law.income_year("income_ceiling_b") == income_year
