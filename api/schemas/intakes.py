"""The envelope that the intakes of all programmes share, and how somebody is named in it."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, validate, validates_schema

from api.schemas.fields import Choice, Code, Day, StrictSchema, Text
from energiehuis.cases.commands import Envelope, GivenAgreement, Referrer
from energiehuis.cases.rules import MOST_PURPOSES, NIS_CODE, PURPOSE
from energiehuis.cases.vocabulary import Channel, Proof
from energiehuis.people.commands import Alias, Identity, KnownPerson, Named

_ID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MOMENT = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})"
_RULE_ID = r"^[a-z0-9_]{1,60}$"
MISSING: dict[str, Any] = {"required": Code("field.required"), "null": Code("field.required")}
NOT_A_LIST: dict[str, Any] = {**MISSING, "invalid": Code("field.not_a_list")}
_WAYS_TO_NAME = ("person_id", "given_name", "alias")


class Identifier(fields.UUID):
    """A UUID in its usual form, and no other."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(error_messages={**MISSING, "invalid_uuid": Code("field.uuid")}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> UUID:  # noqa: ANN401, ARG002
        if not isinstance(value, str) or not re.fullmatch(_ID, value):
            raise self.make_error("invalid_uuid")
        return UUID(value)


class Moment(fields.DateTime):
    """An instant with its time zone, between 1900 and 2100."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(error_messages={**MISSING, "invalid": Code("field.moment")}, **kwargs)

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


def nis_code_field(**kwargs: Any) -> Text:  # noqa: ANN401
    """Make a field for the NIS code of a municipality."""
    return Text(5, pattern=NIS_CODE, metadata={"examples": ["34013"]}, **kwargs)


def length(least: int, most: int) -> validate.Length:
    """Make the rule that a list holds so many lines."""
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
        validate=length(1, MOST_PURPOSES),
        error_messages=NOT_A_LIST,
    )
    proof = Choice(Proof, required=True)
    given_on = Day(required=True)


class EnvelopeSchema(StrictSchema):
    """What every intake says, whatever the programme."""

    intake_id = Identifier(required=True)
    channel = Choice(Channel, required=True)
    received_at = Moment(required=True)
    nis = nis_code_field(required=True)
    operator_org = Identifier(allow_none=True, load_default=None)
    referrer = fields.Nested(ReferrerSchema, allow_none=True, load_default=None)
    legal_basis = Text(60, required=True, pattern=_RULE_ID, metadata={"examples": ["public_task"]})
    agreement = fields.Nested(AgreementSchema, allow_none=True, load_default=None)


def as_envelope(data: dict[str, Any]) -> Envelope:
    """Turn a checked envelope into what the services take."""
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


def as_identity(data: dict[str, Any] | None) -> Identity | None:
    """Turn a checked visitor or contact into what the services take; nobody stays nobody."""
    if data is None:
        return None
    if data["person_id"]:
        return KnownPerson(data["person_id"])
    if data["alias"]:
        return Alias(data["alias"])
    return Named(data["given_name"], data["family_name"], data["birth_date"])
