"""What a worker sees first: how many cases are open, which wait too long, which partners there are.

Counts only; no person is read, so no audit line is written.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.cases.models import Case, DropInSession
from energiehuis.cases.queries import SessionView, scope_of
from energiehuis.cases.states import OPEN_STATUSES, CaseStatus

# W13 promises a first step "within the month".
FIRST_STEP_WITHIN = timedelta(days=30)
MOST_SESSIONS = 50


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Open cases of a programme; `overdue` still wait for a first step after thirty days."""

    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation that can be named in an intake."""

    id: UUID
    name: str
    kind: str


def count_cases(session: Session, actor: Actor) -> dict[str, CaseCounts]:
    """Count the open cases within the scope of the actor, by programme. Needs `case:read`."""
    require(actor, Permission.CASE_READ)
    last_day = clock.today() - FIRST_STEP_WITHIN
    waits = (Case.status == CaseStatus.REGISTERED.value) & (Case.received_on < last_day)
    rows = session.execute(
        select(Case.programme, func.count(), func.sum(case((waits, 1), else_=0)))
        .where(Case.status.in_(OPEN_STATUSES), scope_of(actor, Case))
        .group_by(Case.programme)
    )
    return {
        programme: CaseCounts(count, int(late))
        for programme, count, late in rows
        if actor.works_for(programme)
    }


def list_organisations(session: Session, actor: Actor) -> tuple[OrganisationName, ...]:
    """List the organisations that the actor may name: its own, those it wrote down, and partners.

    Needs `intake:write` or `programme:read`.
    """
    if not actor.may(Permission.INTAKE_WRITE):
        require(actor, Permission.PROGRAMME_READ)
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.kind)
        .where(
            or_(
                Organisation.registered_by_id.is_(None),
                Organisation.registered_by_id == actor.organisation_id,
            )
        )
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple(OrganisationName(*row) for row in rows)


def list_sessions(session: Session, actor: Actor, programme: str) -> tuple[SessionView, ...]:
    """List the newest drop-in sessions of a programme within the scope of the actor.

    Needs `programme:read`.
    """
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(programme):
        return ()
    rows = session.execute(
        select(
            DropInSession.id,
            DropInSession.version,
            DropInSession.programme,
            DropInSession.nis_code,
            DropInSession.place,
            DropInSession.takes_place_on,
            DropInSession.status,
        )
        .where(DropInSession.programme == programme, scope_of(actor, DropInSession))
        .order_by(DropInSession.takes_place_on.desc(), DropInSession.id.desc())
        .limit(MOST_SESSIONS)
    )
    return tuple(SessionView(*row) for row in rows)
