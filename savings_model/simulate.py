"""One entry point that reads as the story of the model: money, energy, carbon dioxide, euro."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.energy_totals import World, carrier_sets, energy_totals
from savings_model.lending import EPOCH_YEAR, MONTHS_PER_YEAR, last_repayment_year, lend
from savings_model.measures import package_lifetime_years
from savings_model.model_settings import STANDARD_MODEL, ModelSettings
from savings_model.outcomes import (
    emission_intensities,
    loan_counts,
    yearly_paths,
    yearly_savings,
)
from savings_model.portfolio import Portfolio
from savings_model.results import SimulationResult, freeze
from savings_model.scenarios import Scenario, attributed_share, contracts_of, granted_table
from savings_model.uncertainty import check_draws, shared_draws
from savings_model.validation import ModelInputError

TOTAL = "total"


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

    kwh, co2_tonnes, eur = yearly_savings(totals, chosen, claims.of_scenario, sets)
    paths = yearly_paths(
        totals, chosen, claims.of_scenario, sets, shared=world.shared, years=followed
    )
    return freeze(
        SimulationResult(
            scenario_codes=tuple(scenario.code for scenario in chosen),
            group_names=(*portfolio.group_names, TOTAL),
            years=years,
            lending=lending,
            counts=loan_counts(portfolio, chosen, grants, sets),
            kwh=kwh,
            co2_tonnes=co2_tonnes,
            eur=eur,
            kg_per_kwh=emission_intensities(totals, chosen, claims.of_scenario, sets),
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
