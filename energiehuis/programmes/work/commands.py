"""What comes in for work placements."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Of, Text
from energiehuis.programmes.work.vocabulary import (
    EndReason,
    Statute,
    WorkProgramme,
    WorkReferrer,
)


@dataclass(frozen=True, slots=True)
class NewPlacement:
    """Somebody starts to work somewhere, under a statute, until a planned day."""

    statute: Statute
    referrer: WorkReferrer
    start: date
    planned_end: date
    function: Annotated[str, Text(120)]
    works_in: WorkProgramme = WorkProgramme.OTHER


@dataclass(frozen=True, slots=True)
class EndedPlacement:
    """A placement ended; the day told is the first on which nobody worked there any more."""

    placement_id: Annotated[UUID, Of("placement")]
    date: date
    end_reason: EndReason
