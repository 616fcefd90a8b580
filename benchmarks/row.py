"""A line of the table, and whether it reached its goal."""

import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

_LONG_ENOUGH_S = 0.05
_GOAL = re.compile(r"(<=|>=) ([\d,.]+)")


class Row(NamedTuple):
    """What was done, its goal, and what was measured.

    A goal begins with `<=` or `>=` and a number in the unit of the row; `-` sets none. A row
    that cannot be judged on this machine says why.
    """

    work: str
    goal: str
    median: float
    low: float
    high: float
    unit: str = ""
    note: str = ""
    unjudged: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Work, goal, median, range, note and verdict, as they are read."""
        goal = self.goal.replace("<=", "≤").replace(">=", "≥")
        span = f"{_number(self.low)}-{_number(self.high)}" if self.low != self.high else "one run"
        median = f"{_number(self.median)} {self.unit}".strip()
        return self.work, goal, median, span, self.note, self.verdict

    @property
    def verdict(self) -> str:
        """Passed when the worst run reached the goal, met when the median did, or missed."""
        found = _GOAL.match(self.goal)
        if found is None:
            return "-"
        if self.unjudged:
            return f"not judged: {self.unjudged}"
        limit = float(found[2].replace(",", ""))
        at_most = found[1] == "<="
        if self.high <= limit if at_most else self.low >= limit:
            return "passed"
        if self.median <= limit if at_most else self.median >= limit:
            return "met"
        return f"missed by {abs(self.median / limit - 1):.0%}"


def row_of(work: str, goal: str, values: Sequence[float], unit: str = "", *, note: str = "") -> Row:
    """Make the line of some runs."""
    return Row(work, goal, statistics.median(values), min(values), max(values), unit, note)


def seconds(work: Callable[[], object], runs: int = 1) -> float:
    """Time one run, as the mean of some."""
    start = time.perf_counter()
    for _ in range(runs):
        work()
    return (time.perf_counter() - start) / runs


def enough_runs(work: Callable[[], object]) -> int:
    """Give how often short work must run to be timed well; runs it, so that it is warm."""
    work()
    return max(1, round(_LONG_ENOUGH_S / max(seconds(work), 1e-9)))


def timed(work: Callable[[], object], rounds: int = 5) -> list[float]:
    """Time warm work some rounds."""
    runs = enough_runs(work)
    return [seconds(work, runs) for _ in range(rounds)]


def as_time(length: float) -> str:
    """Write seconds as a person reads them."""
    if length < 1e-3:
        return f"{length * 1e6:.0f} µs"
    return f"{length * 1e3:.3g} ms" if length < 1 else f"{length:.3g} s"


def print_rows(rows: Iterable[Row]) -> None:
    """Print the table."""
    for row in rows:
        print("{:62} {:>10} {:>12} ({}) {} {}".format(*row.cells), flush=True)


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"
