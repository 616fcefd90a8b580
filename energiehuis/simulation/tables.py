"""An answer as flat tables, for a spreadsheet or another program; amounts in euros, not rounded."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.simulation.results import Answer, Area, Interval, Outcome

Cell = str | int | float | None
TOTAL = "total"
_SCENARIOS = ("baseline", "scenario")
_UNITS = (("kwh", "kwh_per_year"), ("co2_tonnes", "co2_t_per_year"), ("eur", "eur_per_year"))
_KINDS = ("calculated", "realised")
_STATISTICS = ("point", "p05", "p50", "p95")
_COUNTS = ("with_saving", "unknown_works", "unmodelled_works", "with_emission_factor", "with_price")
_FIGURES = (
    "loans",
    "lent_eur",
    "interest_eur",
    *(
        f"saved_{unit}_{kind}_{statistic}"
        for _, unit in _UNITS
        for kind in _KINDS
        for statistic in _STATISTICS
    ),
    *(f"loans_{name}" for name in _COUNTS),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A flat table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def municipality_table(answer: Answer, hidden: frozenset[str] = frozenset()) -> Table:
    """Give a row for each municipality and scenario, and the total; blank where hidden."""
    rows = (
        (*_names(area), scenario, *_figures(getattr(area, scenario), is_hidden=is_hidden))
        for area, is_hidden in _areas(answer, hidden)
        for scenario in _SCENARIOS
    )
    return Table(("nis_code", "municipality", "scenario", *_FIGURES), tuple(rows))


def year_table(answer: Answer, hidden: frozenset[str] = frozenset()) -> Table:
    """Give what is paid back a calendar year, by municipality and scenario."""
    rows = (
        (*_names(area), scenario, year, None if is_hidden else cents / 100)
        for area, is_hidden in _areas(answer, hidden)
        for scenario in _SCENARIOS
        for year, cents in zip(answer.years, getattr(area, scenario).repayments_cents, strict=True)
    )
    return Table(("nis_code", "municipality", "scenario", "year", "repaid_eur"), tuple(rows))


def as_csv(table: Table) -> str:
    """Write a table with commas and points, one header line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue()


def area_name(area: Area) -> str:
    """Give the name of a municipality, or of the total."""
    return get_municipality(area.nis_code).name if area.nis_code else TOTAL


def _areas(answer: Answer, hidden: frozenset[str]) -> Iterator[tuple[Area, bool]]:
    for area in (*answer.areas, answer.total):
        yield area, area.nis_code in hidden


def _names(area: Area) -> tuple[str, str]:
    return area.nis_code or TOTAL, area_name(area)


def _figures(outcome: Outcome, *, is_hidden: bool) -> tuple[Cell, ...]:
    if is_hidden:
        return (None,) * len(_FIGURES)
    intervals: list[Interval] = [
        getattr(getattr(outcome, name), kind) for name, _ in _UNITS for kind in _KINDS
    ]
    return (
        outcome.loans,
        outcome.lent_cents / 100,
        outcome.interest_cents / 100,
        *(getattr(interval, name) for interval in intervals for name in _STATISTICS),
        *(getattr(outcome.counts, name) for name in _COUNTS),
    )
