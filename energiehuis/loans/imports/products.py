"""Which product of the law a listed loan was granted under."""

from dataclasses import dataclass
from decimal import Decimal

from energiehuis.law.law import Law
from energiehuis.law.model import LawOfDay, Product
from energiehuis.loans.imports.reading import ListedLoan

# The contract of the Energielening lets the instalment be rounded down; see the rule files.
DEFAULT_ROUNDING = "down"


@dataclass(frozen=True, slots=True)
class Match:
    """The product when only one goes first, and the rounding of the instalment."""

    product_code: str | None
    rounding: str


def match_product(loan: ListedLoan, law: Law) -> Match:
    """Give the product that a loan was granted under: of those that fit, the one that goes first.

    The law of the day of the grant is asked, since a list does not tell when it was applied for.
    A product for the priority group fits only who is told to belong to it.
    """
    of_day: LawOfDay = law.on(loan.granted_on)
    fitting = [product for product in of_day.products if _fits(product, loan)]
    first = [product for product in fitting if product.precedence == fitting[0].precedence]
    roundings = {product.instalment_rounding for product in first}
    rounding = roundings.pop() if len(roundings) == 1 else DEFAULT_ROUNDING
    return Match(first[0].id if len(first) == 1 else None, rounding)


def _fits(product: Product, loan: ListedLoan) -> bool:
    return (
        product.can_be_chosen
        and product.has_terms
        and loan.borrower_kind in product.borrower_kinds
        and product.rate_per_year == Decimal(loan.rate_basis_points) / 10_000
        and loan.term_months <= product.longest_term_months
        and (loan.is_priority is True or not product.needs_priority)
    )
