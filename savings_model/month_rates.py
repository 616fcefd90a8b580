"""From a rate a year to a rate a month, and the factor of a constant instalment.

Belgium counts with the actuarial month rate; the nominal one exists for comparison with
other countries and for books that came from elsewhere.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.validation import as_floats

HIGHEST_RATE_PER_YEAR = 1.0
# Below this a rate is no rate: the interest of a thousand years rounds to nothing.
_NEGLIGIBLE_RATE = 1e-100
# Lifts exact half cents over the half, see `charge_rate`. Three units in the last place.
_HALF_CENT_LIFT = 1.0 + 7e-16


class MonthRate(StrEnum):
    """How a rate a month follows from a rate a year.

    ACTUARIAL is (1 + i)^(1/12) - 1, NOMINAL is i / 12.
    """

    ACTUARIAL = "actuarial"
    NOMINAL = "nominal"


def month_rate(rate_per_year: ArrayLike, convention: MonthRate = MonthRate.ACTUARIAL) -> FloatArray:
    """Give the rate for one month.

    Parameters
    ----------
    rate_per_year : array_like
        Rate, from 0 to 1. [1/year]
    convention : MonthRate
        Actuarial unless said otherwise. [-]

    Returns
    -------
    ndarray, shape (...)
        Rate for a month, of the shape that came in. [1/month]

    Raises
    ------
    ModelInputError
        For a rate that is missing, negative or above 1.

    References
    ----------
    Vlaams Woningfonds prints 2 % a year as 0,1652 % a month; KB JKP, article 3: a year is
    twelve equal months.

    Examples
    --------
    >>> round(float(month_rate(0.02)), 6)
    0.001652
    """
    rates = as_floats("rate_per_year", rate_per_year, minimum=0.0, maximum=HIGHEST_RATE_PER_YEAR)
    return rates_for_months(rates, convention)


def rates_for_months(
    rate_per_year: FloatArray,
    convention: MonthRate,
    months: FloatArray | float = 1.0,
) -> FloatArray:
    """Give the rate for a period of whole or broken months, for rates already checked.

    Parameters
    ----------
    rate_per_year : ndarray, shape (...)
        Rate, 0 or more. [1/year]
    convention : MonthRate
        How months follow from years. [-]
    months : ndarray, shape (...) or float
        Length of the period. [months]

    Returns
    -------
    ndarray, shape (...)
        Rate for the period. [1/period]
    """
    rates = np.where(rate_per_year < _NEGLIGIBLE_RATE, 0.0, rate_per_year)
    if convention is MonthRate.NOMINAL:
        return rates * months / 12.0
    return np.expm1(np.log1p(rates) * months / 12.0)


def charge_rate(rate_per_month: FloatArray, convention: MonthRate) -> FloatArray:
    """Give the rate whose product with a balance rounds as the exact product does.

    Parameters
    ----------
    rate_per_month : ndarray, shape (...)
        Rate for a month or another period. [1/period]
    convention : MonthRate
        Where the rate came from. [-]

    Returns
    -------
    ndarray, shape (...)
        The same rate, lifted by a few units in the last place where ties exist. [1/period]

    Notes
    -----
    Interest is balance x rate, rounded half up on the exact value. With a nominal rate the
    exact value can be half a cent (10,000 cents at 0.6 % a year), and a float falls on either
    side; the lift puts it on the half or above. The nearest other value of a rate in
    hundredths of a percent is 1/120,000 of a cent away, far more than the lift moves. An
    actuarial month rate is irrational: there are no ties, and nothing is lifted.
    """
    if convention is MonthRate.NOMINAL:
        return rate_per_month * _HALF_CENT_LIFT
    return rate_per_month


def annuity_factor(rate_per_month: FloatArray, term_months: IntArray | FloatArray) -> FloatArray:
    """Give the instalment that repays one euro, r / (1 - (1 + r)^-n), and 1 / n at rate zero.

    Parameters
    ----------
    rate_per_month : ndarray, shape (...)
        Rate for a month, zero or more. [1/month]
    term_months : ndarray, shape (...)
        Number of instalments, one or more. [months]

    Returns
    -------
    ndarray, shape (...)
        Instalment for each euro of principal. [1/month]
    """
    free = rate_per_month == 0.0
    safe_rates = np.where(free, 1.0, rate_per_month)
    repaid_share = -np.expm1(-term_months * np.log1p(safe_rates))
    return np.where(free, 1.0 / term_months, safe_rates / repaid_share)
