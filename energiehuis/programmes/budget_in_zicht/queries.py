"""Reading what BudgetInZicht keeps, within the scope of the actor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.errors import NotFound
from energiehuis.programmes.budget_in_zicht.models import (
    BizBooking,
    BizDuoMatch,
    BizEvent,
    BizEventStep,
    BizKitLoan,
    BizKitReturn,
    BizParticipation,
    BizSession,
)
from energiehuis.programmes.budget_in_zicht.vocabulary import PROGRAMME

MOST_LISTED = 50
Kept = TypeVar(
    "Kept",
    BizEvent,
    BizEventStep,
    BizBooking,
    BizParticipation,
    BizDuoMatch,
    BizKitLoan,
    BizKitReturn,
)


@dataclass(frozen=True, slots=True)
class EventHead:
    """What has to be known of an event before something is done with it."""

    id: UUID
    version: int
    event_type: str
    status: str
    takes_place_on: date


def load_row(session: Session, actor: Actor, kind: type[Kept], row_id: UUID) -> Kept:
    """Give a row within the scope of the actor. Needs `programme:read`.

    Raises
    ------
    PermissionDenied
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.PROGRAMME_READ)
    query = select(kind).where(kind.id == row_id, scope_of(actor, kind))
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None or not actor.works_for(PROGRAMME):
        raise NotFound("request.not_found")
    return row


def list_rows(session: Session, actor: Actor, kind: type[Kept]) -> Iterator[Kept]:
    """List the newest rows within the scope of the actor. Needs `programme:read`."""
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return iter(())
    query = select(kind).where(scope_of(actor, kind)).order_by(kind.id.desc()).limit(MOST_LISTED)
    return iter(session.scalars(query.execution_options(populate_existing=True)))


def scope_of(actor: Actor, kind: type[Kept]) -> ColumnElement[bool]:
    """Give the condition that a row lies within what the actor may see.

    An event is for the whole region and names nobody: schools of every municipality book it.
    """
    is_ours = kind.organisation_id == actor.organisation_id
    if kind in (BizEvent, BizEventStep):
        return is_ours
    return and_(is_ours, kind.nis_code.in_(actor.municipalities))


def find_event(session: Session, actor: Actor, event_id: UUID) -> EventHead | None:
    """Give an event of the organisation of the actor, or None."""
    row = session.execute(
        select(
            BizEvent.id,
            BizEvent.version,
            BizEvent.event_type,
            BizEvent.status,
            BizEvent.takes_place_on,
        ).where(BizEvent.id == event_id, scope_of(actor, BizEvent))
    ).first()
    return None if row is None else EventHead(*row)


def days_of_event(session: Session, event: EventHead) -> tuple[date, ...]:
    """Give the days on which an event takes place, in their order."""
    days: Iterable[date] = session.scalars(
        select(BizSession.held_on)
        .where(BizSession.event_id == event.id)
        .order_by(BizSession.held_on)
    )
    return tuple(days) or (event.takes_place_on,)


def is_school(session: Session, actor: Actor, school_id: UUID) -> bool:
    """Say whether an organisation is a school that was written down for us."""
    found = session.scalar(
        select(Organisation.id).where(
            Organisation.id == school_id,
            Organisation.kind == OrganisationKind.SCHOOL.value,
            Organisation.registered_by_id == actor.organisation_id,
        )
    )
    return found is not None


def is_organisation(session: Session, organisation_id: UUID) -> bool:
    """Say whether an organisation is known."""
    query = select(Organisation.id).where(Organisation.id == organisation_id)
    return session.scalar(query) is not None


def is_ocmw(session: Session, organisation_id: UUID) -> bool:
    """Say whether an organisation is an OCMW."""
    kind = session.scalar(select(Organisation.kind).where(Organisation.id == organisation_id))
    return kind == OrganisationKind.OCMW


def out_on_of(session: Session, actor: Actor, loan_id: UUID) -> date | None:
    """Give the day on which a kit of a loan went out, or None when there is no such loan."""
    return session.scalar(
        select(BizKitLoan.out_on).where(BizKitLoan.id == loan_id, scope_of(actor, BizKitLoan))
    )


def returned_on_of(session: Session, loan_ids: list[UUID]) -> dict[UUID, date]:
    """Give the day on which the kit of each loan came back, for those that did."""
    rows = session.execute(
        select(BizKitReturn.loan_id, BizKitReturn.returned_on).where(
            BizKitReturn.loan_id.in_(loan_ids)
        )
    )
    return {row.loan_id: row.returned_on for row in rows}
