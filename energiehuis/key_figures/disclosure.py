"""Hiding counts so that no sum of what is shown gives them back.

Whoever reads tables knows how their cells add up: municipalities to the region, parts to a whole,
quarters to a year, a numerator and what is left of it to its denominator. From these equations
and from counts being zero or more follows an interval for each hidden cell. A sensitive cell is
safe while its interval holds five whole numbers or more; until all are, further cells are hidden.

The interval is found by eliminating the hidden cells from the equations (Gauss) and by bounding
each of them by the others, over and over, in the equations as they are and as eliminated.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

# Five whole numbers are possible: nobody can say which of 1 to 4 it is, nor that it is one.
NARROWEST = 4
_TENTH = 10
# The tables of the demo settle within sixteen.
_MOST_PASSES = 200
_NEAR = 1e-7
# Above this many hidden cells in one set of equations their combinations are not searched, only
# bounded; no set of tables that is published today comes near.
_MOST_ELIMINATED = 1_500


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, or one that follows from two of them.

    Attributes
    ----------
    key : str
        Its name.
    value : int
        What it is.
    group : str
        What is hidden together with it: a figure of an area in a table. Empty for a number that
        is never shown and can only be worked out.
    is_sensitive : bool
        Points at people, so may be neither shown nor worked out.
    is_out : bool
        Has left the house already, and cannot be hidden any more.
    rank : int
        Cells of a higher rank (totals) are hidden last.
    """

    key: str
    value: int
    group: str
    is_sensitive: bool = False
    is_out: bool = False
    rank: int = 0

    @property
    def narrowest(self) -> float:
        """Give how wide its interval must be: four, and a tenth of a large amount."""
        return max(NARROWEST, abs(self.value) / _TENTH)


