"""All benchmarks in one run: a table on the screen and in `docs/benchmarks.md`.

`python -m benchmarks api loans` runs only some of them. Every ratio is taken side by side in this
run; the times of another machine differ, the ratios much less.
"""

import os
import platform
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

GROUPS = {
    "api": ("Requests beside a bare Flask handler", "benchmarks.api_requests"),
    "statements": ("Statements a request", "benchmarks.statements"),
    "law": ("Eligibility of a million households", "benchmarks.eligibility_million"),
    "loans": ("Schedules", "benchmarks.loans_schedules"),
    "portfolio": ("Flows and draws of a portfolio", "benchmarks.loans_portfolio"),
    "engine": ("Ten million loans from Parquet", "benchmarks.engine"),
    "energy": ("Heat balance and scenarios", "benchmarks.energy_model"),
}
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Run the groups that are named, or all, and write the page when all ran."""
    os.chdir(PAGE.parents[1])
    wanted = sys.argv[1:] or list(GROUPS)
    if strangers := set(wanted) - set(GROUPS):
        named = ", ".join(sorted(strangers))
        raise SystemExit(f"no such group: {named}; there are {', '.join(GROUPS)}")
    parts = []
    for name in wanted:
        title, module = GROUPS[name]
        print(f"\n{title}", flush=True)
        parts.append((title, list(shown(import_module(module).rows()))))
    if len(wanted) == len(GROUPS):
        PAGE.write_text(page(parts))
        print(f"\nWritten to docs/{PAGE.name}")


def shown(rows: Iterable[Any]) -> Iterable[tuple[str, ...]]:
    """Print each row as it comes and give its cells."""
    for row in rows:
        cells = as_cells(row)
        print("  {:66} {:9} {:>8} {:>17}  {}".format(*cells), flush=True)
        yield cells


def as_cells(row: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Give work, goal, median, range and note of a row, whatever its group calls them."""
    values = row._asdict() if hasattr(row, "_asdict") else _values(row)
    median = values.get("median", values.get("median_ratio"))
    low = values.get("low", values.get("lowest", values.get("lowest_ratio")))
    high = values.get("high", values.get("highest", values.get("highest_ratio")))
    note = str(values.get("note", values.get("unit", "")))
    span = f"{_number(low)}-{_number(high)}"
    return str(values["work"]), str(values["goal"]), _number(median), span, note


def page(parts: list[tuple[str, list[tuple[str, ...]]]]) -> str:
    """Write the page."""
    lines = [
        "# Benchmarks",
        "",
        "Made by `make benchmark`. Both sides of a ratio are timed in turn in one run; the median",
        f"and the range stand here. {os.cpu_count()} cores, Python {platform.python_version()}.",
    ]
    for title, rows in parts:
        lines += [
            "",
            f"## {title}",
            "",
            "| work | goal | median | range | |",
            "|---|---|---|---|---|",
        ]
        lines += ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join(lines) + "\n"


def _values(row: Any) -> dict[str, Any]:  # noqa: ANN401
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


if __name__ == "__main__":
    main()
