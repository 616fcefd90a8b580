"""Endpoints of webhooks: what is asked for one, and what is answered of it."""

from marshmallow import fields

from api.schemas.fields import Many, StrictSchema, Text
from api.schemas.intakes import Identifier, Moment
from energiehuis.outbox.service import MOST_TOPICS, MOST_URL_SIGNS, TOPIC


class EndpointSchema(StrictSchema):
    """An address that messages of some topics go to; of a partner, only what is about it."""

    partner_id = Identifier(allow_none=True, load_default=None)
    url = Text(MOST_URL_SIGNS, required=True)
    topics = Many(Text(60, pattern=f"^{TOPIC}$", required=True), 1, MOST_TOPICS, required=True)


class ReplaySchema(StrictSchema):
    """From when on messages are sent again."""

    since = Moment(required=True)


class EndpointOutSchema(StrictSchema):
    """An endpoint; `waiting` messages have not arrived yet."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    partner_id = fields.UUID(required=True, allow_none=True)
    url = fields.String(required=True)
    topics = fields.List(fields.String(), required=True)
    created_at = fields.DateTime(required=True)
    failures = fields.Integer(required=True)
    next_try_at = fields.DateTime(required=True, allow_none=True)
    waiting = fields.Integer(required=True)


class EndpointMadeSchema(EndpointOutSchema):
    """An endpoint with the secret that signs what it gets."""

    secret = fields.String(required=True)


class EndpointListSchema(StrictSchema):
    """Endpoints, newest first."""

    items = fields.List(fields.Nested(EndpointOutSchema), required=True)


class TrySchema(StrictSchema):
    """A try to send a message: the status that was answered, or else what went wrong."""

    message_id = fields.UUID(required=True)
    topic = fields.String(required=True)
    at = fields.DateTime(required=True)
    milliseconds = fields.Integer(required=True)
    status = fields.Integer(required=True, allow_none=True)
    fault = fields.String(required=True, allow_none=True)


class TryListSchema(StrictSchema):
    """Tries, newest first; at most fifty."""

    items = fields.List(fields.Nested(TrySchema), required=True)


class ReplayedSchema(StrictSchema):
    """How many messages are sent again."""

    messages = fields.Integer(required=True)
