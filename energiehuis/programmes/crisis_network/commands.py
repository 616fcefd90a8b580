"""What comes in at the crisis network: beds, admissions and their ends, refusals, conferences."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Items, Of, Text, Whole
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.programmes.crisis_network.vocabulary import BedKind, HandedTo, RefusalReason


@dataclass(frozen=True, slots=True)
class AddBed:
    """A place to sleep that the network may use, from a day until another."""

    name: Annotated[str, Text(80)]
    kind: BedKind
    sleeps: Annotated[int, Whole(1, 10)]
    from_: dt.date
    to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Somebody who is admitted; an alias comes with a year of birth, and nobody needs a number."""

    person: Named | Alias | KnownPerson
    birth_year: Annotated[int | None, Whole(1900, 2100)] = None


@dataclass(frozen=True, slots=True)
class Admit:
    """People who get a bed for a night or more, asked for by a helper on the crisis line."""

    bed_id: Annotated[UUID, Of("bed")]
    start: dt.datetime
    nights: Annotated[int, Whole(1, 60)]
    referring_helper: Annotated[str, Text(120)]
    safety_remark: Annotated[str, Text(400)]
    persons: Annotated[tuple[Sleeper, ...], Items(1, 10)]
    reason: Annotated[str | None, Text(400)] = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """An admission ended, and who goes on; nights after it are free again."""

    admission_id: Annotated[UUID, Of("admission")]
    date: dt.date
    handed_to: HandedTo


@dataclass(frozen=True, slots=True)
class Refuse:
    """Somebody was not admitted; who it was stays unknown."""

    date: dt.date
    reason: RefusalReason
    persons: Annotated[int, Whole(1, 20)]


@dataclass(frozen=True, slots=True)
class HoldConference:
    """Services under secrecy spoke about a case, or about a situation that has no case here.

    It rests on the agreement in the envelope, or on a rule by its id.
    """

    date: dt.date
    present_orgs: Annotated[tuple[Annotated[UUID, Of("organisation")], ...], Items(2, 30)]
    case_id: Annotated[UUID | None, Of("case")] = None
    situation: Annotated[str | None, Text(40, r"^[A-Za-z0-9][A-Za-z0-9 -]{1,39}$")] = None
    rule: Annotated[str | None, Text(60, r"^[a-z0-9_]{1,60}$")] = None
