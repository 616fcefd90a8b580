"""What one household may expect of a package of works: for the page of a citizen.

The same functions as for the whole region, with an array of length one.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray
from savings_model.dwelling_savings import DwellingSavings, dwelling_savings
from savings_model.dwellings import Dwellings
from savings_model.emissions import EmissionFactors
from savings_model.energy_prices import EnergyPrices
from savings_model.heating_systems import HeatingSystems
from savings_model.measure_figures import MODELLED, Measure
from savings_model.measures import as_flags
from savings_model.model_settings import STANDARD_MODEL, ModelSettings
from savings_model.results import Saving, statistics
from savings_model.uncertainty import own_draws, shared_draws


@dataclass(frozen=True, slots=True)
class ExpectedSaving:
    """A year after the works, by dwelling and `Statistic`.

    Attributes
    ----------
    kwh, co2_kg, eur : Saving
        Each part of shape (dwellings, 4); not a number where the version of factors or prices
        does not know a carrier that changes. [kWh, kg, EUR]
    unmodelled : tuple of Measure
        Works of the package whose saving nobody can tell here; it is not in the numbers.
    """

    kwh: Saving
    co2_kg: Saving
    eur: Saving
    unmodelled: tuple[Measure, ...]


def expected_saving(
    dwellings: Dwellings,
    systems: HeatingSystems,
    works: BoolArray,
    *,
    versions: tuple[EmissionFactors, EnergyPrices],
    priority: bool = False,
    settings: ModelSettings = STANDARD_MODEL,
) -> ExpectedSaving:
    """Say what a package saves in a dwelling, calculated and expected, with an interval.

    Draws 200 states of the world from a fixed seed, so that the same question always gets the
    same answer.

    Parameters
    ----------
    dwellings : Dwellings
        One dwelling, or several alternatives side by side.
    systems : HeatingSystems
        Heating before the works.
    works : ndarray of bool, shape (dwellings, 20)
        The package, a column for each `Measure`. [-]
    versions : tuple of EmissionFactors and EnergyPrices
        What a kWh emits and costs.
    priority : bool
        Whether the household belongs to the priority group.
    settings : ModelSettings
        Climate and ranges.

    Returns
    -------
    ExpectedSaving
        kWh, kilograms of CO2 and euro a year.
    """
    flags = as_flags("works", works, dwellings.shape)
    saved = dwelling_savings(
        dwellings,
        systems,
        flags,
        shared=shared_draws(_DRAWS, _SEED, settings.ranges),
        own=own_draws(np.full(dwellings.shape, priority), _DRAWS, _SEED, ranges=settings.ranges),
        climate=settings.climate,
    )
    factors, prices = versions
    return ExpectedSaving(
        kwh=_saving(saved, np.ones_like(factors.kg_per_kwh)),
        co2_kg=_saving(saved, factors.kg_per_kwh),
        eur=_saving(saved, prices.eur_per_kwh),
        unmodelled=tuple(m for m in Measure if flags[..., m].any() and not MODELLED[m]),
    )


_DRAWS = 200
_SEED = 13


def _saving(saved: DwellingSavings, values: FloatArray) -> Saving:
    return Saving(
        statistics(_weighted(saved.calculated_kwh, values)),
        statistics(_weighted(saved.realised_kwh, values)),
    )


def _weighted(kwh: FloatArray, values: FloatArray) -> FloatArray:
    """Add up the carriers that change; an unknown value of another carrier does no harm."""
    counted = np.where(kwh == 0.0, 0.0, kwh * values[:, None, None])
    total: FloatArray = counted.sum(axis=0)
    return total
