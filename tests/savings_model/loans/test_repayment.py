"""Schedules against published figures and against exact arithmetic."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from savings_model.loan_terms import check_loan_terms, instalment_cents
from savings_model.month_rates import MonthRate, month_rate
from savings_model.repayment import empty_schedule, fill_schedule, repayment_schedule
from savings_model.rounding import Rounding
from savings_model.validation import ModelInputError
from tests.savings_model.loans.exact_reference import exact_instalment, exact_schedule

COLUMNS = ("instalment_cents", "interest_cents", "principal_cents", "balance_cents")


def random_loans(count, seed):
    rng = np.random.default_rng(seed)
    principals = np.rint(rng.lognormal(13.8, 0.8, count)).astype(np.int64)
    rates = [f"0.{digits:04d}" for digits in rng.integers(0, 1200, count)]
    rates = [
        "0" if free else rate for free, rate in zip(rng.random(count) < 0.2, rates, strict=True)
    ]
    return principals, rates, rng.integers(1, 361, count)


def cells_that_differ(schedule, loan, months):
    found = np.stack([getattr(schedule, name)[:, loan] for name in COLUMNS], axis=1)
    expected = np.zeros_like(found)
    expected[: len(months)] = months
    return int((found != expected).sum())


def test_the_instalment_that_duwolim_published_comes_out_when_rounded_down():
    # Duwolim: 10,000 euro at 2 % over 60 months is 175.19 a month, 10,511.40 for sixty of them.
    down = instalment_cents(1_000_000, 0.02, 60)
    assert down.tolist() == [17_519]
    assert 60 * down[0] == 1_051_140
    assert instalment_cents(1_000_000, 0.02, 60, rounding=Rounding.NEAREST).tolist() == [17_520]


def test_the_month_rate_of_two_percent_is_the_one_that_vlaams_woningfonds_prints():
    # Vlaams Woningfonds: 2 % a year is 0,1652 % a month.
    assert round(100 * float(month_rate(0.02)), 4) == 0.1652


@pytest.mark.parametrize(
    ("rate", "rounding", "instalment"),
    [
        (0.0, Rounding.DOWN, 12_500),
        (0.0, Rounding.NEAREST, 12_500),
        (0.01, Rounding.DOWN, 13_137),
        (0.01, Rounding.NEAREST, 13_138),
    ],
)
def test_the_highest_energy_loan_over_ten_years(rate, rounding, instalment):
    # Derived by hand from the actuarial formula: 15,000 at 1 % is 131.376535 a month.
    schedule = repayment_schedule([1_500_000], [rate], [120], rounding=rounding)
    assert schedule.first_instalment_cents.tolist() == [instalment]
    assert schedule.balance_cents[-1].tolist() == [0]
    assert schedule.total_cents - schedule.total_interest_cents == 1_500_000


def test_a_loan_without_interest_that_does_not_divide_ends_with_the_remainder():
    # Derived: 10,000 over 60 months is 166.67 and 166.47 at the end for exactly 10,000.00.
    schedule = repayment_schedule(1_000_000, 0.0, 60, rounding=Rounding.NEAREST)
    assert schedule.instalment_cents[:, 0].tolist() == [16_667] * 59 + [16_647]
    assert schedule.total_interest_cents.tolist() == [0]


@pytest.mark.parametrize("convention", list(MonthRate))
@pytest.mark.parametrize("rounding", list(Rounding))
def test_no_cell_of_random_loans_differs_from_exact_arithmetic(rounding, convention):
    principals, rates, terms = random_loans(750, seed=20_221)
    floats = np.array([float(rate) for rate in rates])
    schedule = repayment_schedule(
        principals, floats, terms, rounding=rounding, convention=convention
    )
    wrong = sum(
        cells_that_differ(
            schedule,
            loan,
            exact_schedule(
                int(principals[loan]),
                rates[loan],
                int(terms[loan]),
                rounding=rounding,
                convention=convention,
            ),
        )
        for loan in range(principals.size)
    )
    assert wrong == 0
    assert not schedule.balance_cents[terms - 1, np.arange(terms.size)].any()


def test_exact_half_cents_of_a_nominal_rate_go_up():
    # 0.6 % a year is 0.05 % a month: 1,000 cents more or less give an exact half cent.
    principals = np.arange(1_000, 400_000, 1_000)
    schedule = repayment_schedule(
        principals, 0.006, 12, convention=MonthRate.NOMINAL, rounding=Rounding.NEAREST
    )
    assert schedule.interest_cents[0].tolist() == [(p + 1_000) // 2_000 for p in principals]


def test_an_instalment_of_exactly_whole_cents_is_not_rounded_down():
    # One month at 12 % nominal: the principal and one percent of it, exactly.
    principals = np.arange(100, 200_000, 100)
    found = instalment_cents(principals, 0.12, 1, convention=MonthRate.NOMINAL)
    assert found.tolist() == (principals + principals // 100).tolist()


@pytest.mark.parametrize("rounding", list(Rounding))
def test_tiny_loans_still_end_on_zero_without_negative_amounts(rounding):
    principals, rates, terms = np.meshgrid(
        [0, 1, 7, 99, 1_250], [0.0, 0.01, 1.0], [1, 2, 150, 1200]
    )
    loans = principals.ravel(), rates.ravel(), terms.ravel()
    schedule = repayment_schedule(*loans, rounding=rounding)
    for name in COLUMNS:
        assert getattr(schedule, name).min() >= 0
    assert schedule.principal_cents.sum(axis=0).tolist() == loans[0].tolist()
    for loan, (principal, rate, term) in enumerate(zip(*loans, strict=True)):
        months = exact_schedule(int(principal), repr(float(rate)), int(term), rounding=rounding)
        assert cells_that_differ(schedule, loan, months) == 0


def test_rounding_up_a_tiny_loan_never_takes_more_than_is_owed():
    schedule = repayment_schedule(100, 0.0, 150, rounding=Rounding.NEAREST)
    assert schedule.instalment_cents[:, 0].tolist() == [1] * 100 + [0] * 50


def test_the_block_size_and_the_number_of_threads_change_no_cent():
    principals, rates, terms = random_loans(1_000, seed=7)
    loans = check_loan_terms(principals, [float(rate) for rate in rates], term_months=terms)
    whole, blocked = empty_schedule(loans.term_months), empty_schedule(loans.term_months)
    fill_schedule(loans, whole)
    with ThreadPoolExecutor(2) as pool:
        fill_schedule(loans, blocked, block_loans=37, spread=pool.map)
    for name in COLUMNS:
        assert np.array_equal(getattr(whole, name), getattr(blocked, name))


def test_half_the_memory_holds_the_same_cents():
    principals, rates, terms = random_loans(200, seed=8)
    loans = check_loan_terms(principals, [float(rate) for rate in rates], term_months=terms)
    wide, narrow = empty_schedule(terms), empty_schedule(terms, np.int32)
    fill_schedule(loans, wide)
    fill_schedule(loans, narrow)
    assert narrow.balance_cents.dtype == np.int32
    for name in COLUMNS:
        assert np.array_equal(getattr(wide, name), getattr(narrow, name))


@pytest.mark.parametrize(
    ("arguments", "field", "index"),
    [
        (([100], [0.01], [0]), "term_months", (0,)),
        (([100, 100], [0.01, 0.01], [1, 1201]), "term_months", (1,)),
        (([100], [-1.0], [12]), "rate_per_year", (0,)),
        (([100], [3.0], [12]), "rate_per_year", (0,)),
        (([100], [float("nan")], [12]), "rate_per_year", (0,)),
        (([-1], [0.01], [12]), "principal_cents", (0,)),
        (([100.5], [0.01], [12]), "principal_cents", None),
        (([100, 200, 300], [0.01, 0.01], [12]), "rate_per_year", None),
        (([[100, 200]], [0.01, 0.01], [12, 12]), "principal_cents", None),
    ],
)
def test_what_is_no_loan_is_refused_by_field_and_index(arguments, field, index):
    with pytest.raises(ModelInputError) as refusal:
        repayment_schedule(*arguments)
    assert (refusal.value.field, refusal.value.index) == (field, index)


def test_no_loans_give_an_empty_schedule():
    schedule = repayment_schedule(np.array([], dtype=np.int64), 0.01, 12)
    assert schedule.balance_cents.size == 0


def test_exact_reference_agrees_with_a_sum_by_hand():
    # 10,000 at 2 %: 175.1984 exact (the energy loan facts, Duwolim).
    assert exact_instalment(1_000_000, "0.02", 60, rounding="down", convention="actuarial") == 17519
