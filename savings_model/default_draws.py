"""Draws of defaults and early repayments: one number for each loan and draw, for all scenarios.

Only loans that could default or be repaid early in some scenario are looked at. All sums are
of whole cents, so the results are the same bits whatever the size of a block.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.event_sums import find_candidates, sum_events
from savings_model.loan_hazards import EventShares, exposures
from savings_model.loan_terms import one_per_loan
from savings_model.repayment import Schedule
from savings_model.validation import as_integers, require_shape

BLOCK_DRAWS = 1_024
_HIGHEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class DrawnOutcomes:
    """What happened in each draw of each scenario, each of shape (scenarios, draws).

    Attributes
    ----------
    default_cents : ndarray, shape (scenarios, draws)
        Owed by loans when they stopped paying for good. [cents]
    early_repayment_cents : ndarray, shape (scenarios, draws)
        Repaid before it was due. [cents]
    interest_cents : ndarray, shape (scenarios, draws)
        Interest received: that of the schedules, less what defaulted and repaid loans no
        longer pay. [cents]
    """

    default_cents: IntArray
    early_repayment_cents: IntArray
    interest_cents: IntArray


@dataclass(frozen=True, slots=True)
class _Tables:
    """What an event changes, each of shape (2, months, loans): an amount, and interest lost."""

    default: FloatArray
    early: FloatArray


def uniform_chances(seed: int, draws: range, loans: int) -> FloatArray:
    """Give the chance of each loan in each draw, the same whatever else is drawn.

    Parameters
    ----------
    seed : int
        Whole number from 0. [-]
    draws : range
        Which draws. [index]
    loans : int
        Number of loans. [loans]

    Returns
    -------
    ndarray, shape (draws, loans)
        Even between 0 and 1. [-]
    """
    number = int(as_integers("seed", seed, minimum=0, maximum=_HIGHEST_SEED))
    streams = (Generator(Philox(key=(number << 64) + draw)) for draw in draws)
    return np.array([stream.random(loans) for stream in streams]).reshape(len(draws), loans)


def draw_outcomes(
    schedule: Schedule,
    shares: list[EventShares],
    *,
    draws: int,
    seed: int,
    risk_class: ArrayLike = 0,
    block_draws: int = BLOCK_DRAWS,
) -> DrawnOutcomes:
    """Draw what happens to each loan, with the same chances in every scenario.

    Parameters
    ----------
    schedule : Schedule
        Ordinary schedules, drawn in full at the start. [-]
    shares : list of EventShares
        One for each class of risk, all of the same scenarios, of at least as many months as the
        schedule. [-]
    draws : int
        From 1 to 1,000,000. [draws]
    seed : int
        Whole number from 0; the same seed gives the same bits. [-]
    risk_class : array_like
        Class of each loan. [index]
    block_draws : int
        Draws at a time; changes no bit. [draws]

    Returns
    -------
    DrawnOutcomes
        Whole cents by scenario and draw. [-]

    Raises
    ------
    ModelInputError
        For a seed or a number of draws that is not whole or out of range, or a class without
        shares.

    Notes
    -----
    One even number u a loan decides: u below the share of loans that default by some month is
    a default by that month, 1 - u below the share repaid early by some month is an early
    repayment. That has exactly the chances of `event_shares`, and a higher hazard only ever
    turns loans in order into defaults, so scenarios differ by their hazards and not by chance.
    """
    months, loans = schedule.balance_cents.shape
    count = int(as_integers("draws", draws, minimum=1, maximum=1_000_000))
    as_integers("seed", seed, minimum=0, maximum=_HIGHEST_SEED)
    classes = as_integers("risk_class", risk_class, minimum=0, maximum=len(shares) - 1)
    members = one_per_loan("risk_class", classes, loans)
    scenarios = shares[0].default_share.shape[0]
    for share in shares:
        require_shape("shares", share.default_share[:, :months], (scenarios, months))
    tables = _tables(schedule)
    sums = np.zeros((3, scenarios, count))
    for start in range(0, count, block_draws):
        block = range(start, min(start + block_draws, count))
        chances = uniform_chances(seed, block, loans)
        for risk, share in enumerate(shares):
            of_class = np.flatnonzero(members == risk)
            _add_events(sums[:, :, block.start : block.stop], chances, (of_class, share), tables)
    interest = schedule.interest_cents.sum(dtype=np.int64) - sums[2].astype(np.int64)
    return DrawnOutcomes(sums[0].astype(np.int64), sums[1].astype(np.int64), interest)


def _tables(schedule: Schedule) -> _Tables:
    interest = schedule.interest_cents
    from_now = np.flip(np.flip(interest, axis=0).cumsum(axis=0), axis=0)
    return _Tables(
        np.stack([exposures(schedule), from_now]).astype(np.float64),
        np.stack([schedule.balance_cents, from_now - interest]).astype(np.float64),
    )


def _add_events(
    sums: FloatArray,
    chances: FloatArray,
    of_class: tuple[IntArray, EventShares],
    tables: _Tables,
) -> None:
    """Add what happens to the loans of one class in a block of draws."""
    loans, share = of_class
    months, draws = tables.default.shape[1], len(chances)
    defaults = share.default_share[:, :months].cumsum(axis=1)
    early = share.early_repayment_share[:, :months].cumsum(axis=1)
    low = find_candidates(chances, loans, below=float(defaults.max(initial=0.0)))
    high = find_candidates(1.0 - chances, loans, below=float(early.max(initial=0.0)))
    defaulted = sum_events(low, defaults, tables.default, draws=draws)
    repaid = sum_events(high, early, tables.early, draws=draws)
    sums[0] += defaulted[0]
    sums[1] += repaid[0]
    sums[2] += defaulted[1] + repaid[1]
