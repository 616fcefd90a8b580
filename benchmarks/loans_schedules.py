"""Full exact schedules against memory bandwidth and against peers, in one run."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import numpy_financial as npf

from benchmarks.loans_pairs import compare, synthetic_book
from benchmarks.machine import highest_rss, second_core_gain, two_cores
from benchmarks.row import Row, print_rows, row_of, seconds
from savings_model.contract_schedule import fill_contract_schedule
from savings_model.contracts import Contracts, LoanMoves, MoveKind, check_contracts
from savings_model.loan_terms import LoanTerms
from savings_model.repayment import Schedule, empty_schedule, fill_schedule, repayment_schedule

# Long rows write faster, and two threads share them out.
THREAD_BLOCK = 65_536
# A store reads its line before it writes it, so a plain fill writes about as much as a copy.
# One that writes so much more has stores that read nothing, which numpy's other work has not.
_STREAMS = 1.25


def fill_memory(schedule: Schedule) -> None:
    """Do nothing but write the same amount of memory: the yardstick."""
    for cells in columns(schedule):
        cells.fill(7)


def columns(schedule: Schedule) -> tuple[np.ndarray, ...]:
    """Give the four arrays."""
    return (
        schedule.instalment_cents,
        schedule.interest_cents,
        schedule.principal_cents,
        schedule.balance_cents,
    )


def whole_array_numpy_financial(terms: LoanTerms) -> object:
    """Give the four columns of all loans at once; no rounding, and no end at the term."""
    rates = np.expm1(np.log1p(terms.rate_per_year) / 12)
    principals = terms.principal_cents.astype(np.float64)
    months = np.arange(1, terms.term_months.max() + 1)[:, np.newaxis]
    with np.errstate(all="ignore"):
        paid = npf.pmt(rates, terms.term_months, -principals)
        interest = npf.ipmt(rates, months, terms.term_months, -principals)
    repaid = paid - interest
    return paid, interest, repaid, principals - repaid.cumsum(axis=0)


def chunked_numpy_financial(terms: LoanTerms, loans: int = 2_000) -> None:
    """Do the same in chunks that fit the cache."""
    for start in range(0, terms.loans, loans):
        whole_array_numpy_financial(terms.part(slice(start, start + loans)))


def fuller_contracts(terms: LoanTerms, *, seed: int = 5) -> Contracts:
    """Give each of seven loans some other feature; equal principal lies in one stretch."""
    rng = np.random.default_rng(seed)
    loans = np.arange(terms.loans)
    tranches = np.repeat(loans[loans % 7 == 1], 2)
    early, failing = loans[loans % 7 == 2], loans[loans % 70 == 3]
    after = np.concatenate(
        [
            np.tile([3, 6], tranches.size // 2),
            rng.integers(8, 36, early.size),
            rng.integers(8, 36, failing.size),
        ]
    )
    kinds = np.repeat(list(MoveKind), [tranches.size, early.size, failing.size])
    moves = LoanMoves(
        np.concatenate([tranches, early, failing]),
        after,
        np.full(after.size, 100_000),
        kinds,
    )
    return check_contracts(
        terms,
        repayment=(loans < terms.loans // 10).astype(np.int64),
        grace_months=np.where(loans % 7 == 4, 3, 0),
        interest_only_months=np.where(loans % 7 == 1, 7, 0),
        moves=moves,
    )


def against_memory(loans: int, pairs: int) -> Iterator[Row]:
    """Compare with filling the same arrays, on one core and on two, in 64 bits and in 32."""
    terms = synthetic_book(loans)
    wide, narrow = empty_schedule(terms.term_months), empty_schedule(terms.term_months, np.int32)
    fill = partial(fill_memory, wide)
    one = partial(fill_schedule, terms, wide)
    against_fill = partial(compare, yardstick=fill, pairs=pairs, note=_filling(wide))
    size = f"{loans:,} x {terms.term_months.max()}"
    yield against_fill(f"schedule, {size}, one core / fill", "<= 1.3", one)
    note, unjudged = two_cores(second_core_gain())
    with ThreadPoolExecutor(2) as pool:
        two = partial(fill_schedule, terms, wide, block_loans=THREAD_BLOCK, spread=pool.map)
        row = against_fill(f"schedule, {size}, two threads / fill on one", "<= 0.8", two)
    yield row._replace(note=f"{row.note}; {note}", unjudged=unjudged)
    less = partial(fill_schedule, terms, narrow)
    yield against_fill(f"schedule, {size}, int32 / fill of int64", "<= 1.0", less)
    fuller = partial(fill_contract_schedule, fuller_contracts(terms), wide)
    yield compare(f"full contract / schedule, {size}", "<= 1.1", fuller, one, pairs=pairs)


def _filling(schedule: Schedule) -> str:
    """Say how fast memory is filled and copied: a fill that outruns a copy does not read first."""
    instalments, interest, *_ = columns(schedule)
    fill = partial(instalments.fill, 7)
    copy = partial(np.copyto, interest, instalments)
    fill(), copy()
    speeds = [
        instalments.nbytes / min(seconds(act) for _ in range(3)) / 1e9 for act in (fill, copy)
    ]
    note = f"a fill writes {speeds[0]:.3g} GB/s, a copy {speeds[1]:.3g}"
    return f"{note}: it streams past the cache" if speeds[0] > _STREAMS * speeds[1] else note


def against_numpy_financial(loans: int, pairs: int, *, whole: str, chunked: str) -> list[Row]:
    """Compare with numpy-financial, which rounds nothing and does not stop at the term."""
    terms = synthetic_book(loans)
    schedule = empty_schedule(terms.term_months)
    ours = partial(fill_schedule, terms, schedule)
    forms = (("whole array", whole, whole_array_numpy_financial),)
    forms += (("chunks of 2,000", chunked, chunked_numpy_financial),)
    return [
        compare(
            f"times faster than numpy-financial, {form}, {loans:,}",
            goal,
            ours,
            partial(peer, terms),
            pairs=pairs,
            faster=True,
        )
        for form, goal, peer in forms
    ]


def peak_memory(loans: int) -> Row:
    """Compare the highest memory of a fresh process with the arrays that it gives back."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        ratio, outputs = pool.submit(_memory_ratio, loans).result()
    note = f"VmHWM less what it was before the work; the outputs are {outputs / 2**20:,.0f} MiB"
    return row_of(f"peak memory / outputs, {loans:,} loans", "<= 1.1", [ratio], "x", note=note)


def _memory_ratio(loans: int) -> tuple[float, int]:
    terms = synthetic_book(loans)
    # The loans themselves, the code and small arrays are in place before the outputs are.
    repayment_schedule([1_000_00], [0.02], [60])
    before = highest_rss()
    schedule = repayment_schedule(terms.principal_cents, terms.rate_per_year, terms.term_months)
    outputs = sum(cells.nbytes for cells in columns(schedule))
    return (highest_rss() - before) / outputs, outputs


def rows(loans: int = 1_000_000, pairs: int = 5) -> Iterator[Row]:
    """Give all lines of the table about schedules; whole arrays take so long that they get few."""
    yield from against_memory(loans, pairs)
    yield peak_memory(loans)
    yield from against_numpy_financial(2_412, pairs, whole=">= 9", chunked="-")
    yield from against_numpy_financial(loans, 3, whole=">= 15", chunked=">= 7")


if __name__ == "__main__":
    print_rows(rows())
