"""Shapes of what the Woonclub answers; the OpenAPI document is made of them."""

from marshmallow import Schema, fields, validate

from api.schemas.outputs import MoneyText
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import HouseholdType
from energiehuis.programmes.woonclub.states import STATUS_NAMES


class SessionOutSchema(Schema):
    """A drop-in session."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    nis = fields.String(required=True)
    place = fields.String(required=True)
    date = fields.Date(required=True)
    status = fields.String(required=True, validate=validate.OneOf(tuple(SessionStatus)))


class VisitOutSchema(Schema):
    """A visit; `visitor_id` names the visitor at a next intake."""

    id = fields.UUID(required=True)
    intake_id = fields.UUID(required=True)
    session_id = fields.UUID(required=True)
    visitor_id = fields.UUID(required=True, allow_none=True)
    case_id = fields.UUID(required=True, allow_none=True)


class FileHeadSchema(Schema):
    """A file after something was done with it; read it for the rest."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True, validate=validate.OneOf(tuple(STATUS_NAMES.values())))
    intake_id = fields.UUID(required=True)
    household_id = fields.UUID(required=True)


class MemberOutSchema(Schema):
    """Somebody of the household."""

    person_id = fields.UUID(required=True)
    given_name = fields.String(required=True, allow_none=True)
    family_name = fields.String(required=True, allow_none=True)
    birth_date = fields.Date(required=True, allow_none=True)
    alias = fields.String(required=True, allow_none=True)


class CompositionOutSchema(Schema):
    """Who lived in the household at intake."""

    adults = fields.Integer(required=True)
    children = fields.Integer(required=True)
    type = fields.String(required=True, validate=validate.OneOf(tuple(HouseholdType)))


class OutcomeOutSchema(Schema):
    """How the search ended."""

    outcome = fields.String(required=True)
    date = fields.Date(required=True)
    tenure = fields.String(required=True, allow_none=True)
    nis = fields.String(required=True, allow_none=True)
    rent = MoneyText(required=True, allow_none=True)


class StatusChangeSchema(Schema):
    """A change of state; `from_status` is null where the file begins."""

    at = fields.DateTime(required=True)
    from_status = fields.String(required=True, allow_none=True)
    to_status = fields.String(required=True)


class FileOutSchema(FileHeadSchema):
    """A whole file."""

    status_since = fields.DateTime(required=True)
    nis = fields.String(required=True)
    received_on = fields.Date(required=True)
    channel = fields.String(required=True)
    operator_org = fields.UUID(required=True)
    legal_basis = fields.String(required=True)
    members = fields.List(fields.Nested(MemberOutSchema), required=True)
    composition = fields.Nested(CompositionOutSchema, required=True)
    main_income = fields.String(required=True, allow_none=True)
    municipalities = fields.List(fields.String(), required=True)
    max_rent = MoneyText(required=True)
    reason = fields.String(required=True)
    notice_date = fields.Date(required=True, allow_none=True)
    outcome = fields.Nested(OutcomeOutSchema, required=True, allow_none=True)
    changes = fields.List(fields.Nested(StatusChangeSchema), required=True)
