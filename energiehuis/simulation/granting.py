"""Who is granted a loan under a scenario, at which rate: decided again by the rules of the file.

Only what the lever changes counts. A loan stays unless the law of the scenario certainly refuses
it where the law of the day did not; a refused file gets a loan only when it was refused for who
borrows, and the law of the scenario certainly gives it a product. Whoever was refused for another
reason, withdrew, or still waits has no loan under any scenario. Between a lower and a higher
income ceiling nobody ever loses: each step of the rules only opens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from energiehuis.eligibility.dated import evaluate_dated
from energiehuis.eligibility.documents import read_facts
from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.truth import Truth
from energiehuis.law.law import Law
from energiehuis.law.model import Product
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.states import ApplicationStatus
from energiehuis.loans.vocabulary import RefusalReason
from energiehuis.simulation.portfolio import PortfolioFile
from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.loan_terms import HIGHEST_PRINCIPAL_CENTS, LONGEST_TERM_MONTHS
from savings_model.portfolio import RateClass

_REFUSED_FOR_WHO_BORROWS = frozenset(
    {RefusalReason.NOT_IN_PRIORITY_GROUP.value, RefusalReason.BORROWER_NOT_ELIGIBLE.value}
)


@dataclass(frozen=True, slots=True)
class Applicants:
    """What the rules need of the files, and what was decided, one element a file.

    Attributes
    ----------
    has_facts : ndarray of bool, shape (files,)
        False for an imported loan: nothing can be decided again.
    has_loan : ndarray of bool, shape (files,)
        Granted, in the books.
    may_gain : ndarray of bool, shape (files,)
        Refused for who borrows and for nothing else.
    """

    facts: Facts
    days: tuple[date, ...]
    has_facts: BoolArray
    has_loan: BoolArray
    may_gain: BoolArray
    rate_per_year: FloatArray
    rate_class: IntArray

    def under(self, law: Law) -> Eligibility:
        """Ask a law about every file, each on its own day."""
        return evaluate_dated(self.facts, self.days, law)


@dataclass(frozen=True, slots=True)
class Grants:
    """Who gets a loan and on which terms, each of shape (files,).

    Attributes
    ----------
    granted, gained, moved : ndarray of bool, shape (files,)
        Gets a loan; gets it only under the scenario; keeps it, under another product.
    rate_per_year : ndarray, shape (files,)
        Rate of the contract, or of the product of the scenario where that is another. [1/year]
    rate_class : ndarray of int, shape (files,)
        `RateClass`.
    maximum_cents, longest_term_months : ndarray of int, shape (files,)
        Limits of the product that a file gains; out of reach for all others. [cents, months]
    """

    granted: BoolArray
    gained: BoolArray
    moved: BoolArray
    rate_per_year: FloatArray
    rate_class: IntArray
    maximum_cents: IntArray
    longest_term_months: IntArray


@dataclass(frozen=True, slots=True)
class ProductTerms:
    """Terms of products by their place, each of shape (products,)."""

    rate_per_year: FloatArray
    maximum_cents: IntArray
    longest_term_months: IntArray


def read_applicants(files: Sequence[PortfolioFile]) -> Applicants:
    """Make the arrays of the rules.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.

    Returns
    -------
    Applicants
        Arrays of shape (files,).
    """
    rates = [(file.rate_basis_points or 0) / 10_000 for file in files]
    return Applicants(
        facts=Facts.from_records([_facts(file) for file in files]),
        days=tuple(file.applied_on for file in files),
        has_facts=np.array([file.facts is not None for file in files], dtype=np.bool_),
        has_loan=np.array([file.principal_cents is not None for file in files], dtype=np.bool_),
        may_gain=np.array([may_gain(file) for file in files], dtype=np.bool_),
        rate_per_year=np.array(rates, dtype=np.float64),
        rate_class=np.array([_rate_class(file) for file in files], dtype=np.int64),
    )


def may_gain(file: PortfolioFile) -> bool:
    """Say whether a file was refused for who borrows, and for nothing else."""
    is_refused = file.status == ApplicationStatus.REFUSED
    return is_refused and _REFUSED_FOR_WHO_BORROWS.issuperset(file.reason_codes or ("unknown",))


def as_granted(applicants: Applicants) -> Grants:
    """Give the loans as they stand in the books."""
    count = len(applicants.has_loan)
    return Grants(
        granted=applicants.has_loan,
        gained=np.zeros(count, dtype=np.bool_),
        moved=np.zeros(count, dtype=np.bool_),
        rate_per_year=applicants.rate_per_year,
        rate_class=applicants.rate_class,
        maximum_cents=np.full(count, HIGHEST_PRINCIPAL_CENTS),
        longest_term_months=np.full(count, LONGEST_TERM_MONTHS),
    )


def grants_under(applicants: Applicants, base: Eligibility, law: Law) -> Grants:
    """Decide again, where the law of a scenario answers otherwise than the law of the day.

    Parameters
    ----------
    applicants : Applicants
        The files.
    base : Eligibility
        Answers of the law as it was, shape (files,).
    law : Law
        The law of the scenario.

    Returns
    -------
    Grants
        Who gets a loan, and on which terms.
    """
    changed = applicants.under(law)
    loses = (changed.overall == Truth.NO) & (base.overall != Truth.NO) & applicants.has_facts
    product, before = product_of(changed), product_of(base)
    gains = applicants.may_gain & (base.overall == Truth.NO) & (product >= 0)
    moved = applicants.has_facts & (product >= 0) & (product != before) & ~loses
    terms = product_terms(law)
    becomes_priority = (changed.priority == Truth.YES) & (base.priority != Truth.YES)
    natural = applicants.rate_class != RateClass.LEGAL_PERSON
    return Grants(
        granted=(applicants.has_loan & ~loses) | gains,
        gained=gains,
        moved=moved & applicants.has_loan,
        rate_per_year=np.where(moved, terms.rate_per_year[product], applicants.rate_per_year),
        rate_class=np.where(
            becomes_priority & natural & applicants.has_facts,
            RateClass.PRIORITY,
            applicants.rate_class,
        ),
        maximum_cents=np.where(gains, terms.maximum_cents[product], HIGHEST_PRINCIPAL_CENTS),
        longest_term_months=np.where(
            gains, terms.longest_term_months[product], LONGEST_TERM_MONTHS
        ),
    )


def product_of(answers: Eligibility) -> IntArray:
    """Give the product of each file, or the one that applies in any case; -1 for none."""
    found: IntArray = np.where(
        answers.product_indexes >= 0, answers.product_indexes, answers.assured_product_indexes
    )
    return found


def product_terms(law: Law) -> ProductTerms:
    """Give the terms of every product of a law, by its place in `product_ids`."""
    rows = [product if product.has_terms else None for product in law.products]
    return ProductTerms(
        rate_per_year=np.array([float(row.rate_per_year) if row else 0.0 for row in rows]),
        maximum_cents=np.array([_maximum_cents(row) for row in rows], dtype=np.int64),
        longest_term_months=np.array(
            [row.longest_term_months if row else LONGEST_TERM_MONTHS for row in rows],
            dtype=np.int64,
        ),
    )


def _maximum_cents(product: Product | None) -> int:
    # An amount per unit depends on the building; who asked for it stayed below it.
    if product is None or product.maximum_per_unit_cents:
        return HIGHEST_PRINCIPAL_CENTS
    return product.maximum_cents


def _facts(file: PortfolioFile) -> HouseholdFacts:
    if file.facts is None:
        return HouseholdFacts(borrower_kind=BorrowerKind(file.borrower_kind))
    return read_facts(file.facts)


def _rate_class(file: PortfolioFile) -> RateClass:
    if file.borrower_kind != BorrowerKind.NATURAL_PERSON:
        return RateClass.LEGAL_PERSON
    return RateClass.PRIORITY if file.is_priority else RateClass.GENERAL
