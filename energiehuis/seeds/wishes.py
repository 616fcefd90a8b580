"""What applicants ask for: an amount and a term inside the limits of their day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.outcome import Eligibility
from energiehuis.law.loader import load_law
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.assessment import widest_limits
from energiehuis.seeds.tables import distribution
from energiehuis.seeds.volume import Days

_STEP_CENTS = 5_000
_SHORTEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Wishes:
    """Amounts in cents and terms in months, one element an application."""

    amounts_cents: NDArray[np.int64]
    terms_months: NDArray[np.int64]


def draw_wishes(
    costs_cents: NDArray[np.int64], days: Days, answers: Eligibility, rng: np.random.Generator
) -> Wishes:
    """Ask for what the works cost, up to the ceiling of the day, over a term that is allowed.

    Parameters
    ----------
    costs_cents : ndarray of int64, shape (applications,)
        Cost of the works. [cents]
    days : ndarray of datetime64[D], shape (applications,)
        Application days. [day]
    answers : Eligibility
        What the law says of each household, for the limits. [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    maximums, longest = _limits(days, answers)
    whole = costs_cents // _STEP_CENTS * _STEP_CENTS
    years = longest // 12
    shorter = rng.integers(_SHORTEST_YEARS, np.maximum(years, _SHORTEST_YEARS) + 1)
    takes_longest = rng.random(len(days)) < distribution("longest_term_share")
    return Wishes(
        np.minimum(whole, maximums),
        np.where(takes_longest, longest, np.minimum(shorter, years) * 12),
    )


def _limits(days: Days, answers: Eligibility) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give ceiling and longest term; the widest of the day where no product is certain."""
    maximums, longest = answers.maximums_cents.copy(), answers.longest_terms_months.copy()
    law = load_law()
    for row in np.flatnonzero((maximums < 0) | (longest < 0)).tolist():
        of_day = law.on(days[row].item())
        limits = widest_limits(of_day, BorrowerKind.NATURAL_PERSON, asks_plus=False)
        maximums[row] = limits.maximum_cents or 0
        longest[row] = limits.longest_term_months or 12
    return maximums, longest
