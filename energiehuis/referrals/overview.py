"""What a worker looks at first: how many referrals wait, and what runs from one case."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import find_serving_organisation_id
from energiehuis.referrals.consents import ConsentView, list_consents, own_case
from energiehuis.referrals.models import Referral
from energiehuis.referrals.queries import Direction, ReferralLine, as_line, side_of
from energiehuis.referrals.states import ANSWER_WITHIN, ReferralState


@dataclass(frozen=True, slots=True)
class ReferralCounts:
    """Referrals that wait: for an answer, too long for one (`late`), for a first contact."""

    unanswered: int = 0
    late: int = 0
    without_contact: int = 0


@dataclass(frozen=True, slots=True)
class Receiver:
    """A programme to which a case can be sent on, and who runs it where the client lives."""

    programme: str
    organisation: str


def count_referrals(session: Session, actor: Actor, direction: Direction) -> ReferralCounts:
    """Count what waits on one side. Needs `referral:answer`; no client is read.

    Raises
    ------
    PermissionDenied
    """
    require(actor, Permission.REFERRAL_ANSWER)
    is_sent = Referral.state == ReferralState.SENT.value
    is_late = is_sent & (Referral.sent_at < clock.now() - ANSWER_WITHIN)
    is_accepted = Referral.state == ReferralState.ACCEPTED.value
    sums = (func.sum(case((one, 1), else_=0)) for one in (is_sent, is_late, is_accepted))
    row = session.execute(select(*sums).where(side_of(actor, direction))).one()
    return ReferralCounts(*(int(count or 0) for count in row))


def list_sent_from(session: Session, actor: Actor, case_id: UUID) -> tuple[ReferralLine, ...]:
    """List the referrals of an own case, newest first. Needs `referral:answer`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.REFERRAL_ANSWER)
    own = own_case(session, actor, case_id)
    query = select(Referral).where(Referral.from_case_id == own.id)
    newest = query.order_by(Referral.sent_at.desc(), Referral.id.desc())
    return tuple(as_line(row) for row in session.scalars(newest))


def list_agreements(session: Session, actor: Actor, case_id: UUID) -> tuple[ConsentView, ...]:
    """List what the client of an own case agreed to share, newest first. Needs `referral:send`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.REFERRAL_SEND)
    return list_consents(session, own_case(session, actor, case_id))


def list_receivers(
    session: Session, actor: Actor, case_id: UUID, programmes: tuple[str, ...]
) -> tuple[Receiver, ...]:
    """Give which of these programmes run where the client of an own case lives.

    Needs `referral:send`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    require(actor, Permission.REFERRAL_SEND)
    own = own_case(session, actor, case_id)
    found = {
        programme: find_serving_organisation_id(session, programme, own.nis_code, clock.today())
        for programme in programmes
        if programme != own.programme
    }
    names = organisation_names(session, {one for one in found.values() if one is not None})
    return tuple(
        Receiver(programme, names[organisation_id])
        for programme, organisation_id in found.items()
        if organisation_id is not None
    )


def organisation_names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """Give the names of organisations; these are public."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {row.id: row.name for row in session.execute(query)}
