"""What comes in at the Woonclub: sessions, visits, files and how they end."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from api.schemas.fields import Choice, Day, Money, StrictSchema, Text, Whole
from api.schemas.from_types import schema_of
from api.schemas.intakes import (
    MISSING,
    NOT_A_LIST,
    EnvelopeSchema,
    Identifier,
    IdentitySchema,
    as_envelope,
    as_identity,
    length,
    nis_code_field,
)
from energiehuis.cases.commands import Composition
from energiehuis.cases.kinds import NoSubject
from energiehuis.cases.rules import MOST_PEOPLE
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import HouseholdType, MainIncome
from energiehuis.programmes.woonclub import commands
from energiehuis.programmes.woonclub.rules import MOST_MUNICIPALITIES
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME, Outcome, SearchReason, Tenure


class VisitPayloadSchema(StrictSchema):
    """Who came to which session; `visitor` null when nobody was named."""

    session_id = Identifier(required=True)
    visitor = fields.Nested(IdentitySchema, required=True, allow_none=True, error_messages=MISSING)
    case_id = Identifier(allow_none=True, load_default=None)


class VisitSchema(EnvelopeSchema):
    """A visit to a session."""

    programme = Choice((PROGRAMME,), load_default=PROGRAMME)
    subject = fields.Nested(schema_of(NoSubject), load_default=dict)
    payload = fields.Nested(VisitPayloadSchema, required=True, error_messages=MISSING)


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

    composition = fields.Nested(CompositionSchema, required=True, error_messages=MISSING)
    main_income = Choice(MainIncome, required=True, allow_none=True)
    municipalities = fields.List(
        nis_code_field(required=True),
        required=True,
        validate=length(1, MOST_MUNICIPALITIES),
        error_messages=NOT_A_LIST,
    )
    max_rent = Money(required=True)
    reason = Choice(SearchReason, required=True)
    notice_date = Day(allow_none=True, load_default=None)


class FileSchema(EnvelopeSchema):
    """A file for a household that looks for a dwelling."""

    programme = Choice((PROGRAMME,), load_default=PROGRAMME)
    subject = fields.Nested(
        FileSubjectSchema, load_default=lambda: {"household_id": None, "contact": None}
    )
    payload = fields.Nested(FilePayloadSchema, required=True, error_messages=MISSING)


class WoonclubOutcomeSchema(StrictSchema):
    """How the search ended; tenure, municipality and rent only when the household was housed."""

    outcome = Choice(Outcome, required=True)
    date = Day(required=True)
    tenure = Choice(Tenure, allow_none=True, load_default=None)
    nis = nis_code_field(allow_none=True, load_default=None)
    rent = Money(allow_none=True, load_default=None)


class SessionSchema(StrictSchema):
    """A drop-in session."""

    nis = nis_code_field(required=True)
    place = Text(120, required=True)
    date = Day(required=True)
    status = Choice(SessionStatus, required=True)


class SessionChangeSchema(StrictSchema):
    """What became of a planned session."""

    status = Choice((SessionStatus.HELD, SessionStatus.CANCELLED), required=True)


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
        envelope=as_envelope(data),
        session_id=payload["session_id"],
        visitor=as_identity(payload["visitor"]),
        case_id=payload["case_id"],
    )


def as_file(data: dict[str, Any]) -> commands.OpenFile:
    """Turn a checked file into the command that the service takes."""
    subject, payload = data["subject"], data["payload"]
    composition = payload["composition"]
    income = payload["main_income"]
    return commands.OpenFile(
        envelope=as_envelope(data),
        household_id=subject["household_id"],
        contact=as_identity(subject["contact"]),
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
