"""The annual percentage rate (JKP): what a loan costs a year, from the money that moves.

The base equation is the Belgian one: what is drawn and what is paid are worth the same when
each amount is discounted to the first draw at (1 + X)^-t, with t in years. A month is a
twelfth of a year (30.41666 days), so whole months use the exponent months / 12.
"""

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.finance import internal_rate
from savings_model.repayment import Schedule
from savings_model.validation import ModelInputError, as_integers, require_shape

DAYS_PER_YEAR = 365
_MONTHS_PER_YEAR = 12.0
_MOST_STEPS = 100


def annual_percentage_rate(schedule: Schedule) -> FloatArray:
    """Give the JKP of each loan of a schedule that is drawn in full at the start.

    Parameters
    ----------
    schedule : Schedule
        Made by `repayment_schedule`; any number of loans. [-]

    Returns
    -------
    ndarray, shape (loans,)
        JKP as a share; exactly zero for a loan without interest. [1/year]

    References
    ----------
    KB JKP, article 3. With 15,000 euro at 1 % over 120 months: 131.37 a month gives 0.9990 %,
    131.38 gives 1.0005 %.

    Examples
    --------
    >>> from savings_model.repayment import repayment_schedule
    >>> float(annual_percentage_rate(repayment_schedule([1_500_000], [0.0], [120]))[0])
    0.0
    """
    total = schedule.total_cents
    principal = (schedule.balance_cents[0] + schedule.principal_cents[0]).astype(np.int64)
    first, last = schedule.first_instalment_cents, schedule.last_instalment_cents
    terms = schedule.term_months
    rates = _regular_rate(principal, first, last, term_months=terms)
    regular = first * (terms - 1) + last == total
    if not regular.all():
        odd = np.flatnonzero(~regular)
        rates[odd] = _monthly_rate(principal[odd], schedule.instalment_cents[:, odd])
    return rates


def regular_annual_percentage_rate(
    received_cents: ArrayLike,
    instalment_cents: ArrayLike,
    term_months: ArrayLike,
    *,
    last_instalment_cents: ArrayLike | None = None,
) -> FloatArray:
    """Give the JKP of loans with equal instalments, at the end of each month.

    Parameters
    ----------
    received_cents : array_like
        What the borrower has in hand at the start: the principal less the costs of the
        credit that are taken off it, 1 or more. [cents]
    instalment_cents : array_like
        Each instalment, 0 or more. [cents]
    term_months : array_like
        Number of instalments, from 1 to 1,200. [months]
    last_instalment_cents : array_like, optional
        The last instalment where it differs. [cents]

    Returns
    -------
    ndarray, shape (loans,)
        JKP as a share, zero or negative when not more is paid than received. [1/year]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit.

    Examples
    --------
    >>> round(100 * float(regular_annual_percentage_rate([1_500_000], [13138], [120])[0]), 4)
    1.0005
    """
    received = np.atleast_1d(_amounts("received_cents", received_cents, minimum=1))
    regular = np.atleast_1d(_amounts("instalment_cents", instalment_cents, minimum=0))
    terms = np.atleast_1d(as_integers("term_months", term_months, minimum=1, maximum=1200))
    last = regular
    if last_instalment_cents is not None:
        last = np.atleast_1d(_amounts("last_instalment_cents", last_instalment_cents, minimum=0))
    for field, values in (("instalment_cents", regular), ("last_instalment_cents", last)):
        require_shape(field, values, received.shape)
    require_shape("term_months", terms, received.shape)
    _refuse_unpaid(regular * (terms - 1) + last)
    return _regular_rate(received, regular, last, term_months=terms)


