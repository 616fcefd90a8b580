"""Somebody who has all published tables and tries to work out what was hidden; a solver of its own.

It knows how figures add up (typed in here, not read from the code that hides), that counts are zero
or more, and every published number. It eliminates with exact fractions and bounds by intervals.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf

Row = tuple[dict[str, Fraction], Fraction]
# Parts of a whole, with an unknown rest; /d is a denominator, /u what is unknown.
PARTS = (
    ("wc.new_files", "wc.single", "wc.couple"),
    ("wc.new_files", "wc.single", "wc.couple", "wc.with_others_children"),
    ("wc.single", "wc.single_children"),
    ("wc.couple", "wc.couple_children"),
    ("wc.new_files", "wc.housed_same_year"),
    ("wc.new_files", "wc.replacement_income", "wc.replacement_income/u"),
    ("wc.housed_share/d", "wc.housed_share"),
    ("eh.priority_share/d", "eh.priority_share"),
    ("ko.days_to_start/d", "ko.days_to_start"),
    ("ww.workers", "ww.workers_new", "ww.workers_pwa"),
    ("kw.situations", "kw.offered"),
    ("kw.stays", "kw.flow_through"),
)
SAME = (
    ("wc.housed_share", "wc.housed_same_year"),
    ("wc.housed_share/d", "wc.new_files"),
    ("wc.visits_per_session", "wc.visits"),
)


@dataclass
class Puzzle:
    """Equations over named numbers, some of which are known."""

    known: dict[str, int] = field(default_factory=dict)
    equations: list[dict[str, int]] = field(default_factory=list)
    # Numbers of people: of figures that say so by their cells, and what is left of them.
    people: set[str] = field(default_factory=set)

    def add(self, whole: str, parts: list[str]) -> None:
        """Say that the parts add up to the whole."""
        terms = {whole: 1}
        for part in parts:
            terms[part] = terms.get(part, 0) - 1
        self.equations.append(terms)

    def intervals(self) -> dict[str, tuple[float, float]]:
        """Give what can be worked out of each number that is not known."""
        rows = [row for terms in self.equations if (row := self._row(terms))[0]]
        bounds = {name: (0.0, inf) for terms, _rest in rows for name in terms}
        rows += reduced(rows)
        for _ in range(60):
            if not any([tightened(bounds, row) for row in rows]):  # noqa: C419  all of them
                break
        return bounds

    def _row(self, terms: dict[str, int]) -> Row:
        rest = -sum(sign * self.known[name] for name, sign in terms.items() if name in self.known)
        unknown = {n: Fraction(sign) for n, sign in terms.items() if n not in self.known}
        return unknown, Fraction(rest)


def reduced(rows: list[Row]) -> list[Row]:
    """Eliminate exactly, one unknown a row."""
    done: dict[str, Row] = {}
    for terms, rest in rows:
        left, value = dict(terms), rest
        for name in [name for name in left if name in done]:
            left, value = minus(left, value, done[name], left.get(name, Fraction(0)))
        left = {name: sign for name, sign in left.items() if sign}
        if not left:
            continue
        pivot = min(left)
        scale = left[pivot]
        new = ({name: sign / scale for name, sign in left.items()}, value / scale)
        for other, (old, old_value) in list(done.items()):
            if old.get(pivot):
                terms_left, value_left = minus(old, old_value, new, old[pivot])
                done[other] = ({n: s for n, s in terms_left.items() if s}, value_left)
        done[pivot] = new
    return list(done.values())


def minus(terms, value, row, times):
    left = dict(terms)
    for name, sign in row[0].items():
        left[name] = left.get(name, Fraction(0)) - times * sign
    return left, value - times * row[1]


def tightened(bounds: dict[str, tuple[float, float]], row: Row) -> bool:
    """Bound each number of an equation by the others; say whether something moved."""
    terms, rest = row
    moved = False
    for name, sign in terms.items():
        low = high = float(rest)
        for other, factor in terms.items():
            if other != name:
                ends = [float(factor) * end if end else 0.0 for end in bounds[other]]
                low, high = low - max(ends), high - min(ends)
        ends = sorted((low / float(sign), high / float(sign)))
        new = (
            max(bounds[name][0], ceil(ends[0] - 1e-9) if ends[0] > -inf else -inf),
            min(bounds[name][1], floor(ends[1] + 1e-9) if ends[1] < inf else inf),
        )
        moved = moved or new != bounds[name]
        bounds[name] = new
    return moved


def quantities(measured) -> dict[str, int]:
    """Give the numbers of a figure by the ending of their name."""
    found = {"": measured.numerator, "/d": measured.denominator, "/u": measured.unknown}
    return {ending: value for ending, value in found.items() if value is not None}


def add_table(puzzle, truth, label, table, is_shown) -> None:
    """Add a table: what it prints, and how it adds up where in truth it does."""
    for area, figures in table.items():
        for figure, measured in figures.items():
            add_figure(puzzle, truth, f"{label}|{area}|{figure}", measured, is_shown(area, figure))
        for whole, *parts in PARTS:
            add_if_true(puzzle, truth, f"{label}|{area}|", whole, parts, rest=True)
        for whole, part in SAME:
            add_if_true(puzzle, truth, f"{label}|{area}|", whole, [part], rest=False)
    everywhere = {name.split("|")[2] for name in truth if name.startswith(f"{label}|")}
    for quantity in sorted(everywhere):
        names = [f"{label}|{area}|{quantity}" for area in table if area]
        whole = f"{label}||{quantity}"
        if truth.get(whole) == sum(truth.get(name, 0) for name in names):
            puzzle.add(whole, [name for name in names if name in truth])


def add_figure(puzzle, truth, prefix, measured, is_shown) -> None:
    for ending, value in quantities(measured).items():
        truth[f"{prefix}{ending}"] = value
        if measured.cells and ending != "/d":
            puzzle.people.add(f"{prefix}{ending}")
        few_unknown = ending == "/u" and 0 < value < 5
        if is_shown and not few_unknown:
            puzzle.known[f"{prefix}{ending}"] = value


def add_if_true(puzzle, truth, prefix, whole, parts, *, rest) -> None:
    names = [f"{prefix}{name}" for name in (whole, *parts)]
    if not all(name in truth for name in names):
        return
    left = truth[names[0]] - sum(truth[name] for name in names[1:])
    if left < 0 or (left and not rest):
        return
    if rest:
        names.append(f"{prefix}rest of {whole} less {'+'.join(parts)}")
        truth[names[-1]] = left
        puzzle.people.add(names[-1])
    puzzle.add(names[0], names[1:])


def rebuilt(puzzle, truth, sensitive) -> list[str]:
    """Give the sensitive numbers that are known, or of which fewer than five values are left."""
    found = puzzle.intervals()
    return sorted(
        name
        for name in sensitive
        if name in puzzle.known or (name in found and found[name][1] - found[name][0] < 4)
    )


def small_people(puzzle, truth) -> set[str]:
    """Give the numbers that point at people."""
    return {name for name in puzzle.people if 0 < truth[name] < 5}
