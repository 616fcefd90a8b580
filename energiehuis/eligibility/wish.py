"""Whether the amount and the term that somebody wishes fit the product that applies."""

from dataclasses import dataclass

import numpy as np

from energiehuis.eligibility.facts import MANY, UNBOUNDED, Amounts, Facts, IntArray
from energiehuis.eligibility.outcome import Reason
from energiehuis.eligibility.tables import DayTables
from energiehuis.eligibility.truth import BoolArray, Bounds


@dataclass(frozen=True, slots=True)
class Wish:
    """Limits per household in cents and months (-1 unknown or none), and what fits them."""

    minimums_cents: IntArray
    maximums_cents: IntArray
    longest_terms_months: IntArray
    fits: Bounds
    parts: tuple[tuple[Reason, Bounds], ...]


def weigh_wish(facts: Facts, tables: DayTables, products: IntArray) -> Wish:
    """Compare amount, term, cost of the works and running loans with the limits.

    Parameters
    ----------
    facts : Facts
        Facts of shape (households,).
    tables : DayTables
        Limits of the products of the day.
    products : ndarray of int64, shape (households,)
        Product of each household, -1 for none.
    """
    minimums = tables.minimums_cents[products]
    terms = tables.longest_terms_months[products]
    maximums = _maximums(facts, tables, products)
    wished, months = facts.amounts["amount_wished_cents"], facts.amounts["term_wished_months"]
    parts = (
        (Reason.AMOUNT_BELOW_MINIMUM, Bounds(wished.low >= minimums, wished.high >= minimums)),
        (Reason.AMOUNT_ABOVE_MAXIMUM, _within(facts, tables, products, maximums)),
        (Reason.AMOUNT_ABOVE_WORKS_COST, _at_most(wished, facts.amounts["works_cost_cents"])),
        (Reason.TERM_TOO_LONG, Bounds(months.high <= terms, months.low <= terms)),
    )
    return Wish(minimums, _exact(maximums), terms, _all(parts, products >= 0), parts)


def _maximums(facts: Facts, tables: DayTables, products: IntArray) -> tuple[IntArray, IntArray]:
    """Give the lowest and the highest that the maximum may be."""
    low = high = tables.maximums_cents[products]
    if tables.per_unit_cents is not None:
        units, per_unit = facts.amounts["owners_association_units"], tables.per_unit_cents[products]
        low, high = low + per_unit * units.low, high + per_unit * np.minimum(units.high, MANY)
    for index, by_label in tables.label_maximums:
        is_product = products == index
        by_facts = by_label[facts.dwelling_kinds, facts.target_labels]
        lowest = np.where(by_facts < 0, 0, by_facts)
        highest = np.where(by_facts < 0, by_label.max(), by_facts)
        low, high = np.where(is_product, lowest, low), np.where(is_product, highest, high)
    return low, high


def _exact(maximums: tuple[IntArray, IntArray]) -> IntArray:
    low, high = maximums
    return low if low is high else np.where(low == high, low, -1)


def _within(
    facts: Facts, tables: DayTables, products: IntArray, maximums: tuple[IntArray, IntArray]
) -> Bounds:
    """Compare the amount, with what still runs on the dwelling, with the maximum."""
    wished, running = facts.amounts["amount_wished_cents"], facts.amounts["outstanding_cents"]
    low, high = running.low, running.high
    if tables.repayment_first is not None:
        is_first = tables.repayment_first[products]
        low, high = _all_or_nothing(low, is_first), _all_or_nothing(high, is_first)
    return Bounds(wished.high + high <= maximums[0], wished.low + low <= maximums[1])


def _all_or_nothing(running: IntArray, is_first: BoolArray) -> IntArray:
    """Let any running loan block a new one, where the first must be repaid before."""
    return np.where(is_first & (running > 0), UNBOUNDED, running)


def _at_most(amounts: Amounts, limits: Amounts) -> Bounds:
    return Bounds(amounts.high <= limits.low, amounts.low <= limits.high)


def _all(parts: tuple[tuple[Reason, Bounds], ...], has_product: BoolArray) -> Bounds:
    """Say whether all parts fit; without a product it cannot be told."""
    fits = parts[0][1]
    for _, bounds in parts[1:]:
        fits = fits.both(bounds)
    return Bounds(fits.must & has_product, fits.may | ~has_product)
