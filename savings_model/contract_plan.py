"""What will change in which month of a block of contracts, worked out before the walk."""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.contracts import Contracts, Repayment
from savings_model.month_rates import annuity_factor, charge_rate, rates_for_months
from savings_model.month_walk import endings_by_month
from savings_model.rounding import TIE_LIFT, Rounding

_ALL_THAT_IS_OWED = 2**40
_NOTHING, _INTEREST, _ANNUITY, _EQUAL_PRINCIPAL = range(4)


@dataclass(frozen=True, slots=True)
class ContractPlan:
    """Changes of a block, sorted by month.

    Moves add `move_cents` to the balance. A reset makes the instalment
    floor(balance x factor + offset), or the principal in it where the interest comes on top.
    """

    rate: FloatArray
    first_rate: FloatArray
    odd_loans: IntArray
    endings: list[IntArray]
    move_bounds: IntArray
    move_place: IntArray
    move_loan: IntArray
    move_cents: IntArray
    reset_bounds: IntArray
    reset_loan: IntArray
    reset_factor: FloatArray
    reset_offset: FloatArray
    reset_annuity: BoolArray
    reset_on_top: BoolArray
    any_equal_principal: bool

    def moves_of(self, month: int) -> slice:
        """Say which moves come before the month (0 is the first)."""
        return slice(int(self.move_bounds[month]), int(self.move_bounds[month + 1]))

    def resets_of(self, month: int) -> slice:
        """Say which instalments are set anew before the month (0 is the first)."""
        return slice(int(self.reset_bounds[month]), int(self.reset_bounds[month + 1]))


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
    rate, first_rate = _rates(contracts)
    odd = np.flatnonzero(contracts.first_period_months != 1.0)
    move_place, move_bounds = _by_month(moves.after_month, months)
    signed = np.choose(
        moves.kind, [moves.amount_cents, -moves.amount_cents, np.int64(-_ALL_THAT_IS_OWED)]
    )
    loan, month = _reset_moments(contracts, odd)
    order, reset_bounds = _by_month(month, months)
    loan, month = loan[order], month[order]
    kind = _phase(contracts, loan, month)
    factor, offset = _factors(contracts, loan, month, kind=kind)
    return ContractPlan(
        rate=charge_rate(rate, terms.convention),
        first_rate=charge_rate(first_rate, terms.convention),
        odd_loans=odd,
        endings=endings_by_month(terms.term_months, months),
        move_bounds=move_bounds,
        move_place=move_place,
        move_loan=moves.loan[move_place],
        move_cents=signed[move_place],
        reset_bounds=reset_bounds,
        reset_loan=loan,
        reset_factor=factor,
        reset_offset=offset,
        reset_annuity=kind == _ANNUITY,
        reset_on_top=kind == _EQUAL_PRINCIPAL,
        any_equal_principal=bool((contracts.repayment == Repayment.EQUAL_PRINCIPAL).any()),
    )


def _rates(contracts: Contracts) -> tuple[FloatArray, FloatArray]:
    terms, periods = contracts.terms, contracts.first_period_months
    rate = rates_for_months(terms.rate_per_year, terms.convention)
    if (periods == 1.0).all():
        return rate, rate
    return rate, rates_for_months(terms.rate_per_year, terms.convention, periods)


def _by_month(month: IntArray, months: int) -> tuple[IntArray, IntArray]:
    """Give the order by month and where each month begins in it."""
    order = np.argsort(month.astype(np.int16), kind="stable")
    return order, np.concatenate([[0], np.bincount(month, minlength=months).cumsum()])


def _reset_moments(contracts: Contracts, odd: IntArray) -> tuple[IntArray, IntArray]:
    """List loans and months at which an instalment is set anew.

    The same moment may come twice: setting it again from the same balance changes nothing.
    """
    grace = contracts.grace_months
    start = grace + contracts.interest_only_months
    after_odd = odd[(grace[odd] < 1) & (start[odd] > 1)]
    delayed, slow = np.flatnonzero(grace), np.flatnonzero(contracts.interest_only_months)
    loans = contracts.terms.loans
    loan = [np.arange(loans), after_odd, delayed, slow, contracts.moves.loan]
    month = [
        np.zeros(loans, np.int64),
        np.ones(after_odd.size, np.int64),
        grace[delayed],
        start[slow],
        contracts.moves.after_month,
    ]
    return np.concatenate(loan), np.concatenate(month)


def _phase(contracts: Contracts, loan: IntArray, month: IntArray) -> IntArray:
    """Say what an instalment consists of from this month on."""
    grace = contracts.grace_months[loan]
    start = grace + contracts.interest_only_months[loan]
    repaying = np.where(
        contracts.repayment[loan] == Repayment.EQUAL_PRINCIPAL, _EQUAL_PRINCIPAL, _ANNUITY
    )
    return np.where(month < grace, _NOTHING, np.where(month < start, _INTEREST, repaying))


def _factors(
    contracts: Contracts, loan: IntArray, month: IntArray, *, kind: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Give what turns a balance into an instalment: a factor, and an offset before the floor."""
    terms = contracts.terms
    monthly, first = _rates(contracts)
    left = terms.term_months[loan] - month
    rate = monthly[loan]
    opening_rate = np.where(month == 0, first[loan], rate)
    # An odd first period is a start that lies earlier or later than a month before the first
    # instalment: the balance grows to what it would be one month before it.
    annuity = annuity_factor(rate, left) * ((1.0 + opening_rate) / (1.0 + rate))
    interest = charge_rate(opening_rate, terms.convention)
    parts = [np.zeros(loan.size), interest, annuity * TIE_LIFT, TIE_LIFT / left]
    half = 0.5 if terms.rounding is Rounding.NEAREST else 0.0
    return np.choose(kind, parts), np.where(kind == _INTEREST, 0.5, half)
