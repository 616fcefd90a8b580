"""Where and when intakes are likely to come in, and from whom; all drawn from a given chance."""

from datetime import date, timedelta

import numpy as np

from energiehuis.people.commands import Named
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.tables import read_table

_SATURDAY = 5


def draw_municipalities(
    rng: np.random.Generator, count: int, *, without: frozenset[str] = frozenset()
) -> list[str]:
    """Draw municipalities as often as people live there."""
    places = [place for place in list_municipalities() if place.nis_code not in without]
    weights = np.array([place.population_2020 for place in places], dtype=float)
    drawn = rng.choice(len(places), size=count, p=weights / weights.sum())
    return [places[index].nis_code for index in drawn.tolist()]


def draw_working_days(
    rng: np.random.Generator, count: int, *, first: date, last: date
) -> list[date]:
    """Draw working days between two days, both possible, in their order."""
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    working = [day for day in span if day.weekday() < _SATURDAY]
    return [working[index] for index in sorted(rng.integers(0, len(working), count).tolist())]


def draw_person(rng: np.random.Generator) -> Named:
    """Draw an invented grown-up with a birth date."""
    words = read_table("words")
    given, family = words["given_names"]["nl"], words["family_names"]["nl"]
    born = date(1950, 1, 1) + timedelta(days=int(rng.integers(0, 45 * 365)))
    return Named(given[int(rng.integers(len(given)))], family[int(rng.integers(len(family)))], born)


def draw_address(rng: np.random.Generator, number: int) -> str:
    """Give an address in a street that does not exist; another number, another address."""
    streets = read_table("words")["streets"]["nl"]
    return f"{streets[int(rng.integers(len(streets)))]} {number}"
