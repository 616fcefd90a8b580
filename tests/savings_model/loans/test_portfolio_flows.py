"""Sums by month and group against the schedules themselves."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from savings_model.loan_terms import check_loan_terms
from savings_model.portfolio_flows import portfolio_flows
from savings_model.repayment import repayment_schedule
from savings_model.rounding import Rounding
from savings_model.validation import ModelInputError

NAMES = ("instalment_cents", "interest_cents", "principal_cents", "balance_cents")
ALL = (*NAMES, "drawn_cents")


def portfolio(count, *, seed, rounding=Rounding.DOWN, smallest=100_000):
    rng = np.random.default_rng(seed)
    terms = check_loan_terms(
        rng.integers(smallest, 4_000_000, count),
        rng.choice([0.0, 0.01, 0.0225], count),
        term_months=rng.integers(1, 121, count),
        rounding=rounding,
    )
    return terms, rng.integers(0, 48, count), rng.integers(0, 14, count)


def added_up(terms, starts, groups):
    """Hold the whole table and add it up, cell by cell."""
    schedule = repayment_schedule(
        terms.principal_cents, terms.rate_per_year, terms.term_months, rounding=terms.rounding
    )
    months = int((starts + terms.term_months).max()) + 1
    sums = {name: np.zeros((months, groups.max() + 1), dtype=np.int64) for name in ALL}
    for loan, (start, group) in enumerate(zip(starts, groups, strict=True)):
        rows = slice(start + 1, start + 1 + terms.term_months[loan])
        for name in NAMES:
            sums[name][rows, group] += getattr(schedule, name)[: terms.term_months[loan], loan]
        sums["drawn_cents"][start, group] += terms.principal_cents[loan]
        sums["balance_cents"][start, group] += terms.principal_cents[loan]
    return sums


@pytest.mark.parametrize("smallest", [1, 100_000])
@pytest.mark.parametrize("rounding", list(Rounding))
def test_the_flows_are_the_sums_of_the_schedules_to_the_cent(rounding, smallest):
    book = portfolio(700, seed=1, rounding=rounding, smallest=smallest)
    if smallest == 1:
        book[0].principal_cents[:300] //= 10_000
    found = portfolio_flows(book[0], book[1], group=book[2])
    for name, expected in added_up(*book).items():
        assert np.array_equal(getattr(found, name), expected), name


def test_neither_blocks_nor_threads_nor_order_change_a_cent():
    terms, starts, groups = portfolio(900, seed=2)
    whole = portfolio_flows(terms, starts, group=groups)
    shuffled = np.random.default_rng(3).permutation(900)
    with ThreadPoolExecutor(2) as pool:
        other = portfolio_flows(
            terms.part(shuffled),
            starts[shuffled],
            group=groups[shuffled],
            block_loans=41,
            spread=pool.map,
        )
    for name in ALL:
        assert np.array_equal(getattr(whole, name), getattr(other, name))


def test_a_large_portfolio_of_very_many_groups_is_the_sum_of_its_halves():
    # So many that they are walked in several spans of time, and sorted by more than sixteen bits.
    rng = np.random.default_rng(4)
    loans, half = 120_000, 60_000
    terms = check_loan_terms(
        rng.integers(100_000, 4_000_000, loans), 0.01, term_months=rng.integers(1, 25, loans)
    )
    starts, groups = rng.integers(0, 48, loans), rng.integers(0, 32_000, loans)
    # The first of each half reaches the last month and group: both tables are as large.
    starts[::half], terms.term_months[::half], groups[::half] = 47, 24, 31_999
    whole = portfolio_flows(terms, starts, group=groups)
    first, second = (
        portfolio_flows(terms.part(part), starts[part], group=groups[part])
        for part in (slice(half), slice(half, loans))
    )
    for name in ALL:
        added = getattr(first, name) + getattr(second, name)
        assert np.array_equal(getattr(whole, name), added), name


def test_a_group_without_loans_has_only_zeros():
    terms = check_loan_terms([1_200], [0.0], term_months=[12])
    found = portfolio_flows(terms, [3], group=[2])
    assert found.balance_cents.shape == (16, 3)
    assert not found.balance_cents[:, :2].any()
    assert found.instalment_cents[:, 2].tolist() == [0] * 4 + [100] * 12


def test_no_loans_make_no_flows():
    terms = check_loan_terms(np.array([], dtype=np.int64), 0.01, term_months=12)
    empty = np.array([], dtype=np.int64)
    assert portfolio_flows(terms, empty, group=empty).balance_cents.size == 0


@pytest.mark.parametrize(
    ("starts", "groups", "field", "index"),
    [
        ([0, -1], [0, 0], "start_month", (1,)),
        ([0, 0], [0, 40_000], "group", (1,)),
        ([0, 0, 0], [0, 0], "start_month", None),
        ([0.5, 0], [0, 0], "start_month", None),
    ],
)
def test_a_portfolio_that_cannot_be_is_refused(starts, groups, field, index):
    terms = check_loan_terms([100, 200], 0.0, term_months=12)
    with pytest.raises(ModelInputError) as refusal:
        portfolio_flows(terms, starts, group=groups)
    assert (refusal.value.field, refusal.value.index) == (field, index)
