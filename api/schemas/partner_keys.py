"""Keys of partners: what is asked for one, and what is answered of it."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from api.schemas.fields import Choice, Day, Many, StrictSchema, Text
from api.schemas.intakes import Identifier
from energiehuis.access.api_keys import MOST_NAME_SIGNS, AddKey, RotateKey
from energiehuis.programmes.registry import BY_CODE


class KeySchema(StrictSchema):
    """A new key for a partner."""

    name = Text(MOST_NAME_SIGNS, required=True)
    partner_id = Identifier(required=True)
    programmes = Many(Choice(tuple(BY_CODE), required=True), 1, len(BY_CODE), required=True)


class RotationSchema(StrictSchema):
    """A new token; the one before works to the end of this day."""

    old_until = Day(required=True)


class KeyOutSchema(StrictSchema):
    """A key, without its token."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    partner_id = fields.UUID(required=True)
    programmes = fields.List(fields.String(), required=True)
    old_until = fields.Date(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    last_used_at = fields.DateTime(required=True, allow_none=True)
    revoked_at = fields.DateTime(required=True, allow_none=True)


class KeyMadeSchema(KeyOutSchema):
    """A key with its token, as it is answered where the token is made."""

    key = fields.String(required=True)


class KeyListSchema(StrictSchema):
    """Keys, newest first."""

    items = fields.List(fields.Nested(KeyOutSchema), required=True)


def as_new_key(data: dict[str, Any]) -> AddKey:
    """Turn a checked body into the command that the service takes."""
    return AddKey(data["name"], data["partner_id"], tuple(data["programmes"]))


def as_rotation(data: dict[str, Any], key_id: UUID, version: int) -> RotateKey:
    """Turn a checked body into the command that the service takes."""
    return RotateKey(key_id, version, data["old_until"])
