"""What a placement and its end must be; plain functions, all errors at once."""

from collections.abc import Iterator
from datetime import date

from energiehuis.errors import FieldError
from energiehuis.programmes.work.commands import EndedPlacement, NewPlacement


def placement_errors(said: NewPlacement) -> Iterator[FieldError]:
    """Give what cannot be in a placement."""
    if said.planned_end <= said.start:
        yield FieldError("payload.planned_end", "work.end_before_start")


def end_errors(
    said: EndedPlacement, start_on: date | None, *, received_on: date
) -> Iterator[FieldError]:
    """Give why a placement that started on a day cannot have ended as told; None is unknown."""
    if said.date > received_on:
        yield FieldError("payload.date", "work.ended_in_future")
    if start_on is None:
        yield FieldError("payload.placement_id", "work.placement_unknown")
    elif said.date < start_on:
        day: dict[str, object] = {"day": start_on.isoformat()}
        yield FieldError("payload.date", "work.ended_before_start", day)
