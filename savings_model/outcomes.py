"""From saved energy to what a scenario counts: kWh, tonnes and euro, a year and year by year."""

from enum import IntEnum

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.emissions import EmissionFactors, emission_factors
from savings_model.energy_prices import EnergyPrices, energy_prices
from savings_model.energy_totals import CarrierSets, EnergyTotals
from savings_model.heating_systems import Carrier
from savings_model.portfolio import Portfolio
from savings_model.results import LoanCounts, Saving, YearlyPaths, statistics
from savings_model.scenarios import Scenario
from savings_model.uncertainty import SharedDraws

_KG_PER_TONNE = 1000.0
_CALCULATED, _REALISED = 0, 1


class Quantity(IntEnum):
    """What a kWh is turned into."""

    KWH = 0
    CO2_TONNES = 1
    EUR = 2


def yearly_savings(
    totals: EnergyTotals,
    scenarios: tuple[Scenario, ...],
    claim_of_scenario: IntArray,
    sets: CarrierSets,
) -> tuple[Saving, Saving, Saving]:
    """Give kWh, tonnes and euro of a year with all works done and none worn out.

    Parameters
    ----------
    totals : EnergyTotals
        Saved energy by carrier.
    scenarios : tuple of Scenario
        Versions of factors and prices.
    claim_of_scenario : ndarray of int, shape (scenarios,)
        Row of the claims in `totals`. [-]
    sets : CarrierSets
        Carriers of the loans.

    Returns
    -------
    tuple of Saving
        kWh, tonnes of CO2 and euro, each (scenarios, groups + 1, statistic).
    """

    def saving(kind: int, quantity: Quantity) -> FloatArray:
        rows = []
        for scenario, claim in zip(scenarios, claim_of_scenario, strict=True):
            worth = worth_per_kwh(scenario, quantity)
            known = knows_all(worth, sets)
            rows.append(statistics(_drawn(totals.by_group_kwh[kind, :, claim], worth, known)))
        return np.stack(rows)

    kwh, co2, eur = (Saving(saving(_CALCULATED, q), saving(_REALISED, q)) for q in Quantity)
    return kwh, co2, eur


def emission_intensities(
    totals: EnergyTotals,
    scenarios: tuple[Scenario, ...],
    claim_of_scenario: IntArray,
    sets: CarrierSets,
) -> Saving:
    """Give the carbon dioxide of a saved kWh, over the loans whose factors are all known.

    Parameters
    ----------
    totals : EnergyTotals
        Saved energy by carrier.
    scenarios : tuple of Scenario
        Versions of factors.
    claim_of_scenario : ndarray of int, shape (scenarios,)
        Row of the claims in `totals`. [-]
    sets : CarrierSets
        Carriers of the loans.

    Returns
    -------
    Saving
        Each (scenarios, groups + 1, statistic), taken draw by draw: the interval of a ratio is
        not the ratio of two intervals. Not a number where nothing is saved. [kg/kWh]
    """

    def intensity(kind: int) -> FloatArray:
        rows = []
        for scenario, claim in zip(scenarios, claim_of_scenario, strict=True):
            worth = worth_per_kwh(scenario, Quantity.CO2_TONNES)
            known, kwh = knows_all(worth, sets), totals.by_group_kwh[kind, :, claim]
            tonnes, saved = _drawn(kwh, worth, known), _drawn(kwh, np.ones_like(worth), known)
            nothing = saved == 0.0
            ratio = tonnes * _KG_PER_TONNE / np.where(nothing, 1.0, saved)
            rows.append(statistics(np.where(nothing, np.nan, ratio)))
        return np.stack(rows)

    return Saving(intensity(_CALCULATED), intensity(_REALISED))


def _drawn(kwh: FloatArray, worth: FloatArray, known: BoolArray) -> FloatArray:
    """Add up carriers and sets whose worth is known, by group and in total, for each draw."""
    counted = np.where(known[:, None], np.nan_to_num(worth), 0.0)
    by_group = np.einsum("cgsk,sc->gk", kwh, counted, optimize=True)
    return np.concatenate([by_group, by_group.sum(axis=0, keepdims=True)])


