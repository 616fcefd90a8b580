"""What will change in which month of a block of contracts, worked out before the walk."""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.contracts import Contracts, LoanMoves, MoveKind, Repayment
from savings_model.month_rates import annuity_factor, charge_rate, rates_for_months
from savings_model.month_walk import endings_by_month
from savings_model.rounding import TIE_LIFT, Rounding

_ALL_THAT_IS_OWED = 2**40
_ALL_LOANS = slice(None)


@dataclass(frozen=True, slots=True)
class Instalments:
    """What turns balances into instalments, one element a loan that gets one.

    The instalment is floor(balance x factor + offset), or the principal in it where the
    interest comes on top.
    """

    rate: FloatArray
    factor: FloatArray
    offset: FloatArray
    annuity: BoolArray
    on_top: BoolArray

    def part(self, places: slice) -> "Instalments":
        """Give some of them."""
        return Instalments(
            self.rate[places],
            self.factor[places],
            self.offset[places],
            self.annuity[places],
            self.on_top[places],
        )


@dataclass(frozen=True, slots=True)
class ContractPlan:
    """Changes of a block, sorted by month.

    Moves add `move_cents` to the balance. All loans get an instalment at the start, and those
    of `reset_loan` another one later.
    """

    rate: FloatArray
    odd_loans: IntArray
    endings: list[IntArray]
    move_bounds: list[int]
    move_place: IntArray
    move_loan: IntArray
    move_cents: IntArray
    opening: Instalments
    reset_bounds: list[int]
    reset_loan: IntArray
    resets: Instalments
    equal_principal: slice

    def moves_of(self, month: int) -> slice:
        """Say which moves come before the month (0 is the first)."""
        return slice(self.move_bounds[month], self.move_bounds[month + 1])

    def resets_of(self, month: int) -> slice:
        """Say which instalments are set anew before the month (0 is the first)."""
        return slice(self.reset_bounds[month], self.reset_bounds[month + 1])


def plan_contracts(contracts: Contracts, months: int) -> ContractPlan:
    """Work out all changes of a block of contracts.

    Parameters
    ----------
    contracts : Contracts
        A block, its moves numbered within the block. [-]
    months : int
        Number of rows of the schedule. [months]

    Returns
    -------
    ContractPlan
        Changes sorted by month. [-]
    """
    terms, moves = contracts.terms, contracts.moves
    rate = rates_for_months(terms.rate_per_year, terms.convention)
    odd = np.flatnonzero(contracts.first_period_months != 1.0)
    move_place, move_bounds = _by_month(moves.after_month, months)
    loan, month = _reset_moments(contracts, odd)
    order, reset_bounds = _by_month(month, months)
    loan, month = loan[order], month[order]
    return ContractPlan(
        rate=charge_rate(rate, terms.convention),
        odd_loans=odd,
        endings=endings_by_month(terms.term_months, months),
        move_bounds=move_bounds,
        move_place=move_place,
        move_loan=moves.loan[move_place],
        move_cents=_signed(moves)[move_place],
        opening=_opening(contracts, rate, odd),
        reset_bounds=reset_bounds,
        reset_loan=loan,
        resets=_instalments(contracts, rate, loan=loan, month=month),
        equal_principal=_stretch(contracts.repayment == Repayment.EQUAL_PRINCIPAL),
    )


def _by_month(month: IntArray, months: int) -> tuple[IntArray, list[int]]:
    """Give the order by month and where each month begins in it."""
    order = np.argsort(month.astype(np.int16), kind="stable")
    return order, [0, *np.bincount(month, minlength=months).cumsum().tolist()]


def _signed(moves: LoanMoves) -> IntArray:
    """Give what moves add to a balance, before the limit of what is owed."""
    signed = np.where(moves.kind == MoveKind.DRAW, moves.amount_cents, -moves.amount_cents)
    signed[moves.kind == MoveKind.WRITE_OFF] = -_ALL_THAT_IS_OWED
    return signed


def _stretch(found: BoolArray) -> slice:
    """Give the shortest stretch that holds all that is found."""
    if not found.any():
        return slice(0, 0)
    return slice(int(found.argmax()), found.size - int(found[::-1].argmax()))


def _reset_moments(contracts: Contracts, odd: IntArray) -> tuple[IntArray, IntArray]:
    """List loans and months, after the start, at which an instalment is set anew.

    The same moment may come twice: setting it again from the same balance changes nothing.
    """
    grace, moves = contracts.grace_months, contracts.moves
    start = grace + contracts.interest_only_months
    after_odd = odd[(grace[odd] < 1) & (start[odd] > 1)]
    delayed, slow = np.flatnonzero(grace), np.flatnonzero(contracts.interest_only_months)
    later = moves.after_month > 0
    loan = [after_odd, delayed, slow, moves.loan[later]]
    month = [np.ones_like(after_odd), grace[delayed], start[slow], moves.after_month[later]]
    return np.concatenate(loan), np.concatenate(month)


def _opening(contracts: Contracts, rate: FloatArray, odd: IntArray) -> Instalments:
    """Give the instalments of all loans at the start, by the rate of the first period."""
    terms, first = contracts.terms, None
    if odd.size:
        periods = contracts.first_period_months
        first = rates_for_months(terms.rate_per_year, terms.convention, periods)
    return _instalments(contracts, rate, loan=_ALL_LOANS, month=0, first=first)


def _instalments(
    contracts: Contracts,
    rate: FloatArray,
    *,
    loan: slice | IntArray,
    month: int | IntArray,
    first: FloatArray | None = None,
) -> Instalments:
    """Give what turns a balance into an instalment: a factor, and an offset before the floor."""
    terms = contracts.terms
    grace = contracts.grace_months[loan]
    slow = month < grace + contracts.interest_only_months[loan]
    equal = contracts.repayment[loan] == Repayment.EQUAL_PRINCIPAL
    left, monthly = terms.term_months[loan] - month, rate[loan]
    charged = charge_rate(monthly if first is None else first, terms.convention)
    factor = annuity_factor(monthly, left)
    if first is not None:
        # An odd first period is a start that lies earlier or later than a month before the
        # first instalment: the balance grows to what it would be one month before it.
        factor *= (1.0 + first) / (1.0 + monthly)
    factor *= TIE_LIFT
    if equal.any():
        factor[equal] = TIE_LIFT / left[equal]
    np.copyto(factor, charged, where=slow)
    np.copyto(factor, 0.0, where=month < grace)
    half = 0.5 if terms.rounding is Rounding.NEAREST else 0.0
    return Instalments(
        charged, factor, np.where(slow, 0.5, half), annuity=~(slow | equal), on_top=equal & ~slow
    )
