"""How many applications come in where, and on which day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from energiehuis.reference_data.municipalities import Municipality, list_municipalities
from energiehuis.seeds.tables import distribution

HARELBEKE = "34013"
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Intake:
    """Applications in the order in which they came in: day and municipality of each."""

    days: Days
    nis_codes: NDArray[np.str_]


def plan_intake(count: int, rng: np.random.Generator) -> Intake:
    """Spread applications over municipalities and working days.

    Harelbeke has its printed share exactly; the others share the rest by inhabitants and by the
    part of the volume that fell on days on which they were served, with the largest remainder.

    Parameters
    ----------
    count : int
        Number of applications. [applications]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    days, weights = _working_days()
    municipalities = list_municipalities()
    served = np.stack([_served(place, days) for place in municipalities]) * weights
    counts = _counts(count, municipalities, served.sum(axis=1))
    drawn = [
        rng.choice(days, size=number, p=row / row.sum())
        for number, row in zip(counts, served, strict=True)
    ]
    codes = np.repeat([place.nis_code for place in municipalities], counts)
    all_days = np.concatenate(drawn)
    order = np.argsort(all_days, kind="stable")
    return Intake(all_days[order], codes[order])


def largest_remainder(shares: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Divide a whole number by shares: the parts with the largest remainders are rounded up.

    Parameters
    ----------
    shares : ndarray of float64, shape (parts,)
        Weights, of any sum above zero. [-]
    count : int
        What is divided. [applications]
    """
    exact = shares / shares.sum() * count
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: count - int(whole.sum())]
    whole[rest] += 1
    return whole


def _working_days() -> tuple[Days, NDArray[np.float64]]:
    """Give the working days of the period with the share of the volume that falls on each."""
    grid = np.arange(distribution("first_day"), distribution("end_day"), dtype="datetime64[D]")
    days = grid[np.is_busday(grid)]
    years = days.astype("datetime64[Y]").astype(int) + 1970
    volume = distribution("volume_by_year")
    per_day = {
        year: volume[year] / np.busday_count(date(year, 1, 1), date(year + 1, 1, 1))
        for year in volume
    }
    return days, np.array([per_day[year] for year in years.tolist()])


def _served(place: Municipality, days: Days) -> NDArray[np.bool_]:
    return np.array([place.is_served_on(day) for day in days.tolist()])


def _counts(
    count: int, municipalities: tuple[Municipality, ...], volume: NDArray[np.float64]
) -> NDArray[np.int64]:
    in_harelbeke = np.array([place.nis_code == HARELBEKE for place in municipalities])
    part = distribution("harelbeke_count") / distribution("application_count")
    quota = round(count * part)
    inhabitants = np.array([place.population_2020 for place in municipalities])
    shares = np.where(in_harelbeke, 0.0, inhabitants * volume)
    counts: NDArray[np.int64] = largest_remainder(shares, count - quota)
    counts[in_harelbeke] = quota
    return counts