def yearly_paths(
    totals: EnergyTotals,
    scenarios: tuple[Scenario, ...],
    claim_of_scenario: IntArray,
    sets: CarrierSets,
    *,
    shared: SharedDraws,
    years: IntArray,
) -> YearlyPaths:
    """Follow kWh, tonnes and euro of the whole portfolio through the calendar years.

    Parameters
    ----------
    totals : EnergyTotals
        Saved energy by carrier and year.
    scenarios : tuple of Scenario
        Versions of factors and prices.
    claim_of_scenario : ndarray of int, shape (scenarios,)
        Row of the claims in `totals`. [-]
    sets : CarrierSets
        Carriers of the loans.
    shared : SharedDraws
        Rise of prices and change of the grid.
    years : ndarray of int, shape (years,)
        Calendar years of `totals`. [year]

    Returns
    -------
    YearlyPaths
        Each (scenarios, years, statistic).
    """

    def path(kind: int, quantity: Quantity) -> FloatArray:
        rows = []
        for scenario, claim in zip(scenarios, claim_of_scenario, strict=True):
            uses = sets.uses & knows_all(worth_per_kwh(scenario, quantity), sets)[:, None]
            kwh = totals.by_year_kwh[kind, :, claim]
            by_carrier = np.einsum("cysk,sc->cyk", kwh, uses.astype(np.float64), optimize=True)
            worth = worth_by_year(scenario, quantity, shared, years)
            rows.append(statistics((by_carrier * np.nan_to_num(worth)).sum(axis=0)))
        return np.stack(rows)

    pairs = (Saving(path(_CALCULATED, q), path(_REALISED, q)) for q in Quantity)
    return YearlyPaths(*pairs)


def loan_counts(
    portfolio: Portfolio,
    scenarios: tuple[Scenario, ...],
    granted: BoolArray,
    sets: CarrierSets,
) -> LoanCounts:
    """Count what stands behind the savings, and what had to stay out.

    Parameters
    ----------
    portfolio : Portfolio
        Loans and works.
    scenarios : tuple of Scenario
        Versions of factors and prices.
    granted : ndarray of bool, shape (scenarios, loans)
        Who gets a loan. [-]
    sets : CarrierSets
        Carriers of the loans.

    Returns
    -------
    LoanCounts
        By scenario and group.
    """
    told, known = portfolio.has_modelled_saving, portfolio.works_known
    factors = np.stack([knows_all(_factors(s).kg_per_kwh, sets) for s in scenarios])
    prices = np.stack([knows_all(_prices(s).eur_per_kwh, sets) for s in scenarios])

    def count(mask: BoolArray) -> IntArray:
        table = np.zeros((len(scenarios), len(portfolio.group_names) + 1), dtype=np.int64)
        for row, chosen in enumerate(granted & mask):
            np.add.at(table[row], portfolio.group_index[chosen], 1)
        table[:, -1] = table.sum(axis=1)
        return table

    return LoanCounts(
        with_saving=count(told),
        unknown_works=count(~known),
        unmodelled_works=count(known & ~told),
        partly_modelled=count(portfolio.is_partly_modelled),
        with_emission_factor=count(told & factors[:, sets.of_loan]),
        with_price=count(told & prices[:, sets.of_loan]),
    )


def _factors(scenario: Scenario) -> EmissionFactors:
    return emission_factors(scenario.emission_factors)


def _prices(scenario: Scenario) -> EnergyPrices:
    return energy_prices(scenario.energy_prices)


def worth_per_kwh(scenario: Scenario, quantity: Quantity) -> FloatArray:
    """Give what a kWh of each carrier counts for.

    Parameters
    ----------
    scenario : Scenario
        Versions of factors and prices.
    quantity : Quantity
        What is counted. [-]

    Returns
    -------
    ndarray, shape (7,)
        Not a number where the version does not know the carrier. [kWh, t or EUR per kWh]
    """
    if quantity is Quantity.KWH:
        return np.ones(len(Carrier))
    if quantity is Quantity.CO2_TONNES:
        return _factors(scenario).kg_per_kwh / _KG_PER_TONNE
    return _prices(scenario).eur_per_kwh


def worth_by_year(
    scenario: Scenario, quantity: Quantity, shared: SharedDraws, years: IntArray
) -> FloatArray:
    """Give what a kWh of each carrier counts for in each year.

    Parameters
    ----------
    scenario : Scenario
        Versions of factors and prices.
    quantity : Quantity
        What is counted. [-]
    shared : SharedDraws
        Rise of prices and change of the grid.
    years : ndarray of int, shape (years,)
        Calendar years. [year]

    Returns
    -------
    ndarray, shape (7, years, 1 + draws)
        One year and one column for kWh, which never change. [kWh, t or EUR per kWh]
    """
    if quantity is Quantity.KWH:
        return np.ones((len(Carrier), 1, 1))
    if quantity is Quantity.CO2_TONNES:
        return _factors(scenario).path(years, shared.electricity_factor_change) / _KG_PER_TONNE
    return _prices(scenario).path(years, shared.price_rise)


def knows_all(worth: FloatArray, sets: CarrierSets) -> BoolArray:
    """Say for which sets of carriers a version knows every value.

    Parameters
    ----------
    worth : ndarray, shape (7,)
        What a kWh of each carrier counts for. [kWh, t or EUR per kWh]
    sets : CarrierSets
        Carriers of the loans.

    Returns
    -------
    ndarray of bool, shape (sets,)
        True where nothing is missing. [-]
    """
    return np.logical_not((sets.uses & np.isnan(worth)).any(axis=1))
