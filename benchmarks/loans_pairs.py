"""Pairs of runs, one right after the other, and their ratio: the only figures that carry over."""

import statistics
from collections.abc import Callable

import numpy as np

from benchmarks.row import Row, as_time, enough_runs, row_of, seconds
from savings_model.loan_terms import LoanTerms, check_loan_terms


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

    Both run before, so that memory is in place and code is warm.
    """
    own_runs, other_runs = enough_runs(ours), enough_runs(yardstick)
    ratios, own, others = [], [], []
    for _ in range(pairs):
        mine, other = seconds(ours, own_runs), seconds(yardstick, other_runs)
        ratios.append(other / mine if faster else mine / other)
        own.append(mine)
        others.append(other)
    times = f"{as_time(statistics.median(own))} beside {as_time(statistics.median(others))}"
    counted = "" if pairs == 5 else f"{pairs} pairs"
    notes = "; ".join(part for part in (times, counted, note) if part)
    return row_of(work, goal, ratios, "x faster" if faster else "x", note=notes)


def synthetic_book(loans: int, *, seed: int = 20) -> LoanTerms:
    """Invent a book of loans of 1,000 to 60,000 euro over 36 to 120 months, 45 % of them free."""
    rng = np.random.default_rng(seed)
    cents = np.clip(rng.lognormal(13.8, 0.6, loans), 100_000, 6_000_000)
    rates = rng.choice([0.0, 0.01, 0.015, 0.0225, 0.0325], loans, p=[0.45, 0.2, 0.15, 0.1, 0.1])
    terms = rng.integers(36, 121, loans)
    return check_loan_terms(np.rint(cents).astype(np.int64), rates, term_months=terms)
