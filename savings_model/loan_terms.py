"""What a set of loans is before it is scheduled: principal, rate and term, checked once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import AnyArray, FloatArray, IntArray
from savings_model.month_rates import (
    HIGHEST_RATE_PER_YEAR,
    MonthRate,
    annuity_factor,
    rates_for_months,
)
from savings_model.rounding import Rounding, round_to_cents, share_in_cents
from savings_model.validation import ModelInputError, as_floats, as_integers

HIGHEST_PRINCIPAL_CENTS = 10_000_000_000
LONGEST_TERM_MONTHS = 1_200


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """Loans side by side, one element a loan, all numbers inside their limits.

    Attributes
    ----------
    principal_cents : ndarray, shape (loans,)
        Amount lent. [cents]
    rate_per_year : ndarray, shape (loans,)
        Rate. [1/year]
    term_months : ndarray, shape (loans,)
        Contractual number of instalments. [months]
    rounding : Rounding
        Rule for the instalment. [-]
    convention : MonthRate
        How months follow from years. [-]
    """

    principal_cents: IntArray
    rate_per_year: FloatArray
    term_months: IntArray
    rounding: Rounding = Rounding.DOWN
    convention: MonthRate = MonthRate.ACTUARIAL

    @property
    def loans(self) -> int:
        """Number of loans."""
        return self.principal_cents.size

    def part(self, loans: slice | IntArray) -> "LoanTerms":
        """Give some of the loans, by place."""
        return LoanTerms(
            self.principal_cents[loans],
            self.rate_per_year[loans],
            self.term_months[loans],
            self.rounding,
            self.convention,
        )


def check_loan_terms(
    principal_cents: ArrayLike,
    rate_per_year: ArrayLike,
    *,
    term_months: ArrayLike,
    rounding: Rounding = Rounding.DOWN,
    convention: MonthRate = MonthRate.ACTUARIAL,
) -> LoanTerms:
    """Refuse what is no loan, and bring the rest to one shape.

    Parameters
    ----------
    principal_cents : array_like
        Amounts lent, whole, from 0 to 10,000,000,000. [cents]
    rate_per_year : array_like
        Rates from 0 to 1. [1/year]
    term_months : array_like
        Numbers of instalments, from 1 to 1,200. [months]
    rounding : Rounding
        Rule for the instalment. [-]
    convention : MonthRate
        How months follow from years. [-]

    Returns
    -------
    LoanTerms
        The loans; a number given once counts for all. [-]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit.
    """
    principals = as_integers(
        "principal_cents", principal_cents, minimum=0, maximum=HIGHEST_PRINCIPAL_CENTS
    )
    rates = as_floats("rate_per_year", rate_per_year, minimum=0.0, maximum=HIGHEST_RATE_PER_YEAR)
    terms = as_integers("term_months", term_months, minimum=1, maximum=LONGEST_TERM_MONTHS)
    loans = next((v.size for v in (principals, rates, terms) if v.size != 1), 1)
    return LoanTerms(
        one_per_loan("principal_cents", principals, loans),
        one_per_loan("rate_per_year", rates, loans),
        one_per_loan("term_months", terms, loans),
        Rounding(rounding),
        MonthRate(convention),
    )


def one_per_loan(field: str, values: AnyArray, loans: int) -> AnyArray:
    """Give one value a loan; a single value counts for all loans.

    Parameters
    ----------
    field : str
        Name of the argument, for the error. [-]
    values : ndarray, shape (loans,) or (1,) or ()
        What came in. [unit of the field]
    loans : int
        Number of loans. [loans]

    Returns
    -------
    ndarray, shape (loans,)
        One value for each loan. [unit of the field]

    Raises
    ------
    ModelInputError
        For more than one axis, or another number of values.
    """
    if values.shape == (loans,):
        return values
    if values.size != 1 or values.ndim > 1:
        raise ModelInputError(field, None, f"has shape {values.shape}, expected ({loans},)")
    return np.full(loans, values.reshape(()))


def instalment_cents(
    principal_cents: ArrayLike,
    rate_per_year: ArrayLike,
    term_months: ArrayLike,
    *,
    rounding: Rounding = Rounding.DOWN,
    convention: MonthRate = MonthRate.ACTUARIAL,
) -> IntArray:
    """Give the constant instalment that repays each loan over its term.

    Parameters
    ----------
    principal_cents : array_like
        Amounts lent, whole, from 0 to 10,000,000,000. [cents]
    rate_per_year : array_like
        Rates from 0 to 1. [1/year]
    term_months : array_like
        Numbers of instalments, from 1 to 1,200. [months]
    rounding : Rounding
        DOWN unless said otherwise: the rate of an energy loan is a legal ceiling. [-]
    convention : MonthRate
        Actuarial unless said otherwise. [-]

    Returns
    -------
    ndarray, shape (loans,)
        The instalment, before the last one takes the remainder. [cents]

    Raises
    ------
    ModelInputError
        Names the field, the index and the limit.

    References
    ----------
    Duwolim: 10,000 euro at 2 % over 60 months is 175.19 a month.

    Examples
    --------
    >>> instalment_cents([1_000_000], [0.02], [60])
    array([17519])
    """
    terms = check_loan_terms(
        principal_cents,
        rate_per_year,
        term_months=term_months,
        rounding=rounding,
        convention=convention,
    )
    return constant_instalments(terms)


def constant_instalments(terms: LoanTerms) -> IntArray:
    """Give the constant instalment of loans already checked.

    Parameters
    ----------
    terms : LoanTerms
        The loans. [-]

    Returns
    -------
    ndarray, shape (loans,)
        Instalment, rounded by the rule of the loans. [cents]
    """
    rates = rates_for_months(terms.rate_per_year, terms.convention)
    exact = terms.principal_cents * annuity_factor(rates, terms.term_months)
    charged = round_to_cents(exact, terms.rounding)
    free = share_in_cents(terms.principal_cents, terms.term_months, terms.rounding)
    return np.where(rates == 0.0, free, charged)
