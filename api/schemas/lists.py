"""What a list of intakes is answered with."""

from marshmallow import fields

from api.schemas.fields import StrictSchema


class RowErrorSchema(StrictSchema):
    """What is wrong in a row: the column, a stable code and a sentence."""

    row = fields.Integer(required=True, allow_none=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class RowSchema(StrictSchema):
    """A row, as a spreadsheet numbers it, and what would happen to it."""

    row = fields.Integer(required=True)
    would = fields.String(required=True, metadata={"enum": ["be_added", "be_refused"]})


class ListSchema(StrictSchema):
    """What became of a list, or would; `ids` only where it was taken in."""

    dry_run = fields.Boolean(required=True)
    rows = fields.Integer(required=True)
    items = fields.List(fields.Nested(RowSchema), required=True)
    errors = fields.List(fields.Nested(RowErrorSchema), required=True)
    ids = fields.List(fields.UUID(), required=True)
