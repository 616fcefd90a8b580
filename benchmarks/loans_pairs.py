"""Pairs of runs, one right after the other, and their ratio: the only figures that carry over."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from savings_model.loan_terms import LoanTerms, check_loan_terms


class Row(NamedTuple):
    """One line of the table: a ratio of two times measured in one run."""

    work: str
    goal: str
    median_ratio: float
    lowest_ratio: float
    highest_ratio: float
    seconds: float
    note: str = ""


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(  # noqa: PLR0913 - a line of the table has as many parts
    work: str,
    goal: str,
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    *,
    pairs: int = 5,
    faster: bool = False,
    note: str = "",
) -> Row:
    """Take the ratio of ours to the yardstick, or how many times faster ours is.

    Both run once before, so that memory is in place and code is warm.
    """
    ours(), yardstick()
    ratios, own = [], []
    for _ in range(pairs):
        mine, other = seconds(ours), seconds(yardstick)
        ratios.append(other / mine if faster else mine / other)
        own.append(mine)
    return Row(
        work,
        goal,
        statistics.median(ratios),
        min(ratios),
        max(ratios),
        statistics.median(own),
        note,
    )


def synthetic_book(loans: int, *, seed: int = 20) -> LoanTerms:
    """Invent a book of loans of 1,000 to 60,000 euro over 36 to 120 months, 45 % of them free."""
    rng = np.random.default_rng(seed)
    cents = np.clip(rng.lognormal(13.8, 0.6, loans), 100_000, 6_000_000)
    rates = rng.choice([0.0, 0.01, 0.015, 0.0225, 0.0325], loans, p=[0.45, 0.2, 0.15, 0.1, 0.1])
    terms = rng.integers(36, 121, loans)
    return check_loan_terms(np.rint(cents).astype(np.int64), rates, term_months=terms)


def print_rows(rows: list[Row]) -> None:
    """Print the table."""
    for row in rows:
        span = f"{row.median_ratio:10.3f} ({row.lowest_ratio:.3f}-{row.highest_ratio:.3f})"
        print(f"{row.work:62} {row.goal:>10} {span} {row.seconds * 1e3:10.2f} ms {row.note}")
