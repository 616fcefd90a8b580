"""Cases: the next step, a note, and what is answered of them."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from api.schemas.fields import Choice, Day, Flag, StrictSchema, Text
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.states import CaseStatus
from energiehuis.programmes.case_service import MOST_NOTE_SIGNS


class CaseMoveSchema(StrictSchema):
    """The next step of a case; outcome and day only when it closes."""

    status = Choice(CaseStatus, required=True)
    reason = Text(40, pattern=r"^[a-z0-9_]{0,40}$", allow_none=True, load_default=None)
    outcome = Text(40, pattern=r"^[a-z0-9_]{0,40}$", allow_none=True, load_default=None)
    outcome_on = Day(allow_none=True, load_default=None)


class NoteSchema(StrictSchema):
    """A note; closed ones are for their writer only."""

    text = Text(MOST_NOTE_SIGNS, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", required=True)
    is_closed = Flag(load_default=False)


class CaseOutSchema(StrictSchema):
    """A case as the caller may see it; `hidden` names the classes of data that are left out."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    programme = fields.String(required=True)
    nis = fields.String(required=True)
    status = fields.String(required=True)
    received_on = fields.Date(required=True)
    outcome = fields.String(required=True, allow_none=True)
    outcome_on = fields.Date(required=True, allow_none=True)
    household_id = fields.UUID(required=True, allow_none=True)
    people = fields.List(fields.Dict(), required=True)
    details = fields.Dict(required=True)
    changes = fields.List(fields.Dict(), required=True)
    next_statuses = fields.List(fields.String(), required=True)
    hidden = fields.List(fields.String(), required=True)


class CaseLineSchema(StrictSchema):
    """A case in a list."""

    id = fields.UUID(required=True)
    programme = fields.String(required=True)
    nis = fields.String(required=True)
    status = fields.String(required=True)
    received_on = fields.Date(required=True)
    outcome = fields.String(required=True, allow_none=True)


class CaseListSchema(StrictSchema):
    """Cases, newest first; at most fifty."""

    items = fields.List(fields.Nested(CaseLineSchema), required=True)


class NoteOutSchema(StrictSchema):
    """A note."""

    id = fields.UUID(required=True)
    written_at = fields.DateTime(required=True)
    is_closed = fields.Boolean(required=True)
    is_mine = fields.Boolean(required=True)
    text = fields.String(required=True)


class NoteListSchema(StrictSchema):
    """Notes, oldest first."""

    items = fields.List(fields.Nested(NoteOutSchema), required=True)


def as_move(data: dict[str, Any], case_id: UUID, version: int) -> MoveCase:
    """Turn a checked step into the command that the service takes."""
    return MoveCase(
        case_id=case_id,
        version=version,
        status=CaseStatus(data["status"]),
        reason=data["reason"],
        outcome=data["outcome"],
        outcome_on=data["outcome_on"],
    )
