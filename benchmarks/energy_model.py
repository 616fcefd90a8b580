"""How fast the energy half of the core is, beside the same sums written for one dwelling.

Run with `python -m benchmarks.energy_model`. Each function gives rows of work, goal, median and
range; both sides of a ratio are timed in turn, in one run, on one core. Portfolios are invented.
"""

import math
from collections.abc import Callable

import numpy as np

from benchmarks.row import Row, enough_runs, print_rows, row_of, seconds, timed
from savings_model.climate import UCCLE_MONTHLY
from savings_model.dwellings import take_dwellings
from savings_model.emissions import emission_factors
from savings_model.energy_prices import energy_prices
from savings_model.heat_demand import (
    MONTHLY,
    degree_kilohours,
    heat_balance,
    internal_gains_kwh,
    solar_gains_kwh,
)
from savings_model.heat_kernel import yearly_heat_demand_kwh
from savings_model.heating_systems import take_systems
from savings_model.household import expected_saving
from savings_model.outcome_grid import outcome_grid
from savings_model.prior_portfolio import prior_portfolio
from savings_model.scenarios import BASELINE, Scenario
from savings_model.simulate import simulate

REGION = 2_412
ROUNDS = 5


def heat_balance_rows() -> list[Row]:
    """Give dwelling-measure-scenario-months a second, and how many times a scalar loop."""
    dwellings = prior_portfolio(REGION, 1).dwellings
    balance = heat_balance(dwellings, UCCLE_MONTHLY)
    gains = solar_gains_kwh(dwellings, UCCLE_MONTHLY) + internal_gains_kwh(dwellings, UCCLE_MONTHLY)
    loss = (balance.transmission_w_k + balance.ventilation_w_k) * balance.reduction
    factors = np.linspace(0.4, 1.0, 200)
    losses, exponents = loss[:, None] * factors, balance.exponent[:, None] / factors
    hours = degree_kilohours(UCCLE_MONTHLY, 20.0)[:, None] * np.ones(factors.size)

    def ours() -> object:
        return yearly_heat_demand_kwh(losses, hours, gains, exponents)

    def scalar() -> object:
        few = range(20)
        return [_scalar_year(loss[d], hours[:, 0], gains[d], balance.exponent[d]) for d in few]

    cells = losses.size * hours.shape[0]
    fast, slow = _timed_in_turn(ours, scalar)
    rates = [cells / taken / 1e6 for taken in fast]
    ratios = [(s / 20 / 12) / (f / cells) for f, s in zip(fast, slow, strict=True)]
    size = f"{REGION:,} dwellings x {factors.size} measures and scenarios x 12 months, one core"
    return [
        row_of("monthly heat balance", ">= 40", rates, "million/s", note=f"a second: {size}"),
        row_of("the same against a plain loop over one dwelling", "-", ratios, "x faster"),
    ]


def linear_rows() -> list[Row]:
    """Give the time of 1,000 versions times 1,000 draws, each output one product of matrices."""
    rng = np.random.default_rng(1)
    kwh, outputs = rng.random((7, 1000)), rng.random((3, 1000, 7))

    # Each output is let go before the next, as by who takes its quantiles: keeping all three
    # times how fast new memory is handed out.
    def ours() -> None:
        for worth in outputs:
            outcome_grid(worth, kwh)

    def brute() -> None:
        for worth in outputs:
            for one in worth:
                (one * kwh.T).sum(axis=1)

    fast, slow = _timed_in_turn(ours, brute)
    ratios = [s / f for f, s in zip(fast, slow, strict=True)]
    note = "kWh, CO2 and euro, one after the other; BLAS takes both cores, and waits for a busy one"
    work = "linear outputs over the region, 1,000 scenarios x 1,000 draws"
    return [
        row_of(work, "<= 3 ms", [1e3 * t for t in fast], "ms", note=note),
        row_of("the same against scenario by scenario", "-", ratios, "x faster"),
    ]


def simulation_rows() -> list[Row]:
    """Give the time of the whole story for the region, and of one household."""
    portfolio = prior_portfolio(REGION, 1)
    five = [BASELINE, *(Scenario(code=f"ceiling {n}", ceiling_cents=n) for n in _CEILINGS)]
    versions = (emission_factors("tabula_be_2011"), energy_prices("tabula_be_2011"))
    one = slice(0, 1)
    house = take_dwellings(portfolio.dwellings, one)
    heating, works = take_systems(portfolio.systems, one), portfolio.works[one]
    region = timed(lambda: simulate(portfolio, five, draws=200))
    single = timed(lambda: expected_saving(house, heating, works, versions=versions))
    return [
        row_of(f"region, {REGION} x 200 draws x 5 scenarios", "<= 2 s", region, "s"),
        row_of("one household, 200 draws", "<= 5 ms", [1e3 * t for t in single], "ms"),
    ]


_CEILINGS = (300_000, 500_000, 1_000_000, 1_500_000)


def _scalar_year(loss: float, hours: object, gains: object, exponent: float) -> float:
    """Work out one dwelling month by month, as a reader of the standard would."""
    demand = 0.0
    for per_w_k, gain in zip(hours, gains, strict=True):
        lost = loss * per_w_k
        if lost <= 0.0:
            continue
        ratio = gain / lost
        if ratio == 1.0:
            share = exponent / (exponent + MONTHLY.base)
        else:
            share = (1 - math.pow(ratio, exponent)) / (1 - math.pow(ratio, exponent + 1))
        demand += max(lost - share * gain, 0.0)
    return demand


def _timed_in_turn(
    ours: Callable[[], object], theirs: Callable[[], object]
) -> tuple[list[float], list[float]]:
    runs = enough_runs(ours), enough_runs(theirs)
    pairs = [(seconds(ours, runs[0]), seconds(theirs, runs[1])) for _ in range(ROUNDS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def rows() -> list[Row]:
    """Give the whole table."""
    return [*heat_balance_rows(), *linear_rows(), *simulation_rows()]


if __name__ == "__main__":
    print_rows(rows())
