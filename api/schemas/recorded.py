"""What an intake is answered with."""

from marshmallow import fields

from api.schemas.fields import StrictSchema


class RecordedSchema(StrictSchema):
    """What was written down: its id, the case it belongs to, and what was said."""

    id = fields.UUID(required=True)
    programme = fields.String(required=True)
    kind = fields.String(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    version = fields.Integer(required=True)
    said = fields.Dict(keys=fields.String(), required=True)
