"""What works are worth: net present value, payback, cost of a tonne, and who beats whom."""

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.finance import net_present_value
from savings_model.validation import as_floats, as_integers, require_shape

_LARGEST = 1e12


def works_net_present_value_eur(
    cost_eur: ArrayLike,
    yearly_saving_eur: ArrayLike,
    lifetime_years: ArrayLike,
    *,
    discount_rate_per_year: float,
    price_rise_per_year: float = 0.0,
) -> FloatArray:
    """Say what works are worth today: the savings of their lifetime less their cost.

    Parameters
    ----------
    cost_eur : array_like of float, shape (rows,)
        Paid today, grants taken off. [EUR]
    yearly_saving_eur : array_like of float, shape (rows,)
        Saved in the first year, counted at its end. [EUR/year]
    lifetime_years : array_like of int, shape (rows,)
        Years that the saving lasts. [years]
    discount_rate_per_year : float
        Real rate. [1/year]
    price_rise_per_year : float
        Real rise of the saving from year to year. [1/year]

    Returns
    -------
    ndarray, shape (rows,)
        Net present value. [EUR]

    Notes
    -----
    NPV = -cost + sum over t of saving (1 + rise)^(t-1) / (1 + rate)^t. Upkeep and what is left
    after the lifetime are left out.
    """
    cost = as_floats("cost_eur", cost_eur, minimum=0.0, maximum=_LARGEST)
    saving = as_floats("yearly_saving_eur", yearly_saving_eur, minimum=-_LARGEST, maximum=_LARGEST)
    lifetime = as_integers("lifetime_years", lifetime_years, minimum=0, maximum=100)
    rise = as_floats("price_rise_per_year", price_rise_per_year, minimum=-0.5, maximum=0.5)
    require_shape("yearly_saving_eur", saving, cost.shape)
    require_shape("lifetime_years", lifetime, cost.shape)
    year = np.arange(1, int(lifetime.max(initial=0)) + 1)
    lasting = year <= lifetime[:, None]
    flows = np.where(lasting, saving[:, None] * (1.0 + rise) ** (year - 1), 0.0)
    return net_present_value(
        np.concatenate([-cost[:, None], flows], axis=1), discount_rate_per_year
    )


def simple_payback_years(cost_eur: ArrayLike, yearly_saving_eur: ArrayLike) -> FloatArray:
    """Say after how many years the savings, not discounted, have paid the works.

    Parameters
    ----------
    cost_eur : array_like of float, shape (rows,)
        Paid today. [EUR]
    yearly_saving_eur : array_like of float, shape (rows,)
        Saved in a year. [EUR/year]

    Returns
    -------
    ndarray, shape (rows,)
        Infinite where nothing is saved. [years]
    """
    cost = as_floats("cost_eur", cost_eur, minimum=0.0, maximum=_LARGEST)
    saving = as_floats("yearly_saving_eur", yearly_saving_eur, minimum=-_LARGEST, maximum=_LARGEST)
    require_shape("yearly_saving_eur", saving, cost.shape)
    never = np.full(cost.shape, np.inf)
    years: FloatArray = np.divide(cost, saving, out=never, where=saving > 0.0)
    return years


def cost_per_tonne_eur(net_present_value_eur: ArrayLike, lifetime_tonnes: ArrayLike) -> FloatArray:
    """Say what a tonne costs, where that ratio means something.

    Parameters
    ----------
    net_present_value_eur : array_like of float, shape (rows,)
        Worth of the works. [EUR]
    lifetime_tonnes : array_like of float, shape (rows,)
        CO2 saved over the lifetime, not discounted. [t]

    Returns
    -------
    ndarray, shape (rows,)
        Not a number where the works earn money or save no CO2. [EUR/t]

    Notes
    -----
    Works that earn money have a negative cost, and dividing it by more tonnes makes better
    works look worse; for them use `pareto_front`.

    References
    ----------
    Taylor 2012, on the ranking of measures of negative cost, Energy Policy 48.
    """
    worth = as_floats(
        "net_present_value_eur", net_present_value_eur, minimum=-_LARGEST, maximum=_LARGEST
    )
    tonnes = as_floats("lifetime_tonnes", lifetime_tonnes, minimum=-_LARGEST, maximum=_LARGEST)
    require_shape("lifetime_tonnes", tonnes, worth.shape)
    means_something = (worth <= 0.0) & (tonnes > 0.0)
    unknown = np.full(worth.shape, np.nan)
    cost: FloatArray = np.divide(-worth, tonnes, out=unknown, where=means_something)
    return cost


def pareto_front(net_present_value_eur: ArrayLike, lifetime_tonnes: ArrayLike) -> IntArray:
    """Rank works by dominance: front 0 is beaten by none in both euro and tonnes.

    Parameters
    ----------
    net_present_value_eur : array_like of float, shape (rows,)
        Worth of the works; more is better. [EUR]
    lifetime_tonnes : array_like of float, shape (rows,)
        CO2 saved; more is better. [t]

    Returns
    -------
    ndarray of int, shape (rows,)
        0 for the best, 1 for those that only front 0 beats, and so on. [-]

    Notes
    -----
    The loop runs over fronts, of which there are few; rows are compared pairwise, so this is
    for lists of measures, not for portfolios.
    """
    worth = as_floats(
        "net_present_value_eur", net_present_value_eur, minimum=-_LARGEST, maximum=_LARGEST
    )
    tonnes = as_floats("lifetime_tonnes", lifetime_tonnes, minimum=-_LARGEST, maximum=_LARGEST)
    require_shape("lifetime_tonnes", tonnes, worth.shape)
    as_good = (worth[:, None] >= worth) & (tonnes[:, None] >= tonnes)
    better = as_good & ((worth[:, None] > worth) | (tonnes[:, None] > tonnes))
    front = np.full(worth.shape, -1, dtype=np.int64)
    while (left := front < 0).any():
        beaten = (better & left[:, None]).any(axis=0)
        front[left & ~beaten] = front.max() + 1
    return front
