"""The money of scenarios: loans, amounts, interest and repayments by calendar year, in cents."""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, IntArray
from savings_model.portfolio import Portfolio
from savings_model.repayment import Schedule, repayment_schedule
from savings_model.rounding import Rounding
from savings_model.scenarios import Contracts, Scenario, contracts_of

MONTHS_PER_YEAR = 12
EPOCH_YEAR = 1970
# Schedules are made for so many loans at a time; the sums are of integers, so it does not show.
_LOANS_PER_BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class Lending:
    """Whole cents by scenario and group; the last group is the total.

    Attributes
    ----------
    loans : ndarray of int, shape (scenarios, groups + 1)
        Loans granted.
    principal_cents, interest_cents : ndarray of int, shape (scenarios, groups + 1)
        Lent, and paid for it over the whole term. [cents]
    repayments_cents : ndarray of int, shape (scenarios, groups + 1, years)
        Instalments that fall in each calendar year, interest included. [cents]
    """

    loans: IntArray
    principal_cents: IntArray
    interest_cents: IntArray
    repayments_cents: IntArray


def lend(
    portfolio: Portfolio,
    scenarios: tuple[Scenario, ...],
    granted: BoolArray,
    *,
    years: IntArray,
    rounding: Rounding = Rounding.DOWN,
) -> Lending:
    """Schedule every loan as each scenario writes it and add up by group and year.

    Parameters
    ----------
    portfolio : Portfolio
        The loans.
    scenarios : tuple of Scenario
        The levers; scenarios with the same money levers share their schedules.
    granted : ndarray of bool, shape (scenarios, loans)
        Who gets a loan. [-]
    years : ndarray of int, shape (years,)
        Calendar years, ascending without gaps; those before and after are left out. [year]
    rounding : Rounding
        Rule of the instalments.

    Returns
    -------
    Lending
        Whole cents.
    """
    groups = len(portfolio.group_names)
    sums = _Sums.empty(len(scenarios), groups, years.size)
    for levers in dict.fromkeys(scenario.money_levers for scenario in scenarios):
        members = [i for i, scenario in enumerate(scenarios) if scenario.money_levers == levers]
        contracts = contracts_of(portfolio.loans, scenarios[members[0]])
        for start in range(0, portfolio.size, _LOANS_PER_BLOCK):
            block = slice(start, start + _LOANS_PER_BLOCK)
            amounts = _amounts(portfolio, contracts, block, years=years, rounding=rounding)
            for member in members:
                sums.add(member, portfolio.group_index[block], granted[member, block], amounts)
    return sums.with_totals()


def last_repayment_year(portfolio: Portfolio, scenarios: tuple[Scenario, ...]) -> int:
    """Say in which calendar year the last instalment of any scenario falls.

    Parameters
    ----------
    portfolio : Portfolio
        The loans.
    scenarios : tuple of Scenario
        The levers.

    Returns
    -------
    int
        The year. [year]
    """
    terms = [contracts_of(portfolio.loans, scenario).term_months for scenario in scenarios]
    last_month = (portfolio.loans.start_month + np.stack(terms)).max()
    return int(EPOCH_YEAR + last_month // MONTHS_PER_YEAR)


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What each loan of a block adds, if it is granted: three columns, then one a year."""

    columns: IntArray


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums by scenario and group, with a last row for the total."""

    columns: IntArray

    @classmethod
    def empty(cls, scenarios: int, groups: int, years: int) -> "_Sums":
        return cls(np.zeros((scenarios, groups + 1, 3 + years), dtype=np.int64))

    def add(self, scenario: int, groups: IntArray, granted: BoolArray, amounts: _Amounts) -> None:
        np.add.at(self.columns[scenario], groups[granted], amounts.columns[granted])

    def with_totals(self) -> Lending:
        self.columns[:, -1] = self.columns[:, :-1].sum(axis=1)
        loans, principal, interest = np.moveaxis(self.columns[..., :3], -1, 0)
        return Lending(loans, principal, interest, self.columns[..., 3:])


def _amounts(
    portfolio: Portfolio,
    contracts: Contracts,
    block: slice,
    *,
    years: IntArray,
    rounding: Rounding,
) -> _Amounts:
    principal = contracts.principal_cents[block]
    schedule = repayment_schedule(
        principal,
        contracts.rate_per_year[block],
        contracts.term_months[block],
        rounding=rounding,
    )
    by_year = yearly_repayments_cents(schedule, portfolio.loans.start_month[block], years)
    fixed = [np.ones_like(principal), principal, schedule.total_interest_cents]
    return _Amounts(np.concatenate([np.stack(fixed, axis=1), by_year], axis=1))


def yearly_repayments_cents(schedule: Schedule, start_month: IntArray, years: IntArray) -> IntArray:
    """Add up the instalments that fall in each calendar year.

    Parameters
    ----------
    schedule : Schedule
        Months by loans.
    start_month : ndarray of int, shape (loans,)
        Month of the contract since January 1970; the first instalment falls a month later.
        [months]
    years : ndarray of int, shape (years,)
        Calendar years. [year]

    Returns
    -------
    ndarray of int, shape (loans, years)
        Instalments. [cents]
    """
    paid = np.zeros((schedule.instalment_cents.shape[0] + 1, start_month.size), dtype=np.int64)
    np.cumsum(schedule.instalment_cents, axis=0, out=paid[1:])
    edges = np.append(years, years[-1] + 1) - EPOCH_YEAR
    first = MONTHS_PER_YEAR * edges[:, None] - (start_month + 1)
    until = np.take_along_axis(paid, np.clip(first, 0, paid.shape[0] - 1), axis=0)
    return np.diff(until, axis=0).T
