"""Which cells of tables that stand side by side are hidden, so that none can be worked out.

A cell is hidden because it is small, or because a hidden one follows from it: figures of an area
add up, areas add up to the region, and periods add up to longer ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from energiehuis.key_figures.definitions import Kind, definitions
from energiehuis.key_figures.disclosure import Cell, Equation, Protection, protect
from energiehuis.key_figures.measures import Measured, is_small, must_be_suppressed

REGION = ""
Table = Mapping[str, Mapping[str, Measured]]  # area -> figure -> what was measured


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
