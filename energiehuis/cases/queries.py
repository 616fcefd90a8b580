"""Reading cases, for the programme that owns them; it adds its own table and its audit line."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.models import Case, CaseEvent, DropInSession


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What has to be known of a case before something is done with it."""

    id: UUID
    version: int
    programme: str
    status: str
    received_on: date


@dataclass(frozen=True, slots=True)
class SessionView:
    """A drop-in session."""

    id: UUID
    version: int
    programme: str
    nis_code: str
    place: str
    takes_place_on: date
    status: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A change of state of a case."""

    at: datetime
    from_status: str | None
    to_status: str
    reason: str | None


def scope_of(actor: Actor, kind: type[Case] | type[DropInSession]) -> ColumnElement[bool]:
    """Give the condition that a row lies within what the actor may see; nobody sees all."""
    return and_(
        kind.organisation_id == actor.organisation_id, kind.nis_code.in_(actor.municipalities)
    )


def find_case(session: Session, actor: Actor, programme: str, case_id: UUID) -> CaseHead | None:
    """Give a case of a programme within the scope of the actor, or None."""
    row = session.execute(
        select(Case.id, Case.version, Case.programme, Case.status, Case.received_on).where(
            Case.id == case_id, Case.programme == programme, scope_of(actor, Case)
        )
    ).first()
    return None if row is None else CaseHead(*row)


def find_session(
    session: Session, actor: Actor, programme: str, session_id: UUID
) -> SessionView | None:
    """Give a drop-in session of a programme within the scope of the actor, or None."""
    row = session.execute(
        select(
            DropInSession.id,
            DropInSession.version,
            DropInSession.programme,
            DropInSession.nis_code,
            DropInSession.place,
            DropInSession.takes_place_on,
            DropInSession.status,
        ).where(
            DropInSession.id == session_id,
            DropInSession.programme == programme,
            scope_of(actor, DropInSession),
        )
    ).first()
    return None if row is None else SessionView(*row)


def list_status_changes(session: Session, case_id: UUID) -> list[StatusChange]:
    """List how the state of a case changed, in order; ask for the file first."""
    rows = session.execute(
        select(CaseEvent.at, CaseEvent.from_status, CaseEvent.to_status, CaseEvent.reason)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.id)
    )
    return [StatusChange(*row) for row in rows]
