"""What comes in at the Woonclub: sessions, visits, files and how they end."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from energiehuis.cases.commands import Composition, Envelope
from energiehuis.cases.states import SessionStatus
from energiehuis.people.commands import Identity
from energiehuis.programmes.woonclub.vocabulary import Outcome, SearchReason, Tenure


@dataclass(frozen=True, slots=True)
class AddSession:
    """A drop-in session, planned or already held."""

    nis_code: str
    place: str
    takes_place_on: date
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class ChangeSession:
    """A planned session took place, or did not."""

    session_id: UUID
    version: int
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class RecordVisit:
    """Somebody came to a session; `visitor` None when nobody was named."""

    envelope: Envelope
    session_id: UUID
    visitor: Identity | None
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A household looks for a dwelling.

    Without `household_id` it is the household in which the contact lives, else a new one.
    """

    envelope: Envelope
    household_id: UUID | None
    contact: Identity | None
    composition: Composition
    municipalities: tuple[str, ...]
    max_rent_cents: int
    reason: SearchReason
    notice_on: date | None


@dataclass(frozen=True, slots=True)
class CloseFile:
    """How the search of a household ended; where it lives now only when it was housed."""

    case_id: UUID
    version: int
    outcome: Outcome
    outcome_on: date
    tenure: Tenure | None = None
    nis_code: str | None = None
    rent_cents: int | None = None
