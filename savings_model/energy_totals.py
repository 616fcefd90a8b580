"""Sums of saved energy over a portfolio, for every distinct claim of the scenarios.

Prices and emission factors are linear, so the sums are kept by carrier and the scenarios that
only differ in those share them. Loans are also kept apart by the set of carriers they use, so
that a version that does not know a carrier can leave out exactly the loans concerned.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.dwelling_savings import dwelling_savings
from savings_model.dwellings import take_dwellings
from savings_model.heating_systems import Carrier, take_systems
from savings_model.lending import EPOCH_YEAR, MONTHS_PER_YEAR
from savings_model.measure_figures import Measure
from savings_model.measures import improve_systems, package_lifetime_years
from savings_model.model_settings import ModelSettings
from savings_model.portfolio import Portfolio
from savings_model.uncertainty import SharedDraws, own_draws

# Fixed, so that sums of floats are always made in the same order.
LOANS_PER_BLOCK = 256


@dataclass(frozen=True, slots=True)
class CarrierSets:
    """Which carriers each loan uses before or after its works.

    Attributes
    ----------
    uses : ndarray of bool, shape (sets, 7)
        The distinct sets, by `Carrier`.
    of_loan : ndarray of int, shape (loans,)
        Row of `uses`.
    """

    uses: BoolArray
    of_loan: IntArray


@dataclass(frozen=True, slots=True)
class World:
    """What is drawn and assumed, the same for every scenario.

    `first_loan` is the place of the first of these loans in a larger portfolio, so that a part
    draws the same numbers as the whole.
    """

    shared: SharedDraws
    seed: int
    settings: ModelSettings
    first_loan: int = 0


@dataclass(frozen=True, slots=True)
class EnergyTotals:
    """Saved energy; first axis calculated and realised, last axis point and draws.

    Attributes
    ----------
    by_group_kwh : ndarray, shape (2, 7, claims, groups, sets, 1 + draws)
        A year, all works done and none worn out. [kWh]
    by_year_kwh : ndarray, shape (2, 7, claims, years, sets, 1 + draws)
        In each calendar year; no years when not asked for. [kWh]
    """

    by_group_kwh: FloatArray
    by_year_kwh: FloatArray


def carrier_sets(portfolio: Portfolio) -> CarrierSets:
    """Find the distinct sets of carriers.

    Parameters
    ----------
    portfolio : Portfolio
        Heating and works.

    Returns
    -------
    CarrierSets
        The sets, and the one of each loan.
    """
    uses = np.zeros((portfolio.size, len(Carrier)), dtype=np.bool_)
    rows = np.arange(portfolio.size)
    for systems in (portfolio.systems, improve_systems(portfolio.systems, portfolio.works)):
        uses[rows, systems.carrier] = True
        uses[rows, systems.hot_water_carrier] = True
    panels = portfolio.works[:, Measure.PHOTOVOLTAICS]
    uses[:, Carrier.ELECTRICITY] |= panels | portfolio.works[:, Measure.VENTILATION_WITH_RECOVERY]
    uses[:, Carrier.ELECTRICITY_FED_IN] = panels
    distinct, of_loan = np.unique(uses, axis=0, return_inverse=True)
    return CarrierSets(distinct, of_loan)


def active_share(portfolio: Portfolio, years: IntArray) -> FloatArray:
    """Say for which part of each calendar year the saving of a loan counts.

    Parameters
    ----------
    portfolio : Portfolio
        Start months and works.
    years : ndarray of int, shape (years,)
        Calendar years. [year]

    Returns
    -------
    ndarray, shape (years, loans)
        Months that count over twelve; summer and winter months count alike. [-]
    """
    first = portfolio.loans.start_month + 1
    until = first + MONTHS_PER_YEAR * package_lifetime_years(portfolio.works)
    january = MONTHS_PER_YEAR * (years - EPOCH_YEAR)[:, None]
    months = np.minimum(until, january + MONTHS_PER_YEAR) - np.maximum(first, january)
    share: FloatArray = np.maximum(months, 0) / MONTHS_PER_YEAR
    return share


def energy_totals(
    portfolio: Portfolio,
    claims: FloatArray,
    sets: CarrierSets,
    *,
    years: IntArray,
    world: World,
) -> EnergyTotals:
    """Work out all dwellings in blocks and add up what the loans may claim.

    Parameters
    ----------
    portfolio : Portfolio
        Dwellings, heating and works.
    claims : ndarray, shape (claims, loans)
        Share of its saving that each loan claims; 0 leaves it out. [-]
    sets : CarrierSets
        Carriers of each loan.
    years : ndarray of int, shape (years,)
        Calendar years of `by_year_kwh`; empty for none. [year]
    world : World
        Draws and settings.

    Returns
    -------
    EnergyTotals
        Sums by carrier.
    """
    columns = world.shared.u_factor.size
    kinds, count = (2, len(Carrier), len(claims)), len(sets.uses)
    totals = EnergyTotals(
        np.zeros((*kinds, len(portfolio.group_names), count, columns)),
        np.zeros((*kinds, years.size, count, columns)),
    )
    active = active_share(portfolio, years)
    for start in range(0, portfolio.size, LOANS_PER_BLOCK):
        block = slice(start, min(start + LOANS_PER_BLOCK, portfolio.size))
        saved = saved_in_block(portfolio, block, world)
        _add_by_group(totals, saved, claims[:, block], portfolio.group_index[block], sets, block)
        if years.size:
            weights = claims[:, None, block] * active[:, block]
            _add_by_year(totals, saved, weights, sets, block)
    return totals


def saved_in_block(portfolio: Portfolio, block: slice, world: World) -> FloatArray:
    """Work out some dwellings before and after their works.

    Parameters
    ----------
    portfolio : Portfolio
        Dwellings, heating and works.
    block : slice
        Which loans.
    world : World
        Draws and settings.

    Returns
    -------
    ndarray, shape (2, 7, loans, 1 + draws)
        Saved a year, calculated and realised, by `Carrier`. [kWh]
    """
    own = own_draws(
        portfolio.priority[block],
        world.shared.u_factor.size - 1,
        world.seed,
        first_dwelling=world.first_loan + block.start,
        ranges=world.settings.ranges,
    )
    saved = dwelling_savings(
        take_dwellings(portfolio.dwellings, block),
        take_systems(portfolio.systems, block),
        portfolio.works[block],
        shared=world.shared,
        own=own,
        climate=world.settings.climate,
    )
    return np.stack([saved.calculated_kwh, saved.realised_kwh])


def _add_by_group(
    totals: EnergyTotals,
    saved: FloatArray,
    claims: FloatArray,
    groups: IntArray,
    sets: CarrierSets,
    block: slice,
) -> None:
    cells = groups * len(sets.uses) + sets.of_loan[block]
    for cell in np.unique(cells):
        rows = np.flatnonzero(cells == cell)
        group, chosen = divmod(int(cell), len(sets.uses))
        used = np.flatnonzero(sets.uses[chosen])
        part = saved[:, used][:, :, rows]
        sums = totals.by_group_kwh[:, :, :, group, chosen]
        sums[:, used] += claims[:, rows] @ part


def _add_by_year(
    totals: EnergyTotals, saved: FloatArray, weights: FloatArray, sets: CarrierSets, block: slice
) -> None:
    claims, years, _ = weights.shape
    for chosen in np.unique(sets.of_loan[block]):
        rows = np.flatnonzero(sets.of_loan[block] == chosen)
        used = np.flatnonzero(sets.uses[chosen])
        part = weights[:, :, rows].reshape(claims * years, -1) @ saved[:, used][:, :, rows]
        sums = totals.by_year_kwh[:, :, :, :, chosen]
        sums[:, used] += part.reshape(2, used.size, claims, years, -1)
