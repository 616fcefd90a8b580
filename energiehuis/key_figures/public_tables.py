"""The tables that leave the house, each with all of its municipalities and their total at once.

What may be shown of one municipality depends on what is shown of the others, so a table is always
looked at whole, and the same cells are hidden whoever asks. Outsiders see whole calendar years,
which do not overlap; the loans also run on since the first of them, and are looked at over all
years together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.queries import served_municipalities
from energiehuis.key_figures.as_of import as_known
from energiehuis.key_figures.definitions import definitions
from energiehuis.key_figures.energy_loans import (
    LOAN_FORMULAS,
    add_counts,
    count_loans_by_municipality,
    loan_figures,
)
from energiehuis.key_figures.formulas import measure_all
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.key_figures.table_protection import (
    REGION,
    Adding,
    Table,
    group_of,
    protect_tables,
)
from energiehuis.reference_data.printed_figures import COUNTED_FROM

_CACHE = "public_key_figures"


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """What was measured for one area, and which figures of it may not be shown."""

    measured: Mapping[str, Measured]
    suppressed: frozenset[str]
    withheld: frozenset[str] = frozenset()


def public_figures(
    session: Session, area: Area, period: Period, *, known_at: datetime | None = None
) -> PublicFigures:
    """Measure an area and say what of it may be shown to who sees no small counts."""
    asked = _Asked(session, area.organisation_id, known_at)
    measured: dict[str, Measured] = {}
    suppressed: set[str] = set()
    withheld = set(definitions())
    year = _year_of(period)
    if year is not None:
        table, hidden = asked.year(year)
        measured, suppressed = _of_area(table, hidden, str(year), area)
        withheld = set()
    label = str(year) if year is not None else _since_label(period)
    if label is not None:
        tables, hidden = asked.loans()
        if label in tables:
            loans, hidden_loans = _of_area(tables[label], hidden, label, area)
            measured |= loans
            suppressed = (suppressed - LOAN_FORMULAS.keys()) | hidden_loans
            withheld -= LOAN_FORMULAS.keys()
    return PublicFigures(measured, frozenset(suppressed), frozenset(withheld))


class _Asked:
    """Tables of an organisation, measured once a transaction."""

    def __init__(self, session: Session, organisation_id: UUID, known_at: datetime | None) -> None:
        self._session = session
        self._organisation_id = organisation_id
        self._known_at = known_at
        self._kept = session.info.setdefault(_CACHE, {})

    def year(self, year: int) -> tuple[Table, frozenset[str]]:
        """Give the table of a calendar year and its hidden groups."""
        key = (self._organisation_id, self._known_at, year)
        if key not in self._kept:
            areas = areas_of(self._session, self._organisation_id)
            period = Period(date(year, 1, 1), date(year + 1, 1, 1))
            table = measure_table(self._session, areas, period, known_at=self._known_at)
            label = str(year)
            self._kept[key] = (table, protect_tables({label: table}).hidden)
        found: tuple[Table, frozenset[str]] = self._kept[key]
        return found

    def loans(self) -> tuple[Mapping[str, Table], frozenset[str]]:
        """Give the tables of the loans, by year and since the first, and their hidden groups."""
        key = (self._organisation_id, self._known_at, "loans")
        if key not in self._kept:
            areas = areas_of(self._session, self._organisation_id)
            tables = _loan_tables(self._session, areas, self._known_at)
            hidden = protect_tables(tables, _running_on(tables)).hidden
            self._kept[key] = (tables, hidden)
        found: tuple[Mapping[str, Table], frozenset[str]] = self._kept[key]
        return found


def public_year(session: Session, organisation_id: UUID, year: int) -> tuple[Table, frozenset[str]]:
    """Give the table of a calendar year as outsiders see it, and its hidden groups."""
    asked = _Asked(session, organisation_id, None)
    table, hidden = asked.year(year)
    _tables, hidden_loans = asked.loans()
    loans = {
        group
        for area in table
        for figure in LOAN_FORMULAS
        if (group := group_of(str(year), area, figure)) in hidden_loans
    }
    others = {group for group in hidden if group.rpartition("|")[2] not in LOAN_FORMULAS}
    return table, frozenset(others | loans)


def areas_of(session: Session, organisation_id: UUID) -> dict[str, Area]:
    """Give each municipality that the organisation ever served, and all of them together."""
    codes = tuple(sorted(served_municipalities(session, organisation_id, clock.today())))
    alone = {code: Area(organisation_id, (code,)) for code in codes}
    return {**alone, REGION: Area(organisation_id, codes)}


def measure_table(
    session: Session,
    areas: Mapping[str, Area],
    period: Period,
    *,
    known_at: datetime | None = None,
) -> Table:
    """Measure all figures of all areas."""
    return {
        name: measure_all(session, area, period, known_at=known_at) for name, area in areas.items()
    }


def _of_area(
    table: Table, hidden: frozenset[str], label: str, area: Area
) -> tuple[dict[str, Measured], set[str]]:
    """Give what was measured of an area and which of its figures are hidden."""
    codes = set(table) - {REGION}
    if len(area.nis_codes) == 1 and area.nis_codes[0] in codes:
        name = area.nis_codes[0]
    elif set(area.nis_codes) == codes:
        name = REGION
    else:
        # Some municipalities together stand in no table.
        return dict(table[REGION]), set(table[REGION])
    return dict(table[name]), {
        figure for figure in table[name] if group_of(label, name, figure) in hidden
    }


def _year_of(period: Period) -> int | None:
    year = period.from_on.year
    whole = Period(date(year, 1, 1), date(year + 1, 1, 1))
    return year if period == whole else None


def _since_label(period: Period) -> str | None:
    ends = (period.to_on.month, period.to_on.day) == (1, 1)
    return f"-{period.to_on.year - 1}" if period.from_on == COUNTED_FROM and ends else None


def _loan_tables(
    session: Session, areas: Mapping[str, Area], known_at: datetime | None
) -> dict[str, Table]:
    """Measure the loans of each year, and add them up since the first."""
    tables: dict[str, Table] = {}
    running: dict[str, dict[str, Measured]] = {}
    for year in range(COUNTED_FROM.year, clock.today().year + 1):
        period = Period(max(COUNTED_FROM, date(year, 1, 1)), date(year + 1, 1, 1))
        with as_known(session, known_at):
            counts = count_loans_by_municipality(session, areas[REGION], period)
        alone = {
            name: loan_figures(add_counts(counts[nis] for nis in area.nis_codes if nis in counts))
            for name, area in areas.items()
        }
        running = {
            name: {
                figure: _added(running[name][figure], found) if name in running else found
                for figure, found in alone[name].items()
            }
            for name in alone
        }
        tables[str(year)], tables[f"-{year}"] = alone, running
    return tables


def _added(one: Measured, other: Measured) -> Measured:
    denominator = None if one.denominator is None else one.denominator + (other.denominator or 0)
    return replace(
        one,
        numerator=one.numerator + other.numerator,
        denominator=denominator,
        unknown=one.unknown + other.unknown,
        cells=tuple(a + b for a, b in zip(one.cells, other.cells, strict=True)),
    )


def _running_on(tables: Mapping[str, Table]) -> list[Adding]:
    years = sorted(label for label in tables if not label.startswith("-"))
    return [Adding(f"-{year}", (f"-{before}", year)) for before, year in pairwise(years)]
