"""Loans that still run on a dwelling: which rule each product has, and that it is kept."""

from dataclasses import replace
from datetime import date

import pytest

from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Reason
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.truth import Truth
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import BorrowerKind, Standing

LAW = load_law()
ASKING = HouseholdFacts(
    borrower_kind=BorrowerKind.NATURAL_PERSON,
    dwelling_in_flemish_region=True,
    amount_wished_cents=2_000_00,
    term_wished_months=60,
    works_cost_cents=5_000_00,
)


def test_from_2015_every_product_with_terms_says_what_holds_beside_a_running_loan():
    rules = {
        product.id: product.values.text("parallel_loans")
        for product in LAW.products
        if product.period.valid_from >= date(2015, 1, 1) and product.values.has("longest_term")
    }
    by_rule = {rule: {i for i, r in rules.items() if r == rule} for rule in set(rules.values())}
    assert set(by_rule) == {"after_full_repayment", "one_a_property", "sum_within_maximum"}
    assert by_rule["after_full_repayment"] == {  # S33
        "energy_loan_2015_general",
        "energy_loan_2015_priority",
    }
    assert {name[:-5] for name in by_rule["one_a_property"]} == {"mijn_verbouwlening"}  # S60
    older = {p.id for p in LAW.products if p.values.has("repaid_first_if_granted_before")}
    assert older == by_rule["sum_within_maximum"]  # S23, S24
    days = {p.values.day("repaid_first_if_granted_before") for p in LAW.products if p.id in older}
    assert days == {date(2017, 10, 1)}


@pytest.mark.parametrize("day", [date(2022, 9, 1), date(2023, 6, 1), date(2024, 3, 1)])
def test_mijn_verbouwlening_would_let_one_loan_run_on_a_property(day):
    # This Energiehuis does not lend it; were it chosen, its rule holds.
    of_day = LAW.on(day)
    chosen = [
        replace(product, standing=Standing.OWN)
        for product in of_day.products
        if product.family == "mijn_verbouwlening"
    ]
    law = replace(of_day, products=tuple(chosen))
    running = [
        replace(ASKING, outstanding_cents=0),
        replace(ASKING, outstanding_cents=1, outstanding_granted_on=date(2022, 9, 1)),
        replace(ASKING, outstanding_cents=1),
        ASKING,
    ]
    found = evaluate(Facts.from_records(running), law)
    assert found.wish_fits.tolist() == [Truth.YES, Truth.NO, Truth.NO, Truth.UNKNOWN]
    assert found.reasons_of(1) == Reason.RUNNING_LOAN_FIRST
    assert found.open_points_of(3) == Reason.RUNNING_LOAN_FIRST


def test_both_readings_of_who_does_the_works_are_kept_and_one_is_chosen():
    (roof,) = (work for work in LAW.works if work.code == "roof_attic_floor_insulation")
    chosen = {reading.id: reading.is_chosen for reading in roof.owner_readings}
    assert chosen == {"owner_may": True, "all_by_contractor": False}
    (contractor,) = (one for one in roof.owner_readings if not one.is_chosen)
    assert contractor.source_ids == ("S05",)
    assert roof.may_be_done_by_owner
