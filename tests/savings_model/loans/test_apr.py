"""The annual percentage rate against published figures and against pyxirr."""

import numpy as np
import pytest
import pyxirr

from savings_model.apr import (
    annual_percentage_rate,
    flow_annual_percentage_rate,
    regular_annual_percentage_rate,
)
from savings_model.repayment import repayment_schedule
from savings_model.rounding import Rounding
from savings_model.validation import ModelInputError


def test_equal_instalments_give_the_rates_that_the_facts_name():
    # 15,000 over 120 months: 131.37 is 0.9990 %, 131.38 is 1.0005 %; 10,000 over 60 months:
    # 175.19 is 1.998 %, 175.20 is 2.0004 % (derived figures beside the Duwolim example).
    rates = regular_annual_percentage_rate(
        [1_500_000, 1_500_000, 1_000_000, 1_000_000],
        [13_137, 13_138, 17_519, 17_520],
        [120, 120, 60, 60],
    )
    assert (100 * rates).round(4).tolist() == [0.9990, 1.0005, 1.9980, 2.0004]


def test_a_loan_without_interest_costs_exactly_nothing():
    schedule = repayment_schedule([1_500_000, 999_999, 7], [0.0, 0.0, 0.0], [120, 59, 3])
    assert annual_percentage_rate(schedule).tolist() == [0.0, 0.0, 0.0]


def test_a_schedule_to_the_cent_costs_its_rate_within_a_few_cents():
    schedule = repayment_schedule([1_500_000, 1_000_000], [0.01, 0.02], [120, 60])
    assert annual_percentage_rate(schedule) == pytest.approx([0.01, 0.02], abs=1.1e-6)


@pytest.mark.parametrize("rounding", list(Rounding))
def test_rates_of_random_schedules_equal_those_of_pyxirr(rounding):
    rng = np.random.default_rng(4)
    principals = rng.integers(50, 6_000_000, 300)
    terms = rng.integers(1, 400, 300)
    schedule = repayment_schedule(principals, rng.random(300) * 0.3, terms, rounding=rounding)
    rates = annual_percentage_rate(schedule)
    for loan, (principal, term) in enumerate(zip(principals, terms, strict=True)):
        flow = [-float(principal), *schedule.instalment_cents[:term, loan].tolist()]
        monthly = pyxirr.irr(flow)
        assert rates[loan] == pytest.approx((1 + monthly) ** 12 - 1, abs=1e-9)


def test_a_flow_by_the_day_equals_pyxirr():
    rng = np.random.default_rng(5)
    for _ in range(50):
        days = np.concatenate([[0, 20], np.sort(rng.integers(30, 4_000, 40))])
        amounts = np.concatenate([[400_000, 350_000], -rng.integers(15_000, 25_000, 40)])
        start = np.datetime64("2026-03-02")
        expected = pyxirr.xirr((start + days).astype(object).tolist(), amounts.astype(float))
        assert flow_annual_percentage_rate(amounts, days) == pytest.approx(expected, abs=1e-9)


def test_costs_taken_off_the_principal_raise_the_rate():
    with_costs, without = regular_annual_percentage_rate(
        [990_000, 1_000_000], [17_519] * 2, [60] * 2
    )
    assert with_costs > without


def test_a_borrower_who_pays_back_less_has_a_negative_rate():
    rate = regular_annual_percentage_rate([100_000], [900], [100])
    monthly = pyxirr.irr([-100_000.0, *[900.0] * 100])
    assert rate[0] == pytest.approx((1 + monthly) ** 12 - 1, abs=1e-12)


@pytest.mark.parametrize(
    ("amounts", "days", "field"),
    [
        ([100, 200], [0, 30], "amounts_cents"),
        ([100, -200], [0, 30, 60], "days"),
        ([100, -200], [0, -1], "days"),
    ],
)
def test_a_flow_that_has_no_rate_is_refused(amounts, days, field):
    with pytest.raises(ModelInputError) as refusal:
        flow_annual_percentage_rate(amounts, days)
    assert refusal.value.field == field


def test_a_loan_that_is_never_repaid_has_no_rate():
    with pytest.raises(ModelInputError, match=r"instalment_cents\[1\]"):
        regular_annual_percentage_rate([100, 100], [10, 0], [12, 12])
