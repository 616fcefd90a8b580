"""Municipalities that the Energiehuis serves: NIS code, name, postcodes, population and days."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from energiehuis.errors import NotFound

DATA = files("energiehuis.reference_data").joinpath("data")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; without `served_from` it is served since before the oldest file."""

    nis_code: str
    name: str
    population_2020: int
    postcodes: tuple[str, ...]
    served_from: date | None
    served_until: date | None

    def is_served_on(self, day: date) -> bool:
        """Say whether the Energiehuis serves it on a day."""
        has_started = self.served_from is None or self.served_from <= day
        return has_started and (self.served_until is None or day < self.served_until)


@cache
def list_municipalities() -> tuple[Municipality, ...]:
    """Give all municipalities that are or were served, by name."""
    postcodes: dict[str, list[str]] = {}
    for row in read_table("postcodes.csv"):
        postcodes.setdefault(row["nis_code"], []).append(row["postcode"])
    rows = [_municipality(row, postcodes) for row in read_table("municipalities.csv")]
    return tuple(sorted(rows, key=lambda row: row.name))


def get_municipality(nis_code: str) -> Municipality:
    """Give a municipality by its NIS code.

    Raises
    ------
    NotFound
        `reference_data.unknown_municipality`.
    """
    found = _by_nis_code().get(nis_code)
    if found is None:
        raise NotFound("reference_data.unknown_municipality", nis_code=nis_code)
    return found


def find_municipality_by_postcode(postcode: str) -> Municipality | None:
    """Give the municipality of a postcode, or None when it is not one of ours."""
    return _by_postcode().get(postcode)


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of this package, one mapping a row."""
    lines = DATA.joinpath(name).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, strict=True))


@cache
def _by_nis_code() -> MappingProxyType[str, Municipality]:
    return MappingProxyType({row.nis_code: row for row in list_municipalities()})


@cache
def _by_postcode() -> MappingProxyType[str, Municipality]:
    pairs = ((postcode, row) for row in list_municipalities() for postcode in row.postcodes)
    return MappingProxyType(dict(pairs))


def _municipality(row: dict[str, str], postcodes: dict[str, list[str]]) -> Municipality:
    return Municipality(
        nis_code=row["nis_code"],
        name=row["name"],
        population_2020=int(row["population_2020"]),
        postcodes=tuple(postcodes[row["nis_code"]]),
        served_from=_find_day(row["served_from"]),
        served_until=_find_day(row["served_until"]),
    )


def _find_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
