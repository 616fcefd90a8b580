"""One entry point that reads as the story of the model: money, energy, carbon dioxide, euro."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.emissions import EmissionFactors, emission_factors
from savings_model.energy_prices import EnergyPrices, energy_prices
from savings_model.energy_totals import (
    CarrierSets,
    EnergyTotals,
    World,
    carrier_sets,
    energy_totals,
)
from savings_model.heating_systems import Carrier
from savings_model.lending import EPOCH_YEAR, MONTHS_PER_YEAR, last_repayment_year, lend
from savings_model.measures import package_lifetime_years
from savings_model.model_settings import STANDARD_MODEL, ModelSettings
from savings_model.portfolio import Portfolio
from savings_model.results import (
    LoanCounts,
    Saving,
    SimulationResult,
    YearlyPaths,
    freeze,
    statistics,
)
from savings_model.scenarios import Scenario, attributed_share, contracts_of, granted_table
from savings_model.uncertainty import SharedDraws, check_draws, shared_draws
from savings_model.validation import ModelInputError

TOTAL = "total"
_KG_PER_TONNE = 1000.0
_CALCULATED, _REALISED = 0, 1


def simulate(
    portfolio: Portfolio,
    scenarios: Sequence[Scenario],
    *,
    granted: BoolArray | None = None,
    draws: int = 200,
    seed: int = 1,
    settings: ModelSettings = STANDARD_MODEL,
) -> SimulationResult:
    """Say what a portfolio lends, gets back and saves under each scenario.

    Parameters
    ----------
    portfolio : Portfolio
        Loans, dwellings, heating and works.
    scenarios : sequence of Scenario
        Settings of the levers, each with its own code.
    granted : ndarray of bool, shape (scenarios, loans), or None
        Who gets a loan, as the law decides outside; None grants those who have one. [-]
    draws : int
        States of the world, the same for every scenario; 0 for point estimates. [-]
    seed : int
        Same seed, same bits. [-]
    settings : ModelSettings
        Climate, ranges, and whether to follow the savings through the years.

    Returns
    -------
    SimulationResult
        Frozen arrays with axes scenario, group and total, and year or statistic.

    Raises
    ------
    ModelInputError
        Names the field and the limit, before any work.
    """
    chosen = _checked(portfolio, scenarios, draws, seed)
    grants = granted_table(granted, portfolio.loans, len(chosen))
    years = _calendar_years(portfolio, chosen)

    lending = lend(portfolio, chosen, grants, years=years)

    world = World(shared_draws(draws, seed, settings.ranges), seed, settings)
    sets = carrier_sets(portfolio)
    claims = _claims(portfolio, chosen, grants)
    followed = years if settings.follow_years else years[:0]
    totals = energy_totals(portfolio, claims.distinct, sets, years=followed, world=world)

    outcomes = _yearly_outcomes(totals, chosen, claims, sets)
    paths = _paths(totals, chosen, claims, sets, shared=world.shared, years=followed)
    return freeze(
        SimulationResult(
            scenario_codes=tuple(scenario.code for scenario in chosen),
            group_names=(*portfolio.group_names, TOTAL),
            years=years,
            lending=lending,
            counts=_counts(portfolio, chosen, grants, sets),
            kwh=outcomes[0],
            co2_tonnes=outcomes[1],
            eur=outcomes[2],
            by_year=paths if settings.follow_years else None,
            draws=draws,
            seed=seed,
        )
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    """Distinct claims, and the one of each scenario."""

    distinct: FloatArray
    of_scenario: IntArray


def _checked(
    portfolio: Portfolio, scenarios: Sequence[Scenario], draws: int, seed: int
) -> tuple[Scenario, ...]:
    check_draws(draws, seed)
    codes = [scenario.code for scenario in scenarios]
    if not codes or len(set(codes)) != len(codes):
        raise ModelInputError("scenarios", None, "needs one scenario or more, each its own code")
    if portfolio.size == 0:
        raise ModelInputError("portfolio", None, "holds no loans")
    return tuple(scenarios)


def _calendar_years(portfolio: Portfolio, scenarios: tuple[Scenario, ...]) -> IntArray:
    start = portfolio.loans.start_month
    worn_out = start + MONTHS_PER_YEAR * package_lifetime_years(portfolio.works)
    first = EPOCH_YEAR + int(start.min()) // MONTHS_PER_YEAR
    last = EPOCH_YEAR + int(worn_out.max()) // MONTHS_PER_YEAR
    return np.arange(first, max(last, last_repayment_year(portfolio, scenarios)) + 1)


def _claims(portfolio: Portfolio, scenarios: tuple[Scenario, ...], grants: BoolArray) -> _Claims:
    """Say which part of its saving each loan claims; nothing where the saving is unknown."""
    counted = grants & portfolio.has_modelled_saving
    shares = [
        attributed_share(portfolio.loans, contracts_of(portfolio.loans, s), s.attribution)
        for s in scenarios
    ]
    distinct, of_scenario = np.unique(
        np.where(counted, np.stack(shares), 0.0), axis=0, return_inverse=True
    )
    return _Claims(distinct, of_scenario)


def _counts(
    portfolio: Portfolio,
    scenarios: tuple[Scenario, ...],
    grants: BoolArray,
    sets: CarrierSets,
) -> LoanCounts:
    modelled, known = portfolio.has_modelled_saving, portfolio.works_known
    factors = np.stack([_knows(_factors(s).kg_per_kwh, sets) for s in scenarios])
    prices = np.stack([_knows(_prices(s).eur_per_kwh, sets) for s in scenarios])

    def count(mask: BoolArray) -> IntArray:
        table = np.zeros((len(scenarios), len(portfolio.group_names) + 1), dtype=np.int64)
        for row, chosen in enumerate(grants & mask):
            table[row, :-1] = np.bincount(
                portfolio.group_index[chosen], minlength=len(portfolio.group_names)
            )
        table[:, -1] = table[:, :-1].sum(axis=1)
        return table

    return LoanCounts(
        with_saving=count(modelled),
        unknown_works=count(~known),
        unmodelled_works=count(known & ~modelled),
        partly_modelled=count(portfolio.is_partly_modelled),
        with_emission_factor=count(modelled & factors[:, sets.of_loan]),
        with_price=count(modelled & prices[:, sets.of_loan]),
    )


def _factors(scenario: Scenario) -> EmissionFactors:
    return emission_factors(scenario.emission_factors)


def _prices(scenario: Scenario) -> EnergyPrices:
    return energy_prices(scenario.energy_prices)


def _knows(values: FloatArray, sets: CarrierSets) -> BoolArray:
    """Say for which sets of carriers a version knows every value, shape (sets,)."""
    return np.logical_not((sets.uses & np.isnan(values)).any(axis=1))


def _weighted(kwh: FloatArray, values: FloatArray, sets: CarrierSets) -> FloatArray:
    """Turn (7, groups, sets, columns) kWh into (groups, columns) of what a version counts."""
    counted = np.where(_knows(values, sets)[:, None], np.nan_to_num(values), 0.0)
    weighted: FloatArray = np.einsum("cgsk,sc->gk", kwh, counted, optimize=True)
    return weighted


def _with_total(by_group: FloatArray) -> FloatArray:
    return np.concatenate([by_group, by_group.sum(axis=0, keepdims=True)])


def _yearly_outcomes(
    totals: EnergyTotals,
    scenarios: tuple[Scenario, ...],
    claims: _Claims,
    sets: CarrierSets,
) -> list[Saving]:
    """Give kWh, tonnes and euro a year, each (scenarios, groups + 1, statistic)."""
    ones = np.ones(len(Carrier))

    def saving(kind: int, which: int) -> FloatArray:
        rows = []
        for scenario, claim in zip(scenarios, claims.of_scenario, strict=True):
            co2 = _factors(scenario).kg_per_kwh / _KG_PER_TONNE
            values = (ones, co2, _prices(scenario).eur_per_kwh)[which]
            by_group = _weighted(totals.by_group_kwh[kind, :, claim], values, sets)
            rows.append(statistics(_with_total(by_group)))
        return np.stack(rows)

    return [Saving(saving(_CALCULATED, which), saving(_REALISED, which)) for which in range(3)]


def _paths(
    totals: EnergyTotals,
    scenarios: tuple[Scenario, ...],
    claims: _Claims,
    sets: CarrierSets,
    *,
    shared: SharedDraws,
    years: IntArray,
) -> YearlyPaths:
    """Follow kWh, tonnes and euro through the years, each (scenarios, years, statistic)."""

    def path(kind: int, which: int) -> FloatArray:
        rows = []
        for scenario, claim in zip(scenarios, claims.of_scenario, strict=True):
            kwh = totals.by_year_kwh[kind, :, claim]
            values = _values_by_year(scenario, which, shared, years)
            rows.append(statistics(_weighted_by_year(kwh, values, sets)))
        return np.stack(rows)

    pairs = [Saving(path(_CALCULATED, which), path(_REALISED, which)) for which in range(3)]
    return YearlyPaths(*pairs)


def _values_by_year(
    scenario: Scenario, which: int, shared: SharedDraws, years: IntArray
) -> FloatArray:
    """Give what a kWh counts for, shape (7, years, columns): itself, tonnes or euro."""
    if which == 0:
        return np.ones((len(Carrier), years.size, shared.u_factor.size))
    if which == 1:
        return _factors(scenario).path(years, shared.electricity_factor_change) / _KG_PER_TONNE
    return _prices(scenario).path(years, shared.price_rise)


def _weighted_by_year(kwh: FloatArray, values: FloatArray, sets: CarrierSets) -> FloatArray:
    known = _knows(values[:, :1, 0].sum(axis=1), sets)
    uses = (sets.uses & known[:, None]).astype(np.float64)
    by_carrier = np.einsum("cysk,sc->cyk", kwh, uses, optimize=True)
    total: FloatArray = (by_carrier * np.nan_to_num(values)).sum(axis=0)
    return total
