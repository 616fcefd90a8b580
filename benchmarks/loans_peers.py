"""Full exact schedules beside the libraries that others would take, on the same invented book.

Each peer that takes a whole book has a fresh process, held to one core like ours beside it, so
that no peer finds the threads or the memory of another. Peers that can use two cores get them in
a row of their own, and ours too.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from importlib import import_module
from multiprocessing import get_context

from benchmarks.loans_pairs import compare, synthetic_book
from benchmarks.machine import second_core_gain, two_cores, versions
from benchmarks.peers.cells import Book, Cells
from benchmarks.row import Row, as_time, print_rows, seconds
from savings_model.loan_terms import LoanTerms
from savings_model.repayment import Schedule, empty_schedule, fill_schedule, repayment_schedule

LOANS, FEW = 100_000, 2_412
_TWO_BLOCKS = 32_768
_WHOLE = {"pandas": ">= 20", "polars": ">= 8", "duckdb": ">= 10", "jax": ">= 2"}
_FRAMES = ("pandas", "polars", "duckdb")
_ON_TWO = ("polars", "duckdb", "jax")


def rows(loans: int = LOANS, few: int = FEW) -> Iterator[Row]:
    """Give all lines of the table."""
    for name, goal in _WHOLE.items():
        yield in_fresh_process(name, goal, loans, cores=1)
    note, unjudged = two_cores(second_core_gain())
    for name in _ON_TWO:
        row = in_fresh_process(name, "-", loans, cores=2)
        yield row._replace(note=f"{row.note}; {note}", unjudged=unjudged)
    yield from one_by_one(few)


def in_fresh_process(name: str, goal: str, loans: int, *, cores: int) -> Row:
    """Compare with one library in a process of its own."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=hold_to, initargs=(cores,)) as pool:
        return pool.submit(whole_book, name, goal, loans=loans, cores=cores).result()


def hold_to(cores: int) -> None:
    """Let this process have so many cores; libraries count them when they are imported."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def whole_book(name: str, goal: str, *, loans: int, cores: int) -> Row:
    """Compare with a library that takes all loans at once."""
    peers = import_module("benchmarks.peers.whole_books")
    terms = synthetic_book(loans)
    schedule = empty_schedule(terms.term_months)
    form = getattr(peers, f"with_{name}")(Book.of(terms))
    fill_schedule(terms, schedule)
    told = form.read(form.run()).compared(schedule)
    threads: Executor | nullcontext[None] = nullcontext()
    ours = partial(fill_schedule, terms, schedule)
    if cores > 1:
        threads = ThreadPoolExecutor(cores)
        ours = partial(ours, block_loans=_TWO_BLOCKS, spread=threads.map)
    fresh = min(seconds(partial(fresh_memory, terms)) for _ in range(3))
    place = "one core each" if cores == 1 else "both cores each"
    note = f"{versions(name)}: {told}"
    if name in _FRAMES:
        share = terms.term_months.mean() / terms.term_months.max()
        note += f"; the frame has the months within the terms, {share:.0%} of our cells"
    note += f"; ours in memory that is kept, {as_time(fresh)} in new memory"
    with threads:
        return compare(
            f"{name}, {loans:,} loans, {place}", goal, ours, form.run, faster=True, note=note
        )


def fresh_memory(terms: LoanTerms) -> Schedule:
    """Check the loans and reserve the memory anew, as a first call does."""
    return repayment_schedule(terms.principal_cents, terms.rate_per_year, terms.term_months)


def one_by_one(loans: int) -> Iterator[Row]:
    """Compare with libraries and a loop that take one loan at a time."""
    peers = import_module("benchmarks.peers.one_by_one")
    terms = synthetic_book(loans)
    book, schedule = Book.of(terms), empty_schedule(terms.term_months)
    fill_schedule(terms, schedule)
    forms: dict[str, tuple[str, Callable[[], object], Cells]] = {
        "QuantLib": (">= 200", partial(peers.by_quantlib, book), peers.cells_of_quantlib(book)),
        "pyxirr": (">= 20", partial(peers.by_pyxirr, book), peers.cells_of_pyxirr(book)),
        "Decimal": (">= 40", partial(peers.by_decimals, terms), peers.cells_of_decimals(terms)),
    }
    for name, (goal, peer, cells) in forms.items():
        told = cells.compared(schedule)
        note = f"plain Python: {told}" if name == "Decimal" else f"{versions(name)}: {told}"
        note += peers.REMARKS.get(name, "")
        ours = partial(fill_schedule, terms, schedule)
        work = f"{name}, loan by loan, {loans:,} loans"
        yield compare(work, goal, ours, peer, faster=True, note=note)


if __name__ == "__main__":
    print_rows(rows())
