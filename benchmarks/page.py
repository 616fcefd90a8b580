"""The page of results, and the results that stand on it until their group runs again."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

GROUPS = {
    "api": ("Requests beside a bare Flask handler", "benchmarks.api_requests"),
    "statements": ("Statements a request", "benchmarks.statements"),
    "law": ("Eligibility of a million households", "benchmarks.eligibility_million"),
    "loans": ("Schedules beside memory and numpy-financial", "benchmarks.loans_schedules"),
    "peers": ("Schedules beside other libraries", "benchmarks.loans_peers"),
    "portfolio": ("Flows and draws of a portfolio", "benchmarks.loans_portfolio"),
    "engine": ("Ten million loans from Parquet", "benchmarks.engine"),
    "energy": ("Heat balance and scenarios", "benchmarks.energy_model"),
    "key_figures": ("Key figures of all municipalities", "benchmarks.key_figures"),
}
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
KEPT = PAGE.with_suffix(".json")
_HEAD = """# Benchmarks

Written by `make benchmark`; `make benchmark G=engine` measures one group again and leaves the
others as they were. Both sides of a ratio are timed in turn in one run, on the same invented
data; median and range are over those pairs, five unless a row says otherwise. A time of another
machine differs, a ratio much less. Work shorter than a twentieth of a second is repeated, and the
mean stands for one run.

**passed**: the worst run reached the goal. **met**: the median did. **missed by**: how far the
median stayed from it. "Fill" writes the same four arrays and nothing else.
"""


def keep(name: str, rows: Sequence[Sequence[str]], here: dict[str, str]) -> None:
    """Put the rows of a group in the place of its last, and write the page anew."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    kept[name] = {"machine": here, "rows": rows}
    text = json.dumps({group: kept[group] for group in GROUPS if group in kept}, indent=1)
    KEPT.write_text(text + "\n", "utf-8")
    PAGE.write_text(page(json.loads(text)), "utf-8")


def page(kept: dict[str, Any]) -> str:
    """Write the page."""
    parts = [_HEAD]
    for name, found in kept.items():
        here = found["machine"]
        lines = [
            f"## {GROUPS[name][0]}",
            "",
            f"`make benchmark G={name}` on {here['day']}, {here['seconds']} s;",
            f"{here['processor']}; {here['software']}; load {here['load']} when it began.",
            "",
            "| work | goal | median | range | note | goal reached |",
            "|---|---|---|---|---|---|",
        ]
        lines += ["| " + " | ".join(cells) + " |" for cells in found["rows"]]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
