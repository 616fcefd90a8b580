"""What a portfolio pays and owes by calendar month and group, without ever holding its schedules.

The loans are walked month by month of the calendar, in blocks; of each month only the sums by
group are kept. The sums are whole cents held in floats and therefore exact in any order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.loan_terms import LONGEST_TERM_MONTHS, LoanTerms, one_per_loan
from savings_model.month_walk import OpeningState
from savings_model.repayment import opening_state
from savings_model.validation import ModelInputError, as_integers

BLOCK_LOANS = 32_768
# Loans that start and end at about the same time are walked together: fewer idle months.
_START_SPAN_MONTHS = 12
_TERM_SPAN_MONTHS = 24
_LATEST_START_MONTH = 6_000
_MOST_GROUPS = 32_000
_LARGEST_EXACT_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class PortfolioFlows:
    """Sums by calendar month and group.

    Attributes
    ----------
    drawn_cents : ndarray, shape (months, groups)
        Lent in the month. [cents]
    instalment_cents : ndarray, shape (months, groups)
        Paid in the month: interest and principal together. [cents]
    interest_cents : ndarray, shape (months, groups)
        Interest in it. [cents]
    principal_cents : ndarray, shape (months, groups)
        Principal in it. [cents]
    balance_cents : ndarray, shape (months, groups)
        Owed at the end of the month. [cents]
    """

    drawn_cents: IntArray
    instalment_cents: IntArray
    interest_cents: IntArray
    principal_cents: IntArray
    balance_cents: IntArray


@dataclass(frozen=True, slots=True)
class _Sums:
    """Interest and balance of one block, shape (months, groups of the block)."""

    groups: IntArray
    interest: FloatArray
    balance: FloatArray


BlockSpread = Callable[[Callable[[IntArray], _Sums], Iterable[IntArray]], Iterable[_Sums]]


def portfolio_flows(
    terms: LoanTerms,
    start_month: ArrayLike,
    *,
    group: ArrayLike,
    block_loans: int = BLOCK_LOANS,
    spread: BlockSpread = map,
) -> PortfolioFlows:
    """Add up all schedules by calendar month and group.

    Parameters
    ----------
    terms : LoanTerms
        Checked loans with a constant instalment. [-]
    start_month : array_like
        Calendar month in which each loan is drawn, counted from any origin, from 0 to 6,000;
        the first instalment falls in the next. [months]
    group : array_like
        Group of each loan, such as a municipality, from 0 up. [index]
    block_loans : int
        Loans in a block; changes no cent. [loans]
    spread : callable
        `map`, or the `map` of a pool: blocks do not touch each other. [-]

    Returns
    -------
    PortfolioFlows
        Exactly the sums of what `repayment_schedule` gives. [-]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit; also when all loans together pass 2^53 cents,
        up to where sums are exact.

    Examples
    --------
    >>> from savings_model.loan_terms import check_loan_terms
    >>> terms = check_loan_terms([1200, 600], [0.0, 0.0], term_months=[3, 2])
    >>> portfolio_flows(terms, [0, 1], group=[0, 0]).balance_cents[:, 0]
    array([1200, 1400,  700,    0])
    """
    starts = _checked("start_month", start_month, _LATEST_START_MONTH, loans=terms.loans)
    groups = _checked("group", group, _MOST_GROUPS, loans=terms.loans)
    if terms.principal_cents.sum(dtype=np.float64) >= _LARGEST_EXACT_FLOAT:
        raise ModelInputError("principal_cents", None, "must together stay under 2^53 cents")
    shape = (int((starts + terms.term_months).max(initial=-1)) + 1, int(groups.max(initial=-1)) + 1)
    blocks = _blocks(starts, terms.term_months, groups, block_loans=block_loans)

    def add_up(loans: IntArray) -> _Sums:
        return _sums_of_block(terms.part(loans), starts[loans], groups[loans])

    interest, balance = np.zeros(shape), np.zeros(shape)
    for sums in spread(add_up, blocks):
        rows = slice(0, len(sums.interest))
        interest[rows, sums.groups] += sums.interest
        balance[rows, sums.groups] += sums.balance
    cells = np.bincount(
        starts * shape[1] + groups, terms.principal_cents, minlength=shape[0] * shape[1]
    )
    return _flows(cells.astype(np.float64).reshape(shape), interest, balance)


def _checked(field: str, values: ArrayLike, maximum: int, *, loans: int) -> IntArray:
    return one_per_loan(field, as_integers(field, values, minimum=0, maximum=maximum), loans)


def _blocks(
    starts: IntArray, term_months: IntArray, groups: IntArray, *, block_loans: int
) -> list[IntArray]:
    """Cut loans into blocks that lie close in time, and inside each sort them by group."""
    spans = np.zeros_like(starts)
    if starts.size > block_loans:
        term_spans = LONGEST_TERM_MONTHS // _TERM_SPAN_MONTHS + 1
        spans = starts // _START_SPAN_MONTHS * term_spans + term_months // _TERM_SPAN_MONTHS
    order = _order(groups)
    order = order[_order(spans[order])]
    edges = np.flatnonzero(np.diff(spans[order])) + 1
    return [
        part[place : place + block_loans]
        for part in np.split(order, edges)
        for place in range(0, part.size, block_loans)
    ]


def _order(keys: IntArray) -> IntArray:
    """Sort stably; keys of sixteen bits are sorted by their digits, in one pass."""
    return np.argsort(keys.astype(np.int16) if keys.max(initial=0) < 2**15 else keys, kind="stable")


def _flows(drawn: FloatArray, interest: FloatArray, balance: FloatArray) -> PortfolioFlows:
    """Derive what is paid: what was owed and drawn, less what is owed now, was repaid."""
    before = np.vstack([np.zeros_like(balance[:1]), balance[:-1]])
    principal = before + drawn - balance
    flows = (drawn, interest + principal, interest, principal, balance)
    return PortfolioFlows(*(flow.astype(np.int64) for flow in flows))


def _sums_of_block(terms: LoanTerms, starts: IntArray, groups: IntArray) -> _Sums:
    """Walk loans that lie sorted by group through the calendar."""
    opening = opening_state(terms)
    limited = _may_repay_early(opening)
    months = int((starts + terms.term_months).max()) + 1
    firsts = np.concatenate([[0], np.flatnonzero(np.diff(groups)) + 1])
    starting, ending = _by_month(starts, months), _by_month(starts + terms.term_months, months)
    interests, balances = np.zeros((months, firsts.size)), np.zeros((months, firsts.size))
    principals, instalments = terms.principal_cents.astype(float), opening.instalment_cents
    balance, due, interest = np.zeros(terms.loans), np.zeros(terms.loans), np.empty(terms.loans)
    for month in range(int(starts.min()), months):
        np.multiply(balance, opening.charge_rate, interest)
        np.rint(interest, interest)
        np.add.reduceat(interest, firsts, out=interests[month])
        np.add(balance, interest, balance)
        np.subtract(balance, due, balance)
        if limited:
            np.maximum(balance, 0.0, out=balance)
        if ending[month].size:
            balance[ending[month]] = due[ending[month]] = 0.0
        if starting[month].size:
            balance[starting[month]] = principals[starting[month]]
            due[starting[month]] = instalments[starting[month]]
        np.add.reduceat(balance, firsts, out=balances[month])
    return _Sums(groups[firsts], interests, balances)


def _may_repay_early(opening: OpeningState) -> bool:
    """Say whether rounding could repay some loan before its last month.

    The roundings of a month, of the instalment up and of the interest down, make at most a
    cent, and a cent grows with the loan's rate until the end.
    """
    growth = np.exp(np.minimum(opening.term_months * np.log1p(opening.charge_rate), 600.0))
    cents_too_many = opening.term_months * growth
    return bool((opening.instalment_cents <= cents_too_many * (1.0 + opening.charge_rate)).any())


def _by_month(month: IntArray, months: int) -> list[IntArray]:
    order = np.argsort(month.astype(np.int16), kind="stable")
    return np.split(order, np.searchsorted(month[order], np.arange(1, months)))
