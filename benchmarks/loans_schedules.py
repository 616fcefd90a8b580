"""Full exact schedules against memory bandwidth and against peers, in one run."""

from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import numpy as np
import numpy_financial as npf
import pyxirr

from benchmarks.loans_pairs import Row, compare, print_rows, synthetic_book
from savings_model.contract_schedule import fill_contract_schedule
from savings_model.contracts import Contracts, LoanMoves, MoveKind, check_contracts
from savings_model.loan_terms import LoanTerms
from savings_model.repayment import Schedule, empty_schedule, fill_schedule

THREAD_BLOCK = 32_768


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


def decimal_loop(terms: LoanTerms) -> None:
    """Walk each loan in decimal arithmetic."""
    for principal, rate, term in rows_of(terms):
        monthly = (1 + Decimal(str(rate))) ** (Decimal(1) / 12) - 1
        factor = monthly / (1 - (1 + monthly) ** -term) if monthly else 1 / Decimal(term)
        due = int(principal * factor)
        balance, schedule = principal, []
        for month in range(term):
            interest = int((balance * monthly).quantize(Decimal(1), ROUND_HALF_UP))
            paid = balance if month == term - 1 else due - interest
            balance -= paid
            schedule.append((interest + paid, interest, paid, balance))


def pyxirr_loop(terms: LoanTerms) -> None:
    """Ask pyxirr for interest and principal of each month of each loan."""
    for principal, rate, term in rows_of(terms):
        monthly = (1 + rate) ** (1 / 12) - 1
        for month in range(1, term + 1):
            pyxirr.ipmt(monthly, month, term, -principal)
            pyxirr.ppmt(monthly, month, term, -principal)


def rows_of(terms: LoanTerms) -> zip:
    """Give principal, rate and term of each loan."""
    return zip(
        terms.principal_cents.tolist(),
        terms.rate_per_year.tolist(),
        terms.term_months.tolist(),
        strict=True,
    )


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


def against_memory(loans: int, pairs: int) -> list[Row]:
    """Compare with filling the same arrays, on one core and on two, in 64 bits and in 32."""
    terms = synthetic_book(loans)
    wide, narrow = empty_schedule(terms.term_months), empty_schedule(terms.term_months, np.int32)
    fill = partial(fill_memory, wide)
    one = partial(fill_schedule, terms, wide)
    size = f"{loans:,} x {terms.term_months.max()}"
    with ThreadPoolExecutor(2) as pool:
        two = partial(fill_schedule, terms, wide, block_loans=THREAD_BLOCK, spread=pool.map)
        return [
            compare(f"schedule, {size}, one core / fill", "<= 1.3", one, fill, pairs=pairs),
            compare(f"schedule, {size}, two threads / fill", "<= 0.8", two, fill, pairs=pairs),
            compare(
                f"schedule, {size}, int32 / fill of int64",
                "<= 1.0",
                partial(fill_schedule, terms, narrow),
                fill,
                pairs=pairs,
            ),
            compare(
                f"full contract / schedule, {size}",
                "<= 1.1",
                partial(fill_contract_schedule, fuller_contracts(terms), wide),
                one,
                pairs=pairs,
            ),
        ]


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


def against_loops(pairs: int, loans: int = 2_412) -> list[Row]:
    """Compare with libraries and loops that take one loan at a time."""
    terms = synthetic_book(loans)
    ours = partial(fill_schedule, terms, empty_schedule(terms.term_months))
    peers = (("Decimal loop", ">= 40", decimal_loop), ("pyxirr", ">= 20", pyxirr_loop))
    return [
        compare(
            f"times faster than {name}, loan by loan, {loans:,}",
            goal,
            ours,
            partial(peer, terms),
            pairs=pairs,
            faster=True,
        )
        for name, goal, peer in peers
    ]


def rows(loans: int = 1_000_000, pairs: int = 5) -> list[Row]:
    """Give all lines of the table about schedules."""
    return [
        *against_memory(loans, pairs),
        *against_numpy_financial(2_412, pairs, whole=">= 9", chunked="-"),
        *against_numpy_financial(loans, pairs, whole=">= 15", chunked=">= 7"),
        *against_loops(pairs),
    ]


if __name__ == "__main__":
    print_rows(rows())
