"""The rules themselves: pure functions over arrays of households.

One household is an array of length one; a region is one of a hundred thousand. Nothing is read
here but the facts and the law of the day that come in.
"""

from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from energiehuis.eligibility.facts import Amounts, Facts, IntArray
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.reasons import Found, say_reasons
from energiehuis.eligibility.tables import (
    ConditionTest,
    DayTables,
    GroundTest,
    IncomeTest,
    ProductTest,
    tables_of,
)
from energiehuis.eligibility.truth import BoolArray, Bounds, TruthArray, read_truth, write_truth
from energiehuis.eligibility.wish import weigh_wish
from energiehuis.law.model import LawOfDay

# The arithmetic of an income test is the same for one household and for an array of them.
Cents = TypeVar("Cents", int, IntArray)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Truth of each ground, shape (households, grounds), and of the priority group as a whole."""

    truths: TruthArray
    priority: Bounds


@dataclass(frozen=True, slots=True)
class Choice:
    """The product of each household, and the one that applies in any case; -1 for none."""

    candidates: IntArray
    assured: IntArray
    is_certain: BoolArray

    @property
    def products(self) -> IntArray:
        """Give the product where it is certain, else -1."""
        return np.where(self.is_certain, self.candidates, -1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Bounds of facts, each computed once."""

    facts: Facts
    _bounds: dict[int, Bounds] = field(default_factory=dict)
    _kinds: dict[frozenset[int], BoolArray] = field(default_factory=dict)

    def bounds(self, position: int) -> Bounds:
        """Give the bounds of a yes-or-no fact."""
        found = self._bounds.get(position)
        if found is None:
            found = self._bounds[position] = read_truth(self.facts.truths[position])
        return found

    def is_kind(self, kinds: frozenset[int]) -> BoolArray:
        """Say which households are of one of some borrower kinds."""
        found = self._kinds.get(kinds)
        if found is None:
            found = np.zeros(len(self.facts), dtype=np.bool_)
            for kind in kinds:
                found |= self.facts.borrower_kinds == kind
            self._kinds[kinds] = found
        return found


def evaluate(facts: Facts, law: LawOfDay) -> Eligibility:
    """Say for each household whether it may borrow on these days, under which product, and why.

    The historical legal product goes before the own offer; among the legal ones the order of
    the rule files decides. A product is certain when it holds whatever the unknown facts are,
    and no better one may hold.

    Parameters
    ----------
    facts : Facts
        Facts of shape (households,).
    law : LawOfDay
        Rules in force on the application day.

    Returns
    -------
    Eligibility
        Answers of shape (households,), amounts in cents.
    """
    tables, reading = tables_of(law), Reading(facts)
    grounds = weigh_grounds(reading, tables, count=len(law.ground_ids))
    conditions = {test.id: weigh_condition(reading, test) for test in tables.conditions}
    choice = choose_product(reading, tables, priority=grounds.priority, conditions=conditions)
    overall = Bounds(choice.is_certain, choice.candidates >= 0)
    products = choice.products
    wish = weigh_wish(facts, tables, products)
    found = Found(overall, grounds.priority, conditions, choice.candidates, wish)
    reasons, open_points = say_reasons(tables, reading.is_kind, found)
    return Eligibility(
        overall=write_truth(overall),
        product_indexes=products,
        assured_product_indexes=choice.assured,
        rates_per_year=tables.rates_per_year[products],
        minimums_cents=wish.minimums_cents,
        maximums_cents=wish.maximums_cents,
        longest_terms_months=wish.longest_terms_months,
        priority=write_truth(grounds.priority),
        grounds=grounds.truths,
        wish_fits=write_truth(wish.fits),
        reasons=reasons,
        open_points=open_points,
        product_ids=law.product_ids,
        ground_ids=law.ground_ids,
    )


def weigh_grounds(reading: Reading, tables: DayTables, *, count: int) -> Grounds:
    """Weigh each ground in force, and the priority group as "at least one of them"."""
    households = len(reading.facts)
    must = np.zeros((count, households), dtype=np.bool_)
    may = np.zeros((count, households), dtype=np.bool_)
    priority = Bounds(np.zeros(households, np.bool_), np.zeros(households, np.bool_))
    for test in tables.grounds:
        bounds = weigh_ground(reading, test)
        must[test.position], may[test.position] = bounds
        priority = priority.either(bounds)
    return Grounds(write_truth(Bounds(must, may)).T, priority)


