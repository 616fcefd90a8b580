"""The law of a day, laid out for arrays: positions instead of names, tables instead of rows."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.facts import (
    DWELLING_KIND_CODES,
    TARGET_LABELS,
    TRUTH_POSITIONS,
    IntArray,
)
from energiehuis.eligibility.outcome import Reason
from energiehuis.law.model import Condition, LawOfDay, Product, Threshold
from energiehuis.law.vocabulary import REPAYMENT_FIRST_RULES, IncomeNotion

_REASON_OF_CONDITION = {
    "served_municipality": Reason.OUTSIDE_SERVED_MUNICIPALITY,
    "flemish_region": Reason.OUTSIDE_FLEMISH_REGION,
    "main_residence": Reason.NOT_MAIN_RESIDENCE,
    "new_build": Reason.NEW_BUILD_NOT_ALLOWED,
}
# Conditions of a product that one asks for are no reason to refuse the ordinary one.
_ASKED = "energy_loan_plus_asked"
# A lower minimum for works that are nothing else than what the fact says.
_MINIMUM_OF_WORKS = {
    "minimum_amount_diy_roof": "only_owner_roof_works",
    "minimum_amount_appliances": "only_appliances",
}


@dataclass(frozen=True, slots=True)
class IncomeTest:
    """One ceiling: the income must not exceed limit plus addition times dependents."""

    income: str
    limit_cents: int
    per_dependent_cents: int
    cadastral_factor: int
    income_year: int | None


@dataclass(frozen=True, slots=True)
class GroundTest:
    """One ground: facts that must all hold, and an income test or none."""

    position: int
    facts: tuple[int, ...]
    income: IncomeTest | None


@dataclass(frozen=True, slots=True)
class ConditionTest:
    """One condition: clauses of (fact, is negated), and the borrower kinds it is a reason for."""

    id: str
    clauses: tuple[tuple[tuple[int, bool], ...], ...]
    reason: Reason
    kinds: frozenset[int]


@dataclass(frozen=True, slots=True)
class ProductTest:
    """One product: its number, who it is for and what it needs."""

    index: int
    kinds: frozenset[int]
    needs_priority: bool
    conditions: tuple[str, ...]
    has_terms: bool


@dataclass(frozen=True, slots=True, eq=False)
class DayTables:
    """All tests and tables of a day; the last entry of each table stands for "no product"."""

    grounds: tuple[GroundTest, ...]
    conditions: tuple[ConditionTest, ...]
    products: tuple[ProductTest, ...]
    rates_per_year: NDArray[np.float64]
    minimums_cents: IntArray
    minimums_of_works: tuple[tuple[int, IntArray], ...]
    maximums_cents: IntArray
    longest_terms_months: IntArray
    repayment_first: NDArray[np.bool_] | None
    older_than: NDArray[np.datetime64] | None
    per_unit_cents: IntArray | None
    label_maximums: tuple[tuple[int, IntArray], ...]
    kinds_served: frozenset[int]
    kinds_with_priority: frozenset[int]
    kinds_with_priority_only: frozenset[int]


@lru_cache(maxsize=1024)
def tables_of(law: LawOfDay) -> DayTables:
    """Lay out the law of a day; done once for each stretch of days."""
    rows = [product for product in law.products if product.can_be_chosen]
    ordinary = [product for product in rows if _ASKED not in product.conditions]
    needing = [product for product in ordinary if product.needs_priority]
    served = _kinds(ordinary)
    return DayTables(
        grounds=_grounds(law),
        conditions=tuple(
            _condition(law.conditions[name], ordinary) for name in _condition_ids(rows)
        ),
        products=tuple(_product(row, law.product_ids.index(row.id)) for row in rows),
        rates_per_year=_rates(rows, law),
        minimums_cents=_column(rows, law, "minimum_amount"),
        minimums_of_works=tuple(
            (TRUTH_POSITIONS[fact], _column(rows, law, name))
            for name, fact in _MINIMUM_OF_WORKS.items()
            if any(product.values.has(name) for product in rows)
        ),
        maximums_cents=_column(rows, law, "maximum_amount"),
        longest_terms_months=_column(rows, law, "longest_term"),
        repayment_first=_repayment_first(rows, law),
        older_than=_older_than(rows, law),
        per_unit_cents=_per_unit(rows, law),
        label_maximums=_label_maximums(rows, law),
        kinds_served=served,
        kinds_with_priority=_kinds(needing),
        kinds_with_priority_only=served - _kinds([p for p in ordinary if not p.needs_priority]),
    )


def income_test(law: LawOfDay, name: str | None) -> IncomeTest | None:
    """Give the test of a ceiling as it stands on these days; None for a ground without one."""
    if name is None:
        return None
    row: Threshold = law.thresholds[name]
    is_latest = row.notion is IncomeNotion.LATEST_ASSESSMENT
    return IncomeTest(
        income="latest_assessment_income_cents" if is_latest else "joint_taxable_income_cents",
        limit_cents=row.limit_cents,
        per_dependent_cents=row.per_dependent_cents,
        cadastral_factor=row.cadastral_factor,
        income_year=law.income_year(name),
    )


def _grounds(law: LawOfDay) -> tuple[GroundTest, ...]:
    return tuple(
        GroundTest(
            position=law.ground_ids.index(ground.id),
            facts=tuple(TRUTH_POSITIONS[name] for name in ground.all_of),
            income=income_test(law, ground.threshold),
        )
        for ground in law.grounds
    )


def _condition_ids(rows: list[Product]) -> list[str]:
    return list(dict.fromkeys(name for product in rows for name in product.conditions))


def _condition(condition: Condition, ordinary: list[Product]) -> ConditionTest:
    return ConditionTest(
        id=condition.id,
        clauses=tuple(tuple(_literal(fact) for fact in clause) for clause in condition.clauses),
        reason=_REASON_OF_CONDITION.get(condition.id, Reason.OTHER_CONDITION),
        kinds=_kinds([row for row in ordinary if condition.id in row.conditions]),
    )


def _literal(fact: str) -> tuple[int, bool]:
    return TRUTH_POSITIONS[fact.removeprefix("not ")], fact.startswith("not ")


def _product(product: Product, index: int) -> ProductTest:
    return ProductTest(
        index=index,
        kinds=_kinds([product]),
        needs_priority=product.needs_priority,
        conditions=product.conditions,
        has_terms=product.has_terms,
    )


def _kinds(rows: list[Product]) -> frozenset[int]:
    return frozenset(kind.code for product in rows for kind in product.borrower_kinds)


def _rates(rows: list[Product], law: LawOfDay) -> NDArray[np.float64]:
    table = np.full(len(law.product_ids) + 1, np.nan)
    for product in rows:
        if product.has_terms:
            table[law.product_ids.index(product.id)] = float(product.rate_per_year)
    return table


def _column(rows: list[Product], law: LawOfDay, name: str) -> IntArray:
    table = np.full(len(law.product_ids) + 1, -1, dtype=np.int64)
    for product in rows:
        if product.values.has(name):
            table[law.product_ids.index(product.id)] = product.values.whole(name)
    return table


def _repayment_first(rows: list[Product], law: LawOfDay) -> NDArray[np.bool_] | None:
    table = np.zeros(len(law.product_ids) + 1, dtype=np.bool_)
    for product in rows:
        if product.values.has("parallel_loans"):
            rule = product.values.text("parallel_loans")
            table[law.product_ids.index(product.id)] = rule in REPAYMENT_FIRST_RULES
    return table if table.any() else None


def _older_than(rows: list[Product], law: LawOfDay) -> NDArray[np.datetime64] | None:
    """Give the day before which a running loan must first be repaid; NaT for no such rule."""
    table = np.full(len(law.product_ids) + 1, "NaT", dtype="datetime64[D]")
    for product in rows:
        if product.values.has("repaid_first_if_granted_before"):
            day = product.values.day("repaid_first_if_granted_before")
            table[law.product_ids.index(product.id)] = np.datetime64(day)
    return None if np.isnat(table).all() else table


def _per_unit(rows: list[Product], law: LawOfDay) -> IntArray | None:
    table = np.zeros(len(law.product_ids) + 1, dtype=np.int64)
    for product in rows:
        table[law.product_ids.index(product.id)] = product.maximum_per_unit_cents
    return table if table.any() else None


def _label_maximums(rows: list[Product], law: LawOfDay) -> tuple[tuple[int, IntArray], ...]:
    return tuple(
        (law.product_ids.index(product.id), _label_table(product))
        for product in rows
        if product.values.has("maximum_house_a")
    )


def _label_table(product: Product) -> IntArray:
    """Give maxima by dwelling kind and target label; the last row and column are "unknown"."""
    table = np.full((len(DWELLING_KIND_CODES) + 1, len(TARGET_LABELS) + 1), -1, dtype=np.int64)
    for kind, row in DWELLING_KIND_CODES.items():
        for column, label in enumerate(TARGET_LABELS):
            name = f"maximum_{kind}_{label.lower()}"
            has_one = product.values.has(name)
            table[row, column] = product.values.whole(name) if has_one else 0
    return table
