"""The days of Food Act 13 in the demo: what is collected, given on, thrown away and counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

import numpy as np

from energiehuis.programmes.food_act.commands import FoodLine, PickupLine
from energiehuis.programmes.food_act.vocabulary import Category, ExpiryKind
from energiehuis.seeds.tables import read_table

KG_BEFORE = (250, 350)
KG_SINCE = 1_100
_SPREAD = 0.12
_LEAST_KG = 20
# What is kept overnight; what is left of it on Friday goes to waste: 96 % is given on.
_KEPT = 0.15
_WARM = 0.004
_FRIDAY, _WEDNESDAY, _SATURDAY = 4, 2, 5
_USE_BY = frozenset({Category.DAIRY, Category.PREPARED_MEALS, Category.MEAT_FISH})


class _Shop(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def nis_code(self) -> str: ...
    @property
    def weekdays(self) -> tuple[int, ...]: ...
    @property
    def categories(self) -> tuple[Category, ...]: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class FoodDay:
    """A working day of the depot; each pickup and distribution with whose it is and where."""

    day: date
    pickups: tuple[tuple[UUID, str, tuple[PickupLine, ...]], ...]
    distributions: tuple[tuple[UUID, str, tuple[FoodLine, ...]], ...]
    waste: tuple[FoodLine, ...]
    counted: tuple[tuple[Category, int], ...]


def draw_days(
    rng: np.random.Generator,
    *,
    shops: Sequence[_Shop],
    receivers: Sequence[tuple[UUID, str, date]],
    span: tuple[date, date, date],
) -> list[FoodDay]:
    """Draw the working days of a span, in their order.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance. [-]
    shops : sequence
        Donors, with their weekdays and the days between which they give. [-]
    receivers : sequence of tuple
        Id, municipality and first day of each receiver. [-]
    span : tuple of date
        The first day, the day from which more is collected, and the last day. [-]
    """
    first, grew, last = span
    days = list(_working_days(first, last))
    totals = _totals(rng, days, grew)
    stock = dict.fromkeys(Category, 0)
    found = []
    for number, (day, total) in enumerate(zip(days, totals, strict=True)):
        open_shops = [
            shop
            for shop in shops
            if day.weekday() in shop.weekdays
            and shop.since <= day
            and (shop.until is None or day < shop.until)
        ]
        came = tuple(_pickups(rng, open_shops, total, stock))
        wanted = 4 if day >= grew else 2
        there = [one for one in receivers if one[2] <= day]
        chosen = [there[(number * wanted + step) % len(there)] for step in range(wanted)]
        went = tuple(_distributions(chosen, stock))
        waste = tuple(_waste(stock)) if day.weekday() == _FRIDAY else ()
        is_count = day.weekday() == _WEDNESDAY and day.day <= 7 and day.month % 3 == 1
        counted = tuple(_counted(rng, stock)) if is_count else ()
        found.append(FoodDay(day, came, went, waste, counted))
    return found


def _working_days(first: date, last: date) -> Iterator[date]:
    holidays = set(read_table("food_act")["holidays"])
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < _SATURDAY and day not in holidays:
            yield day


def _totals(rng: np.random.Generator, days: Sequence[date], grew: date) -> list[int]:
    """Give whole kilogrammes a day; of each year since it grew, the mean is that of the deck."""
    before = [day for day in days if day < grew]
    totals: list[int] = rng.integers(KG_BEFORE[0], KG_BEFORE[1] + 1, size=len(before)).tolist()
    for year in sorted({day.year for day in days if day >= grew}):
        count = sum(1 for day in days if day >= grew and day.year == year)
        drawn = np.rint(KG_SINCE * (1 + _SPREAD * rng.standard_normal(count))).astype(int)
        missing = KG_SINCE * count - int(drawn.sum())
        drawn += missing // count
        drawn[: missing % count] += 1
        totals += drawn.tolist()
    return totals


def _pickups(
    rng: np.random.Generator, shops: Sequence[_Shop], total: int, stock: dict[Category, int]
) -> Iterator[tuple[UUID, str, tuple[PickupLine, ...]]]:
    count = len(shops)
    shares = rng.multinomial(total - count * _LEAST_KG, np.full(count, 1 / count)) + _LEAST_KG
    for shop, kg in zip(shops, shares.tolist(), strict=True):
        kinds = [shop.categories[index] for index in rng.permutation(3)[:2].tolist()]
        most = round(kg * float(rng.uniform(0.5, 0.8)))
        lines = []
        for category, weight in zip(kinds, (most, kg - most), strict=True):
            use_by = category in _USE_BY
            is_cold = not use_by or bool(rng.random() >= _WARM)
            kind = ExpiryKind.USE_BY if use_by else ExpiryKind.BEST_BEFORE
            lines.append(PickupLine(category, Decimal(weight), kind, is_cold))
            stock[category] += weight if is_cold else 0
        yield shop.id, shop.nis_code, tuple(lines)


def _distributions(
    chosen: Sequence[tuple[UUID, str, date]], stock: dict[Category, int]
) -> Iterator[tuple[UUID, str, tuple[FoodLine, ...]]]:
    """Give most of each category on, over two of the receivers of the day."""
    loads: list[list[FoodLine]] = [[] for _ in chosen]
    for number, (category, kg) in enumerate(stock.items()):
        going = kg - round(kg * _KEPT)
        for step, part in enumerate((going // 2, going - going // 2)):
            if part:
                load = loads[(number + step) % len(chosen)]
                load.append(FoodLine(category, Decimal(part)))
        stock[category] = kg - going
    for (receiver_id, nis_code, _), lines in zip(chosen, loads, strict=True):
        if lines:
            yield receiver_id, nis_code, tuple(lines)


def _waste(stock: dict[Category, int]) -> Iterator[FoodLine]:
    for category, kg in stock.items():
        if kg:
            yield FoodLine(category, Decimal(kg))
            stock[category] = 0


def _counted(
    rng: np.random.Generator, stock: dict[Category, int]
) -> Iterator[tuple[Category, int]]:
    """Count what stands there: now and then a kilogramme is missing."""
    for category, kg in stock.items():
        if kg:
            stock[category] = max(0, kg - int(rng.integers(0, 2)))
            yield category, stock[category]
