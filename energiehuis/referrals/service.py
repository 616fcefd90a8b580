"""Sending a client on to another programme, and what that programme answers.

A first contact is a step that the receiving programme takes itself: its intake may name the case
it came from, but whether anybody spoke to the client is for a person to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass, visible_classes
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.models import Case
from energiehuis.errors import Conflict, FieldError, InvalidInput, NotFound, StaleVersion
from energiehuis.identifiers import new_id, new_reference
from energiehuis.outbox.service import enqueue
from energiehuis.referrals.consents import own_case, read_classes, stands, written
from energiehuis.referrals.models import Consent, Referral, ReferralEvent
from energiehuis.referrals.queries import (
    Direction,
    ReferralLine,
    as_line,
    find_referral,
    list_referral_rows,
)
from energiehuis.referrals.states import ReferralState, require_referral_move
from energiehuis.referrals.vocabulary import Purpose, ReferralReason, RefusalReason

_INSTANTS = {
    ReferralState.ACCEPTED: "accepted_at",
    ReferralState.REFUSED: "refused_at",
    ReferralState.FIRST_CONTACT: "first_contact_at",
    ReferralState.DONE: "done_at",
}


@dataclass(frozen=True, slots=True)
class SendReferral:
    """Send a case on; without `share` all that the client agreed to, but never class D."""

    from_case_id: UUID
    to_programme: str
    reason: ReferralReason
    consent_id: UUID
    share: frozenset[DataClass] | None = None


@dataclass(frozen=True, slots=True)
class TakeStep:
    """The next step of a referral; a reason only when it is refused."""

    referral_id: UUID
    version: int
    state: ReferralState
    reason: RefusalReason | None = None


def send_referral(session: Session, actor: Actor, command: SendReferral) -> ReferralLine:
    """Send a case on to another programme. Needs `referral:send` and work for its programme.

    Raises
    ------
    PermissionDenied, NotFound
    InvalidInput
        `referral.agreement_unknown`, `referral.agreement_withdrawn`,
        `referral.agreement_other_programme`, `referral.agreement_other_purpose`,
        `referral.class_not_agreed`, `referral.class_not_yours`.
    Conflict
        `referral.runs_already`; the database keeps it.
    """
    require(actor, Permission.REFERRAL_SEND)
    case = own_case(session, actor, command.from_case_id)
    consent = _agreement(session, case, command)
    agreed = read_classes(consent.classes)
    share = command.share
    if share is None:
        share = agreed & visible_classes(actor, case.programme) - {DataClass.SENSITIVE}
    errors = list(_share_errors(share, agreed, visible_classes(actor, case.programme)))
    if errors:
        raise InvalidInput(errors)
    row = {
        "id": new_id(),
        "version": 1,
        "reference": new_reference("DV"),
        "organisation_id": case.organisation_id,
        "nis_code": case.nis_code,
        "from_case_id": case.id,
        "from_programme": case.programme,
        "to_organisation_id": consent.to_organisation_id,
        "to_programme": consent.to_programme,
        "consent_id": consent.id,
        "reason": command.reason.value,
        "classes": written(share),
        "state": ReferralState.SENT.value,
        "sent_at": clock.now(),
    }
    try:
        with session.begin_nested():
            session.execute(insert(Referral).values(row))
    except IntegrityError as error:
        raise Conflict("referral.runs_already", field="to_programme") from error
    referral = session.get_one(Referral, row["id"])
    _write_event(session, actor, referral, start=None, end=ReferralState.SENT, reason=None)
    return as_line(referral)


def take_step(session: Session, actor: Actor, command: TakeStep) -> ReferralLine:
    """Accept, refuse, note the first contact or the end. Needs `referral:answer`.

    Only the receiving programme may.

    Raises
    ------
    PermissionDenied, NotFound, StaleVersion
    Conflict
        `referral.move_not_allowed`.
    InvalidInput
        `referral.refusal_needs_reason`, `referral.reason_only_when_refused`.
    """
    require(actor, Permission.REFERRAL_ANSWER)
    referral = find_referral(session, actor, command.referral_id, Direction.IN)
    if referral is None:
        raise NotFound("request.not_found")
    if referral.version != command.version:
        raise StaleVersion("version.stale")
    start = ReferralState(referral.state)
    require_referral_move(start, command.state)
    if (command.state is ReferralState.REFUSED) != (command.reason is not None):
        is_refused = command.state is ReferralState.REFUSED
        code = "refusal_needs_reason" if is_refused else "reason_only_when_refused"
        raise InvalidInput([FieldError("reason", f"referral.{code}")])
    _change(session, referral, command)
    reason = None if command.reason is None else command.reason.value
    _write_event(session, actor, referral, start=start, end=command.state, reason=reason)
    session.refresh(referral)
    return as_line(referral)


def list_referrals(
    session: Session,
    actor: Actor,
    direction: Direction,
    *,
    state: ReferralState | None = None,
    is_lost: bool = False,
    is_oldest_first: bool = False,
) -> list[ReferralLine]:
    """List the newest referrals that an actor receives or sends, without anything of a client.

    Needs `referral:answer`. `is_lost` keeps those without an answer in time; `is_oldest_first`
    lists who waits longest first.
    """
    require(actor, Permission.REFERRAL_ANSWER)
    return list_referral_rows(
        session, actor, direction, state=state, is_lost=is_lost, is_oldest_first=is_oldest_first
    )


def _agreement(session: Session, case: Case, command: SendReferral) -> Consent:
    """Give the agreement, when it covers this client, both programmes and the purpose."""
    field = "agreement_id"
    # Held until we commit, so that a withdrawal comes before this or ends it.
    held = select(Consent).where(Consent.id == command.consent_id).with_for_update()
    consent = session.scalar(held)
    # Of another client, or another programme: nobody is told that it exists.
    subject = (case.organisation_id, case.programme, case.household_id, case.person_id)
    if consent is None or subject != (
        consent.from_organisation_id,
        consent.from_programme,
        consent.household_id,
        consent.person_id,
    ):
        raise InvalidInput([FieldError(field, "referral.agreement_unknown")])
    if consent.to_programme != command.to_programme:
        raise InvalidInput([FieldError(field, "referral.agreement_other_programme")])
    if consent.purpose != Purpose.REFERRAL.value:
        raise InvalidInput([FieldError(field, "referral.agreement_other_purpose")])
    standing = select(Consent.id).where(Consent.id == consent.id, stands())
    if session.scalar(standing) is None:
        raise InvalidInput([FieldError(field, "referral.agreement_withdrawn")])
    return consent


def _share_errors(
    share: frozenset[DataClass], agreed: frozenset[DataClass], seen: frozenset[DataClass]
) -> Iterator[FieldError]:
    if not share:
        yield FieldError("share", "field.required")
    if refused := written(share - agreed):
        yield FieldError("share", "referral.class_not_agreed", {"classes": ", ".join(refused)})
    if refused := written(share & agreed - seen):
        yield FieldError("share", "referral.class_not_yours", {"classes": ", ".join(refused)})


def _change(session: Session, referral: Referral, command: TakeStep) -> None:
    reason = None if command.reason is None else command.reason.value
    changed = (
        update(Referral)
        .where(Referral.id == referral.id, Referral.version == command.version)
        .values(
            {
                "version": command.version + 1,
                "state": command.state.value,
                _INSTANTS[command.state]: clock.now(),
                "refusal_reason": reason,
            }
        )
        .execution_options(synchronize_session=False)
    )
    if session.execute(changed).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")


def _write_event(
    session: Session,
    actor: Actor,
    referral: Referral,
    *,
    start: ReferralState | None,
    end: ReferralState,
    reason: str | None,
) -> None:
    row = {
        "referral_id": referral.id,
        "at": clock.now(),
        "actor": actor.name,
        "from_state": start.value if start else None,
        "to_state": end.value,
        "reason": reason,
    }
    session.execute(insert(ReferralEvent).values(row))
    action, said = f"referral.{end.value}", {"classes": list(referral.classes)}
    entry = Entry(actor.name, actor.role_name, action, "referral", str(referral.id), dict(said))
    append(session, entry)
    payload: dict[str, object] = {
        "referral_id": str(referral.id),
        "from_programme": referral.from_programme,
        "to_programme": referral.to_programme,
        "state": end.value,
    }
    for organisation_id in {referral.organisation_id, referral.to_organisation_id}:
        enqueue(session, organisation_id, action, payload)
