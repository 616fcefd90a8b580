"""Loans with a fuller contract: a slow start, drawing in parts, and money that moves in between.

A contract may repay equal principal instead of equal instalments, begin with months without
payment or with interest only, have a first period that is longer or shorter than a month, be
drawn in parts, be repaid early, or be written off. All of it runs in the same walk through the
months as an ordinary schedule; what differs from month to month is sparse.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.loan_terms import HIGHEST_PRINCIPAL_CENTS, LoanTerms, one_per_loan
from savings_model.validation import ModelInputError, as_floats, as_integers, require_shape

# Interest below 2^51 cents is rounded exactly; a year of it is at most the balance.
_LARGEST_BALANCE_BITS = 50.0


class Repayment(IntEnum):
    """What stays equal from month to month."""

    EQUAL_INSTALMENT = 0
    EQUAL_PRINCIPAL = 1


class MoveKind(IntEnum):
    """Money that moves outside the instalments, after the instalment of a month.

    DRAW adds to what is owed. EARLY_REPAYMENT takes off what is paid, at most all that is
    owed. WRITE_OFF takes off all. After each the instalment is set anew for the months left.
    """

    DRAW = 0
    EARLY_REPAYMENT = 1
    WRITE_OFF = 2


@dataclass(frozen=True, slots=True)
class LoanMoves:
    """Money that moves outside the instalments, one element a move.

    Attributes
    ----------
    loan : ndarray, shape (moves,)
        Which loan. [index]
    after_month : ndarray, shape (moves,)
        After the instalment of which month; 0 is the start. [months]
    amount_cents : ndarray, shape (moves,)
        How much, zero or more; not looked at for a write-off. [cents]
    kind : ndarray, shape (moves,)
        A `MoveKind`. [-]
    """

    loan: IntArray
    after_month: IntArray
    amount_cents: IntArray
    kind: IntArray


@dataclass(frozen=True, slots=True)
class Contracts:
    """Checked contracts, one element a loan.

    Attributes
    ----------
    terms : LoanTerms
        Amount drawn at the start, rate, months from start to end, rules. [-]
    repayment : ndarray, shape (loans,)
        A `Repayment`. [-]
    grace_months : ndarray, shape (loans,)
        Months at the start without any payment; their interest is added to the balance. [months]
    interest_only_months : ndarray, shape (loans,)
        Months after the grace with interest only. [months]
    first_period_months : ndarray, shape (loans,)
        Length of the first period, 1 when it is a month. [months]
    moves : LoanMoves
        Sorted by loan. [-]
    """

    terms: LoanTerms
    repayment: IntArray
    grace_months: IntArray
    interest_only_months: IntArray
    first_period_months: FloatArray
    moves: LoanMoves


def check_contracts(
    terms: LoanTerms,
    *,
    repayment: ArrayLike = Repayment.EQUAL_INSTALMENT,
    grace_months: ArrayLike = 0,
    interest_only_months: ArrayLike = 0,
    first_period_months: ArrayLike = 1.0,
    moves: LoanMoves | None = None,
) -> Contracts:
    """Refuse what is no contract, and bring the rest to one shape.

    Parameters
    ----------
    terms : LoanTerms
        Checked loans; the principal is what is drawn at the start. [-]
    repayment : array_like
        A `Repayment` for each loan or for all. [-]
    grace_months : array_like
        Months without payment, fewer than the term. [months]
    interest_only_months : array_like
        Months with interest only, after the grace; at least one month of the term is left to
        repay in. [months]
    first_period_months : array_like
        Length of the first period, from 0 to 12. [months]
    moves : LoanMoves, optional
        Money that moves in between, at most one move for a loan on a day. [-]

    Returns
    -------
    Contracts
        The same, checked. [-]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit.
    """
    longest = int(terms.term_months.max(initial=1)) - 1
    grace = _months("grace_months", grace_months, longest, terms.loans)
    interest_only = _months("interest_only_months", interest_only_months, longest, terms.loans)
    _refuse_late_start(grace + interest_only, terms.term_months)
    _refuse_overgrowth(terms, grace, moves)
    kinds = as_integers("repayment", repayment, minimum=0, maximum=len(Repayment) - 1)
    periods = as_floats("first_period_months", first_period_months, minimum=0.0, maximum=12.0)
    return Contracts(
        terms,
        one_per_loan("repayment", kinds, terms.loans),
        grace,
        interest_only,
        one_per_loan("first_period_months", periods, terms.loans),
        no_moves() if moves is None else _checked_moves(moves, terms),
    )


def part_of_contracts(contracts: Contracts, loans: IntArray) -> Contracts:
    """Give some of the contracts, with their moves numbered anew.

    Parameters
    ----------
    contracts : Contracts
        All. [-]
    loans : ndarray, shape (some loans,)
        Which, rising. [index]

    Returns
    -------
    Contracts
        Those. [-]
    """
    moves = contracts.moves
    first, beyond = np.searchsorted(moves.loan, [loans[0], loans[-1] + 1])
    place = np.arange(first, beyond)
    place = place[np.isin(moves.loan[place], loans)]
    return Contracts(
        contracts.terms.part(loans),
        contracts.repayment[loans],
        contracts.grace_months[loans],
        contracts.interest_only_months[loans],
        contracts.first_period_months[loans],
        LoanMoves(
            np.searchsorted(loans, moves.loan[place]),
            moves.after_month[place],
            moves.amount_cents[place],
            moves.kind[place],
        ),
    )


def no_moves() -> LoanMoves:
    """Give the moves of loans for which nothing moves outside the instalments.

    Returns
    -------
    LoanMoves
        Empty arrays. [-]
    """
    empty = np.empty(0, np.int64)
    return LoanMoves(empty, empty, empty, empty)


def _months(field: str, values: ArrayLike, longest: int, loans: int) -> IntArray:
    return one_per_loan(field, as_integers(field, values, minimum=0, maximum=longest), loans)


def _refuse_late_start(start: IntArray, terms: IntArray) -> None:
    late = np.flatnonzero(start >= terms)
    if late.size:
        loan = int(late[0])
        limit = f"leaves no month to repay in: {start[loan]} of {terms[loan]} months"
        raise ModelInputError("interest_only_months", (loan,), limit)


def _refuse_overgrowth(terms: LoanTerms, grace: IntArray, moves: LoanMoves | None) -> None:
    """Refuse a balance that could grow, unpaid, past where a month's interest is exact."""
    drawn = terms.principal_cents.astype(np.float64)
    if moves is not None and np.size(moves.loan):
        drawn = drawn + float(np.sum(np.abs(np.asarray(moves.amount_cents, dtype=np.float64))))
    years = (grace + 12.0) / 12.0
    grown = np.log2(np.maximum(drawn, 1.0)) + years * np.log2(1.0 + terms.rate_per_year)
    late = np.flatnonzero(grown >= _LARGEST_BALANCE_BITS)
    if late.size:
        limit = "lets the balance grow past 2^50 cents before it is paid"
        raise ModelInputError("grace_months", (int(late[0]),), limit)


