"""Reading referrals: those that an actor sends or receives, and those of a client's own case."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.access.models import Organisation
from energiehuis.referrals.consents import read_classes, stands
from energiehuis.referrals.models import Consent, Referral, ReferralEvent
from energiehuis.referrals.states import (
    ANSWER_WITHIN,
    SHARING,
    ReferralState,
    is_late,
    late_before,
)

MOST_LISTED = 100


class Direction(StrEnum):
    """Which side of a referral an actor stands on."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral without anything of the client; `is_lost`: nobody answered in time."""

    id: UUID
    version: int
    reference: str
    organisation_id: UUID
    from_case_id: UUID
    from_programme: str
    to_programme: str
    to_organisation_id: UUID
    nis_code: str
    consent_id: UUID
    reason: str
    classes: frozenset[DataClass]
    state: ReferralState
    sent_at: datetime
    accepted_at: datetime | None
    refused_at: datetime | None
    refusal_reason: str | None
    first_contact_at: datetime | None
    done_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def sent_on(self) -> date:
        """Give the Brussels day on which it was sent."""
        return clock.day_of(self.sent_at)

    @property
    def answer_due_on(self) -> date:
        """Give the last day on which an answer is in time."""
        return clock.day_of(self.sent_at + ANSWER_WITHIN)

    @property
    def days_waited(self) -> int:
        """Give the Brussels days since it was sent. [days]."""
        return (clock.today() - self.sent_on).days

    @property
    def is_lost(self) -> bool:
        """Say whether the client sits between two chairs: sent, and no answer in time."""
        return self.state is ReferralState.SENT and is_late(self.sent_at)


@dataclass(frozen=True, slots=True)
class ReferralOfClient:
    """A referral as the client sees it."""

    reference: str
    to_programme: str
    to_organisation: str
    classes: tuple[DataClass, ...]
    state: ReferralState
    sent_on: date
    consent_id: UUID
    is_shared: bool


@dataclass(frozen=True, slots=True)
class StateChange:
    """A change of state of a referral."""

    at: datetime
    from_state: str | None
    to_state: str
    reason: str | None


def side_of(actor: Actor, direction: Direction) -> ColumnElement[bool]:
    """Give the condition that a referral is one that the actor sends, or receives."""
    is_in = direction is Direction.IN
    organisation = Referral.to_organisation_id if is_in else Referral.organisation_id
    programme = Referral.to_programme if is_in else Referral.from_programme
    works_for = true() if actor.programmes is None else programme.in_(actor.programmes)
    return and_(
        organisation == actor.organisation_id,
        Referral.nis_code.in_(actor.municipalities),
        works_for,
    )


def lost() -> ColumnElement[bool]:
    """Give the condition that a client sits between two chairs; `ReferralLine.is_lost` in SQL."""
    return and_(Referral.state == ReferralState.SENT.value, Referral.sent_at < late_before())


def list_referral_rows(
    session: Session,
    actor: Actor,
    direction: Direction,
    *,
    state: ReferralState | None,
    is_lost: bool,
    is_oldest_first: bool = False,
) -> list[ReferralLine]:
    """List the newest or oldest referrals of one side, of one state or those that are lost."""
    query = select(Referral).where(side_of(actor, direction))
    if state is not None:
        query = query.where(Referral.state == state.value)
    if is_lost:
        query = query.where(lost())
    newest = query.order_by(Referral.sent_at.desc(), Referral.id.desc())
    oldest = query.order_by(Referral.sent_at, Referral.id)
    chosen = oldest if is_oldest_first else newest
    return [as_line(row) for row in session.scalars(chosen.limit(MOST_LISTED))]


def find_referral(
    session: Session, actor: Actor, referral_id: UUID, direction: Direction
) -> Referral | None:
    """Give a referral when the actor stands on that side of it, or None."""
    return session.scalar(
        select(Referral).where(Referral.id == referral_id, side_of(actor, direction))
    )


def is_shared(session: Session, referral: Referral) -> bool:
    """Say whether the receiving programme may read: not refused, and the agreement stands."""
    if referral.state not in SHARING:
        return False
    found = session.scalar(select(Consent.id).where(Consent.id == referral.consent_id, stands()))
    return found is not None


def list_state_changes(session: Session, referral_id: UUID) -> list[StateChange]:
    """List how the state of a referral changed, in order; ask for the referral first."""
    rows = session.execute(
        select(
            ReferralEvent.at, ReferralEvent.from_state, ReferralEvent.to_state, ReferralEvent.reason
        )
        .where(ReferralEvent.referral_id == referral_id)
        .order_by(ReferralEvent.id)
    )
    return [StateChange(*row) for row in rows]


def list_referrals_of_client(session: Session, reference: str) -> list[ReferralOfClient]:
    """List the referrals of the case that a reference belongs to; its code was checked before."""
    case_id = select(Referral.from_case_id).where(Referral.reference == reference)
    rows = session.execute(
        select(Referral, Organisation.name, stands())
        .join(Consent, Consent.id == Referral.consent_id)
        .join(Organisation, Organisation.id == Referral.to_organisation_id)
        .where(Referral.from_case_id.in_(case_id))
        .order_by(Referral.sent_at, Referral.id)
    )
    return [
        ReferralOfClient(
            row.reference,
            row.to_programme,
            name,
            tuple(sorted(read_classes(row.classes))),
            ReferralState(row.state),
            clock.day_of(row.sent_at),
            row.consent_id,
            bool(is_standing) and row.state in SHARING,
        )
        for row, name, is_standing in rows
    ]


def as_line(row: Referral) -> ReferralLine:
    """Give a row as a line that nobody can change."""
    return ReferralLine(
        **{
            **{name: getattr(row, name) for name in ReferralLine.__slots__},
            "classes": read_classes(row.classes),
            "state": ReferralState(row.state),
        }
    )
