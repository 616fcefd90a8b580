"""Who gets a loan under other income ceilings; ceilings of 2019 stand in the law files."""

import numpy as np

from energiehuis.law.loader import load_law
from energiehuis.simulation.granting import as_granted, grants_under, may_gain, read_applicants
from energiehuis.simulation.levers import Levers
from tests.portfolios import a_file, refused, with_income


def decide_again(files, percent):
    law, applicants = load_law(), read_applicants(files)
    overrides = Levers(income_limit_percent=percent).law_overrides()
    return grants_under(applicants, applicants.under(law), law.with_overrides(overrides))


def test_a_file_refused_for_its_income_gets_the_loan_when_the_ceiling_rises_above_it():
    grants = decide_again([refused(1, 40_000_00)], 200)
    assert grants.granted.tolist() == grants.gained.tolist() == [True]
    assert grants.rate_per_year.tolist() == [0.0]
    # The own offer of 2019: 15,000 EUR over 120 months.
    assert grants.maximum_cents.tolist() == [15_000_00]
    assert grants.longest_term_months.tolist() == [120]


def test_a_file_refused_for_its_capacity_stays_refused():
    for reasons in (("repayment_capacity",), ("not_in_priority_group", "recorded_default")):
        assert not may_gain(refused(1, 40_000_00, *reasons))
        assert decide_again([refused(1, 40_000_00, *reasons)], 300).granted.tolist() == [False]


def test_a_refusal_whose_reasons_nobody_wrote_down_stays_one():
    assert not may_gain(refused(1, 20_000_00, reason_codes=()))


def test_a_loan_of_the_priority_group_is_lost_when_the_ceiling_sinks_below_the_income():
    lent = {
        "status": "approved",
        "reason_codes": (),
        "principal_cents": 5_000_00,
        "rate_basis_points": 0,
    }
    poor = refused(1, 25_000_00, **lent)
    assert decide_again([poor], 99).granted.tolist() == [True]
    assert decide_again([poor], 50).granted.tolist() == [False]


def test_an_imported_loan_without_facts_keeps_its_contract_whatever_the_ceiling():
    imported = a_file(facts=None, status="imported", requested_cents=None)
    grants = decide_again([imported], 50)
    assert grants.granted.tolist() == [True]
    assert grants.rate_per_year.tolist() == [0.02]


def test_in_the_books_nothing_is_decided_again():
    applicants = read_applicants([with_income(1, 90_000_00), refused(2, 10_000_00)])
    grants = as_granted(applicants)
    assert grants.granted.tolist() == [True, False]
    assert not np.any(grants.gained | grants.moved)
