"""Repayment schedules of many loans at once, in whole cents, with a constant instalment.

The first axis is the month and the second the loan: a month of all loans lies together in
memory, which made the walk through the months many times faster than the other order. Loans
are taken in blocks whose working memory stays in the cache.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import AnyArray, IntArray
from savings_model.loan_terms import LoanTerms, check_loan_terms, constant_instalments
from savings_model.month_rates import MonthRate, charge_rate, rates_for_months
from savings_model.month_walk import MonthRows, OpeningState, walk_few, walk_many
from savings_model.rounding import Rounding
from savings_model.validation import require_shape

# Long runs of writes are quicker: a row of this many loans costs 1.3 to 1.5 times filling memory,
# a row of 16,384 loans 1.8 to 2.3 times. The eight rows in use, 6 MB, fit the shared cache.
BLOCK_LOANS = 98_304
# Up to this many loans plain Python is faster than an array operation a month.
_FEW_LOANS = 8

Spread = Callable[[Callable[[slice], None], Iterable[slice]], Iterable[None]]


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is due and owed, month by month and loan by loan. Cells after the term are zero.

    Attributes
    ----------
    instalment_cents : ndarray, shape (months, loans)
        Paid at the end of the month: interest and principal together. [cents]
    interest_cents : ndarray, shape (months, loans)
        Interest in the instalment. [cents]
    principal_cents : ndarray, shape (months, loans)
        Principal in the instalment. [cents]
    balance_cents : ndarray, shape (months, loans)
        Owed after the instalment. [cents]
    term_months : ndarray, shape (loans,)
        Contractual number of instalments. [months]
    """

    instalment_cents: AnyArray
    interest_cents: AnyArray
    principal_cents: AnyArray
    balance_cents: AnyArray
    term_months: IntArray

    @property
    def total_cents(self) -> IntArray:
        """All that is paid, ndarray of shape (loans,). [cents]."""
        return _summed(self.instalment_cents)

    @property
    def total_interest_cents(self) -> IntArray:
        """All interest that is paid, ndarray of shape (loans,). [cents]."""
        return _summed(self.interest_cents)

    @property
    def first_instalment_cents(self) -> IntArray:
        """Instalment of the first month, ndarray of shape (loans,). [cents]."""
        return _as_int64(self.instalment_cents[0])

    @property
    def last_instalment_cents(self) -> IntArray:
        """Instalment that ends the loan, ndarray of shape (loans,). [cents]."""
        loans = np.arange(self.term_months.size)
        return _as_int64(self.instalment_cents[self.term_months - 1, loans])


def repayment_schedule(
    principal_cents: ArrayLike,
    rate_per_year: ArrayLike,
    term_months: ArrayLike,
    *,
    rounding: Rounding = Rounding.DOWN,
    convention: MonthRate = MonthRate.ACTUARIAL,
) -> Schedule:
    """Schedule loans with a constant instalment, to the cent.

    Parameters
    ----------
    principal_cents : array_like
        Amounts lent, whole, from 0 to 10,000,000,000. [cents]
    rate_per_year : array_like
        Rates from 0 to 1. [1/year]
    term_months : array_like
        Contractual numbers of instalments, from 1 to 1,200. [months]
    rounding : Rounding
        Rule for the instalment; DOWN unless said otherwise, because the rate of an energy
        loan is a legal ceiling. [-]
    convention : MonthRate
        Actuarial unless said otherwise. [-]

    Returns
    -------
    Schedule
        Whole cents as int64, months first, as many months as the longest term. [-]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit, before any work.

    Notes
    -----
    Interest of a month is the balance times the month rate, the exact product rounded half
    up to the cent; the exact month rate is meant, not its float. Principal is the instalment
    less the interest. The last instalment is what is then owed, so the balance ends on zero.
    A float stands closer than 1e-15 (relative) to the exact product, so it can round to the
    other cent only for a product as close as that to half a cent: about once in 10^11 cells
    of an ordinary loan.

    Two limits keep tiny loans sane. Interest is never more than the instalment: where
    rounding down leaves less than the interest of the first month, the instalment is the
    interest and the last one repays all. An instalment is never more than what is owed:
    where rounding up repays early, the remaining instalments are zero.

    References
    ----------
    Duwolim publishes 175.19 a month and 10,511.40 in all for 10,000 euro at 2 % over 60
    months; sixty equal instalments of 175.19 are that total, while here the last one takes
    the remainder.

    Examples
    --------
    >>> schedule = repayment_schedule([1_500_000], [0.01], [120])
    >>> int(schedule.first_instalment_cents[0]), int(schedule.balance_cents[-1, 0])
    (13137, 0)
    """
    terms = check_loan_terms(
        principal_cents,
        rate_per_year,
        term_months=term_months,
        rounding=rounding,
        convention=convention,
    )
    schedule = empty_schedule(terms.term_months)
    fill_schedule(terms, schedule)
    return schedule


