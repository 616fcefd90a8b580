"""The walk from month to month: interest, principal and balance of loans side by side.

Two forms of one rule, held together by tests: over arrays for many loans, and in plain
Python for a handful, where an array operation costs more than the sum it does.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from savings_model.arrays import AnyArray, FloatArray, IntArray

# Between 2^52 and 2^53 floats are the whole numbers, and each next one is the next pattern of
# bits. Adding this to an amount therefore rounds it as `rint` does, halves to even, and the
# bits less these bits are the cents: exact under 2^51, where the sum stays in that range. A
# cast of floats to integers takes three times as long.
_SHIFT = np.array(1.5 * 2.0**52)
_SHIFT_BITS = _SHIFT.view(np.int64)


class MonthRows(NamedTuple):
    """Where the months of a block of loans are written, each of shape (months, loans). [cents]."""

    instalment_cents: AnyArray
    interest_cents: AnyArray
    principal_cents: AnyArray
    balance_cents: AnyArray


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Loans as they stand before their first month, each of shape (loans,).

    Attributes
    ----------
    balance_cents : ndarray, shape (loans,)
        Owed. [cents]
    charge_rate : ndarray, shape (loans,)
        Rate that turns a balance into the interest of a month. [1/month]
    instalment_cents : ndarray, shape (loans,)
        Constant instalment. [cents]
    term_months : ndarray, shape (loans,)
        Instalments to come. [months]
    """

    balance_cents: IntArray
    charge_rate: FloatArray
    instalment_cents: IntArray
    term_months: IntArray


def walk_few(opening: OpeningState, rows: MonthRows) -> None:
    """Fill the rows of a handful of loans, one after the other.

    Parameters
    ----------
    opening : OpeningState
        The loans. [-]
    rows : MonthRows
        Overwritten. [-]

    Returns
    -------
    None
        Nothing; the rows are filled. [-]
    """
    months = len(rows.balance_cents)
    columns = [
        _walk_one(balance, rate, instalment, term)
        for balance, rate, instalment, term in zip(
            opening.balance_cents.tolist(),
            opening.charge_rate.tolist(),
            opening.instalment_cents.tolist(),
            opening.term_months.tolist(),
            strict=True,
        )
    ]
    for loan, column in enumerate(columns):
        term = len(column)
        cells = np.array(column, dtype=np.int64).T
        for row, cell in zip(rows, cells, strict=True):
            row[:term, loan] = cell
            if term < months:
                row[term:, loan] = 0


def _walk_one(
    balance: int, rate: float, instalment: int, term: int
) -> list[tuple[int, int, int, int]]:
    """List instalment, interest, principal and balance of each month."""
    months = []
    for _ in range(term - 1):
        interest = round(balance * rate)
        principal = min(instalment - interest, balance)
        balance -= principal
        months.append((interest + principal, interest, principal, balance))
    interest = round(balance * rate)
    months.append((balance + interest, interest, balance, 0))
    return months


def walk_many(opening: OpeningState, rows: MonthRows) -> None:
    """Fill the rows of a block of loans, month by month.

    Parameters
    ----------
    opening : OpeningState
        The loans. [-]
    rows : MonthRows
        Overwritten. [-]

    Returns
    -------
    None
        Nothing; the rows are filled. [-]
    """
    early = _walk(opening, rows, limited=False)
    if early.size:
        _walk_again(opening, rows, early)


def _walk_again(opening: OpeningState, rows: MonthRows, loans: IntArray) -> None:
    """Redo the few loans that rounding up repaid before their term, now with the limit."""
    part = OpeningState(
        opening.balance_cents[loans],
        opening.charge_rate[loans],
        opening.instalment_cents[loans],
        opening.term_months[loans],
    )
    redone = MonthRows(*(np.empty((len(row), loans.size), row.dtype) for row in rows))
    _walk(part, redone, limited=True)
    for row, new in zip(rows, redone, strict=True):
        row[:, loans] = new


def _walk(opening: OpeningState, rows: MonthRows, *, limited: bool) -> IntArray:
    """Fill the rows and give the loans that were repaid too early."""
    dtype = rows.balance_cents.dtype
    balance: AnyArray = opening.balance_cents.astype(dtype)
    due = opening.instalment_cents.astype(dtype)
    product = np.empty(due.shape)
    early: list[IntArray] = []
    endings = endings_by_month(opening.term_months, len(rows.balance_cents))
    for instalment, interest, principal, owed, ending in zip(*rows, endings, strict=True):
        charge_interest(balance, opening.charge_rate, product, out=interest)
        if ending.size:
            early.append(settle(ending, balance, interest, due=due))
        np.subtract(due, interest, principal)
        if limited:
            np.minimum(principal, balance, out=principal)
            np.add(interest, principal, instalment)
        else:
            # A copy, by a road that is as fast when the two do not start on like addresses.
            np.positive(due, instalment)
        np.subtract(balance, principal, owed)
        if ending.size:
            due[ending] = 0
        balance = owed
    return np.concatenate(early) if early else np.empty(0, np.int64)


def charge_interest(
    balance: AnyArray, rate: FloatArray, product: FloatArray, *, out: AnyArray
) -> None:
    """Charge one month of interest, rounded to the cent.

    Parameters
    ----------
    balance : ndarray, shape (loans,)
        Owed. [cents]
    rate : ndarray, shape (loans,)
        Rate, lifted over exact half cents where there are any. [1/month]
    product : ndarray, shape (loans,)
        Memory to work in. [cents]
    out : ndarray, shape (loans,)
        Overwritten with the interest. [cents]

    Returns
    -------
    None
        Nothing; `out` is filled, exactly where the interest is under 2^51. [-]
    """
    np.copyto(product, balance)
    np.multiply(product, rate, product)
    np.add(product, _SHIFT, product)
    bits = product.view(np.int64)
    if out.dtype == np.int64:
        np.subtract(bits, _SHIFT_BITS, out)
    else:
        # The lower half of the shift is zero: the lower half of the bits is the amount.
        np.copyto(out, bits, casting="unsafe")


def settle(ending: IntArray, balance: AnyArray, interest: AnyArray, *, due: AnyArray) -> IntArray:
    """Let the last instalment take what is owed.

    Parameters
    ----------
    ending : ndarray, shape (ending loans,)
        Loans whose last month this is. [index]
    balance : ndarray, shape (loans,)
        Owed before the month. [cents]
    interest : ndarray, shape (loans,)
        Interest of the month. [cents]
    due : ndarray, shape (loans,)
        Instalments, of which those of ending loans are overwritten. [cents]

    Returns
    -------
    ndarray, shape (overpaid loans,)
        Ending loans that had paid more than they owed before this month. [index]
    """
    remainder = balance.take(ending)
    due[ending] = remainder + interest.take(ending)
    return ending[remainder < 0]


def endings_by_month(term_months: IntArray, months: int) -> list[IntArray]:
    """List, for each month, the loans that end in it.

    Parameters
    ----------
    term_months : ndarray, shape (loans,)
        Number of instalments, at most `months`. [months]
    months : int
        Number of months to list. [months]

    Returns
    -------
    list of ndarray, each shape (ending loans,)
        Loans by month. [index]
    """
    order = np.argsort(term_months.astype(np.int16), kind="stable")
    bounds = np.bincount(term_months, minlength=months + 1).cumsum().tolist()
    return [order[start:stop] for start, stop in pairwise(bounds)]
