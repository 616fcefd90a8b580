"""What holds for every loan, whatever its numbers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from savings_model.apr import annual_percentage_rate
from savings_model.loan_terms import check_loan_terms, instalment_cents
from savings_model.month_rates import MonthRate
from savings_model.portfolio_flows import portfolio_flows
from savings_model.repayment import repayment_schedule
from savings_model.rounding import Rounding

COLUMNS = ("instalment_cents", "interest_cents", "principal_cents", "balance_cents")
LOAN = st.tuples(
    st.one_of(st.integers(0, 2_000), st.integers(0, 10_000_000_000)),
    st.one_of(st.sampled_from([0.0, 0.01, 0.02]), st.floats(0.0, 1.0)),
    st.integers(1, 1_200),
)
LOANS = st.lists(LOAN, min_size=1, max_size=20)
RULES = {
    "rounding": st.sampled_from(list(Rounding)),
    "convention": st.sampled_from(list(MonthRate)),
}


def columns(loans):
    principals, rates, terms = zip(*loans, strict=True)
    return np.array(principals), np.array(rates), np.array(terms)


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS)


@settings(max_examples=60, deadline=None)
@given(loans=LOANS, **RULES)
def test_every_loan_is_repaid_to_the_cent_without_negative_amounts(loans, rounding, convention):
    schedule = repayment_schedule(*columns(loans), rounding=rounding, convention=convention)
    principals, _, terms = columns(loans)
    assert schedule.principal_cents.sum(axis=0).tolist() == principals.tolist()
    assert not schedule.balance_cents[terms - 1, np.arange(len(loans))].any()
    assert all(getattr(schedule, name).min() >= 0 for name in COLUMNS)
    assert np.array_equal(
        schedule.instalment_cents, schedule.interest_cents + schedule.principal_cents
    )


@settings(max_examples=40, deadline=None)
@given(loans=LOANS, **RULES)
def test_a_batch_is_its_loans_one_by_one(loans, rounding, convention):
    # Nine copies make any batch long enough for the form over arrays.
    batch = repayment_schedule(*columns(loans * 9), rounding=rounding, convention=convention)
    for place, (principal, rate, term) in enumerate(loans):
        alone = repayment_schedule(principal, rate, term, rounding=rounding, convention=convention)
        for name in COLUMNS:
            found = getattr(batch, name)[:, place]
            assert found[:term].tolist() == getattr(alone, name)[:, 0].tolist()
            assert not found[term:].any()


@settings(max_examples=40, deadline=None)
@given(LOANS, st.randoms(use_true_random=False))
def test_the_order_of_loans_is_irrelevant(loans, random):
    order = list(range(len(loans)))
    random.shuffle(order)
    straight = repayment_schedule(*columns(loans))
    shuffled = repayment_schedule(*columns([loans[place] for place in order]))
    for name in COLUMNS:
        assert np.array_equal(getattr(straight, name)[:, order], getattr(shuffled, name))


@settings(max_examples=60, deadline=None)
@given(LOAN, st.integers(2, 50))
def test_many_times_the_loan_is_as_many_times_the_instalment_within_rounding(loan, times):
    principal, rate, term = loan
    principal = principal // times
    once = instalment_cents(principal, rate, term)[0]
    many = instalment_cents(principal * times, rate, term)[0]
    assert times * once <= many <= times * (once + 1)


@settings(max_examples=60, deadline=None)
@given(LOAN)
def test_rounding_down_is_at_most_one_cent_under_the_nearest(loan):
    down = instalment_cents(*loan, rounding=Rounding.DOWN)[0]
    nearest = instalment_cents(*loan, rounding=Rounding.NEAREST)[0]
    assert 0 <= nearest - down <= 1


@settings(max_examples=60, deadline=None)
@given(LOAN, st.floats(0.0, 0.2))
def test_a_higher_rate_never_lowers_the_instalment(loan, more):
    principal, rate, term = loan
    lower, higher = instalment_cents([principal] * 2, [rate, min(rate + more, 1.0)], [term] * 2)
    assert lower <= higher


@settings(max_examples=60, deadline=None)
@given(loans=LOANS, **RULES)
def test_the_rate_of_a_schedule_is_a_number_and_zero_only_without_interest(
    loans, rounding, convention
):
    schedule = repayment_schedule(*columns(loans), rounding=rounding, convention=convention)
    rates = annual_percentage_rate(schedule)
    assert np.isfinite(rates).all()
    assert (rates >= 0.0).all()
    assert np.array_equal(rates == 0.0, schedule.total_interest_cents == 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(LOAN, st.integers(0, 60), st.integers(0, 3)), min_size=1, max_size=15))
def test_flows_of_a_portfolio_are_the_sum_of_the_flows_of_its_parts(book):
    loans, starts, groups = zip(*book, strict=True)
    principals, rates, terms = columns(loans)
    together = check_loan_terms(principals, rates, term_months=terms)
    whole = portfolio_flows(together, list(starts), group=list(groups))
    months, count = whole.balance_cents.shape
    sums = np.zeros((months, count), dtype=np.int64)
    for place, (start, group) in enumerate(zip(starts, groups, strict=True)):
        part = portfolio_flows(together.part(slice(place, place + 1)), start, group=group)
        sums[: len(part.balance_cents), : group + 1] += part.balance_cents
    assert np.array_equal(whole.balance_cents, sums)
