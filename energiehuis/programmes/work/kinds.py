"""What this programme is to the shared core."""

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, NoSubject, PersonSubject
from energiehuis.cases.programmes import Programme
from energiehuis.programmes.work.commands import EndedPlacement, NewPlacement
from energiehuis.programmes.work.service import (
    ENDS,
    PLACEMENTS,
    details,
    move_errors,
    record_end,
    record_placement,
)
from energiehuis.programmes.work.vocabulary import OUTCOMES
from energiehuis.programmes.work.vocabulary import PROGRAMME as CODE

PROGRAMME = Programme(
    code=CODE,
    kinds=(
        IntakeKind(
            programme=CODE,
            name="placements",
            subject=PersonSubject,
            payload=NewPlacement,
            record=record_placement,
            load=PLACEMENTS.load,
            list_recent=PLACEMENTS.list_recent,
            data_class=DataClass.MONEY,
        ),
        IntakeKind(
            programme=CODE,
            name="placement-ends",
            subject=NoSubject,
            payload=EndedPlacement,
            record=record_end,
            load=ENDS.load,
            list_recent=ENDS.list_recent,
            data_class=DataClass.IDENTITY,
        ),
    ),
    outcomes=tuple(outcome.value for outcome in OUTCOMES),
    details=details,
    move_errors=move_errors,
)
