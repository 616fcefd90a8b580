"""Whether the amount and the term that somebody wishes fit the product that applies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.facts import MANY, Amounts, Facts, IntArray
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
    minimums = _minimums(facts, tables, products)
    terms = tables.longest_terms_months[products]
    maximums = _maximums(facts, tables, products)
    wished, months = facts.amounts["amount_wished_cents"], facts.amounts["term_wished_months"]
    parts = (
        (Reason.AMOUNT_BELOW_MINIMUM, _at_least(wished, minimums)),
        (Reason.AMOUNT_ABOVE_MAXIMUM, _within(facts, tables, products, maximums)),
        (Reason.AMOUNT_ABOVE_WORKS_COST, _at_most(wished, facts.amounts["works_cost_cents"])),
        (Reason.TERM_TOO_LONG, Bounds(months.high <= terms, months.low <= terms)),
        (Reason.RUNNING_LOAN_FIRST, _none_first(facts, tables, products)),
    )
    return Wish(_exact(minimums), _exact(maximums), terms, _all(parts, products >= 0), parts)


def _minimums(facts: Facts, tables: DayTables, products: IntArray) -> tuple[IntArray, IntArray]:
    """Give the lowest and the highest that the minimum may be, by what the works are."""
    low = high = tables.minimums_cents[products]
    for position, by_product in tables.minimums_of_works:
        own, truths = by_product[products], facts.truths[position]
        low = np.where((own >= 0) & (truths != 0), np.minimum(low, own), low)
        high = np.where((own >= 0) & (truths == 1), np.minimum(high, own), high)
    return low, high


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
        # What must be repaid before does not count beside the new loan.
        is_first = tables.repayment_first[products]
        low, high = np.where(is_first, 0, low), np.where(is_first, 0, high)
    return Bounds(wished.high + high <= maximums[0], wished.low + low <= maximums[1])


def _none_first(facts: Facts, tables: DayTables, products: IntArray) -> Bounds:
    """Say whether no running loan must first be repaid: any loan, or only one granted before a day.

    A running loan of which nobody knows when it was granted leaves it open.
    """
    running = facts.amounts["outstanding_cents"]
    is_any = _row(tables.repayment_first, products, np.zeros(len(products), np.bool_))
    is_older, is_newer = np.zeros_like(is_any), ~is_any
    if tables.older_than is not None:
        before, granted = tables.older_than[products], facts.outstanding_granted_on
        # A comparison with NaT is false: there is no such rule, or nobody knows the day.
        is_older = granted < before
        is_newer = ~is_any & ((granted >= before) | np.isnat(before))
    return Bounds((running.high == 0) | is_newer, (running.low == 0) | ~(is_any | is_older))


def _row(table: NDArray[np.bool_] | None, products: IntArray, otherwise: BoolArray) -> BoolArray:
    return otherwise if table is None else table[products]


def _at_least(amounts: Amounts, limits: tuple[IntArray, IntArray]) -> Bounds:
    return Bounds(amounts.low >= limits[1], amounts.high >= limits[0])


def _at_most(amounts: Amounts, limits: Amounts) -> Bounds:
    return Bounds(amounts.high <= limits.low, amounts.low <= limits.high)


def _all(parts: tuple[tuple[Reason, Bounds], ...], has_product: BoolArray) -> Bounds:
    """Say whether all parts fit; without a product it cannot be told."""
    fits = parts[0][1]
    for _, bounds in parts[1:]:
        fits = fits.both(bounds)
    return Bounds(fits.must & has_product, fits.may | ~has_product)
