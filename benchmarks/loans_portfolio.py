"""Sums, moments and draws over a portfolio against their plain forms, in one run."""

from functools import partial
from typing import NamedTuple

import numpy as np

from benchmarks.loans_pairs import compare, synthetic_book
from benchmarks.loans_schedules import fill_memory
from benchmarks.row import Row, print_rows, row_of, seconds, timed
from savings_model.default_draws import draw_outcomes, uniform_chances
from savings_model.loan_hazards import (
    EventShares,
    check_hazards,
    event_shares,
    exposures,
    loss_moments,
)
from savings_model.loan_terms import LoanTerms
from savings_model.portfolio_flows import portfolio_flows
from savings_model.repayment import Schedule, empty_schedule, fill_schedule, repayment_schedule

FIRST_MONTHS = 48
# Times that draws are timed: they are slow.
_TURNS = 3


def store_and_count(
    terms: LoanTerms, schedule: Schedule, starts: np.ndarray, groups: np.ndarray
) -> list[np.ndarray]:
    """Hold the whole table, then add each month to the cells of its calendar month and group."""
    fill_schedule(terms, schedule)
    count = int(groups.max()) + 1
    cells = (FIRST_MONTHS + 122) * count
    sums = [np.zeros(cells) for _ in range(4)]
    for month in range(len(schedule.balance_cents)):
        key = (starts + month + 1) * count + groups
        columns = (schedule.instalment_cents, schedule.interest_cents)
        columns += (schedule.principal_cents, schedule.balance_cents)
        for total, column in zip(sums, columns, strict=True):
            np.add(total, np.bincount(key, column[month], minlength=cells), out=total)
    return sums


def aggregates(loans: int, groups: int, pairs: int, *, yardstick: str, goal: str) -> Row:
    """Compare sums by month and group with holding the table, or with filling it."""
    terms = synthetic_book(loans)
    rng = np.random.default_rng(3)
    starts = rng.integers(0, FIRST_MONTHS, loans)
    members = rng.integers(0, groups, loans)
    schedule = empty_schedule(terms.term_months)
    ours = partial(portfolio_flows, terms, starts, group=members)
    if yardstick == "fill":
        name = f"month x {groups} groups, {loans:,} loans / fill"
        return compare(name, goal, ours, partial(fill_memory, schedule), pairs=pairs)
    plain = partial(store_and_count, terms, schedule, starts, members)
    name = f"times faster than store and bincount, {loans:,} x {groups}"
    return compare(name, goal, ours, plain, pairs=pairs, faster=True)


class FloatTables(NamedTuple):
    """What brute force looks up, as floats, worked out before it is timed."""

    owed: np.ndarray
    interest: np.ndarray
    balance: np.ndarray


def float_tables(schedule: Schedule) -> FloatTables:
    """Give the tables of a schedule."""
    cells = (exposures(schedule), schedule.interest_cents, schedule.balance_cents)
    return FloatTables(*(table.astype(np.float64) for table in cells))


def brute_draw(
    tables: FloatTables, shares: EventShares, chances: np.ndarray, *, scenario: int
) -> float:
    """Walk one draw of one scenario through all months of all loans."""
    running = np.ones(chances.size)
    from_above = 1.0 - chances
    lost = repaid = interest = 0.0
    defaulted, early = 0.0, 0.0
    for month, (owed, charged, balance) in enumerate(zip(*tables, strict=True)):
        defaulted += shares.default_share[scenario, month]
        early += shares.early_repayment_share[scenario, month]
        fails = running * (chances < defaulted)
        running -= fails
        lost += owed @ fails
        interest += charged @ running
        if early:
            leaves = running * (from_above < early)
            repaid += balance @ leaves
            running -= leaves
    return float(lost + repaid + interest)


def monte_carlo(loans: int = 2_412, scenarios: int = 1_000, draws: int = 1_000) -> list[Row]:
    """Compare common draws with brute force, of which only a few draws are really run."""
    terms = synthetic_book(loans)
    schedule = repayment_schedule(terms.principal_cents, terms.rate_per_year, terms.term_months)
    rng = np.random.default_rng(6)
    chance = rng.uniform(0.0002, 0.0015, scenarios)
    level, other = np.divmod(np.arange(scenarios), 40)
    grid = 0.0002 + level * 0.00005, 0.0005 + other * 0.00005
    early = rng.uniform(0, 0.003, scenarios)
    plans = {
        "defaults": check_hazards(chance, months=120),
        "and early repayments, grid 25 x 40": check_hazards(*grid, months=120),
        "and early repayments, hazards at random": check_hazards(chance, early, months=120),
    }
    return [
        row
        for name, hazards in plans.items()
        for row in draws_rows(name, schedule, event_shares(hazards), (scenarios, draws))
    ]


def draws_rows(
    name: str, schedule: Schedule, shares: EventShares, size: tuple[int, int], sample: int = 8
) -> list[Row]:
    """Compare one plan of scenarios with brute force, and check that both say the same."""
    tables = float_tables(schedule)
    scenarios, draws = size
    ratios, own = [], []
    chances = uniform_chances(1, range(sample), schedule.term_months.size)
    for _ in range(_TURNS):
        mine = seconds(partial(draw_outcomes, schedule, [shares], draws=draws, seed=1))
        brute = sum(
            seconds(partial(brute_draw, tables, shares, chances[draw], scenario=draw))
            for draw in range(sample)
        )
        ratios.append(brute / sample * scenarios * draws / mine)
        own.append(mine)
    found = draw_outcomes(schedule, [shares], draws=sample, seed=1)
    for draw in range(sample):
        drawn = found.default_cents + found.early_repayment_cents + found.interest_cents
        plain = brute_draw(tables, shares, chances[draw], scenario=draw)
        assert abs(drawn[draw, draw] / plain - 1.0) < 1e-12
    work = f"Monte Carlo over the region, {scenarios:,} scenarios x {draws:,} draws, {name}"
    note = f"brute force extrapolated from {sample} draws; equal to it within 1e-12"
    return [
        row_of(work, "<= 2.5 s", own, "s", note=f"{_TURNS} runs"),
        row_of("the same against brute force", ">= 700", ratios, "x faster", note=note),
    ]


def moments(pairs: int, loans: int = 2_412, scenarios: int = 1_000) -> list[Row]:
    """Time exact mean and variance, and compare them with drawing only ten times."""
    terms = synthetic_book(loans)
    schedule = repayment_schedule(terms.principal_cents, terms.rate_per_year, terms.term_months)
    arrears = np.linspace(0.0002, 0.0015, scenarios)
    shares = event_shares(check_hazards(arrears, months=120))
    exact = partial(loss_moments, schedule, [shares])
    drawn = partial(draw_outcomes, schedule, [shares], draws=10, seed=1)
    work = f"mean and variance of losses, {loans:,} loans x {scenarios:,} hazards"
    times = [1e3 * length for length in timed(exact, pairs)]
    return [
        row_of(work, "<= 20 ms", times, "ms", note="exact, where 1,000 draws would estimate"),
        compare("the same / ten draws", "-", exact, drawn, pairs=pairs),
    ]


def rows(pairs: int = 5) -> list[Row]:
    """Give all lines of the table about portfolios."""
    return [
        aggregates(2_412, 13, pairs, yardstick="store", goal="-"),
        aggregates(100_000, 300, pairs, yardstick="store", goal=">= 3.5"),
        aggregates(1_000_000, 565, pairs, yardstick="fill", goal="<= 1.0"),
        *moments(pairs),
        *monte_carlo(),
    ]


if __name__ == "__main__":
    print_rows(rows())
