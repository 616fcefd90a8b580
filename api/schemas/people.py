"""Doubles of people and their merges: what comes in and what is answered."""

from marshmallow import fields

from api.schemas.fields import StrictSchema
from api.schemas.intakes import Identifier


class PersonOutSchema(StrictSchema):
    """Somebody who may be a double."""

    id = fields.UUID(required=True)
    given_name = fields.String(required=True)
    family_name = fields.String(required=True)
    birth_date = fields.Date(required=True)


class PersonDoubleSchema(StrictSchema):
    """Two people who sound alike and were born on the same day."""

    first = fields.Nested(PersonOutSchema, required=True)
    second = fields.Nested(PersonOutSchema, required=True)


class PersonDoublesSchema(StrictSchema):
    """Pairs that may be one person, newest first; at most a hundred."""

    items = fields.List(fields.Nested(PersonDoubleSchema), required=True)


class MergeSchema(StrictSchema):
    """These two are one person; `kept_id` is how he or she is known from now on."""

    kept_id = Identifier(required=True)
    merged_id = Identifier(required=True)


class UndoSchema(StrictSchema):
    """Nothing has to be said to undo a merge; the version stands in `If-Match`."""


class MergeOutSchema(StrictSchema):
    """A merge; version 1 while it stands, 2 once it was undone."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    kept_id = fields.UUID(required=True)
    merged_id = fields.UUID(required=True)
    merged_at = fields.DateTime(required=True)
    undone_at = fields.DateTime(required=True, allow_none=True)


class MergesSchema(StrictSchema):
    """Merges that stand, newest first; at most a hundred."""

    items = fields.List(fields.Nested(MergeOutSchema), required=True)
