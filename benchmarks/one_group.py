"""Run one group in this process, print its rows as they come, and write them to the page."""

import sys
import time
from importlib import import_module

from benchmarks.machine import machine
from benchmarks.page import GROUPS, keep


def main(name: str) -> None:
    """Run it."""
    title, module = GROUPS[name]
    print(f"\n{title}", flush=True)
    start, here, rows = time.perf_counter(), machine(), []
    for row in import_module(module).rows():
        work, goal, median, span, note, verdict = row.cells
        print(f"  {work:80} {goal:9} {median:>14} {span:>14}  {verdict}\n     {note}", flush=True)
        rows.append(row.cells)
    keep(name, rows, here | {"seconds": f"{time.perf_counter() - start:.0f}"})


if __name__ == "__main__":
    main(sys.argv[1])
