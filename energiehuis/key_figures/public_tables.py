"""The tables that leave the house, each with all of its municipalities and their total at once.

What may be shown of one municipality depends on what is shown of the others, so a table is always
looked at whole, and the same cells are hidden whoever asks. Outsiders see whole calendar years,
which do not overlap; the loans also run on since the first of them, and are looked at over all
years together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from uuid import UUID

import yaml
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.queries import served_municipalities
from energiehuis.key_figures.as_of import as_known
from energiehuis.key_figures.definitions import Kind, definitions
from energiehuis.key_figures.disclosure import Cell, Equation, Protection, protect
from energiehuis.key_figures.energy_loans import LOAN_FORMULAS, measure_energy_loans
from energiehuis.key_figures.formulas import measure_all
from energiehuis.key_figures.measures import (
    Area,
    Measured,
    Period,
    is_small,
    must_be_suppressed,
)
from energiehuis.reference_data.printed_figures import COUNTED_FROM

REGION = ""
Table = Mapping[str, Mapping[str, Measured]]  # area -> figure -> what was measured
_CACHE = "public_key_figures"


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """What was measured for one area, and which figures of it may not be shown."""

    measured: Mapping[str, Measured]
    suppressed: frozenset[str]
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Relation:
    """Parts and their whole, as quantities; `is_exact` where nothing is left of the whole.

    `leaves_people` is False where what is left are visits or nights, not people.
    """

    whole: str
    parts: tuple[str, ...]
    is_exact: bool = False
    leaves_people: bool = True


@dataclass(frozen=True, slots=True)
class Adding:
    """A table whose periods add up to the period of another one, by their labels."""

    whole: str
    parts: tuple[str, ...]


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


def group_of(label: str, area: str, figure_id: str) -> str:
    """Name what is hidden together: one figure of one area in one table."""
    return f"{label}|{area}|{figure_id}"


def protect_tables(
    tables: Mapping[str, Table],
    adding: Sequence[Adding] = (),
    *,
    out: frozenset[str] = frozenset(),
    already_hidden: frozenset[str] = frozenset(),
    never_shown: frozenset[str] = frozenset(),
    is_secondary: bool = True,
) -> Protection:
    """Choose the groups to hide in tables that stand beside each other.

    Parameters
    ----------
    tables : mapping
        By their labels. [-]
    adding : sequence of Adding
        Which periods add up to which. [-]
    out, already_hidden : frozenset of str
        Groups that an earlier publication showed, or hid. [-]
    never_shown : frozenset of str
        Labels of tables that only help to work others out, such as a month between two ends. [-]
    is_secondary : bool
        False hides small counts only. [-]
    """
    cells = {
        cell.key: cell
        for label, table in tables.items()
        for cell in _cells(label, table, out, is_shown=label not in never_shown)
    }
    equations: list[Equation] = []
    for label, table in tables.items():
        equations += _within(label, table, cells)
        equations += _over_areas(label, table, cells)
    for sums in adding:
        equations += _over_time(tables, sums, cells)
    return protect(
        cells.values(), equations, already_hidden=already_hidden, is_secondary=is_secondary
    )


def _cells(label: str, table: Table, out: frozenset[str], *, is_shown: bool) -> Iterator[Cell]:
    for area, figures in table.items():
        for figure_id, measured in figures.items():
            group = group_of(label, area, figure_id)
            # In a stretch that nobody is shown a zero points at nobody; what is small beside it
            # has a cell of its own.
            is_small_one = must_be_suppressed(measured) and (is_shown or measured.numerator != 0)
            quantities = {
                "": (measured.numerator, is_small_one),
                "/d": (measured.denominator, is_small(measured.denominator or 0)),
                "/u": (measured.unknown, is_small(measured.unknown)),
                **{f"/{name}": (count, is_small(count)) for name, count in measured.parts},
            }
            for ending, (value, is_sensitive) in quantities.items():
                if value is None:
                    continue
                # A few unknowns are left out by themselves; the figure stays.
                own = "" if ending == "/u" and is_sensitive else group
                yield Cell(
                    f"{group}{ending}",
                    value,
                    own if is_shown else "",
                    is_sensitive=is_sensitive,
                    is_out=bool(own) and group in out,
                    rank=int(area == REGION),
                )


def _within(label: str, table: Table, cells: dict[str, Cell]) -> Iterator[Equation]:
    """Yield how the figures of one area add up."""
    known = definitions()
    for area, figures in table.items():
        own = [
            Relation(f"{figure_id}/d", (figure_id,))
            for figure_id in figures
            if figure_id in known and known[figure_id].kind is Kind.RATIO
        ]
        own += [
            Relation(figure_id, tuple(f"{figure_id}/{name}" for name, _count in measured.parts))
            for figure_id, measured in figures.items()
            if measured.parts
        ]
        for relation in (*relations(), *own):
            keys = [f"{label}|{area}|{name}" for name in (relation.whole, *relation.parts)]
            if all(key in cells for key in keys):
                found = _sum(
                    keys[0],
                    tuple(keys[1:]),
                    cells,
                    is_exact=relation.is_exact,
                    leaves_people=relation.leaves_people,
                )
                if found is not None:
                    yield found


def _over_areas(label: str, table: Table, cells: dict[str, Cell]) -> Iterator[Equation]:
    prefix = f"{label}|{REGION}|"
    alone = [area for area in table if area != REGION]
    if REGION not in table or not alone:
        return
    for key in [key for key in cells if key.startswith(prefix)]:
        quantity = key.removeprefix(prefix)
        parts = tuple(f"{label}|{area}|{quantity}" for area in alone)
        found = _sum(key, tuple(part for part in parts if part in cells), cells, is_counted=False)
        if found is not None:
            yield found


def _over_time(
    tables: Mapping[str, Table], sums: Adding, cells: dict[str, Cell]
) -> Iterator[Equation]:
    prefix = f"{sums.whole}|"
    for key in [key for key in cells if key.startswith(prefix)]:
        quantity = key.removeprefix(prefix)
        parts = tuple(f"{label}|{quantity}" for label in sums.parts if label in tables)
        if len(parts) == len(sums.parts) and all(part in cells for part in parts):
            found = _sum(key, parts, cells, is_counted=False)
            if found is not None:
                yield found


def _sum(
    whole: str,
    parts: tuple[str, ...],
    cells: dict[str, Cell],
    *,
    is_exact: bool = False,
    is_counted: bool = True,
    leaves_people: bool = True,
) -> Equation | None:
    """Give the equation of a whole and its parts, with a cell for what is left.

    What is left of a whole are people as well (`is_counted`). A sum over areas or time may count
    one household twice: what it counts too much is a cell that points at nobody.
    """
    left = cells[whole].value - sum(cells[part].value for part in parts)
    if left == 0 and (is_exact or not is_counted):
        return Equation(whole, parts)
    if is_exact or (left < 0) is is_counted:
        return None
    rest = f"{whole}~{len(cells)}"
    cells[rest] = Cell(
        rest, abs(left), "", is_sensitive=is_counted and leaves_people and is_small(left)
    )
    if is_counted:
        return Equation(whole, (*parts, rest))
    # whole + counted twice = parts, written with one whole: its parts less what is twice there.
    joined = f"{rest}+"
    cells[joined] = Cell(joined, cells[whole].value + abs(left), "")
    return Equation(joined, parts)


@cache
def relations() -> tuple[Relation, ...]:
    """Read how the figures add up."""
    path = files("energiehuis.key_figures").joinpath("data", "relations.yaml")
    rows = yaml.safe_load(path.read_text("utf-8"))["relations"]
    return tuple(
        Relation(
            row["whole"],
            tuple(row["parts"]),
            is_exact=bool(row.get("exact")),
            leaves_people=not row.get("things"),
        )
        for row in rows
    )


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
            alone = {
                name: measure_energy_loans(session, area, period) for name, area in areas.items()
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
