"""The way of a household through the programmes, as the caller may see it."""

from marshmallow import fields

from api.schemas.fields import StrictSchema


class StopSchema(StrictSchema):
    """A programme that helps; `case_id` only where the case is of a programme of the caller."""

    programme = fields.String(required=True)
    is_own = fields.Boolean(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    status = fields.String(required=True)
    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class StepSchema(StrictSchema):
    """A referral on the way."""

    from_programme = fields.String(required=True)
    to_programme = fields.String(required=True)
    state = fields.String(required=True)
    sent_at = fields.DateTime(required=True)
    accepted_at = fields.DateTime(required=True, allow_none=True)
    refused_at = fields.DateTime(required=True, allow_none=True)
    first_contact_at = fields.DateTime(required=True, allow_none=True)
    done_at = fields.DateTime(required=True, allow_none=True)


class JourneySchema(StrictSchema):
    """The way; `is_known_elsewhere` is null for who may not know that either."""

    household_id = fields.UUID(required=True)
    stops = fields.List(fields.Nested(StopSchema), required=True)
    referrals = fields.List(fields.Nested(StepSchema), required=True)
    is_known_elsewhere = fields.Boolean(required=True, allow_none=True)
