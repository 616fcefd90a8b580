"""The loans and dwellings that are simulated, side by side, one element a loan."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.dwellings import Dwellings
from savings_model.heating_systems import HeatingSystems
from savings_model.loan_terms import HIGHEST_PRINCIPAL_CENTS, LONGEST_TERM_MONTHS
from savings_model.measure_figures import MODELLED
from savings_model.measures import as_flags
from savings_model.validation import ModelInputError, as_floats, as_integers, require_shape

_LATEST_MONTH = 12 * 230


class RateClass(IntEnum):
    """Who borrows, as far as the rate depends on it."""

    PRIORITY = 0
    LEGAL_PERSON = 1
    GENERAL = 2


@dataclass(frozen=True, slots=True)
class LoanBook:
    """Loans as they stand in the books.

    Attributes
    ----------
    has_loan : ndarray of bool, shape (loans,)
        False for a dwelling with works but without a loan (refused, or only applied for).
    principal_cents : ndarray of int, shape (loans,)
        Amount lent; the amount asked where nothing was lent yet. [cents]
    requested_cents : ndarray of int, shape (loans,)
        Amount asked for, before any ceiling; what a scenario with another ceiling starts from.
        [cents]
    works_cost_cents : ndarray of int, shape (loans,)
        Invoice of the works; what the financed share is measured against. [cents]
    rate_class : ndarray of int, shape (loans,)
        `RateClass`.
    rate_per_year : ndarray, shape (loans,)
        Rate of the contract. [1/year]
    term_months : ndarray of int, shape (loans,)
        Instalments. [months]
    start_month : ndarray of int, shape (loans,)
        Month of the contract since January 1970; the first instalment falls a month later and
        the works count from then on. [months]
    """

    has_loan: BoolArray
    principal_cents: IntArray
    requested_cents: IntArray
    works_cost_cents: IntArray
    rate_class: IntArray
    rate_per_year: FloatArray
    term_months: IntArray
    start_month: IntArray

    def __post_init__(self) -> None:
        shape = self.has_loan.shape
        most = HIGHEST_PRINCIPAL_CENTS
        as_integers("principal_cents", self.principal_cents, minimum=0, maximum=most)
        as_integers("requested_cents", self.requested_cents, minimum=0, maximum=most)
        as_integers("works_cost_cents", self.works_cost_cents, minimum=1, maximum=most)
        as_integers("rate_class", self.rate_class, minimum=0, maximum=len(RateClass) - 1)
        as_floats("rate_per_year", self.rate_per_year, minimum=0.0, maximum=1.0)
        as_integers("term_months", self.term_months, minimum=1, maximum=LONGEST_TERM_MONTHS)
        as_integers("start_month", self.start_month, minimum=0, maximum=_LATEST_MONTH)
        _require_booleans("has_loan", self.has_loan)
        for name in ("principal_cents", "requested_cents", "works_cost_cents", "rate_class"):
            require_shape(name, getattr(self, name), shape)
        for name in ("rate_per_year", "term_months", "start_month"):
            require_shape(name, getattr(self, name), shape)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Loans with the dwellings and works they pay for.

    Attributes
    ----------
    loans : LoanBook
        The money.
    dwellings : Dwellings
        Before the works, leading shape (loans,).
    systems : HeatingSystems
        Heating before the works, shape (loans,).
    works : ndarray of bool, shape (loans, 20)
        A column for each `Measure`.
    works_known : ndarray of bool, shape (loans,)
        False where nobody knows what was done, or in what dwelling: such a loan is counted,
        and left out of every sum of energy.
    priority : ndarray of bool, shape (loans,)
        Households of the priority group, who may heat too little.
    group_index : ndarray of int, shape (loans,)
        Row of `group_names`, such as a municipality.
    group_names : tuple of str
        Names of the groups.
    """

    loans: LoanBook
    dwellings: Dwellings
    systems: HeatingSystems
    works: BoolArray
    works_known: BoolArray
    priority: BoolArray
    group_index: IntArray
    group_names: tuple[str, ...]

    def __post_init__(self) -> None:
        shape = self.loans.has_loan.shape
        if self.dwellings.shape != shape:
            limit = f"has shape {self.dwellings.shape}, expected {shape}"
            raise ModelInputError("dwellings", None, limit)
        require_shape("generator", self.systems.generator, shape)
        as_flags("works", self.works, shape)
        for name in ("works_known", "priority"):
            require_shape(name, getattr(self, name), shape)
            _require_booleans(name, getattr(self, name))
        as_integers("group_index", self.group_index, minimum=0, maximum=len(self.group_names) - 1)
        require_shape("group_index", self.group_index, shape)

    @property
    def size(self) -> int:
        """Number of loans."""
        return self.loans.has_loan.size

    @property
    def has_modelled_saving(self) -> BoolArray:
        """Loans whose saving the model can tell, at least in part, shape (loans,)."""
        told: BoolArray = (self.works & MODELLED).any(axis=-1)
        return self.works_known & told

    @property
    def is_partly_modelled(self) -> BoolArray:
        """Loans that also pay for works whose saving the model cannot tell, shape (loans,)."""
        untold: BoolArray = (self.works & ~MODELLED).any(axis=-1)
        return self.has_modelled_saving & untold


def _require_booleans(field: str, values: BoolArray) -> None:
    if np.asarray(values).dtype != np.bool_:
        raise ModelInputError(field, None, "must be true or false")
