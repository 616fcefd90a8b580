"""Which organisation runs which programme where and when, held in memory for a minute.

The table is small and changes a few times a year, but every request asks for it. A change reaches
other processes within a minute.
"""

import time
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.models import ServiceArea
from energiehuis.db.unit_of_work import database_of

HELD_SECONDS = 60.0
_TABLE = ServiceArea.__table__
_ALL = select(
    _TABLE.c.organisation_id,
    _TABLE.c.programme,
    _TABLE.c.nis_code,
    _TABLE.c.valid_from,
    _TABLE.c.valid_until,
)


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality that an organisation serves for a programme; until is exclusive."""

    organisation_id: UUID
    programme: str
    nis_code: str
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether it is served on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class _Held:
    areas: tuple[Area, ...]
    until: float


def list_service_areas(session: Session) -> tuple[Area, ...]:
    """Give all service areas, at most a minute old."""
    attachments = database_of(session).attachments
    held = attachments.get("service_areas")
    now = time.monotonic()
    if isinstance(held, _Held) and now < held.until:
        return held.areas
    areas = tuple(Area(*row) for row in session.connection().execute(_ALL))
    # An empty table is a database that is being set up; ask again next time.
    if areas:
        attachments["service_areas"] = _Held(areas, now + HELD_SECONDS)
    return areas


def forget_service_areas(session: Session) -> None:
    """Read them anew next time, after a change."""
    database_of(session).attachments.pop("service_areas", None)
