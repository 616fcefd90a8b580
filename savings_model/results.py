"""What a simulation answers: frozen arrays whose axes have names."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.lending import Lending


class Statistic(IntEnum):
    """The last axis of every saving."""

    POINT = 0
    P05 = 1
    P50 = 2
    P95 = 3


@dataclass(frozen=True, slots=True)
class Saving:
    """Calculated and expected-realised, always side by side.

    Attributes
    ----------
    calculated, realised : ndarray, shape (scenarios, groups + 1 or years, 4)
        Last axis `Statistic`: the point estimate, and the 5th, 50th and 95th of 100 draws.
    """

    calculated: FloatArray
    realised: FloatArray


@dataclass(frozen=True, slots=True)
class LoanCounts:
    """How many granted loans stand behind the savings; each of shape (scenarios, groups + 1).

    Attributes
    ----------
    with_saving : ndarray of int, shape (scenarios, groups + 1)
        Works known and the model can tell a saving: these are in the kWh. [loans]
    unknown_works : ndarray of int, shape (scenarios, groups + 1)
        Nobody knows what was done: left out. [loans]
    unmodelled_works : ndarray of int, shape (scenarios, groups + 1)
        Works known, but none whose saving the model can tell: left out. [loans]
    partly_modelled : ndarray of int, shape (scenarios, groups + 1)
        In the kWh, but too low: they also pay for works the model cannot tell. [loans]
    with_emission_factor, with_price : ndarray of int, shape (scenarios, groups + 1)
        In the tonnes, and in the euro: the version knows all carriers they use. [loans]
    """

    with_saving: IntArray
    unknown_works: IntArray
    unmodelled_works: IntArray
    partly_modelled: IntArray
    with_emission_factor: IntArray
    with_price: IntArray


@dataclass(frozen=True, slots=True)
class YearlyPaths:
    """Savings of the whole portfolio in each calendar year, axes (scenario, year, statistic).

    A saving counts from the month of the loan until the shortest lifetime in its package is
    over; prices rise and the electricity factor changes along the drawn paths.
    """

    kwh: Saving
    co2_tonnes: Saving
    eur: Saving


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """The answer for every scenario.

    Attributes
    ----------
    scenario_codes : tuple of str
        First axis.
    group_names : tuple of str
        Second axis; the last is `total`.
    years : ndarray of int, shape (years,)
        Calendar years of `lending.repayments_cents` and of `by_year`. [year]
    lending : Lending
        Loans and whole cents.
    counts : LoanCounts
        What stands behind the savings.
    kwh, co2_tonnes, eur : Saving
        A year, all works done and none worn out, at the factors and prices of the version.
    kg_per_kwh : Saving
        Carbon dioxide of a saved kWh; not a number where nothing is saved. [kg/kWh]
    by_year : YearlyPaths or None
        None when not asked for.
    draws, seed : int
        How often and from where was drawn.
    """

    scenario_codes: tuple[str, ...]
    group_names: tuple[str, ...]
    years: IntArray
    lending: Lending
    counts: LoanCounts
    kwh: Saving
    co2_tonnes: Saving
    eur: Saving
    kg_per_kwh: Saving
    by_year: YearlyPaths | None
    draws: int
    seed: int


def statistics(values: FloatArray) -> FloatArray:
    """Summarise draws.

    Parameters
    ----------
    values : ndarray, shape (..., 1 + draws)
        Column 0 is the point estimate. [any unit]

    Returns
    -------
    ndarray, shape (..., 4)
        By `Statistic`; without draws all four are the point estimate. [the same unit]
    """
    point = values[..., :1]
    if values.shape[-1] == 1:
        return np.repeat(point, len(Statistic), axis=-1)
    drawn = np.percentile(values[..., 1:], [5.0, 50.0, 95.0], axis=-1)
    return np.concatenate([point, np.moveaxis(drawn, 0, -1)], axis=-1)


def freeze(result: SimulationResult) -> SimulationResult:
    """Make the arrays of a result read-only.

    Parameters
    ----------
    result : SimulationResult
        Fresh from the model.

    Returns
    -------
    SimulationResult
        The same object.
    """
    paths = () if result.by_year is None else (result.by_year.kwh, result.by_year.co2_tonnes)
    euro_path = () if result.by_year is None else (result.by_year.eur,)
    parts = (result.lending, result.counts, result.kwh, result.co2_tonnes, result.eur)
    for part in (*parts, result.kg_per_kwh, *paths, *euro_path):
        for name in part.__slots__:
            getattr(part, name).flags.writeable = False
    result.years.flags.writeable = False
    return result
