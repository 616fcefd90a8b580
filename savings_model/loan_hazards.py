"""Chances that a loan falls into arrears, defaults or is repaid early, month by month.

From hazards follow the shares of loans to which something happens in each month of their age,
and from these, exactly and without drawing, the mean and the variance of what is lost.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.loan_terms import one_per_loan
from savings_model.repayment import Schedule
from savings_model.validation import ModelInputError, as_floats, as_integers, require_shape


@dataclass(frozen=True, slots=True)
class Hazards:
    """Chances by scenario and month of a loan's age, in the order in which they strike.

    Attributes
    ----------
    arrears_share : ndarray, shape (scenarios, months)
        Chance that a loan in order misses the instalment of this month. [-]
    early_repayment_share : ndarray, shape (scenarios, months)
        Chance that a loan that paid this month is then repaid in full. [-]
    months_in_arrears : int
        Months that a loan stays in arrears, the missed one included. [months]
    cure_share : ndarray, shape (scenarios,)
        Share of loans in arrears that then pay all they missed and go on; the others default,
        and what is lost is what was owed when they stopped paying. [-]
    """

    arrears_share: FloatArray
    early_repayment_share: FloatArray
    months_in_arrears: int
    cure_share: FloatArray


@dataclass(frozen=True, slots=True)
class EventShares:
    """What happens to a loan by month of its age, as shares of all loans that started.

    Attributes
    ----------
    in_order_share : ndarray, shape (scenarios, months)
        Running and without arrears before the month. [-]
    arrears_share : ndarray, shape (scenarios, months)
        Falls into arrears in the month. [-]
    default_share : ndarray, shape (scenarios, months)
        Stops paying for good in the month. [-]
    early_repayment_share : ndarray, shape (scenarios, months)
        Pays the month and then all that is left. [-]
    """

    in_order_share: FloatArray
    arrears_share: FloatArray
    default_share: FloatArray
    early_repayment_share: FloatArray


@dataclass(frozen=True, slots=True)
class LossMoments:
    """Mean and variance of what is lost on a portfolio of loans that fail independently.

    Attributes
    ----------
    mean_cents : ndarray, shape (scenarios,)
        Expected loss. [cents]
    variance_cents2 : ndarray, shape (scenarios,)
        Variance of the loss. [cents^2]
    """

    mean_cents: FloatArray
    variance_cents2: FloatArray


def check_hazards(
    arrears_share: ArrayLike,
    early_repayment_share: ArrayLike = 0.0,
    *,
    months: int,
    months_in_arrears: int = 1,
    cure_share: ArrayLike = 0.0,
) -> Hazards:
    """Refuse what is no hazard, and bring the rest to one shape.

    Parameters
    ----------
    arrears_share : array_like, shape (scenarios,) or (scenarios, months)
        Chance a month to fall into arrears; one that does not change with age may be given
        once. [-]
    early_repayment_share : array_like, shape (), (scenarios,) or (scenarios, months)
        Chance a month to be repaid in full. [-]
    months : int
        Ages to cover: the longest term. [months]
    months_in_arrears : int
        From 1 to 120. [months]
    cure_share : array_like, shape () or (scenarios,)
        Share of arrears that are cured; 0 makes each a default. [-]

    Returns
    -------
    Hazards
        The same, checked. [-]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit.

    Examples
    --------
    >>> check_hazards([0.001, 0.002], months=120).arrears_share.shape
    (2, 120)
    """
    arrears = as_floats("arrears_share", arrears_share, minimum=0.0, maximum=1.0)
    if arrears.ndim not in {1, 2}:
        raise ModelInputError("arrears_share", None, "must be (scenarios,) or (scenarios, months)")
    shape = (arrears.shape[0], months)
    early = as_floats("early_repayment_share", early_repayment_share, minimum=0.0, maximum=1.0)
    cured = as_floats("cure_share", cure_share, minimum=0.0, maximum=1.0)
    lasts = as_integers("months_in_arrears", months_in_arrears, minimum=1, maximum=120)
    return Hazards(
        _by_month("arrears_share", arrears, shape),
        _by_month("early_repayment_share", early, shape),
        int(lasts),
        one_per_loan("cure_share", cured, shape[0]),
    )


def _by_month(field: str, values: FloatArray, shape: tuple[int, int]) -> FloatArray:
    if values.ndim == 1:
        values = values[:, np.newaxis]
    if values.size != 1 and values.shape not in {(shape[0], 1), shape}:
        raise ModelInputError(field, None, f"has shape {values.shape}, expected {shape}")
    return np.broadcast_to(values, shape)


def event_shares(hazards: Hazards) -> EventShares:
    """Follow a loan of endless term through its months.

    Parameters
    ----------
    hazards : Hazards
        Chances by scenario and month. [-]

    Returns
    -------
    EventShares
        A loan of n months uses the first n. [-]

    Notes
    -----
    In a month a loan in order first may fall into arrears; if not, it pays, and then may be
    repaid in full. A loan in arrears pays nothing until it is cured, then all at once, and it
    may fall into arrears again. It is not repaid early while in arrears.
    """
    arrears, early = hazards.arrears_share, hazards.early_repayment_share
    shares = EventShares(*(np.zeros(arrears.shape) for _ in range(4)))
    in_order = np.ones(arrears.shape[0])
    for month in range(arrears.shape[1]):
        back = month - hazards.months_in_arrears
        if back >= 0:
            in_order = in_order + shares.arrears_share[:, back] * hazards.cure_share
        shares.in_order_share[:, month] = in_order
        shares.arrears_share[:, month] = in_order * arrears[:, month]
        paying = in_order - shares.arrears_share[:, month]
        shares.early_repayment_share[:, month] = paying * early[:, month]
        in_order = paying - shares.early_repayment_share[:, month]
    shares.default_share[:] = shares.arrears_share * (1.0 - hazards.cure_share)[:, np.newaxis]
    return shares


def exposures(schedule: Schedule) -> IntArray:
    """Give what is owed before each instalment: what is lost when it is the first not paid.

    Parameters
    ----------
    schedule : Schedule
        Ordinary schedules, drawn in full at the start. [-]

    Returns
    -------
    ndarray, shape (months, loans)
        Owed before the instalment, zero after the term. [cents]
    """
    return schedule.balance_cents + schedule.principal_cents


def loss_moments(
    schedule: Schedule,
    shares: list[EventShares],
    *,
    risk_class: ArrayLike = 0,
    lost_share: ArrayLike = 1.0,
) -> LossMoments:
    """Give the exact mean and variance of the loss, without draws.

    Parameters
    ----------
    schedule : Schedule
        Ordinary schedules, drawn in full at the start. [-]
    shares : list of EventShares
        One for each class of risk, all of the same scenarios, of at least as many months as the
        schedule. [-]
    risk_class : array_like
        Class of each loan. [index]
    lost_share : array_like, shape () or (scenarios,)
        Part of what was owed that is lost in the end. [-]

    Returns
    -------
    LossMoments
        Mean and variance by scenario. [-]

    Notes
    -----
    A loan loses B_k with chance w_k, one k at most. So the mean is the sum of w_k B_k, and the
    variance of a loan sum w_k B_k^2 - (sum w_k B_k)^2. Added over the loans of a class the last
    term is w G w with the months x months table G of products of exposures, which makes the
    cost of a scenario independent of the number of loans.
    """
    owed = exposures(schedule)
    months, loans = owed.shape
    classes = as_integers("risk_class", risk_class, minimum=0, maximum=len(shares) - 1)
    members = one_per_loan("risk_class", classes, loans)
    kept = as_floats("lost_share", lost_share, minimum=0.0, maximum=1.0)
    scenarios = shares[0].default_share.shape[0]
    mean, variance = np.zeros(scenarios), np.zeros(scenarios)
    for risk, share in enumerate(shares):
        require_shape("shares", share.default_share[:, :months], (scenarios, months))
        weights = share.default_share[:, :months]
        first, second = _moments(owed[:, members == risk].astype(np.float64), weights)
        mean, variance = mean + first, variance + second
    lost = one_per_loan("lost_share", kept, scenarios)
    return LossMoments(mean * lost, variance * lost**2)


def _moments(owed: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    products = owed @ owed.T
    mean: FloatArray = weights @ owed.sum(axis=1)
    square_of_means = np.einsum("sk,sk->s", weights @ products, weights)
    variance: FloatArray = weights @ products.diagonal() - square_of_means
    return mean, variance


def expected_flows(schedule: Schedule, shares: EventShares, hazards: Hazards) -> FloatArray:
    """Give what comes in on average by month of age, arrears and early repayments included.

    Parameters
    ----------
    schedule : Schedule
        Loans of one class of risk. [-]
    shares : EventShares
        From `event_shares`. [-]
    hazards : Hazards
        The same hazards. [-]

    Returns
    -------
    ndarray, shape (scenarios, 3, months)
        Instalments paid in time, what is in arrears at the end of the month, and repaid
        early. What cured loans pay late, and what comes after the last month, is left out.
        [cents]
    """
    months = len(schedule.instalment_cents)
    due = schedule.instalment_cents.sum(axis=1).astype(np.float64)
    owed = schedule.balance_cents.sum(axis=1).astype(np.float64)
    paying = (shares.in_order_share - shares.arrears_share)[:, :months]
    missed = np.zeros_like(paying)
    for late in range(min(hazards.months_in_arrears, months)):
        recent = np.concatenate([[0.0], due.cumsum()])
        span = recent[late + 1 :] - recent[: months - late]
        missed[:, late:] += shares.arrears_share[:, : months - late] * span
    early = shares.early_repayment_share[:, :months] * owed
    return np.stack([paying * due, missed, early], axis=1)