def _checked_moves(moves: LoanMoves, terms: LoanTerms) -> LoanMoves:
    loans = as_integers("moves.loan", moves.loan, minimum=0, maximum=terms.loans - 1)
    days = as_integers("moves.after_month", moves.after_month, minimum=0, maximum=1_200)
    amounts = as_integers(
        "moves.amount_cents", moves.amount_cents, minimum=0, maximum=HIGHEST_PRINCIPAL_CENTS
    )
    kinds = as_integers("moves.kind", moves.kind, minimum=0, maximum=len(MoveKind) - 1)
    for field, values in (("after_month", days), ("amount_cents", amounts), ("kind", kinds)):
        require_shape(f"moves.{field}", values, loans.shape)
    earliest = (kinds != MoveKind.DRAW).astype(np.int64)
    _refuse_first("moves.after_month", (days >= terms.term_months[loans]) | (days < earliest))
    order = np.lexsort((days, loans))
    again = (np.diff(loans[order]) == 0) & (np.diff(days[order]) == 0)
    if again.any():
        place = (int(order[1:][again].min()),)
        raise ModelInputError("moves.loan", place, "moves twice on one day; add them up")
    return LoanMoves(loans[order], days[order], amounts[order], kinds[order])


def _refuse_first(field: str, wrong: BoolArray) -> None:
    if wrong.any():
        limit = "must lie before the end of the loan, and after a month unless money is drawn"
        raise ModelInputError(field, (int(np.flatnonzero(wrong)[0]),), limit)
