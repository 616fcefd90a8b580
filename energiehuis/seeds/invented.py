"""What the demo invents for Food Act 13, work placements and the social economy."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from energiehuis.cases.commands import Envelope
from energiehuis.cases.kinds import Incoming, NoSubject
from energiehuis.cases.vocabulary import Channel
from energiehuis.identifiers import new_id
from energiehuis.people.commands import Named
from energiehuis.seeds.tables import read_table

# From this day on the GDPR applies; an intake rests on the rule of its day.
_GDPR = date(2018, 5, 25)
_FIRST_NUMBER = 19_999_000


def envelope_of(day: date, nis_code: str) -> Envelope:
    """Give the envelope of an intake that came in at ten in the morning (UTC) of a day."""
    return Envelope(
        intake_id=new_id(),
        channel=Channel.MAIL,
        received_at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
        nis_code=nis_code,
        legal_basis="public_task" if day >= _GDPR else "public_task_1992",
    )


def incoming_of(day: date, nis_code: str, payload: Any) -> Incoming[NoSubject, Any]:  # noqa: ANN401
    """Give an intake that is its own subject."""
    return Incoming(envelope_of(day, nis_code), NoSubject(), payload)


def address_of(rng: np.random.Generator, number: int) -> str:
    """Give an address in a street that does not exist; another number, another address."""
    streets = read_table("words")["streets"]["nl"]
    return f"{streets[int(rng.integers(len(streets)))]} {number}"


def person_of(rng: np.random.Generator) -> Named:
    """Draw an invented grown-up."""
    words = read_table("words")
    given, family = words["given_names"]["nl"], words["family_names"]["nl"]
    born = date(1958, 1, 1) + timedelta(days=int(rng.integers(40 * 365)))
    return Named(given[int(rng.integers(len(given)))], family[int(rng.integers(len(family)))], born)


def kbo_number_of(number: int) -> str:
    """Give an invented KBO number whose check digits are right.

    Examples
    --------
    >>> kbo_number_of(0)
    '1999900072'
    """
    head = _FIRST_NUMBER + number
    return f"{head}{97 - head % 97:02d}"
