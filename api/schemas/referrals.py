"""Agreements to share and referrals: what comes in and what is answered."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from api.schemas.fields import Choice, Day, Many, StrictSchema, Text
from api.schemas.intakes import Identifier
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.vocabulary import Proof
from energiehuis.programmes.registry import BY_CODE
from energiehuis.referrals.consents import GiveConsent
from energiehuis.referrals.service import SendReferral, TakeStep
from energiehuis.referrals.states import STEPS, ReferralState
from energiehuis.referrals.vocabulary import Purpose, ReferralReason, RefusalReason

_PROGRAMMES = tuple(BY_CODE)


class ConsentSchema(StrictSchema):
    """A client agrees that the programme of a case shares classes of data with another one."""

    case_id = Identifier(required=True)
    purpose = Choice(Purpose, required=True)
    to_programme = Choice(_PROGRAMMES, required=True)
    to_org = Identifier(allow_none=True, load_default=None)
    classes = Many(Choice(DataClass), 1, len(DataClass), required=True)
    given_on = Day(required=True)
    proof = Choice(Proof, required=True)
    proof_reference = Text(80, allow_none=True, load_default=None)


class WithdrawalSchema(StrictSchema):
    """Nothing has to be said to take an agreement back."""


class ConsentOutSchema(StrictSchema):
    """An agreement; version 1 while it stands, 2 once it was taken back."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    purpose = fields.String(required=True)
    from_programme = fields.String(required=True)
    to_programme = fields.String(required=True)
    to_org = fields.UUID(required=True)
    classes = fields.List(fields.String(), required=True)
    given_on = fields.Date(required=True)
    proof = fields.String(required=True)
    withdrawn_at = fields.DateTime(required=True, allow_none=True)


class ReferralSchema(StrictSchema):
    """Send a case on; without `share` all that was agreed to except class D."""

    from_case = Identifier(required=True)
    to_programme = Choice(_PROGRAMMES, required=True)
    reason = Choice(ReferralReason, required=True)
    agreement_id = Identifier(required=True)
    share = Many(Choice(DataClass), 1, len(DataClass), load_default=None)


class ReferralStepSchema(StrictSchema):
    """The next step; a reason only when it is refused."""

    state = Choice(STEPS, required=True)
    reason = Choice(RefusalReason, allow_none=True, load_default=None)


class ReferralLineSchema(StrictSchema):
    """A referral without anything of the client."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    reference = fields.String(required=True)
    from_programme = fields.String(required=True)
    to_programme = fields.String(required=True)
    to_org = fields.UUID(required=True)
    nis = fields.String(required=True)
    reason = fields.String(required=True)
    share = fields.List(fields.String(), required=True)
    state = fields.String(required=True)
    sent_at = fields.DateTime(required=True)
    answer_due_on = fields.Date(required=True)
    is_lost_in_between = fields.Boolean(required=True)
    accepted_at = fields.DateTime(required=True, allow_none=True)
    refused_at = fields.DateTime(required=True, allow_none=True)
    refusal_reason = fields.String(required=True, allow_none=True)
    first_contact_at = fields.DateTime(required=True, allow_none=True)
    done_at = fields.DateTime(required=True, allow_none=True)
    withdrawn_at = fields.DateTime(required=True, allow_none=True)


class ReferralSentSchema(ReferralLineSchema):
    """A referral that was sent, with the code that the client needs to see it."""

    client_code = fields.String(required=True)


class SharedSchema(StrictSchema):
    """What the receiving programme may see of the case that was sent on."""

    classes = fields.List(fields.String(), required=True)
    household_id = fields.UUID(required=True, allow_none=True)
    people = fields.List(fields.Dict(), required=True)
    details = fields.Dict(required=True)


class ReferralOutSchema(ReferralLineSchema):
    """A referral; `shared` is null for the sender and once nothing may be shared any more."""

    changes = fields.List(fields.Dict(), required=True)
    shared = fields.Nested(SharedSchema, required=True, allow_none=True)


class ReferralListSchema(StrictSchema):
    """Referrals, newest first; at most a hundred."""

    items = fields.List(fields.Nested(ReferralLineSchema), required=True)


def as_consent(data: dict[str, Any]) -> GiveConsent:
    """Turn a checked body into the command that the service takes."""
    return GiveConsent(
        case_id=data["case_id"],
        purpose=Purpose(data["purpose"]),
        to_programme=data["to_programme"],
        classes=frozenset(DataClass(c) for c in data["classes"]),
        given_on=data["given_on"],
        proof=Proof(data["proof"]),
        to_organisation_id=data["to_org"],
        proof_reference=data["proof_reference"],
    )


def as_referral(data: dict[str, Any]) -> SendReferral:
    """Turn a checked body into the command that the service takes."""
    share = data["share"]
    return SendReferral(
        from_case_id=data["from_case"],
        to_programme=data["to_programme"],
        reason=ReferralReason(data["reason"]),
        consent_id=data["agreement_id"],
        share=None if share is None else frozenset(DataClass(c) for c in share),
    )


def as_step(data: dict[str, Any], referral_id: UUID, version: int) -> TakeStep:
    """Turn a checked step into the command that the service takes."""
    reason = data["reason"]
    return TakeStep(
        referral_id=referral_id,
        version=version,
        state=ReferralState(data["state"]),
        reason=None if reason is None else RefusalReason(reason),
    )
