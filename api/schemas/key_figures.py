"""Shapes of key figures; the OpenAPI document is made of them."""

from marshmallow import Schema, fields, validate

from energiehuis.key_figures.definitions import Kind, Timing, Unit
from energiehuis.key_figures.service import NO_RECORDS, SUPPRESSED


class PeriodSchema(Schema):
    """Days from the first on, up to but without the last."""

    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True)


class KeyFigureSchema(Schema):
    """A figure; `reason` says why it has no value, `unknown_count` what could not be told."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(tuple(Kind)))
    unit = fields.String(required=True, validate=validate.OneOf(tuple(Unit)))
    timing = fields.String(required=True, validate=validate.OneOf(tuple(Timing)))
    counted_by = fields.String(required=True)
    source = fields.String(required=True)
    owner = fields.String(required=True)
    value = fields.String(
        required=True, allow_none=True, metadata={"pattern": r"^[0-9]+(\.[0-9]{2,4})?$"}
    )
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    unknown_count = fields.Integer(required=True, allow_none=True)
    suppressed = fields.Boolean(required=True)
    reason = fields.String(
        required=True, allow_none=True, validate=validate.OneOf((NO_RECORDS, SUPPRESSED))
    )


class KeyFiguresSchema(Schema):
    """All figures of an area and a period; `nis` is null for all your municipalities together."""

    nis = fields.String(required=True, allow_none=True)
    period = fields.Nested(PeriodSchema, required=True)
    computed_at = fields.DateTime(required=True)
    figures = fields.List(fields.Nested(KeyFigureSchema), required=True)
