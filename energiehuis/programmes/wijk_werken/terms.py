"""Limits, fees, prices and allowed work by day, read from `data/`; plain functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from energiehuis.money import parse_cents
from energiehuis.programmes.wijk_werken.vocabulary import Activity, UserKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """Something that holds from a day until the first day on which it no longer does."""

    valid_from: date
    valid_until: date | None
    reference: str

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(_Dated):
    """How much somebody may work. [h, months]."""

    hours_a_month: int
    hours_a_year: int
    hours_a_day: int
    months_of_a_new_worker: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(_Dated):
    """What a user pays, and how long that lasts. [cents, months]."""

    amount_cents: int
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequePrice(_Dated):
    """Between what a cheque of one hour costs, lowest and highest. [cents]."""

    lowest_cents: int
    highest_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedActivity(_Dated):
    """Work that is allowed for some kinds of users."""

    activity: Activity
    kinds: frozenset[UserKind]
    confidence: str


_Kind = TypeVar("_Kind", bound=_Dated)


def limits_on(day: date) -> Limits | None:
    """Give the limits of a day; None before wijk-werken began."""
    return _on(_terms()["limits"], day)


def fee_on(day: date) -> Fee | None:
    """Give the fee of a day, or None."""
    return _on(_terms()["fees"], day)


def cheque_price_on(day: date) -> ChequePrice | None:
    """Give the price of a cheque on a day, or None."""
    return _on(_terms()["cheque_prices"], day)


def allowed_activities(kind: UserKind, day: date) -> frozenset[Activity]:
    """Give the work that is allowed for a kind of user on a day."""
    return frozenset(
        row.activity for row in activities() if kind in row.kinds and row.holds_on(day)
    )


@cache
def activities() -> tuple[AllowedActivity, ...]:
    """Read the list of work.

    Raises
    ------
    ValueError
        When a row has no reference, or work of the house stands nowhere in the list.
    """
    rows = tuple(
        AllowedActivity(
            activity=Activity(row["code"]),
            kinds=frozenset(UserKind(kind) for kind in row["kinds"]),
            confidence=row["confidence"],
            **_days(row),
        )
        for row in _read("activities.yaml")["activities"]
    )
    if {row.activity for row in rows} != set(Activity):
        raise ValueError("the list of work and the words of the house differ")
    return rows


@cache
def _terms() -> dict[str, Any]:
    table = _read("terms.yaml")
    hours = ("hours_a_month", "hours_a_year", "hours_a_day", "months_of_a_new_worker")
    return {
        "limits": tuple(
            Limits(**{name: row[name] for name in hours}, **_days(row)) for row in table["limits"]
        ),
        "fees": tuple(
            Fee(amount_cents=parse_cents(row["amount"]), months=row["months"], **_days(row))
            for row in table["fees"]
        ),
        "cheque_prices": tuple(
            ChequePrice(
                lowest_cents=parse_cents(row["lowest"]),
                highest_cents=parse_cents(row["highest"]),
                **_days(row),
            )
            for row in table["cheque_prices"]
        ),
    }


def _on(rows: Iterable[_Kind], day: date) -> _Kind | None:
    return next((row for row in rows if row.holds_on(day)), None)


def _days(row: dict[str, Any]) -> dict[str, Any]:
    if not row["reference"]:
        raise ValueError(f"a row of {row['valid_from']} has no reference")
    return {name: row[name] for name in ("valid_from", "valid_until", "reference")}


def _read(name: str) -> dict[str, Any]:
    path = files("energiehuis.programmes.wijk_werken").joinpath("data", name)
    table: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return table