@dataclass(frozen=True, slots=True)
class Equation:
    """The parts add up to the whole; all by their keys."""

    whole: str
    parts: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Give all its cells."""
        return (self.whole, *self.parts)


@dataclass(frozen=True, slots=True)
class Protection:
    """Groups to hide, and sensitive cells that can still be worked out from what is out."""

    hidden: frozenset[str]
    exposed: tuple[str, ...] = field(default=())


def protect(
    cells: Iterable[Cell],
    equations: Sequence[Equation],
    *,
    already_hidden: Iterable[str] = (),
    is_secondary: bool = True,
) -> Protection:
    """Choose what to hide: sensitive cells, and what else would give them back.

    Parameters
    ----------
    cells : iterable of Cell
        Everything that is shown or follows. [-]
    equations : sequence of Equation
        How they add up; every key is that of a cell. [-]
    already_hidden : iterable of str
        Groups that an earlier table hid. [-]
    is_secondary : bool
        False hides the sensitive cells only; for the test that shows what that gives away. [-]

    Returns
    -------
    Protection
        The same for the same cells, in any order.
    """
    by_key = {cell.key: cell for cell in cells}
    first = {cell.group for cell in by_key.values() if cell.is_sensitive and cell.group}
    out = {cell.group for cell in by_key.values() if cell.is_out}
    hidden = (first - out) | set(already_hidden)
    if not is_secondary:
        return Protection(frozenset(hidden))
    exposed: list[str] = []
    for part in _connected(by_key, equations):
        exposed += _protect_part(by_key, part, hidden)
    return Protection(frozenset(hidden), tuple(sorted(exposed)))


def _protect_part(
    by_key: dict[str, Cell], equations: list[Equation], hidden: set[str]
) -> list[str]:
    """Hide more until no sensitive cell of these equations is exposed; give those that stay so."""
    of_cell: dict[str, list[Equation]] = defaultdict(list)
    for equation in equations:
        for key in equation.keys:
            of_cell[key].append(equation)
    while True:
        unknown = {key for key in of_cell if is_unknown(by_key[key], hidden)}
        intervals = feasible(by_key, equations, unknown)
        exposed = [
            key
            for key in sorted(unknown)
            if by_key[key].is_sensitive
            and intervals[key][1] - intervals[key][0] < by_key[key].narrowest
        ]
        chosen: set[str] = set()
        for key in exposed:
            near = {cell for equation in of_cell[key] for cell in equation.keys}
            if chosen & {by_key[cell].group for cell in near}:
                continue
            found = _next_to_hide(by_key, of_cell, key, unknown)
            if found is not None:
                chosen.add(found)
        if not chosen:
            return exposed
        hidden |= chosen


def is_unknown(cell: Cell, hidden: set[str] | frozenset[str]) -> bool:
    """Say whether a reader does not see a cell."""
    return not cell.group or cell.group in hidden


def _next_to_hide(
    by_key: dict[str, Cell], of_cell: dict[str, list[Equation]], key: str, unknown: set[str]
) -> str | None:
    """Give the group whose hiding widens a cell most cheaply, nearest equations first."""
    seen, edge = {key}, [key]
    needs = by_key[key].narrowest
    while edge:
        near = sorted({c for k in edge for equation in of_cell[k] for c in equation.keys} - seen)
        open_cells = [
            by_key[c] for c in near if c not in unknown and not by_key[c].is_out and by_key[c].group
        ]
        if open_cells:
            return min(
                open_cells, key=lambda c: (c.value < needs, c.rank, abs(c.value), c.key)
            ).group
        seen |= set(near)
        edge = [c for c in near if c in unknown]
    return None


def feasible(
    by_key: dict[str, Cell], equations: Sequence[Equation], unknown: set[str]
) -> dict[str, tuple[float, float]]:
    """Give the interval of each unknown cell that a reader can work out.

    Parameters
    ----------
    by_key : dict
        All cells. [-]
    equations : sequence of Equation
        How they add up. [-]
    unknown : set of str
        Cells that the reader does not see. [-]

    Returns
    -------
    dict
        Lowest and highest value of each unknown cell.
    """
    names = sorted(unknown)
    place = {key: n for n, key in enumerate(names)}
    low, high = np.zeros(len(names)), np.full(len(names), np.inf)
    rows, rests = _rows(by_key, equations, place)
    if 0 < len(names) <= _MOST_ELIMINATED and rows:
        more, more_rests = _eliminated(rows, rests, len(names))
        rows, rests = rows + more, rests + more_rests
    if rows:
        _tighten_all(low, high, _Sums.of(rows, rests))
    return {key: (float(low[n]), float(high[n])) for key, n in place.items()}


_Row = tuple[np.ndarray, np.ndarray]


def _rows(
    by_key: dict[str, Cell], equations: Sequence[Equation], place: dict[str, int]
) -> tuple[list[_Row], list[float]]:
    """Write each equation as: the sum of its unknown cells, with signs, is the rest."""
    rows, rests = [], []
    for equation in equations:
        signed: dict[int, float] = defaultdict(float)
        rest = 0.0
        for key, sign in ((equation.whole, 1.0), *((part, -1.0) for part in equation.parts)):
            if key in place:
                signed[place[key]] += sign
            else:
                rest -= sign * by_key[key].value
        if signed:
            rows.append((np.array(list(signed)), np.array(list(signed.values()))))
            rests.append(rest)
    return rows, rests


def _eliminated(rows: list[_Row], rests: list[float], width: int) -> tuple[list[_Row], list[float]]:
    """Reduce the equations (Gauss-Jordan with the largest pivot); shape (rank, unknown)."""
    matrix = np.zeros((len(rows), width + 1))
    for n, (places, signs) in enumerate(rows):
        matrix[n, places] = signs
        matrix[n, -1] = rests[n]
    top = 0
    for column in range(width):
        pivot = top + int(np.argmax(np.abs(matrix[top:, column])))
        if abs(matrix[pivot, column]) < _NEAR:
            continue
        matrix[[top, pivot]] = matrix[[pivot, top]]
        matrix[top] /= matrix[top, column]
        others = np.flatnonzero(np.abs(matrix[:, column]) > _NEAR)
        others = others[others != top]
        matrix[others] -= np.outer(matrix[others, column], matrix[top])
        top += 1
        if top == len(rows):
            break
    reduced: list[_Row] = []
    found: list[float] = []
    for row in matrix[:top]:
        places = np.flatnonzero(np.abs(row[:-1]) > _NEAR)
        reduced.append((places, row[places]))
        found.append(float(row[-1]))
    return reduced, found


@dataclass(frozen=True, slots=True)
class _Sums:
    """All equations behind each other: the cells of row n begin at `starts[n]`.

    `row_of` says of which row each cell is, and `rests` what the cells of that row add up to.
    """

    places: np.ndarray
    signs: np.ndarray
    starts: np.ndarray
    row_of: np.ndarray
    rests: np.ndarray

    @classmethod
    def of(cls, rows: list[_Row], rests: list[float]) -> "_Sums":
        sizes = np.array([len(places) for places, _signs in rows])
        row_of = np.repeat(np.arange(len(rows)), sizes)
        return cls(
            np.concatenate([places for places, _signs in rows]),
            np.concatenate([signs for _places, signs in rows]),
            np.cumsum(sizes) - sizes,
            row_of,
            np.array(rests)[row_of],
        )


def _tighten_all(low: np.ndarray, high: np.ndarray, sums: _Sums) -> None:
    """Bound each cell by the others of its equations, in whole numbers, until nothing moves.

    All equations at once, so that their order does not matter. What still moves after the most
    passes is taken to be known: then more is hidden, never less.
    """
    places, signs = sums.places, sums.signs
    upwards = signs > 0
    for _ in range(_MOST_PASSES):
        before = (low.copy(), high.copy())
        at_low, at_high = signs * low[places], signs * high[places]
        least = np.where(upwards, at_low, at_high)
        most = np.where(upwards, at_high, at_low)
        ends = (
            (sums.rests - _of_others(most, sums, far=np.inf)) / signs,
            (sums.rests - _of_others(least, sums, far=-np.inf)) / signs,
        )
        # Rounded outwards by a hair first: elimination is in floating point.
        np.maximum.at(low, places, np.ceil(np.where(upwards, *ends) - _NEAR))
        np.minimum.at(high, places, np.floor(np.where(upwards, *ends[::-1]) + _NEAR))
        moves = (before[0] != low) | (before[1] != high)
        if not moves.any():
            return
    high[moves] = low[moves]


def _of_others(values: np.ndarray, sums: _Sums, *, far: float) -> np.ndarray:
    """Give for each cell the sum of the others of its row; infinite where one of them is."""
    infinite = np.isinf(values)
    finite = np.where(infinite, 0.0, values)
    others: np.ndarray = np.add.reduceat(finite, sums.starts)[sums.row_of] - finite
    endless = np.add.reduceat(infinite.astype(np.int64), sums.starts)[sums.row_of] - infinite
    others[endless > 0] = far
    return others


def _connected(by_key: dict[str, Cell], equations: Sequence[Equation]) -> list[list[Equation]]:
    """Part the equations into sets that share no cell; only those with a sensitive cell."""
    root = {key: key for key in by_key}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for equation in equations:
        for part in equation.parts:
            root[find(part)] = find(equation.whole)
    parts: dict[str, list[Equation]] = defaultdict(list)
    for equation in equations:
        parts[find(equation.whole)].append(equation)
    sensitive = {find(cell.key) for cell in by_key.values() if cell.is_sensitive}
    return [parts[key] for key in sorted(sensitive & parts.keys())]
