"""What a portfolio pays and owes by calendar month and group, without ever holding its schedules.

Loans without interest pay the same until their last month: they are only counted where they
begin and end. The others are walked month by month of the calendar, in blocks; of each month
only the sums by group are kept. The sums are whole cents held in floats and therefore exact in
any order.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.flow_walk import FlowBlock, FlowSums, constant_payments, counted, walk_flows
from savings_model.loan_terms import LoanTerms, one_per_loan
from savings_model.rounding import share_in_cents
from savings_model.validation import ModelInputError, as_integers

BLOCK_LOANS = 131_072
# Loans that start and end at about the same time are walked together: fewer idle months. With
# fewer loans together than this the calls cost more than the idle months did.
_LOANS_TOGETHER = 32_768
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


BlockSpread = Callable[[Callable[[FlowBlock], FlowSums], Iterable[FlowBlock]], Iterable[FlowSums]]


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
    cells = starts * shape[1] + groups
    drawn = counted(cells, terms.principal_cents, shape=shape)
    plain, instalment = _without_interest(terms, cells, shape=shape)
    interest = np.zeros(shape)
    blocks = _blocks(terms, starts, groups, walked=np.flatnonzero(~plain), block_loans=block_loans)
    for sums in spread(walk_flows, blocks):
        rows = slice(0, len(sums.interest))
        interest[rows, sums.groups] += sums.interest
        instalment[rows, sums.groups] += sums.instalment
    return _flows(drawn, interest, instalment)


def _checked(field: str, values: ArrayLike, maximum: int, *, loans: int) -> IntArray:
    return one_per_loan(field, as_integers(field, values, minimum=0, maximum=maximum), loans)


def _without_interest(
    terms: LoanTerms, cells: IntArray, *, shape: tuple[int, int]
) -> tuple[BoolArray, FloatArray]:
    """Say which loans pay no interest, nor too much by rounding up, and add up what they pay."""
    plain = terms.rate_per_year == 0.0
    part = terms.part(plain)
    constant = share_in_cents(part.principal_cents, part.term_months, terms.rounding)
    last = part.principal_cents - constant * (part.term_months - 1)
    kept = last >= 0
    plain[plain] = kept
    begin, months = cells[plain] + shape[1], part.term_months[kept]
    stop = begin + (months - 1) * shape[1]
    return plain, constant_payments(begin, stop, constant[kept], last=last[kept], shape=shape)


def _blocks(
    terms: LoanTerms, starts: IntArray, groups: IntArray, *, walked: IntArray, block_loans: int
) -> Iterator[FlowBlock]:
    """Cut loans into blocks that lie close in time, and inside each sort them by group."""
    if not walked.size:
        return
    spans, members = _spans(starts[walked], terms.term_months[walked]), int(groups.max()) + 1
    keys = spans * members + groups[walked]
    order = _order(keys)
    walked, keys = walked[order], keys[order]
    edges = np.searchsorted(keys, np.arange(int(spans.max()) + 2) * members).tolist()
    for start, stop in pairwise(edges):
        for place in range(start, stop, block_loans):
            part = slice(place, min(place + block_loans, stop))
            loans = walked[part]
            yield _block(terms.part(loans), starts[loans], keys[part] % members)


def _block(terms: LoanTerms, starts: IntArray, groups: IntArray) -> FlowBlock:
    firsts = np.concatenate([[0], np.flatnonzero(np.diff(groups)) + 1])
    return FlowBlock(terms, starts, firsts, groups[firsts])


def _order(keys: IntArray) -> IntArray:
    """Sort stably, sixteen bits at a time from the lowest: each is one quick pass."""
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    while (keys := keys >> 16).any():
        order = order[np.argsort(keys[order].astype(np.uint16), kind="stable")]
    return order


def _spans(starts: IntArray, term_months: IntArray) -> IntArray:
    """Give spans of months numbers; a span is as long as holds enough loans to walk together."""
    start, term = starts - starts.min(), term_months - term_months.min()
    area = (int(start.max()) + 1) * (int(term.max()) + 1)
    width = max(1, round(math.sqrt(area * _LOANS_TOGETHER / starts.size)))
    term //= width
    spans: IntArray = start // width * (int(term.max()) + 1) + term
    return spans


def _flows(drawn: FloatArray, interest: FloatArray, instalment: FloatArray) -> PortfolioFlows:
    """Derive what is owed: what was drawn, less what was repaid."""
    principal = instalment - interest
    balance = np.cumsum(drawn - principal, axis=0)
    flows = (drawn, instalment, interest, principal, balance)
    return PortfolioFlows(*(flow.astype(np.int64) for flow in flows))
