"""The walk of one block of loans through the calendar, of which only sums by group are kept."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.loan_terms import LoanTerms
from savings_model.month_walk import OpeningState
from savings_model.repayment import opening_state


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """Loans that lie close in time, sorted by group.

    Attributes
    ----------
    terms : LoanTerms
        The loans. [-]
    starts : ndarray, shape (loans,)
        Calendar month in which each is drawn. [months]
    firsts : ndarray, shape (groups,)
        Where each group begins. [index]
    groups : ndarray, shape (groups,)
        Which groups these are, rising. [index]
    """

    terms: LoanTerms
    starts: IntArray
    firsts: IntArray
    groups: IntArray


@dataclass(frozen=True, slots=True)
class FlowSums:
    """What flows in one block, in whole cents.

    Attributes
    ----------
    groups : slice or ndarray, shape (groups,)
        Where the groups stand in the whole table. [index]
    interest : ndarray, shape (months, groups)
        Interest. [cents]
    instalment : ndarray, shape (months, groups)
        Interest and principal together. [cents]
    """

    groups: slice | IntArray
    interest: FloatArray
    instalment: FloatArray


def walk_flows(block: FlowBlock) -> FlowSums:
    """Walk a block through the calendar.

    Parameters
    ----------
    block : FlowBlock
        Loans. [-]

    Returns
    -------
    FlowSums
        As many months as the last loan needs. [-]
    """
    opening = opening_state(block.terms)
    months = int((block.starts + block.terms.term_months).max()) + 1
    shape = (months, block.firsts.size)
    interest, paid = np.zeros(shape), np.zeros(shape)
    if _may_repay_early(opening):
        _walk(opening, block, interest, limited=paid)
    else:
        last = _walk(opening, block, interest)
        sizes = np.diff(block.firsts, append=block.starts.size)
        begin = (block.starts + 1) * shape[1] + np.repeat(np.arange(shape[1]), sizes)
        stop = begin + (opening.term_months - 1) * shape[1]
        paid = constant_payments(begin, stop, opening.instalment_cents, last=last, shape=shape)
    return FlowSums(_columns(block.groups), interest, paid)


def constant_payments(
    begin: IntArray,
    stop: IntArray,
    constant: IntArray | FloatArray,
    *,
    last: IntArray | FloatArray,
    shape: tuple[int, int],
) -> FloatArray:
    """Add up instalments that stay the same until the last, from where they begin and stop.

    Parameters
    ----------
    begin : ndarray, shape (loans,)
        Cell of the first instalment in a table of months by groups. [index]
    stop : ndarray, shape (loans,)
        Cell of the last instalment, in the same column. [index]
    constant : ndarray, shape (loans,)
        Instalment of every month but the last. [cents]
    last : ndarray, shape (loans,)
        Last instalment. [cents]
    shape : tuple
        Months and groups. [-]

    Returns
    -------
    ndarray, shape (months, groups)
        Paid. [cents]
    """
    change = counted(begin, constant, shape=shape) - counted(stop, constant, shape=shape)
    return np.cumsum(change, axis=0) + counted(stop, last, shape=shape)


def counted(
    cells: IntArray, amounts: IntArray | FloatArray, *, shape: tuple[int, int]
) -> FloatArray:
    """Add up amounts by cell of a table.

    Parameters
    ----------
    cells : ndarray, shape (loans,)
        Cell of each amount. [index]
    amounts : ndarray, shape (loans,)
        Amounts. [cents]
    shape : tuple
        Months and groups. [-]

    Returns
    -------
    ndarray, shape (months, groups)
        Sums. [cents]
    """
    sums = np.bincount(cells, amounts, minlength=shape[0] * shape[1])
    return sums.astype(np.float64, copy=False).reshape(shape)


def _walk(
    opening: OpeningState,
    block: FlowBlock,
    interests: FloatArray,
    *,
    limited: FloatArray | None = None,
) -> FloatArray:
    """Add up interest by month and group, and give the last instalments.

    Where a loan may be repaid early, `limited` is filled with what is paid.
    """
    rate, firsts = opening.charge_rate, block.firsts
    starting = _by_month(block.starts, len(interests))
    ending = _by_month(block.starts + opening.term_months, len(interests))
    principal, instalment = opening.balance_cents.astype(float), opening.instalment_cents
    balance, due, interest, last = np.zeros((4, rate.size))
    for month in range(int(block.starts.min()), len(interests)):
        starts, ends = starting[month], ending[month]
        np.multiply(balance, rate, interest)
        np.rint(interest, interest)
        np.add.reduceat(interest, firsts, out=interests[month])
        np.add(balance, interest, balance)
        if ends.size:
            last[ends] = due[ends] = balance[ends]
        if limited is not None:
            paid = np.minimum(due, balance, out=interest)
            np.add.reduceat(paid, firsts, out=limited[month])
            np.subtract(balance, paid, balance)
        else:
            np.subtract(balance, due, balance)
        if ends.size:
            due[ends] = 0.0
        if starts.size:
            balance[starts], due[starts] = principal[starts], instalment[starts]
    return last


def _columns(groups: IntArray) -> slice | IntArray:
    """Say where groups stand in the table; a slice, which is faster, where none is left out."""
    first, beyond = int(groups[0]), int(groups[-1]) + 1
    return slice(first, beyond) if beyond - first == groups.size else groups


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
    bounds = [0, *np.bincount(month, minlength=months).cumsum().tolist()]
    return [order[start:stop] for start, stop in pairwise(bounds)]
