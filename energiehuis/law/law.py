"""All rules of all days, and the rules of one day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from energiehuis.identifiers import digest
from energiehuis.law.model import (
    Condition,
    Ground,
    LawOfDay,
    Overlaid,
    Product,
    Source,
    Threshold,
    Work,
)
from energiehuis.law.plain import as_plain
from energiehuis.law.scenario import SCENARIO, LawOverrides

_Row = TypeVar("_Row", Product, Threshold, Ground, Work)


@dataclass(frozen=True, eq=False)
class Law:
    """The whole law, in rows with days; made by `load_law` or by `with_overrides`.

    `files_version` is the digest of the rule files, and of the overrides when there are any;
    `overlays` are the approved changes that were laid over the files, oldest first.
    """

    products: tuple[Product, ...]
    thresholds: tuple[Threshold, ...]
    grounds: tuple[Ground, ...]
    conditions: Mapping[str, Condition]
    works: tuple[Work, ...]
    sources: Mapping[str, Source]
    files_version: str
    overlays: tuple[Overlaid, ...] = ()
    _stretches: dict[date, LawOfDay] = field(default_factory=dict, repr=False)

    def on(self, day: date) -> LawOfDay:
        """Give the rules of a day; days without a change between them share one object."""
        index = bisect_right(self.change_days, day)
        year_start = date(day.year, 1, 1)
        first_day = max(self.change_days[index - 1], year_start) if index else year_start
        found = self._stretches.get(first_day)
        if found is None:
            found = self._stretches.setdefault(first_day, self._make(first_day))
        return found

    def with_overrides(self, overrides: LawOverrides) -> "Law":
        """Give the law as a scenario changes it, with a version of its own.

        Raises
        ------
        NoSuchRuleError
            When a product, ceiling, ground or reading that is named does not exist.
        """
        return Law(
            products=overrides.of_products(self.products),
            thresholds=overrides.of_thresholds(self.thresholds),
            grounds=overrides.of_grounds(self.grounds),
            conditions=self.conditions,
            works=self.works,
            sources=MappingProxyType({**self.sources, SCENARIO.id: SCENARIO}),
            files_version=digest([self.files_version, as_plain(overrides)]),
            overlays=self.overlays,
        )

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """Days on which some rule starts or stops, ascending."""
        periods = [row.period for rows in self._dated_rows() for row in rows]
        periods += [need.period for work in self.works for need in work.requirements]
        starts = {period.valid_from for period in periods}
        ends = {period.valid_until for period in periods if period.valid_until is not None}
        return tuple(sorted(starts | ends))

    @cached_property
    def product_ids(self) -> tuple[str, ...]:
        """Ids of all products of all days; the place is their number in arrays."""
        return tuple(product.id for product in self.products)

    @cached_property
    def ground_ids(self) -> tuple[str, ...]:
        """Ids of all grounds of all days; the place is their number in arrays."""
        return tuple(ground.id for ground in self.grounds)

    def _dated_rows(self) -> Iterable[Iterable[Product | Threshold | Ground | Work]]:
        return (self.products, self.thresholds, self.grounds, self.works)

    def _make(self, first_day: date) -> LawOfDay:
        products = sorted(_in_force(self.products, first_day), key=lambda row: row.precedence)
        thresholds = {row.parameter: row for row in _in_force(self.thresholds, first_day)}
        grounds, works = _in_force(self.grounds, first_day), _in_force(self.works, first_day)
        rules = [
            [_without_end(row) for row in products],
            {name: _without_end(row) for name, row in thresholds.items()},
            [_without_end(row) for row in grounds],
            [_without_end(row) for row in works],
            self.conditions,
        ]
        return LawOfDay(
            first_day=first_day,
            next_change_on=self._next_change(first_day),
            products=tuple(products),
            thresholds=MappingProxyType(thresholds),
            grounds=tuple(grounds),
            works=tuple(works),
            conditions=self.conditions,
            sources=self.sources,
            product_ids=self.product_ids,
            ground_ids=self.ground_ids,
            condition_ids=tuple(self.conditions),
            version=digest(as_plain(rules)),
            files_version=self.files_version,
            overlays=tuple(o.text for o in self.overlays if o.valid_from <= first_day),
        )

    def _next_change(self, first_day: date) -> date:
        next_year = date(first_day.year + 1, 1, 1)
        index = bisect_right(self.change_days, first_day)
        later = self.change_days[index : index + 1]
        return min([*later, next_year])


def _without_end(row: _Row) -> _Row:
    """Give a rule without its last day: one that stops next year is the same rule until then."""
    return replace(row, period=replace(row.period, valid_until=None))


def _in_force(rows: Iterable[_Row], day: date) -> list[_Row]:
    return [row for row in rows if row.period.holds_on(day)]
