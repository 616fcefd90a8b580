"""Random households with gaps, from a fixed seed."""

from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np

from energiehuis.eligibility.facts import AMOUNT_FACTS, DwellingKind, HouseholdFacts
from energiehuis.law.vocabulary import TRUTH_FACTS, BorrowerKind

FIRST_DAY, DAYS = date(2005, 6, 1), 28 * 365
KINDS = list(BorrowerKind)
# Close to the ceilings and limits, so that many households lie on both sides.
MOST = {
    "latest_assessment_income_cents": 40_000_00,
    "joint_taxable_income_cents": 60_000_00,
    "extra_cadastral_income_cents": 3_000_00,
    "dependents": 5,
    "owners_association_units": 12,
    "amount_wished_cents": 20_000_00,
    "term_wished_months": 140,
    "works_cost_cents": 40_000_00,
    "outstanding_cents": 6_000_00,
}


def draw_day(random):
    return FIRST_DAY + timedelta(days=int(random.integers(DAYS)))


def draw_household(random, *, unknown_share):
    kind = KINDS[0] if random.random() < 0.7 else KINDS[int(random.integers(len(KINDS)))]
    household = HouseholdFacts(borrower_kind=kind, asks_energy_loan_plus=None)
    whole = fill_gaps(random, household)
    gaps = {
        part.name: None
        for part in fields(HouseholdFacts)
        if part.name != "borrower_kind" and random.random() < unknown_share
    }
    return replace(whole, **gaps)


def fill_gaps(random, household):
    """Give every unknown fact an answer."""
    answers = {name: bool(random.random() < likely(name)) for name in TRUTH_FACTS}
    answers |= {name: draw_amount(random, name) for name in AMOUNT_FACTS}
    answers["dwelling_kind"] = list(DwellingKind)[int(random.integers(2))]
    # On both sides of 1 October 2017, from which a running loan need not be repaid first.
    answers["outstanding_granted_on"] = date(2016, 1, 4) + timedelta(int(random.integers(1_200)))
    answers["target_epc_label"] = "ABC"[int(random.integers(3))]
    unknown = {name: value for name, value in answers.items() if getattr(household, name) is None}
    return replace(household, **unknown)


def likely(name):
    place_or_home = ("dwelling_in_served_municipality", "dwelling_in_flemish_region")
    return 0.9 if name in (*place_or_home, "main_residence") else 0.25


def draw_amount(random, name):
    return 0 if random.random() < 0.2 else int(random.integers(MOST[name] + 1))


def draw_many(count, *, seed, unknown_share=0.3):
    random = np.random.default_rng(seed)
    households = [draw_household(random, unknown_share=unknown_share) for _ in range(count)]
    return households, [draw_day(random) for _ in range(count)], random
