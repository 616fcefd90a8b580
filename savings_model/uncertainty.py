"""What we do not know, as draws: the same draws for every scenario, the same bits always.

Each draw is one state of the world. Some of what is unknown is shared by all dwellings (the
type tables may be off, the winter mild), some is each dwelling's own. Column 0 is no draw but
the central value of everything, so that the point estimate runs through the same formulas.

The own part comes from one counter-based stream in which the numbers of a dwelling stand at a
fixed place: whatever block or worker asks for a dwelling, it gets the same numbers.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray
from savings_model.behaviour import UNDERHEATING, USE_CURVES, mixed_curve
from savings_model.energy_prices import YEARLY_RISE
from savings_model.validation import ModelInputError

MOST_DRAWS = 100_000
# One step of the counter gives four numbers: U-value, area, underheating, cost of works.
_NUMBERS_PER_CELL = 4
_SHARED_STREAM, _OWN_STREAM = 1, 0


@dataclass(frozen=True, slots=True)
class Ranges:
    """How far things may be off.

    Attributes
    ----------
    u_value_half_width, area_half_width : float
        Whole range of the factor on U and on all areas, as 1 plus or minus this. [-]
    shared_variance_share : float
        Part of the variance of U and area that all dwellings share; an assumption. [-]
    indoor_temperature_c : tuple of float
        Set point between the Belgian EPB variant and TABULA, for calculated use only: the
        curves of measured use start from the standard set point. [degC]
    weather_deviation : float
        Standard deviation of the degree days of a year. [-]
    cost_half_width : float
        Range of the factor on the cost of works. [-]
    use_curve_spread : float
        1 for all mixtures of the curves of measured use, 0 for their mean alone. [-]
    underheating : tuple of float
        Part of the usual use that a household of the priority group can pay for. [-]
    price_rise : tuple of float
        Yearly rise of real prices: low, middle, high. [1/year]
    electricity_factor_change : tuple of float
        Yearly change of the CO2 of electricity: low, middle, high. The middle is the fall of
        0.207 to 0.168 kg/kWh from 2011 to 2023, the others twice that and none. [1/year]
    """

    u_value_half_width: float = 0.20
    area_half_width: float = 0.15
    shared_variance_share: float = 0.5
    indoor_temperature_c: tuple[float, float] = (18.0, 20.0)
    weather_deviation: float = 0.08
    cost_half_width: float = 0.30
    use_curve_spread: float = 1.0
    underheating: tuple[float, float] = UNDERHEATING
    price_rise: tuple[float, float, float] = YEARLY_RISE
    electricity_factor_change: tuple[float, float, float] = (-0.034, -0.017, 0.0)


STANDARD_RANGES = Ranges()


@dataclass(frozen=True, slots=True)
class SharedDraws:
    """What all dwellings share, one column a draw, column 0 central.

    Attributes
    ----------
    u_factor, area_factor, weather_factor : ndarray, shape (1 + draws,)
        Factors on U, on all areas, and on the degree days. [-]
    indoor_temperature_c : ndarray, shape (1 + draws,)
        Set point of the calculated use. [degC]
    use_curve : ndarray, shape (1 + draws, 6)
        Mixture of the family of curves of measured use. [-]
    price_rise, electricity_factor_change : ndarray, shape (1 + draws,)
        Yearly change of real prices and of the CO2 of electricity. [1/year]
    """

    u_factor: FloatArray
    area_factor: FloatArray
    weather_factor: FloatArray
    indoor_temperature_c: FloatArray
    use_curve: FloatArray
    price_rise: FloatArray
    electricity_factor_change: FloatArray


@dataclass(frozen=True, slots=True)
class OwnDraws:
    """What is each dwelling's own; column 0 central.

    Attributes
    ----------
    u_factor, area_factor, cost_factor : ndarray, shape (dwellings, 1 + draws)
        Factors on U, on all areas and on the cost of works. [-]
    heated_share : ndarray, shape (dwellings, 1 + draws)
        Part of the usual use that the household can pay for; 1 outside the priority group. [-]
    """

    u_factor: FloatArray
    area_factor: FloatArray
    cost_factor: FloatArray
    heated_share: FloatArray


def shared_draws(draws: int, seed: int, ranges: Ranges = STANDARD_RANGES) -> SharedDraws:
    """Draw what all dwellings share.

    Parameters
    ----------
    draws : int
        How many, 0 for the point estimate alone. [-]
    seed : int
        Same seed, same bits. [-]
    ranges : Ranges
        How far things may be off.

    Returns
    -------
    SharedDraws
        Column 0 and the draws.
    """
    check_draws(draws, seed)
    uniform = _stream(seed, _SHARED_STREAM).random((draws, 8)).T
    normal = _stream(seed, _SHARED_STREAM + 1).standard_normal(draws)
    share = np.sqrt(ranges.shared_variance_share)
    low, high = ranges.indoor_temperature_c
    return SharedDraws(
        u_factor=_around_one(uniform[0], ranges.u_value_half_width * share),
        area_factor=_around_one(uniform[1], ranges.area_half_width * share),
        weather_factor=_with_centre(1.0, np.maximum(1.0 + ranges.weather_deviation * normal, 0.5)),
        indoor_temperature_c=_with_centre(high, low + (high - low) * uniform[2]),
        use_curve=mixed_curve(_curve_weights(uniform[3], uniform[4], ranges.use_curve_spread)),
        price_rise=_with_centre(ranges.price_rise[1], _triangular(uniform[5], ranges.price_rise)),
        electricity_factor_change=_with_centre(
            ranges.electricity_factor_change[1],
            _triangular(uniform[6], ranges.electricity_factor_change),
        ),
    )


def own_draws(
    priority: BoolArray,
    draws: int,
    seed: int,
    *,
    first_dwelling: int = 0,
    ranges: Ranges = STANDARD_RANGES,
) -> OwnDraws:
    """Draw what is each dwelling's own.

    Parameters
    ----------
    priority : ndarray of bool, shape (dwellings,)
        Whether the household belongs to the priority group. [-]
    draws : int
        How many. [-]
    seed : int
        Same seed, same bits. [-]
    first_dwelling : int
        Place of the first of these dwellings in the whole portfolio. [-]
    ranges : Ranges
        How far things may be off.

    Returns
    -------
    OwnDraws
        Column 0 and the draws.
    """
    check_draws(draws, seed)
    stream = np.random.Philox(key=np.array([seed, _OWN_STREAM], dtype=np.uint64))
    stream.advance(first_dwelling * draws)
    uniform = np.random.Generator(stream).random((priority.size, draws, _NUMBERS_PER_CELL))
    own = np.sqrt(1.0 - ranges.shared_variance_share)
    low, high = ranges.underheating
    heated = np.where(priority[:, None], low + (high - low) * uniform[..., 2], 1.0)
    centre = np.where(priority, (low + high) / 2.0, 1.0)
    return OwnDraws(
        u_factor=_around_one(uniform[..., 0], ranges.u_value_half_width * own),
        area_factor=_around_one(uniform[..., 1], ranges.area_half_width * own),
        cost_factor=_around_one(uniform[..., 3], ranges.cost_half_width),
        heated_share=np.concatenate([centre[:, None], heated], axis=1),
    )


def check_draws(draws: int, seed: int) -> None:
    """Refuse a number of draws or a seed that is not a sensible whole number.

    Parameters
    ----------
    draws : int
        From 0 to 100,000. [-]
    seed : int
        From 0 to 2^63 - 1. [-]

    Returns
    -------
    None
        Nothing; it raises ModelInputError.
    """
    for field, value, most in (("draws", draws, MOST_DRAWS), ("seed", seed, 2**63 - 1)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ModelInputError(field, None, f"must be a whole number, is {value!r}")
        if not 0 <= value <= most:
            raise ModelInputError(field, None, f"must lie between 0 and {most}, is {value}")


def _stream(seed: int, number: int) -> np.random.Generator:
    key = np.array([seed, number], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key))


def _with_centre(centre: float, drawn: FloatArray) -> FloatArray:
    first = np.full((*drawn.shape[:-1], 1), centre)
    return np.concatenate([first, drawn], axis=-1)


def _around_one(uniform: FloatArray, half_width: float) -> FloatArray:
    limits = (1.0 - half_width, 1.0, 1.0 + half_width)
    return _with_centre(1.0, _triangular(uniform, limits))


def _triangular(uniform: FloatArray, limits: tuple[float, float, float]) -> FloatArray:
    """Turn uniform numbers into a triangular distribution by its inverse."""
    low, mode, high = limits
    if low == high:
        return np.full(uniform.shape, mode)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - uniform) * (high - low) * (high - mode))
    return np.where(uniform < turn, rising, falling)


def _curve_weights(first: FloatArray, second: FloatArray, spread: float) -> FloatArray:
    """Spread weights evenly over all mixtures of three curves; column 0 takes them equally."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    drawn = np.stack([low, high - low, 1.0 - high], axis=-1)
    equal = np.full((1, len(USE_CURVES)), 1.0 / len(USE_CURVES))
    return np.concatenate([equal, equal + spread * (drawn - equal)])
