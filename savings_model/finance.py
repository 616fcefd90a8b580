"""Worth of money over time: net present value and internal rate, for many rows at once.

numpy-financial 1.0.0 has both, but its `npv` gives wrong numbers for a table of flows and its
`irr` takes one row at a time and answers nan; so these are written here, and tested against it.
"""

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray
from savings_model.validation import ModelInputError, as_floats, require_shape

_LOWEST_RATE = -0.99
_HIGHEST_RATE = 10_000.0
_GRID_POINTS = 256
_MOST_STEPS = 80
_LARGEST_EXPONENT = 600.0
_LARGEST_AMOUNT = 1e15


def net_present_value(cash_flows: ArrayLike, discount_rate_per_year: ArrayLike) -> FloatArray:
    """Discount yearly cash flows to the start of year 0.

    Parameters
    ----------
    cash_flows : array_like, shape (rows, years + 1)
        Money in (+) and out (-) at the end of each year; column 0 is today. [EUR or cents]
    discount_rate_per_year : array_like
        One rate, above -1 and at most 10, or a list of rates. [1/year]

    Returns
    -------
    ndarray, shape (rows,) or (rates, rows)
        Net present value of each row, for each rate when a list of rates is given.
        [EUR or cents]

    Raises
    ------
    ModelInputError
        When the flows are not a table, or a number is missing or out of range.

    Examples
    --------
    >>> net_present_value([[-100.0, 60.0, 60.0]], 0.0)
    array([20.])
    """
    flows = _table("cash_flows", cash_flows)
    rates = as_floats(
        "discount_rate_per_year", discount_rate_per_year, minimum=_LOWEST_RATE, maximum=10.0
    )
    if rates.ndim > 1:
        raise ModelInputError("discount_rate_per_year", None, "must be one rate or a list")
    years = np.arange(flows.shape[1], dtype=np.float64)
    return np.power(1.0 + rates[..., np.newaxis], -years) @ flows.T


def internal_rate(cash_flows: ArrayLike, years: ArrayLike) -> FloatArray:
    """Find the yearly rate at which each row of flows is worth nothing.

    Parameters
    ----------
    cash_flows : array_like, shape (rows, moments)
        Money in (+) and out (-). [EUR or cents]
    years : array_like, shape (moments,)
        When each column falls, from 0 to 125, parts of a year allowed. [years]

    Returns
    -------
    ndarray, shape (rows,)
        Internal rate, between -0.99 and 10,000. [1/year]

    Raises
    ------
    ModelInputError
        When the shapes differ, or a row has no rate in that range: the index says which row.

    Notes
    -----
    A row whose flows change direction more than once can have several rates: the one nearest
    to zero is given, found on a grid and then refined by Newton's method inside its bracket.

    Examples
    --------
    >>> internal_rate([[-100.0, 0.0, 121.0]], [0.0, 1.0, 2.0]).round(12)
    array([0.1])
    """
    flows = _table("cash_flows", cash_flows)
    moments = as_floats("years", years, minimum=0.0, maximum=125.0)
    require_shape("years", moments, flows.shape[1:])
    low, high = _brackets(flows, moments)
    return np.expm1(_refine(flows, moments, low=low, high=high))


def _table(field: str, values: ArrayLike) -> FloatArray:
    flows = as_floats(field, values, minimum=-_LARGEST_AMOUNT, maximum=_LARGEST_AMOUNT)
    if flows.ndim != 2:
        raise ModelInputError(field, None, f"must have two axes, has {flows.ndim}")
    return flows


def _brackets(flows: FloatArray, years: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find, per row, the two neighbours on a grid of log(1 + rate) around the root nearest zero."""
    steepest = _LARGEST_EXPONENT / max(float(years.max(initial=0.0)), 1.0)
    low = max(float(np.log1p(_LOWEST_RATE)), -steepest)
    high = min(float(np.log1p(_HIGHEST_RATE)), steepest)
    half = _GRID_POINTS // 2
    grid = np.concatenate([np.linspace(low, 0.0, half, endpoint=False), np.linspace(0, high, half)])
    worth: FloatArray = flows @ np.exp(-np.outer(years, grid))
    idle = np.all(flows == 0.0, axis=1, keepdims=True)
    crosses = (worth[:, :-1] * np.sign(worth[:, 1:]) <= 0.0) & ~idle
    without = np.flatnonzero(~crosses.any(axis=1))
    if without.size:
        limit = f"must have an internal rate between {_LOWEST_RATE} and {_HIGHEST_RATE:g}"
        raise ModelInputError("cash_flows", (int(without[0]),), limit)
    distance = np.where(crosses, np.abs(grid[:-1] + grid[1:]), np.inf)
    place = distance.argmin(axis=1)
    return grid[place], grid[place + 1]


def _refine(
    flows: FloatArray, years: FloatArray, *, low: FloatArray, high: FloatArray
) -> FloatArray:
    """Go to the root inside each bracket: Newton's step, or halving when it leaves the bracket."""
    rises = _worth(flows, years, high) > _worth(flows, years, low)
    exponents = (low + high) / 2.0
    for _ in range(_MOST_STEPS):
        discounted = flows * np.exp(-np.outer(exponents, years))
        worth, slope = discounted.sum(axis=1), -(discounted @ years)
        before_root = (worth < 0.0) == rises
        low = np.where(before_root, exponents, low)
        high = np.where(before_root, high, exponents)
        target = exponents - worth / np.where(slope == 0.0, np.nan, slope)
        inside = (target >= low) & (target <= high)
        target = np.where(inside, target, (low + high) / 2.0)
        moved, exponents = np.abs(target - exponents), target
        if (moved <= 1e-15 + 1e-14 * np.abs(exponents)).all():
            break
    return np.where(flows.sum(axis=1) == 0.0, 0.0, exponents)


def _worth(flows: FloatArray, years: FloatArray, exponents: FloatArray) -> FloatArray:
    worth: FloatArray = (flows * np.exp(-np.outer(exponents, years))).sum(axis=1)
    return worth