def flow_annual_percentage_rate(amounts_cents: ArrayLike, days: ArrayLike) -> float:
    """Give the JKP of any flow of money, exact to the day.

    Parameters
    ----------
    amounts_cents : array_like, shape (moves,)
        What the borrower receives (+) and pays (-), whole. [cents]
    days : array_like, shape (moves,)
        Days since the first draw, whole, in any order. [days]

    Returns
    -------
    float
        JKP as a share, with 365 days in a year. [1/year]

    Raises
    ------
    ModelInputError
        When the two differ in shape, or money goes one way only.

    Notes
    -----
    A year of 366 days counts as 365 here, which moves a JKP of 1 % by less than 0.003 points.
    A flow that changes direction more than once can have several rates; the one found is the
    first above the start of the search and is not proven to be the only one.

    Examples
    --------
    >>> round(flow_annual_percentage_rate([10000, -10100], [0, 365]), 6)
    0.01
    """
    amounts = _amounts("amounts_cents", amounts_cents, minimum=-(10**12))
    moments = as_integers("days", days, minimum=0, maximum=40_000)
    require_shape("days", moments, amounts.shape)
    if amounts.ndim != 1 or not ((amounts > 0).any() and (amounts < 0).any()):
        raise ModelInputError("amounts_cents", None, "must hold money received and money paid")
    years = moments / DAYS_PER_YEAR
    return float(internal_rate(-amounts[np.newaxis].astype(np.float64), years)[0])


def _amounts(field: str, values: ArrayLike, *, minimum: int) -> IntArray:
    return as_integers(field, values, minimum=minimum, maximum=10**12)


def _refuse_unpaid(total: IntArray) -> None:
    if (total == 0).any():
        index = int(np.flatnonzero(total == 0)[0])
        raise ModelInputError("instalment_cents", (index,), "must repay something")


def _monthly_rate(principal: IntArray, instalments: IntArray) -> FloatArray:
    """Solve the base equation for flows in whole months that are not regular."""
    flows = np.concatenate([-principal[np.newaxis], instalments]).T.astype(np.float64)
    years = np.arange(flows.shape[1]) / _MONTHS_PER_YEAR
    rates = internal_rate(flows, years)
    return np.where(flows.sum(axis=1) == 0.0, 0.0, rates)


def _regular_rate(
    principal: IntArray, regular: IntArray, last: IntArray, *, term_months: IntArray
) -> FloatArray:
    """Find the rate of each loan that costs or yields something; the others have exactly zero."""
    rates = np.zeros(principal.size)
    total = regular * (term_months - 1) + last
    moving = np.flatnonzero((total != principal) & (principal > 0))
    if moving.size:
        rates[moving] = _solved(
            principal[moving], regular[moving], last[moving], term_months=term_months[moving]
        )
    return rates


def _solved(
    principal: IntArray, regular: IntArray, last: IntArray, *, term_months: IntArray
) -> FloatArray:
    """Solve the base equation by Newton's method on the closed form of the annuity.

    In y = log(1 + X) / 12 the worth of what is paid falls and is convex, so steps from the
    left of the root go up to it and never past it. All paid at its mean moment is worth less
    than the flow itself (Jensen), which gives a start on the left.
    """
    total = regular * (term_months - 1) + last
    mean_month = (regular * ((term_months - 1) * term_months // 2) + last * term_months) / total
    exponent: FloatArray = np.log(total / principal) / mean_month
    # A loan that has arrived stays, so that its rate does not depend on the loans beside it.
    arrived = np.zeros(principal.size, dtype=bool)
    for _ in range(_MOST_STEPS):
        worth, slope = _worth_and_slope(exponent, regular, last, term_months=term_months)
        step = np.where(arrived, 0.0, (worth - principal) / slope)
        exponent = exponent - step
        arrived = np.abs(step) <= 1e-15 + 1e-13 * np.abs(exponent)
        if arrived.all():
            break
    rates: FloatArray = np.expm1(exponent * _MONTHS_PER_YEAR)
    return rates


def _worth_and_slope(
    exponent: FloatArray, regular: IntArray, last: IntArray, *, term_months: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Give the worth of what is paid at the start, and its derivative to the exponent."""
    count = term_months - 1
    flat = np.abs(exponent) * term_months < 1e-8
    safe = np.where(flat, 1.0, exponent)
    growth, repaid = np.expm1(safe), -np.expm1(-safe * count)
    annuity: FloatArray = np.where(flat, count, repaid / growth)
    tilt = (count * np.exp(-safe * count) * growth - repaid * np.exp(safe)) / growth**2
    annuity_slope: FloatArray = np.where(flat, -count * (count + 1) / 2.0, tilt)
    discount: FloatArray = np.exp(-exponent * term_months)
    worth: FloatArray = regular * annuity + last * discount
    slope: FloatArray = regular * annuity_slope - last * term_months * discount
    return worth, slope
