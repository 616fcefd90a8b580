"""Changing a running schedule from any month: early repayment, recast, re-age and pause.

What was due before the change stays as it was; the rest is scheduled anew from what is owed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import AnyArray, BoolArray, FloatArray, IntArray
from savings_model.contract_schedule import contract_schedule
from savings_model.contracts import check_contracts
from savings_model.loan_terms import (
    HIGHEST_PRINCIPAL_CENTS,
    LONGEST_TERM_MONTHS,
    LoanTerms,
    one_per_loan,
)
from savings_model.month_rates import charge_rate, rates_for_months
from savings_model.month_walk import OpeningState, walk_many
from savings_model.repayment import Schedule, empty_schedule, rows_of_block
from savings_model.validation import ModelInputError, as_integers


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """What changes, for each loan or once for all.

    Alone, the defaults are a recast: the instalment is set anew over the months that are left.

    Attributes
    ----------
    early_repayment_cents : array_like
        Paid on top of the instalment of the month of the change. [cents]
    months_left : array_like
        Instalments still to come; another number than there were is a re-age, 0 keeps the
        number. [months]
    pause_months : array_like
        Months without payment before the next instalment; their interest is added to the
        balance, and the end moves by as many months. [months]
    keep_instalment : array_like of bool
        Keep the instalment and shorten the term instead, after an early repayment. [-]
    """

    early_repayment_cents: ArrayLike = 0
    months_left: ArrayLike = 0
    pause_months: ArrayLike = 0
    keep_instalment: ArrayLike = False


@dataclass(frozen=True, slots=True)
class _Remainder:
    """Loans from the month of the change on, each of shape (loans,)."""

    balance: IntArray
    months: IntArray
    pause: IntArray
    instalment: IntArray
    keeps: BoolArray


def change_schedule(
    terms: LoanTerms, schedule: Schedule, *, after_month: ArrayLike, change: ScheduleChange
) -> Schedule:
    """Give the schedules as they become when something changes after a month.

    Parameters
    ----------
    terms : LoanTerms
        The loans that were scheduled. [-]
    schedule : Schedule
        Running, from `repayment_schedule` or from an earlier change. [-]
    after_month : array_like
        After the instalment of which month, from 1 to one less than the term. [months]
    change : ScheduleChange
        What changes. [-]

    Returns
    -------
    Schedule
        Old months, then new ones. The balance of the month of the change is what is owed after
        the early repayment. [-]

    Raises
    ------
    ModelInputError
        For a month outside the loan, more repaid than owed, or a pause together with a kept
        instalment.

    Examples
    --------
    >>> from savings_model.loan_terms import check_loan_terms
    >>> from savings_model.repayment import repayment_schedule
    >>> terms = check_loan_terms([1_200_000], [0.0], term_months=[120])
    >>> halved = ScheduleChange(early_repayment_cents=300_000, keep_instalment=True)
    >>> running = repayment_schedule([1_200_000], [0.0], [120])
    >>> change_schedule(terms, running, after_month=60, change=halved).term_months
    array([90])
    """
    moments = _moments(schedule, after_month)
    rest = _remainder(schedule, moments, change)
    return _joined(schedule, _scheduled(terms, rest), moments, rest=rest)


def _moments(schedule: Schedule, after_month: ArrayLike) -> IntArray:
    loans = schedule.term_months.size
    months = as_integers("after_month", after_month, minimum=1, maximum=LONGEST_TERM_MONTHS)
    moments = one_per_loan("after_month", months, loans)
    _refuse("after_month", moments >= schedule.term_months, "must lie before the end of the loan")
    return moments


def _remainder(schedule: Schedule, moments: IntArray, change: ScheduleChange) -> _Remainder:
    loans = moments.size
    owed = schedule.balance_cents[moments - 1, np.arange(loans)].astype(np.int64)
    paid = _whole("early_repayment_cents", change.early_repayment_cents, loans=loans)
    months = _whole("months_left", change.months_left, loans=loans)
    pause = _whole("pause_months", change.pause_months, loans=loans)
    keeps = one_per_loan("keep_instalment", np.asarray(change.keep_instalment, bool), loans)
    _refuse("early_repayment_cents", paid > owed, "must not be more than is owed")
    _refuse("keep_instalment", keeps & ((pause > 0) | (months > 0)), "excludes pause and re-age")
    months = np.where(months > 0, months, schedule.term_months - moments)
    _refuse(
        "months_left", moments + months + pause > LONGEST_TERM_MONTHS, "ends after 1,200 months"
    )
    instalment = schedule.instalment_cents[moments - 1, np.arange(loans)].astype(np.int64)
    _refuse("keep_instalment", keeps & (instalment == 0), "needs an instalment to keep")
    return _Remainder(owed - paid, months, pause, instalment, keeps)


def _whole(field: str, values: ArrayLike, *, loans: int) -> IntArray:
    numbers = as_integers(field, values, minimum=0, maximum=HIGHEST_PRINCIPAL_CENTS)
    return one_per_loan(field, numbers, loans)


def _refuse(field: str, wrong: BoolArray, limit: str) -> None:
    if wrong.any():
        raise ModelInputError(field, (int(np.flatnonzero(wrong)[0]),), limit)


def _scheduled(terms: LoanTerms, rest: _Remainder) -> Schedule:
    """Schedule the remainder of all loans; those that keep their instalment are walked apart."""
    months = np.where(rest.keeps, _months_needed(terms, rest), rest.months + rest.pause)
    new = LoanTerms(rest.balance, terms.rate_per_year, months, terms.rounding, terms.convention)
    schedule = contract_schedule(check_contracts(new, grace_months=rest.pause)).schedule
    kept = np.flatnonzero(rest.keeps)
    if kept.size:
        _keep_instalments(new.part(kept), rest.instalment[kept], schedule, loans=kept)
    return schedule


def _months_needed(terms: LoanTerms, rest: _Remainder) -> IntArray:
    """Count the instalments that repay what is owed, the last one not higher than the others."""
    rates = rates_for_months(terms.rate_per_year, terms.convention)
    instalment = np.maximum(rest.instalment, 1)
    interest_share = np.minimum(rest.balance * rates / instalment, 1.0 - 1e-12)
    safe = np.where(rates == 0.0, 1.0, rates)
    needed: FloatArray = np.where(
        rates == 0.0, rest.balance / instalment, -np.log1p(-interest_share) / np.log1p(safe)
    )
    return np.clip(np.ceil(needed - 1e-9), 1, rest.months).astype(np.int64)


def _keep_instalments(
    terms: LoanTerms, instalment: IntArray, schedule: Schedule, *, loans: IntArray
) -> None:
    part = empty_schedule(terms.term_months)
    rates = charge_rate(rates_for_months(terms.rate_per_year, terms.convention), terms.convention)
    opening = OpeningState(terms.principal_cents, rates, instalment, terms.term_months)
    rows = rows_of_block(part, slice(None))
    walk_many(opening, rows)
    for target, row in zip(rows_of_block(schedule, slice(None)), rows, strict=True):
        target[:, loans] = 0
        target[: len(row), loans] = row


def _joined(old: Schedule, new: Schedule, moments: IntArray, *, rest: _Remainder) -> Schedule:
    """Put the old months and the new ones behind each other, loan by loan."""
    terms = np.where(rest.balance == 0, moments, moments + new.term_months)
    joined = empty_schedule(terms)
    months = np.arange(len(joined.balance_cents))[:, np.newaxis]
    for target, before, after in zip(_columns(joined), _columns(old), _columns(new), strict=True):
        kept = np.take_along_axis(before, np.minimum(months, len(before) - 1), axis=0)
        place = np.clip(months - moments, 0, len(after) - 1)
        cells = np.where(months < moments, kept, np.take_along_axis(after, place, axis=0))
        target[...] = np.where(months < terms, cells, 0)
    joined.balance_cents[moments - 1, np.arange(moments.size)] = rest.balance
    return joined


def _columns(schedule: Schedule) -> tuple[AnyArray, ...]:
    return tuple(rows_of_block(schedule, slice(None)))
