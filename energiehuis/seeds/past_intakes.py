"""Intakes of past days for the demo: when and where they came in, and the clock of that day."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import numpy as np

from energiehuis.cases.commands import Envelope
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject
from energiehuis.cases.vocabulary import Channel
from energiehuis.clock import BRUSSELS
from energiehuis.identifiers import new_id
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.tables import read_table

HARELBEKE = "34013"
_GDPR = date(2018, 5, 25)


def at_noon(day: date) -> datetime:
    """Give the instant of noon of a day in Brussels, for the clock."""
    return datetime.combine(day, time(12), BRUSSELS)


def past_envelope(day: date, nis_code: str, **changes: Any) -> Envelope:  # noqa: ANN401
    """Give an envelope that came in on a morning, on the legal basis of that day."""
    said: dict[str, Any] = {
        "intake_id": new_id(),
        "channel": Channel.PARTNER,
        "received_at": datetime.combine(day, time(9), BRUSSELS),
        "nis_code": nis_code,
        "legal_basis": "public_task" if day >= _GDPR else "public_task_1992",
    }
    return Envelope(**{**said, **changes})


def past(day: date, nis_code: str, payload: Any, **changes: Any) -> Incoming[Any, Any]:  # noqa: ANN401
    """Give an intake without a subject of its own."""
    return Incoming(past_envelope(day, nis_code, **changes), NoSubject(), payload)


def past_household(day: date, nis_code: str, payload: Any, **changes: Any) -> Incoming[Any, Any]:  # noqa: ANN401
    """Give an intake about a household of which nobody is known yet."""
    return Incoming(past_envelope(day, nis_code, **changes), HouseholdSubject(), payload)


def draw_places(count: int, rng: np.random.Generator, *, in_harelbeke: int) -> list[str]:
    """Draw municipalities by their inhabitants, so many of them Harelbeke, in a random order.

    Parameters
    ----------
    count : int
        How many in all. [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    in_harelbeke : int
        How many of them are Harelbeke. [-]
    """
    others = [place for place in list_municipalities() if place.nis_code != HARELBEKE]
    weights = np.array([place.population_2020 for place in others], dtype=float)
    drawn = rng.choice(len(others), size=count - in_harelbeke, p=weights / weights.sum())
    places = [others[index].nis_code for index in drawn.tolist()] + [HARELBEKE] * in_harelbeke
    return [places[index] for index in rng.permutation(count).tolist()]


def family_names(count: int, rng: np.random.Generator) -> list[str]:
    """Draw invented family names."""
    names: Sequence[str] = read_table("words")["family_names"]["nl"]
    return [names[index] for index in rng.integers(len(names), size=count).tolist()]


def given_names(count: int, rng: np.random.Generator) -> list[str]:
    """Draw given names."""
    names: Sequence[str] = read_table("words")["given_names"]["nl"]
    return [names[index] for index in rng.integers(len(names), size=count).tolist()]
