"""Sums over drawn events for many scenarios that share their draws.

An event strikes a candidate in the first month whose cumulative chance passes the candidate's
own number. Between two scenarios with nearly the same hazards few candidates change month, so
scenarios are walked from neighbour to neighbour and only what changes is added or taken off. All
amounts are whole cents, which makes the sums exact whatever the order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from savings_model.arrays import FloatArray, IntArray

# Scenarios are compared by their last month and every so many before it.
_TOUR_EVERY_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """Loans in draws that an event may strike, sorted by their own number.

    Attributes
    ----------
    chance : ndarray, shape (candidates,)
        Own number, rising. [-]
    loan : ndarray, shape (candidates,)
        Loan. [index]
    draw : ndarray, shape (candidates,)
        Draw. [index]
    """

    chance: FloatArray
    loan: IntArray
    draw: IntArray


def find_candidates(chances: FloatArray, loans: IntArray, *, below: float) -> Candidates:
    """List who may be struck in some scenario.

    Parameters
    ----------
    chances : ndarray, shape (draws, all loans)
        Own number of each loan in each draw. [-]
    loans : ndarray, shape (loans of a class,)
        Loans to look at. [index]
    below : float
        Highest cumulative chance of any scenario. [-]

    Returns
    -------
    Candidates
        Sorted by their number. [-]
    """
    draw, member = np.nonzero(chances[:, loans] < below)
    loan = loans[member]
    chance = chances[draw, loan]
    order = np.argsort(chance)
    return Candidates(chance[order], loan[order], draw[order])


def sum_events(
    candidates: Candidates, shares_by_month: FloatArray, tables: FloatArray, *, draws: int
) -> FloatArray:
    """Add up what events change, by scenario and draw.

    Parameters
    ----------
    candidates : Candidates
        Everyone who may be struck. [-]
    shares_by_month : ndarray, shape (scenarios, months)
        Cumulative chance of the event by month. [-]
    tables : ndarray, shape (amounts, months, all loans)
        What an event in a month changes, whole. [cents]
    draws : int
        Number of draws. [draws]

    Returns
    -------
    ndarray, shape (amounts, scenarios, draws)
        Sums. [cents]
    """
    edges = np.searchsorted(candidates.chance, shares_by_month)
    sums = np.zeros((len(tables), len(edges), draws))
    flat = tables.reshape(len(tables), -1)
    steps = np.append(tables[:, :-1] - tables[:, 1:], tables[:, -1:], axis=1)
    steps = steps.reshape(flat.shape)
    before, running = np.zeros_like(edges[0]), np.zeros((len(tables), draws))
    for scenario in _tour(edges[:, ::-_TOUR_EVERY_MONTHS]):
        now = edges[scenario]
        if np.abs(now - before).sum() > now[-1]:
            running = _all_events(candidates, now, flat, draws=draws)
        else:
            running += _changed_events(candidates, (before, now), steps, draws=draws)
        sums[:, scenario] = running
        before = now
    return sums


def _tour(edges: IntArray) -> Iterator[int]:
    """Go from each scenario to the nearest that is left, beginning with the one most spared."""
    left = np.arange(len(edges))
    place = int(edges.sum(axis=1).argmin()) if len(edges) else 0
    while left.size:
        yield int(left[place])
        here = edges[left[place]]
        left = np.delete(left, place)
        distance = np.abs(edges[left] - here).sum(axis=1)
        place = int(distance.argmin()) if left.size else 0


def _all_events(
    candidates: Candidates, edges: IntArray, flat: FloatArray, *, draws: int
) -> FloatArray:
    """Add up one scenario from nothing: each month strikes a run of the sorted candidates."""
    month = np.repeat(np.arange(edges.size), np.diff(edges, prepend=0))
    loans = flat.shape[1] // edges.size
    cell = month * loans + candidates.loan[: edges[-1]]
    return _by_draw(flat, cell, candidates.draw[: edges[-1]], draws=draws)


def _changed_events(
    candidates: Candidates,
    edges: tuple[IntArray, IntArray],
    steps: FloatArray,
    *,
    draws: int,
) -> FloatArray:
    """Add up what one scenario has other than the one before it.

    Who comes under the edge of a month is struck in it and no longer in the next, which changes
    the amount by the difference of the two; who leaves it changes it back.
    """
    lower, upper = np.minimum(*edges), np.maximum(*edges)
    counts = upper - lower
    month = np.repeat(np.arange(counts.size), counts)
    place = np.arange(month.size) + np.repeat(lower - (counts.cumsum() - counts), counts)
    sign = np.sign(edges[1] - edges[0]).astype(np.float64)
    loans = steps.shape[1] // counts.size
    cell = month * loans + candidates.loan.take(place)
    return _by_draw(steps, cell, candidates.draw.take(place), draws=draws, sign=sign.take(month))


def _by_draw(
    flat: FloatArray, cell: IntArray, draw: IntArray, *, draws: int, sign: FloatArray | float = 1.0
) -> FloatArray:
    return np.array([np.bincount(draw, amounts.take(cell) * sign, draws) for amounts in flat])
