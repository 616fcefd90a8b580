"""How agreements and referrals are written as JSON."""

from dataclasses import asdict
from datetime import datetime

from api.v1.case_bodies import detail_item, person_body
from energiehuis.programmes.referred_cases import ReferralView, SharedCase
from energiehuis.referrals.consents import ConsentView
from energiehuis.referrals.queries import ReferralLine

Body = dict[str, object]


def consent_body(consent: ConsentView) -> Body:
    """Write an agreement."""
    return {
        "id": str(consent.id),
        "version": consent.version,
        "purpose": consent.purpose.value,
        "from_programme": consent.from_programme,
        "to_programme": consent.to_programme,
        "to_org": str(consent.to_organisation_id),
        "classes": sorted(c.value for c in consent.classes),
        "given_on": consent.given_on.isoformat(),
        "proof": consent.proof,
        "withdrawn_at": _moment(consent.withdrawn_at),
    }


def referral_line_body(line: ReferralLine) -> Body:
    """Write a referral without anything of the client."""
    return {
        "id": str(line.id),
        "version": line.version,
        "reference": line.reference,
        "from_programme": line.from_programme,
        "to_programme": line.to_programme,
        "to_org": str(line.to_organisation_id),
        "nis": line.nis_code,
        "reason": line.reason,
        "share": sorted(c.value for c in line.classes),
        "state": line.state.value,
        "sent_at": line.sent_at.isoformat(),
        "answer_due_on": line.answer_due_on.isoformat(),
        "is_lost_in_between": line.is_lost,
        "accepted_at": _moment(line.accepted_at),
        "refused_at": _moment(line.refused_at),
        "refusal_reason": line.refusal_reason,
        "first_contact_at": _moment(line.first_contact_at),
        "done_at": _moment(line.done_at),
        "withdrawn_at": _moment(line.withdrawn_at),
    }


def referral_body(referral: ReferralView) -> Body:
    """Write a referral with what is shared."""
    return {
        **referral_line_body(referral.line),
        "changes": [{**asdict(c), "at": c.at.isoformat()} for c in referral.changes],
        "shared": None if referral.shared is None else _shared_body(referral.shared),
    }


def _shared_body(shared: SharedCase) -> Body:
    return {
        "classes": [c.value for c in shared.classes],
        "household_id": None if shared.household_id is None else str(shared.household_id),
        "people": [person_body(person) for person in shared.people],
        "details": dict(detail_item(detail) for detail in shared.details),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
