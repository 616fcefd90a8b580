"""What a policymaker may turn: rates, ceiling, term, and the versions of factors and prices.

Who is granted a loan is decided outside, by the law; it comes in as a table of scenarios by
loans. Here that table and the levers become amounts, and the share of the saving that the
loan may claim.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.emissions import emission_factors
from savings_model.energy_prices import energy_prices
from savings_model.loan_terms import HIGHEST_PRINCIPAL_CENTS, LONGEST_TERM_MONTHS
from savings_model.portfolio import LoanBook, RateClass
from savings_model.validation import ModelInputError


class Attribution(StrEnum):
    """Which part of a saving a loan may claim.

    FINANCED_SHARE: the part of the works that the loan pays, never more than all of it.
    WHOLE_WORKS: all of it, however small the loan, as W13's printed figures count.
    """

    FINANCED_SHARE = "financed_share"
    WHOLE_WORKS = "whole_works"


def _require_between(name: str, value: int | None, most: int) -> None:
    if value is not None and (isinstance(value, bool) or not 1 <= value <= most):
        raise ModelInputError(name, None, f"must lie between 1 and {most}, is {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One setting of the levers; what is None stays as it is in the books.

    Attributes
    ----------
    code : str
        Name in the results.
    rate_per_year : tuple of float or None, one for each `RateClass`
        Rates in place of those of the contracts; None keeps the class as it is. [1/year]
    ceiling_cents : int or None
        Highest loan: the requested amount is cut to it. None keeps the amount lent. [cents]
    longest_term_months : int or None
        Longest term: longer terms are cut to it. [months]
    emission_factors, energy_prices : str
        Versions, see `EMISSION_FACTORS` and `ENERGY_PRICES`.
    attribution : Attribution
        Which part of the saving counts.
    """

    code: str
    rate_per_year: tuple[float | None, float | None, float | None] = (None, None, None)
    ceiling_cents: int | None = None
    longest_term_months: int | None = None
    emission_factors: str = "tabula_be_2011"
    energy_prices: str = "tabula_be_2011"
    attribution: Attribution = field(default=Attribution.FINANCED_SHARE)

    def __post_init__(self) -> None:
        emission_factors(self.emission_factors)
        energy_prices(self.energy_prices)
        if len(self.rate_per_year) != len(RateClass):
            raise ModelInputError("rate_per_year", None, f"needs {len(RateClass)} rates or None")
        for place, rate in enumerate(self.rate_per_year):
            if rate is not None and not 0.0 <= rate <= 1.0:
                raise ModelInputError("rate_per_year", (place,), f"must lie in 0..1, is {rate}")
        _require_between("ceiling_cents", self.ceiling_cents, HIGHEST_PRINCIPAL_CENTS)
        _require_between("longest_term_months", self.longest_term_months, LONGEST_TERM_MONTHS)

    @property
    def money_levers(self) -> tuple[object, ...]:
        """What the schedules depend on; scenarios alike in this share them."""
        return (self.rate_per_year, self.ceiling_cents, self.longest_term_months)


BASELINE = Scenario(code="baseline")


@dataclass(frozen=True, slots=True)
class Contracts:
    """Loans as a scenario would write them, granted or not, each of shape (loans,).

    Attributes
    ----------
    principal_cents : ndarray of int, shape (loans,)
        Amount. [cents]
    rate_per_year : ndarray, shape (loans,)
        Rate. [1/year]
    term_months : ndarray of int, shape (loans,)
        Instalments. [months]
    """

    principal_cents: IntArray
    rate_per_year: FloatArray
    term_months: IntArray


def contracts_of(loans: LoanBook, scenario: Scenario) -> Contracts:
    """Write each loan as the scenario would.

    Parameters
    ----------
    loans : LoanBook
        The books.
    scenario : Scenario
        The levers.

    Returns
    -------
    Contracts
        Amount, rate and term of each loan.

    Notes
    -----
    A ceiling cuts the requested amount, so a higher one than that of the day lends more where
    more was asked. A lower rate or a longer term draws no new borrowers, and a shorter term
    puts nobody off: the model has no demand curve.
    """
    principal = loans.principal_cents
    if scenario.ceiling_cents is not None:
        principal = np.minimum(loans.requested_cents, scenario.ceiling_cents)
    term = loans.term_months
    if scenario.longest_term_months is not None:
        term = np.minimum(term, scenario.longest_term_months)
    override = np.array([np.nan if r is None else r for r in scenario.rate_per_year])
    rate = override[loans.rate_class]
    return Contracts(principal, np.where(np.isnan(rate), loans.rate_per_year, rate), term)


def attributed_share(loans: LoanBook, contracts: Contracts, attribution: Attribution) -> FloatArray:
    """Say which part of the saving each loan may claim, if it is granted.

    Parameters
    ----------
    loans : LoanBook
        Cost of the works.
    contracts : Contracts
        Amounts of the scenario.
    attribution : Attribution
        The rule.

    Returns
    -------
    ndarray, shape (loans,)
        From 0 to 1. [-]

    Notes
    -----
    FINANCED_SHARE: min(1, amount / cost of the works). A ceiling that cuts the amount by half
    halves the saving that the loan claims: the household may still do all works with its own
    money, but then its own money saved that energy.
    """
    if attribution is Attribution.WHOLE_WORKS:
        return (contracts.principal_cents > 0).astype(np.float64)
    return np.minimum(contracts.principal_cents / loans.works_cost_cents, 1.0)


def granted_table(granted: BoolArray | None, loans: LoanBook, scenarios: int) -> BoolArray:
    """Check who is granted a loan in each scenario; by default who has one.

    Parameters
    ----------
    granted : ndarray of bool, shape (scenarios, loans), or None
        Decided by the law, outside. [-]
    loans : LoanBook
        The books.
    scenarios : int
        Number of scenarios. [-]

    Returns
    -------
    ndarray of bool, shape (scenarios, loans)
        Who gets a loan. [-]
    """
    shape = (scenarios, loans.has_loan.size)
    if granted is None:
        return np.broadcast_to(loans.has_loan, shape)
    table = np.asarray(granted)
    if table.dtype != np.bool_ or table.shape != shape:
        limit = f"must be true or false of shape {shape}, is {table.dtype} of {table.shape}"
        raise ModelInputError("granted", None, limit)
    return table
