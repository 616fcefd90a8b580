"""Sums of savings over a stretch of a portfolio that may be too large to hold.

`simulate` sums a whole portfolio by carrier first; that table grows with groups times sets of
carriers times draws. Here each loan's saving is valued before it is summed, so that a stretch
leaves a table of groups times draws. Sums of stretches, added in the order of the loans, say
the same as `simulate` up to the last bits of a float.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.energy_totals import (
    LOANS_PER_BLOCK,
    CarrierSets,
    World,
    active_share,
    carrier_sets,
    saved_in_block,
)
from savings_model.heating_systems import Carrier
from savings_model.outcomes import Quantity, knows_all, worth_by_year, worth_per_kwh
from savings_model.portfolio import Portfolio
from savings_model.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class SavingSums:
    """What a stretch of loans saves, for every draw; column 0 is the point estimate.

    Attributes
    ----------
    by_group : ndarray, shape (scenarios, 3, 2, groups, 1 + draws)
        A year, all works done: kWh, tonnes, euro; calculated, realised. [kWh, t, EUR]
    by_year : ndarray, shape (scenarios, 3, 2, years, 1 + draws)
        In each calendar year, all groups together. [kWh, t, EUR]
    """

    by_group: FloatArray
    by_year: FloatArray


def saving_sums(
    portfolio: Portfolio,
    scenarios: tuple[Scenario, ...],
    claims: FloatArray,
    *,
    years: IntArray,
    world: World,
) -> SavingSums:
    """Value and add up what the loans of a stretch may claim.

    Parameters
    ----------
    portfolio : Portfolio
        The stretch; `world.first_loan` is the place of its first loan in the whole.
    scenarios : tuple of Scenario
        Versions of factors and prices.
    claims : ndarray, shape (scenarios, loans)
        Share of its saving that each loan claims; 0 leaves it out. [-]
    years : ndarray of int, shape (years,)
        Calendar years of `by_year`. [year]
    world : World
        Draws and settings.

    Returns
    -------
    SavingSums
        Draws, not statistics: those of a sum are not the sum of those.
    """
    sets, columns = carrier_sets(portfolio), world.shared.u_factor.size
    counts = _counts(scenarios, sets)
    head = (len(scenarios), len(Quantity), 2)
    by_group = np.zeros((*head, len(portfolio.group_names), columns))
    kwh_by_year = np.zeros((*head, len(Carrier), years.size, columns))
    active = active_share(portfolio, years)
    for start in range(0, portfolio.size, LOANS_PER_BLOCK):
        block = slice(start, min(start + LOANS_PER_BLOCK, portfolio.size))
        if not claims[:, block].any():
            continue
        saved = saved_in_block(portfolio, block, world)
        weights = claims[:, None, block] * counts[:, :, sets.of_loan[block]]
        worth = _worth(scenarios)
        _add_by_group(by_group, saved, weights, worth=worth, groups=portfolio.group_index[block])
        _add_by_year(kwh_by_year, saved, weights, active[:, block])
    return SavingSums(by_group, _valued(kwh_by_year, scenarios, years=years, world=world))


def _worth(scenarios: tuple[Scenario, ...]) -> FloatArray:
    """Give what a kWh counts for, shape (scenarios, 3, 7); nothing where it is unknown."""
    rows = [[np.nan_to_num(worth_per_kwh(s, q)) for q in Quantity] for s in scenarios]
    return np.array(rows)


def _counts(scenarios: tuple[Scenario, ...], sets: CarrierSets) -> FloatArray:
    """Say which sets of carriers a version knows entirely, shape (scenarios, 3, sets)."""
    rows = [[knows_all(worth_per_kwh(s, q), sets) for q in Quantity] for s in scenarios]
    return np.array(rows, dtype=np.float64)


def _add_by_group(
    sums: FloatArray, saved: FloatArray, weights: FloatArray, *, worth: FloatArray, groups: IntArray
) -> None:
    order = np.argsort(groups, kind="stable")
    firsts = np.concatenate([[0], np.flatnonzero(np.diff(groups[order])) + 1])
    present = groups[order][firsts]
    for scenario, quantity in np.ndindex(*weights.shape[:2]):
        # One carrier after another: the same order of additions for any number of loans.
        valued = np.zeros((2, *saved.shape[2:]))
        for carrier in np.flatnonzero(worth[scenario, quantity]):
            valued += worth[scenario, quantity, carrier] * saved[:, carrier]
        valued *= weights[scenario, quantity][:, None]
        sums[scenario, quantity][:, present] += np.add.reduceat(valued[:, order], firsts, axis=1)


def _add_by_year(
    sums: FloatArray, saved: FloatArray, weights: FloatArray, active: FloatArray
) -> None:
    running = np.flatnonzero(active.any(axis=1))
    carriers = np.flatnonzero(saved.any(axis=(0, 2, 3)))
    if not running.size:
        return
    years = slice(int(running[0]), int(running[-1]) + 1)
    for scenario, quantity in np.ndindex(*weights.shape[:2]):
        share = active[years] * weights[scenario, quantity]
        for carrier in carriers:
            sums[scenario, quantity, :, carrier, years] += share @ saved[:, carrier]


def _valued(
    kwh: FloatArray, scenarios: tuple[Scenario, ...], *, years: IntArray, world: World
) -> FloatArray:
    valued = np.empty((*kwh.shape[:3], *kwh.shape[4:]))
    for row, scenario in enumerate(scenarios):
        for quantity in Quantity:
            worth = np.nan_to_num(worth_by_year(scenario, quantity, world.shared, years))
            valued[row, quantity] = (kwh[row, quantity] * worth).sum(axis=1)
    return valued
