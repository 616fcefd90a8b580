"""Ten million loans from Parquet, added up by month and municipality: one process, two, and Dask.

Run with `python -m benchmarks.engine [loans]`. All forms compute the same row groups in turn, on
workers that are already up, and give the same bytes; memory is the highest resident set of a
worker that did nothing else. On a machine of fewer than two cores the ratios say nothing.
"""

import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from energiehuis.simulation.dask_cluster import LOCAL, dask_workers
from energiehuis.simulation.engine_backends import Backend, Processes
from energiehuis.simulation.engine_block import compute_block
from energiehuis.simulation.engine_plan import EnginePlan, make_plan
from energiehuis.simulation.loan_writers import write_invented_loans
from savings_model.scenarios import BASELINE

LOANS = 10_000_000
MUNICIPALITIES = 565
ROUNDS = 3
# The memory of a worker is watched over a file and over one of a quarter of its loans.
_SMALLER = 4


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    goal: str
    median: float
    low: float
    high: float
    unit: str


def rows(loans: int = LOANS) -> list[Row]:
    """Give the whole table."""
    with tempfile.TemporaryDirectory() as folder:
        plan = _plan(Path(folder) / "loans.parquet", loans)
        smaller = _plan(Path(folder) / "fewer.parquet", loans // _SMALLER)
        return [*_speeds(plan), *_memory(plan, smaller)]


def _plan(path: Path, loans: int) -> EnginePlan:
    write_invented_loans(path, loans, seed=5, municipalities=MUNICIPALITIES, with_dwellings=False)
    return make_plan(path, (BASELINE,))


def _speeds(plan: EnginePlan) -> list[Row]:
    found: dict[str, list[float]] = {"one": [], "two": [], "dask": []}
    with Processes(1) as one, Processes(2) as two, dask_workers(LOCAL, 2) as dask:
        backends: dict[str, Backend] = {"one": one, "two": two, "dask": dask}
        digests = {_digest(plan, backend) for backend in backends.values()}
        assert len(digests) == 1, "all forms give the same bytes"
        for _ in range(ROUNDS):
            for name, backend in backends.items():
                found[name].append(_seconds(lambda b=backend: _digest(plan, b)))
    name = f"{plan.loans:,} loans from Parquet"
    gained = [a / b for a, b in zip(found["one"], found["two"], strict=True)]
    dearer = [a / b for a, b in zip(found["dask"], found["two"], strict=True)]
    return [
        _row(f"{name}, two processes", "-", found["two"], "s"),
        _row(f"{name}, two processes against one", ">= 1.6", gained, "x faster"),
        _row(f"{name}, Dask on two workers / two processes", "<= 1.2", dearer, "ratio"),
    ]


def _memory(plan: EnginePlan, smaller: EnginePlan) -> list[Row]:
    most, fewer = _worker_mib(plan), _worker_mib(smaller)
    ratio = most / fewer
    name = f"memory of a worker, {plan.loans:,} loans"
    return [
        Row(name, "<= 200", most, most, most, "MiB"),
        Row(f"{name} / a quarter of them", "flat", ratio, ratio, ratio, "ratio"),
    ]


def _worker_mib(plan: EnginePlan) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_highest_mib, plan).result()


def _highest_mib(plan: EnginePlan) -> float:
    for block in range(plan.blocks):
        compute_block(plan, block)
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _digest(plan: EnginePlan, backend: Backend) -> str:
    """Give one digest of all blocks in their order, holding none."""
    digests = {
        block: hashlib.sha256(content).hexdigest()
        for block, content in backend.compute(plan, range(plan.blocks))
    }
    return hashlib.sha256("".join(digests[block] for block in sorted(digests)).encode()).hexdigest()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _row(work: str, goal: str, values: list[float], unit: str) -> Row:
    return Row(work, goal, statistics.median(values), min(values), max(values), unit)


if __name__ == "__main__":
    print(f"cores {os.cpu_count()}")
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else LOANS):
        measured = f"{row.median:8.2f} ({row.low:.2f}-{row.high:.2f}) {row.unit}"
        print(f"{row.work:62} goal {row.goal:7} {measured}")