def empty_schedule(term_months: IntArray, dtype: type[np.signedinteger] = np.int64) -> Schedule:
    """Reserve the memory of a schedule, to be filled once or many times.

    Parameters
    ----------
    term_months : ndarray, shape (loans,)
        Numbers of instalments. [months]
    dtype : type
        int64, or int32 for half the memory when no cell passes 2,147,483,647 cents. [-]

    Returns
    -------
    Schedule
        Arrays with nothing sensible in them yet. [-]
    """
    shape = (int(term_months.max(initial=0)), term_months.size)
    instalments, interest, principals, balances = (np.empty(shape, dtype) for _ in range(4))
    return Schedule(instalments, interest, principals, balances, term_months)


def fill_schedule(
    terms: LoanTerms,
    schedule: Schedule,
    *,
    block_loans: int = BLOCK_LOANS,
    spread: Spread = map,
) -> None:
    """Fill reserved arrays; the same cents whatever the block size or the number of threads.

    Parameters
    ----------
    terms : LoanTerms
        Checked loans. [-]
    schedule : Schedule
        Reserved by `empty_schedule` for the same terms; overwritten. [-]
    block_loans : int
        Loans in a block. [loans]
    spread : callable
        `map`, or the `map` of a thread pool: blocks do not touch each other. [-]

    Returns
    -------
    None
        Nothing; the arrays of `schedule` are filled. [-]
    """
    months = int(terms.term_months.max(initial=0))
    require_shape("schedule", schedule.balance_cents, (months, terms.loans))

    def fill(block: slice) -> None:
        _fill_block(terms.part(block), rows_of_block(schedule, block))

    starts = range(0, terms.loans, block_loans)
    for _ in spread(fill, [slice(start, start + block_loans) for start in starts]):
        pass


def rows_of_block(schedule: Schedule, block: slice) -> MonthRows:
    """Give the part of a schedule that a block of loans writes.

    Parameters
    ----------
    schedule : Schedule
        Reserved arrays. [-]
    block : slice
        Loans of the block. [index]

    Returns
    -------
    MonthRows
        Views of the arrays. [-]
    """
    return MonthRows(
        schedule.instalment_cents[:, block],
        schedule.interest_cents[:, block],
        schedule.principal_cents[:, block],
        schedule.balance_cents[:, block],
    )


def _fill_block(terms: LoanTerms, rows: MonthRows) -> None:
    opening = opening_state(terms)
    walk = walk_few if terms.loans <= _FEW_LOANS else walk_many
    walk(opening, rows)


def opening_state(terms: LoanTerms) -> OpeningState:
    """Give loans as they stand before their first month, with the instalment they will pay.

    Parameters
    ----------
    terms : LoanTerms
        Checked loans. [-]

    Returns
    -------
    OpeningState
        Where rounding down leaves less than the interest of the first month, the rate is
        lowered so that the interest is the instalment. [-]
    """
    instalments = constant_instalments(terms)
    rates = rates_for_months(terms.rate_per_year, terms.convention)
    charged = charge_rate(rates, terms.convention)
    too_small = np.rint(terms.principal_cents * charged) > instalments
    if too_small.any():
        charged[too_small] = instalments[too_small] / terms.principal_cents[too_small]
    return OpeningState(terms.principal_cents, charged, instalments, terms.term_months)


def _summed(cells: AnyArray) -> IntArray:
    total: IntArray = cells.sum(axis=0, dtype=np.int64)
    return total


def _as_int64(cells: AnyArray) -> IntArray:
    return cells.astype(np.int64)
