"""Shapes of key figures; the OpenAPI document is made of them."""

from marshmallow import Schema, fields, validate

from api.schemas.fields import StrictSchema, Text
from energiehuis.key_figures.definitions import Kind, Timing, Unit
from energiehuis.key_figures.service import REASONS


class PeriodSchema(Schema):
    """Days from the first on, up to but without the last."""

    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True)


class PartSchema(Schema):
    """One count of a distribution or matrix, or one reading of an amount."""

    name = fields.String(required=True)
    count = fields.Integer(required=True)


class KeyFigureSchema(Schema):
    """A figure; `reason` says why it has no value, `unknown_count` what could not be told.

    `undated` names the tables that were read as they are now, though the figures are those of the
    records of an earlier day.
    """

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
    reason = fields.String(required=True, allow_none=True, validate=validate.OneOf(REASONS))
    parts = fields.List(fields.Nested(PartSchema), required=True)
    undated = fields.List(fields.String(), required=True)


class KeyFiguresSchema(Schema):
    """All figures of an area and a period; `nis` is null for all your municipalities together."""

    nis = fields.String(required=True, allow_none=True)
    period = fields.Nested(PeriodSchema, required=True)
    known_on = fields.Date(required=True, allow_none=True)
    computed_at = fields.DateTime(required=True)
    figures = fields.List(fields.Nested(KeyFigureSchema), required=True)


class PublishSchema(StrictSchema):
    """A period that is over; with `known_on` the records as they stood at the end of that day."""

    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True)
    known_on = fields.Date(load_default=None)


class RestateSchema(StrictSchema):
    """A figure of a publication that the records count otherwise now; `nis` null is the total."""

    figure_id = Text(60, required=True)
    nis = Text(5, load_default=None)
    reason = Text(500, required=True)


class PublicationSchema(Schema):
    """A set of figures of all municipalities and their total, frozen on a day."""

    id = fields.UUID(required=True)
    period = fields.Nested(PeriodSchema, required=True)
    known_on = fields.Date(required=True, allow_none=True)
    published_at = fields.DateTime(required=True)
    published_by = fields.String(required=True)


class PublicationListSchema(Schema):
    """All publications of the organisation."""

    items = fields.List(fields.Nested(PublicationSchema), required=True)


class PublishedFigureSchema(Schema):
    """A figure as published (revision 0) or restated, with the version and digest of its formula.

    `nis` is null for all municipalities together.
    """

    nis = fields.String(required=True, allow_none=True)
    id = fields.String(required=True)
    name = fields.String(required=True)
    revision = fields.Integer(required=True)
    definition_version = fields.Integer(required=True)
    formula_digest = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    unknown_count = fields.Integer(required=True, allow_none=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)
    undated = fields.List(fields.String(), required=True)
    reason = fields.String(required=True, allow_none=True, validate=validate.OneOf(REASONS))
    restated_because = fields.String(required=True, allow_none=True)
    recorded_at = fields.DateTime(required=True)
    recorded_by = fields.String(required=True)


class PublishedSetSchema(PublicationSchema):
    """A publication with its figures and every revision of them."""

    figures = fields.List(fields.Nested(PublishedFigureSchema), required=True)