def weigh_ground(reading: Reading, test: GroundTest) -> Bounds:
    """Weigh one ground: all its facts, and its income ceiling when it has one."""
    parts = [reading.bounds(position) for position in test.facts]
    if test.income is not None:
        parts.append(weigh_income(reading.facts, test.income))
    bounds = parts[0]
    for part in parts[1:]:
        bounds = bounds.both(part)
    return bounds


def weigh_income(facts: Facts, test: IncomeTest) -> Bounds:
    """Compare an income with its ceiling; the ceiling itself is allowed.

    What is unknown may be anything from zero up, so a ground can hold without the number of
    dependents, and fail without the cadastral income.
    """
    income = _income_of_year(facts, test)
    cadastral = facts.amounts["extra_cadastral_income_cents"]
    dependents = facts.amounts["dependents"]
    lowest_ceiling = ceiling_cents(dependents.low, test)
    must = counted_income_cents(income.high, cadastral.high, test) <= lowest_ceiling
    if all(amounts.is_complete for amounts in (income, cadastral, dependents)):
        return Bounds(must, must)
    highest_ceiling = ceiling_cents(dependents.high_count, test)
    may = counted_income_cents(income.low, cadastral.low, test) <= highest_ceiling
    return Bounds(must, may)


def counted_income_cents(income: Cents, cadastral: Cents, test: IncomeTest) -> Cents:
    """Give the income that is tested: with the cadastral income as often as the rule counts it."""
    return income + cadastral * test.cadastral_factor if test.cadastral_factor else income


def ceiling_cents(dependents: Cents, test: IncomeTest) -> Cents:
    """Give the ceiling for a number of dependents."""
    return dependents * test.per_dependent_cents + test.limit_cents


def weigh_condition(reading: Reading, test: ConditionTest) -> Bounds:
    """Weigh a condition: each clause needs at least one of its facts."""
    clauses = [_weigh_clause(reading, clause) for clause in test.clauses]
    bounds = clauses[0]
    for clause in clauses[1:]:
        bounds = bounds.both(clause)
    return bounds


def choose_product(
    reading: Reading, tables: DayTables, *, priority: Bounds, conditions: dict[str, Bounds]
) -> Choice:
    """Take the first product that may hold; it is certain when it must hold as well."""
    households = len(reading.facts)
    candidates = np.full(households, -1, dtype=np.int64)
    assured = np.full(households, -1, dtype=np.int64)
    is_certain = np.zeros(households, dtype=np.bool_)
    for test in reversed(tables.products):
        bounds = _weigh_product(reading, test, priority, conditions)
        np.copyto(candidates, test.index, where=bounds.may)
        np.copyto(is_certain, bounds.must, where=bounds.may)
        np.copyto(assured, test.index, where=bounds.must)
    return Choice(candidates, assured, is_certain)


def _income_of_year(facts: Facts, test: IncomeTest) -> Amounts:
    """Give the income; one of another year than the ceiling looks at counts as unknown."""
    income, years = facts.amounts[test.income], facts.joint_taxable_income_years
    if test.income_year is None or not years.any():
        return income
    is_right = (years == 0) | (years == test.income_year)
    return Amounts(np.where(is_right, income.values, 0), income.known & is_right)


def _weigh_clause(reading: Reading, clause: tuple[tuple[int, bool], ...]) -> Bounds:
    literals = [
        reading.bounds(position).opposite() if is_negated else reading.bounds(position)
        for position, is_negated in clause
    ]
    bounds = literals[0]
    for literal in literals[1:]:
        bounds = bounds.either(literal)
    return bounds


def _weigh_product(
    reading: Reading, test: ProductTest, priority: Bounds, conditions: dict[str, Bounds]
) -> Bounds:
    is_kind = reading.is_kind(test.kinds)
    bounds = Bounds(is_kind, is_kind)
    if test.needs_priority:
        bounds = bounds.both(priority)
    for name in test.conditions:
        bounds = bounds.both(conditions[name])
    # Terms that are not published yet cannot be promised to anybody.
    return bounds if test.has_terms else Bounds(np.zeros_like(bounds.must), bounds.may)
