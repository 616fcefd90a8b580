"""Intakes that may come from a partner's key: what such a key may send, and read back.

Whoever signed in passes straight through to the programme; a key is narrowed here.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require, require_programme
from energiehuis.access.api_keys import key_id_of
from energiehuis.access.models import PartnerSending
from energiehuis.access.permissions import Permission, Role
from energiehuis.cases.intakes import say
from energiehuis.cases.kinds import HouseholdSubject, Incoming, IntakeKind, Recorded
from energiehuis.errors import FieldError, InvalidInput, NotFound, PermissionDenied
from energiehuis.outbox.service import enqueue
from energiehuis.people.commands import KnownPerson


def take_in(
    session: Session, actor: Actor, kind: IntakeKind, incoming: Incoming[Any, Any]
) -> Recorded:
    """Let the programme write an intake down; a key may send what is open to partners.

    Raises
    ------
    PermissionDenied
        `access.other_programme`, `partner.kind_not_open`.
    InvalidInput
        `partner.operator_not_own`, `partner.id_of_ours`, and what the programme finds.
    Conflict
        As the programme finds.
    """
    if actor.role is not Role.PARTNER:
        return kind.record(session, actor, incoming)
    require_may_send(actor, kind)
    if errors := list(_errors(actor, incoming)):
        raise InvalidInput(errors)
    envelope = replace(incoming.envelope, operator_organisation_id=actor.partner_id)
    recorded = kind.record(session, actor, replace(incoming, envelope=envelope))
    _remember(session, actor, kind, recorded)
    return recorded


def read_back(session: Session, actor: Actor, kind: IntakeKind, record_id: UUID) -> Recorded:
    """Give a record; to a key what it was answered, and only of what it sent itself.

    Raises
    ------
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    if actor.role is not Role.PARTNER:
        return kind.load(session, actor, record_id)
    require_may_send(actor, kind)
    row = session.scalars(
        select(PartnerSending)
        .where(
            PartnerSending.record_id == record_id,
            PartnerSending.key_id == key_id_of(actor),
            PartnerSending.kind == kind.code,
        )
        .order_by(PartnerSending.id.desc())
    ).first()
    if row is None:
        raise NotFound("request.not_found")
    say(session, actor, "partner.read_back", kind.code, record_id)
    return Recorded(row.record_id, row.version, row.case_id, row.body)


def require_may_send(actor: Actor, kind: IntakeKind) -> None:
    """Refuse an actor who may send no intake of a kind at all.

    Raises
    ------
    PermissionDenied
        `access.other_programme`, `partner.kind_not_open`.
    NotAuthenticated
        `access.key_needed`, for a partner who signed in instead of sending with a key.
    """
    require(actor, Permission.INTAKE_WRITE)
    require_programme(actor, kind.programme)
    if actor.role is Role.PARTNER:
        key_id_of(actor)
        if not kind.for_partners:
            raise PermissionDenied("partner.kind_not_open", kind=kind.code)


def _errors(actor: Actor, incoming: Incoming[Any, Any]) -> Iterator[FieldError]:
    if incoming.envelope.operator_organisation_id not in (None, actor.partner_id):
        yield FieldError("operator_org", "partner.operator_not_own")
    subject = incoming.subject
    if isinstance(subject, HouseholdSubject) and subject.household_id is not None:
        yield FieldError("subject.household_id", "partner.id_of_ours")
    for name, part in (("subject", subject), ("payload", incoming.payload)):
        for path in _known_people(part, name):
            yield FieldError(f"{path}.person_id", "partner.id_of_ours")


def _known_people(value: object, path: str) -> Iterator[str]:
    """Give where somebody is named by an id of ours: a partner knows people by their names."""
    if isinstance(value, KnownPerson):
        yield path
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _known_people(each, f"{path}.{index}")
    elif is_dataclass(value):
        for part in fields(value):
            yield from _known_people(getattr(value, part.name), f"{path}.{part.name}")


def _remember(session: Session, actor: Actor, kind: IntakeKind, recorded: Recorded) -> None:
    row = {
        "key_id": key_id_of(actor),
        "kind": kind.code,
        "record_id": recorded.id,
        "version": recorded.version,
        "case_id": recorded.case_id,
        "body": dict(recorded.body),
        "sent_at": clock.now(),
    }
    session.execute(insert(PartnerSending).values(row))
    if actor.organisation_id is not None:
        told = {
            "kind": kind.code,
            "record_id": str(recorded.id),
            "case_id": recorded.case_id and str(recorded.case_id),
            "partner_id": str(actor.partner_id),
        }
        enqueue(
            session,
            actor.organisation_id,
            "partner_intake.recorded",
            told,
            partner_id=actor.partner_id,
        )
