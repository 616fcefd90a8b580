"""Say in bits why a household may not borrow, and which points are still open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from energiehuis.eligibility.facts import IntArray
from energiehuis.eligibility.outcome import Reason, ReasonArray
from energiehuis.eligibility.tables import DayTables
from energiehuis.eligibility.truth import BoolArray, Bounds
from energiehuis.eligibility.wish import Wish

KindTest = Callable[[frozenset[int]], BoolArray]


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules found for each household, before it is said why."""

    overall: Bounds
    priority: Bounds
    conditions: Mapping[str, Bounds]
    candidates: IntArray
    wish: Wish


def say_reasons(
    tables: DayTables, is_kind: KindTest, found: Found
) -> tuple[ReasonArray, ReasonArray]:
    """Give the bits of what certainly fails and of what is open, shape (households,) each.

    Who certainly has a product has no reasons but those of the wish.
    """
    households = len(found.candidates)
    reasons = np.zeros(households, dtype=np.uint16)
    open_points = np.zeros(households, dtype=np.uint16)
    without = ~found.overall.must
    if without.any():
        _add_borrower(reasons, open_points, tables, is_kind, found)
        for test in tables.conditions:
            bounds = found.conditions[test.id]
            concerns = without & is_kind(test.kinds)
            _set(reasons, test.reason, concerns & ~bounds.may)
            if not test.kinds:
                # Only a product that one asks for has it: it counts where that one is open.
                concerns = without & _may_still_be(tables, found, test.id)
            _set(open_points, test.reason, concerns & bounds.may & ~bounds.must)
    for reason, bounds in found.wish.parts:
        _set(reasons, reason, found.overall.must & ~bounds.may)
        _set(open_points, reason, found.overall.must & bounds.may & ~bounds.must)
    return reasons, open_points


def _add_borrower(
    reasons: ReasonArray,
    open_points: ReasonArray,
    tables: DayTables,
    is_kind: KindTest,
    found: Found,
) -> None:
    without = ~found.overall.must
    _set(reasons, Reason.BORROWER_KIND_EXCLUDED, without & ~is_kind(tables.kinds_served))
    needing = without & is_kind(tables.kinds_with_priority_only)
    _set(reasons, Reason.NOT_PRIORITY, needing & ~found.priority.may)
    unsure = without & is_kind(tables.kinds_with_priority)
    _set(open_points, Reason.NOT_PRIORITY, unsure & found.priority.may & ~found.priority.must)
    for test in tables.products:
        if not test.has_terms:
            _set(open_points, Reason.TERMS_NOT_PUBLISHED, found.candidates == test.index)


def _may_still_be(tables: DayTables, found: Found, condition: str) -> BoolArray:
    """Say where the product that may still hold has a condition."""
    indexes = [test.index for test in tables.products if condition in test.conditions]
    return np.isin(found.candidates, indexes)


def _set(bits: ReasonArray, reason: Reason, where: BoolArray) -> None:
    bits |= where * np.uint16(reason)
