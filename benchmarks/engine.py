"""Ten million loans from Parquet, added up by month and municipality: one process, two, and Dask.

Run with `python -m benchmarks.engine [loans]`. All forms compute the same row groups in turn, on
workers that are already up, and give the same bytes; memory is the highest resident set of a
worker that did nothing else. On a machine of fewer than two cores the ratios say nothing.
"""

import hashlib
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.machine import highest_rss, second_core_gain, two_cores, versions
from benchmarks.row import Row, print_rows, row_of, seconds
from energiehuis.simulation.dask_cluster import LOCAL, dask_workers
from energiehuis.simulation.engine_backends import Backend, Processes
from energiehuis.simulation.engine_block import compute_block
from energiehuis.simulation.engine_plan import EnginePlan, make_plan
from energiehuis.simulation.loan_writers import write_invented_loans
from savings_model.scenarios import BASELINE

LOANS = 10_000_000
MUNICIPALITIES = 565
ROUNDS = 5
_SAME_BYTES = "one process, two, and Dask give the same bytes"
_HELD = "highest resident set after all rounds, Dask itself included"
# The memory of a worker is watched over a file and over one of a quarter of its loans.
_SMALLER = 4


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
    before = second_core_gain()
    found: dict[str, list[float]] = {"one": [], "two": [], "dask": []}
    with Processes(1) as one, Processes(2) as two, dask_workers(LOCAL, 2) as dask:
        backends: dict[str, Backend] = {"one": one, "two": two, "dask": dask}
        digests = {_digest(plan, backend) for backend in backends.values()}
        assert len(digests) == 1, "all forms give the same bytes"
        for _ in range(ROUNDS):
            for name, backend in backends.items():
                found[name].append(seconds(partial(_digest, plan, backend)))
        held = max(highest_rss(worker) / 2**20 for worker in dask.worker_ids)
    # A core that was free before and not after was not free all the while.
    note, unjudged = two_cores(min(before, second_core_gain()))
    name = f"{plan.loans:,} loans from Parquet"
    gained = [a / b for a, b in zip(found["one"], found["two"], strict=True)]
    dearer = [a / b for a, b in zip(found["dask"], found["two"], strict=True)]
    work = f"{name}, Dask on two workers / two processes"
    both = row_of(f"{name}, two processes against one", ">= 1.6", gained, "x faster", note=note)
    return [
        row_of(f"{name}, two processes", "-", found["two"], "s", note=_SAME_BYTES),
        both._replace(unjudged=unjudged),
        row_of(
            work, "<= 1.2", dearer, "x", note=f"{versions('distributed')}; {held:.0f} MiB a worker"
        ),
    ]


def _memory(plan: EnginePlan, smaller: EnginePlan) -> list[Row]:
    most, fewer = _worker_mib(plan), _worker_mib(smaller)
    name = f"memory of a worker, {plan.loans:,} loans"
    note = f"highest resident set; {fewer:.0f} MiB with a quarter of the loans"
    return [
        row_of(name, "<= 200 MiB", [most], "MiB", note=note),
        row_of(f"{name} / a quarter of them", "<= 1.1", [most / fewer], "x", note="flat"),
    ]


def _worker_mib(plan: EnginePlan) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_highest_mib, plan).result()


def _highest_mib(plan: EnginePlan) -> float:
    for block in range(plan.blocks):
        compute_block(plan, block)
    return highest_rss() / 2**20


def _digest(plan: EnginePlan, backend: Backend) -> str:
    """Give one digest of all blocks in their order, holding none."""
    digests = {
        block: hashlib.sha256(content).hexdigest()
        for block, content in backend.compute(plan, range(plan.blocks))
    }
    return hashlib.sha256("".join(digests[block] for block in sorted(digests)).encode()).hexdigest()


if __name__ == "__main__":
    print_rows(rows(int(sys.argv[1]) if len(sys.argv) > 1 else LOANS))
