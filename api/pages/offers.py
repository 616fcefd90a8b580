"""What this Energiehuis lends under today, by borrower: rate, amounts and longest term."""

from dataclasses import dataclass

from energiehuis import clock
from energiehuis.law.loader import load_law
from energiehuis.law.model import Product
from energiehuis.law.vocabulary import BorrowerKind

_PLUS = "energy_loan_plus_asked"


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that can be asked for today."""

    product_id: str
    borrower_kinds: frozenset[BorrowerKind]
    rate_basis_points: int
    minimum_cents: int | None
    maximum_cents: int
    longest_term_months: int
    rounding: str


def list_offers() -> tuple[Offer, ...]:
    """List the products of today that need no wish of their own, one for each rate."""
    offers: dict[int, Offer] = {}
    for product in load_law().on(clock.today()).products:
        if product.can_be_chosen and product.has_terms and _PLUS not in product.conditions:
            offer = _offer(product)
            offers.setdefault(offer.rate_basis_points, offer)
    return tuple(sorted(offers.values(), key=lambda offer: offer.rate_basis_points))


def offer_for(kind: BorrowerKind) -> Offer | None:
    """Give the product that a kind of borrower would get today, or None."""
    return next((offer for offer in list_offers() if kind in offer.borrower_kinds), None)


def _offer(product: Product) -> Offer:
    return Offer(
        product_id=product.id,
        borrower_kinds=product.borrower_kinds,
        rate_basis_points=int(product.rate_per_year * 10_000),
        minimum_cents=product.minimum_cents,
        maximum_cents=product.maximum_cents,
        longest_term_months=product.longest_term_months,
        rounding=product.instalment_rounding,
    )
