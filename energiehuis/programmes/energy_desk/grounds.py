"""On which grounds a scan is free on a day, and which amounts hold then; read from dated data."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from energiehuis.programmes.energy_desk.vocabulary import Ground


@dataclass(frozen=True, slots=True)
class Limit:
    """The highest amount of a ground; `per_dependent_cents` is added for each dependent."""

    valid_from: date
    valid_until: date | None
    limit_cents: int
    per_dependent_cents: int
    source: str

    def holds_on(self, day: date) -> bool:
        """Say whether the amount holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class DatedGround:
    """A ground with the days on which it holds, and its amounts where it has any."""

    ground: Ground
    valid_from: date
    valid_until: date | None
    source: str
    limits: tuple[Limit, ...]

    def holds_on(self, day: date) -> bool:
        """Say whether a scan may be free on this ground on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@cache
def dated_grounds() -> dict[Ground, DatedGround]:
    """Read the list.

    Raises
    ------
    ValueError
        When a ground or an amount has no source.
    """
    found = {}
    for row in _table()["grounds"]:
        limits = tuple(_limit(limit) for limit in row.get("limits", ()))
        ground = DatedGround(
            Ground(row["id"]), row["valid_from"], row["valid_until"], row.get("source", ""), limits
        )
        if not ground.source or not all(limit.source for limit in limits):
            raise ValueError(f"ground {ground.ground.value} or one of its amounts has no source")
        found[ground.ground] = ground
    return found


def holds(ground: Ground, day: date) -> bool:
    """Say whether a scan may be free on a ground on a day."""
    dated = dated_grounds().get(ground)
    return dated is not None and dated.holds_on(day)


def find_limit(ground: Ground, day: date) -> Limit | None:
    """Give the amount of a ground on a day; None where it has none, or none was read."""
    limits = dated_grounds()[ground].limits
    return next((limit for limit in limits if limit.holds_on(day)), None)


def has_limits(ground: Ground) -> bool:
    """Say whether a ground asks for an amount."""
    return bool(dated_grounds()[ground].limits)


def basic_scan_years() -> int:
    """Give how many years a dwelling waits for its next basic scan."""
    return int(_table()["basic_scan_term"]["years"])


def years_before(day: date, years: int) -> date:
    """Give the same day some years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@cache
def _table() -> dict[str, Any]:
    path = files("energiehuis.programmes.energy_desk").joinpath("data", "scan_grounds.yaml")
    return dict(yaml.safe_load(path.read_text("utf-8")))


def _limit(row: dict[str, Any]) -> Limit:
    return Limit(
        row["valid_from"],
        row["valid_until"],
        row["limit_cents"],
        row.get("per_dependent_cents", 0),
        row.get("source", ""),
    )
