"""Intakes: the envelope that all programmes share, and what the Woonclub puts in it."""

import datetime as dt
import re
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.schemas.fields import Choice, Code, Day, Money, StrictSchema, Text, Whole
from api.schemas.outputs import MoneyText
from energiehuis.cases.commands import Composition, Envelope, GivenAgreement, Referrer
from energiehuis.cases.rules import MOST_PEOPLE, MOST_PURPOSES, NIS_CODE, PURPOSE
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import Channel, HouseholdType, MainIncome, Proof
from energiehuis.people.commands import Alias, Identity, KnownPerson, Named
from energiehuis.programmes.woonclub import commands
from energiehuis.programmes.woonclub.rules import MOST_MUNICIPALITIES
from energiehuis.programmes.woonclub.states import STATUS_NAMES
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME, Outcome, SearchReason, Tenure

_ID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})"
_RULE_ID = r"^[a-z0-9_]{1,60}$"
_WAYS_TO_NAME = ("person_id", "given_name", "alias")


class Identifier(fields.UUID):
    """A UUID in its usual form, and no other."""

    default_error_messages: ClassVar[dict[str, str]] = {
        "required": Code("field.required"),
        "null": Code("field.required"),
        "invalid_uuid": Code("field.uuid"),
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> UUID:  # noqa: ANN401, ARG002
        if not isinstance(value, str) or not re.fullmatch(_ID, value):
            raise self.make_error("invalid_uuid")
        return UUID(value)


class Moment(fields.DateTime):
    """An instant with its time zone, between 1900 and 2100."""

    default_error_messages: ClassVar[dict[str, str]] = {
        "required": Code("field.required"),
        "null": Code("field.required"),
        "invalid": Code("field.moment"),
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.datetime:  # noqa: ANN401, ARG002
        if not isinstance(value, str) or not re.fullmatch(_MOMENT, value):
            raise self.make_error("invalid")
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError as error:
            raise self.make_error("invalid") from error
        if not 1900 < moment.year < 2100:
            raise self.make_error("invalid")
        return moment.astimezone(dt.UTC)


def _nis_code(**kwargs: Any) -> Text:  # noqa: ANN401
    return Text(5, pattern=NIS_CODE, metadata={"examples": ["34013"]}, **kwargs)


def _length(least: int, most: int) -> validate.Length:
    return validate.Length(
        least, most, error=Code("field.list_length", minimum=least, maximum=most)
    )


class IdentitySchema(StrictSchema):
    """Somebody, in one of three ways: known before, by name, or under an alias."""

    person_id = Identifier(allow_none=True, load_default=None)
    given_name = Text(80, allow_none=True, load_default=None)
    family_name = Text(80, allow_none=True, load_default=None)
    birth_date = Day(allow_none=True, load_default=None)
    alias = Text(80, allow_none=True, load_default=None)

    @validates_schema
    def _is_named_once(self, data: dict[str, Any], **_: object) -> None:
        if sum(1 for way in _WAYS_TO_NAME if data[way]) != 1:
            choices = ", ".join(_WAYS_TO_NAME)
            raise ValidationError(Code("field.one_of_these_only", choices=choices))
        if bool(data["given_name"]) != bool(data["family_name"]):
            raise ValidationError(Code("field.required"), "family_name")
        if data["birth_date"] and not data["given_name"]:
            raise ValidationError(Code("field.required"), "given_name")


class ReferrerSchema(StrictSchema):
    """Who sent the client."""

    org = Identifier(allow_none=True, load_default=None)
    worker = Text(80, allow_none=True, load_default=None)
    case = Identifier(allow_none=True, load_default=None)


class AgreementSchema(StrictSchema):
    """What the client agreed to."""

    purposes = fields.List(
        Text(60, required=True, pattern=PURPOSE, metadata={"examples": ["referral:energy_scan"]}),
        required=True,
        validate=_length(1, MOST_PURPOSES),
    )
    proof = Choice(Proof, required=True)
    given_on = Day(required=True)


class EnvelopeSchema(StrictSchema):
    """What every intake says, whatever the programme."""

    intake_id = Identifier(required=True)
    programme = Choice((PROGRAMME,), load_default=PROGRAMME)
    channel = Choice(Channel, required=True)
    received_at = Moment(required=True)
    nis = _nis_code(required=True)
    operator_org = Identifier(allow_none=True, load_default=None)
    referrer = fields.Nested(ReferrerSchema, allow_none=True, load_default=None)
    legal_basis = Text(
        60, required=True, pattern=_RULE_ID, metadata={"examples": ["public_task"]}
    )
    agreement = fields.Nested(AgreementSchema, allow_none=True, load_default=None)


class NoSubjectSchema(StrictSchema):
    """A visit is its own subject: nothing stands here."""


class VisitPayloadSchema(StrictSchema):
    """Who came to which session; `visitor` null when nobody was named."""

    session_id = Identifier(required=True)
    visitor = fields.Nested(IdentitySchema, required=True, allow_none=True)
    case_id = Identifier(allow_none=True, load_default=None)


class VisitSchema(EnvelopeSchema):
    """A visit to a session."""

    subject = fields.Nested(NoSubjectSchema, load_default=dict)
    payload = fields.Nested(VisitPayloadSchema, required=True)


class CompositionSchema(StrictSchema):
    """Who lives in the household."""

    adults = Whole(1, MOST_PEOPLE, required=True)
    children = Whole(0, MOST_PEOPLE, required=True)
    type = Choice(HouseholdType, required=True)


class FileSubjectSchema(StrictSchema):
    """The household: known before, that of the contact, or a new one."""

    household_id = Identifier(allow_none=True, load_default=None)
    contact = fields.Nested(IdentitySchema, allow_none=True, load_default=None)


class FilePayloadSchema(StrictSchema):
    """What the household looks for; `main_income` null when it is not known."""

    composition = fields.Nested(CompositionSchema, required=True)
    main_income = Choice(MainIncome, required=True, allow_none=True)
    municipalities = fields.List(
        _nis_code(required=True), required=True, validate=_length(1, MOST_MUNICIPALITIES)
    )
    max_rent = Money(required=True)
    reason = Choice(SearchReason, required=True)
    notice_date = Day(allow_none=True, load_default=None)


class FileSchema(EnvelopeSchema):
    """A file for a household that looks for a dwelling."""

    subject = fields.Nested(
        FileSubjectSchema, load_default=lambda: {"household_id": None, "contact": None}
    )
    payload = fields.Nested(FilePayloadSchema, required=True)


class OutcomeSchema(StrictSchema):
    """How the search ended; tenure, municipality and rent only when the household was housed."""

    outcome = Choice(Outcome, required=True)
    date = Day(required=True)
    tenure = Choice(Tenure, allow_none=True, load_default=None)
    nis = _nis_code(allow_none=True, load_default=None)
    rent = Money(allow_none=True, load_default=None)


class SessionSchema(StrictSchema):
    """A drop-in session."""

    nis = _nis_code(required=True)
    place = Text(120, required=True)
    date = Day(required=True)
    status = Choice(SessionStatus, required=True)


class SessionChangeSchema(StrictSchema):
    """What became of a planned session."""

    status = Choice((SessionStatus.HELD, SessionStatus.CANCELLED), required=True)


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


class OutcomeOutSchema(Schema):
    """How the search ended."""

    outcome = fields.String(required=True)
    date = fields.Date(required=True)
    tenure = fields.String(required=True, allow_none=True)
    nis = fields.String(required=True, allow_none=True)
    rent = MoneyText(required=True, allow_none=True)


class StatusChangeSchema(Schema):
    """A change of state; `from` is null where the file begins."""

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
    composition = fields.Nested(CompositionSchema, required=True)
    main_income = fields.String(required=True, allow_none=True)
    municipalities = fields.List(fields.String(), required=True)
    max_rent = MoneyText(required=True)
    reason = fields.String(required=True)
    notice_date = fields.Date(required=True, allow_none=True)
    outcome = fields.Nested(OutcomeOutSchema, required=True, allow_none=True)
    changes = fields.List(fields.Nested(StatusChangeSchema), required=True)


def as_session(data: dict[str, Any]) -> commands.AddSession:
    """Turn a checked session into the command that the service takes."""
    return commands.AddSession(
        nis_code=data["nis"],
        place=data["place"],
        takes_place_on=data["date"],
        status=SessionStatus(data["status"]),
    )


def as_visit(data: dict[str, Any]) -> commands.RecordVisit:
    """Turn a checked visit into the command that the service takes."""
    payload = data["payload"]
    return commands.RecordVisit(
        envelope=_envelope(data),
        session_id=payload["session_id"],
        visitor=_identity(payload["visitor"]),
        case_id=payload["case_id"],
    )


def as_file(data: dict[str, Any]) -> commands.OpenFile:
    """Turn a checked file into the command that the service takes."""
    subject, payload = data["subject"], data["payload"]
    composition = payload["composition"]
    income = payload["main_income"]
    return commands.OpenFile(
        envelope=_envelope(data),
        household_id=subject["household_id"],
        contact=_identity(subject["contact"]),
        composition=Composition(
            adults=composition["adults"],
            children=composition["children"],
            household_type=HouseholdType(composition["type"]),
            main_income=None if income is None else MainIncome(income),
        ),
        municipalities=tuple(payload["municipalities"]),
        max_rent_cents=payload["max_rent"],
        reason=SearchReason(payload["reason"]),
        notice_on=payload["notice_date"],
    )


def as_outcome(data: dict[str, Any], case_id: UUID, version: int) -> commands.CloseFile:
    """Turn a checked outcome into the command that the service takes."""
    return commands.CloseFile(
        case_id=case_id,
        version=version,
        outcome=Outcome(data["outcome"]),
        outcome_on=data["date"],
        tenure=None if data["tenure"] is None else Tenure(data["tenure"]),
        nis_code=data["nis"],
        rent_cents=data["rent"],
    )


def _envelope(data: dict[str, Any]) -> Envelope:
    referrer, agreement = data["referrer"], data["agreement"]
    return Envelope(
        intake_id=data["intake_id"],
        channel=Channel(data["channel"]),
        received_at=data["received_at"],
        nis_code=data["nis"],
        legal_basis=data["legal_basis"],
        operator_organisation_id=data["operator_org"],
        referrer=None
        if referrer is None
        else Referrer(referrer["org"], referrer["worker"], referrer["case"]),
        agreement=None
        if agreement is None
        else GivenAgreement(
            tuple(agreement["purposes"]), Proof(agreement["proof"]), agreement["given_on"]
        ),
    )


def _identity(data: dict[str, Any] | None) -> Identity | None:
    if data is None:
        return None
    if data["person_id"]:
        return KnownPerson(data["person_id"])
    if data["alias"]:
        return Alias(data["alias"])
    return Named(data["given_name"], data["family_name"], data["birth_date"])
