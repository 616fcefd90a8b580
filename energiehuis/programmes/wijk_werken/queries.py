"""Reading workers, users and hours, within an organisation and the reach of an actor."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.models import Case
from energiehuis.cases.queries import scope_of
from energiehuis.cases.states import CaseStatus
from energiehuis.people.queries import kept_person
from energiehuis.programmes.wijk_werken.models import Coach, Performance, User, UserFee, Worker
from energiehuis.programmes.wijk_werken.rules import Coverage, Ledger, WorkerFacts
from energiehuis.programmes.wijk_werken.vocabulary import PROGRAMME, Regime

# SQLite takes a limited number of values in one question.
BATCH = 500


@dataclass(frozen=True, slots=True)
class WorkerView:
    """A worker with the file and the person; `person_id` is the one who was kept after merges."""

    case_id: UUID
    person_id: UUID
    nis_code: str
    platform_number: str | None
    facts: WorkerFacts


@dataclass(frozen=True, slots=True)
class UserView:
    """A user with the days that were paid for."""

    id: UUID
    nis_code: str
    platform_number: str | None
    fees: tuple[Coverage, ...]


_WORKER = (
    select(
        Worker.case_id,
        kept_person(Case.person_id).label("person_id"),
        Case.nis_code,
        Worker.platform_number,
        Worker.regime,
        Case.status,
        Worker.consented_on,
        Case.outcome_on,
    )
    .join(Case, Case.id == Worker.case_id)
    .where(Case.programme == PROGRAMME)
)


def find_worker(session: Session, actor: Actor, case_id: UUID) -> WorkerView | None:
    """Give a worker within the reach of the actor, or None."""
    rows = session.execute(_WORKER.where(Case.id == case_id, scope_of(actor, Case)))
    return next((_worker(row) for row in rows), None)


def list_workers(session: Session, actor: Actor, numbers: Collection[str]) -> list[WorkerView]:
    """List the workers within reach whom VDAB's platform knows under these numbers."""
    found: list[WorkerView] = []
    for batch in _batches(numbers):
        query = _WORKER.where(scope_of(actor, Case), Worker.platform_number.in_(batch))
        found += [_worker(row) for row in session.execute(query)]
    return found


def find_user(session: Session, actor: Actor, user_id: UUID) -> UserView | None:
    """Give a user within the reach of the actor, or None."""
    return next(iter(_users(session, actor, User.id == user_id)), None)


def list_users(session: Session, actor: Actor, numbers: Collection[str]) -> list[UserView]:
    """List the users within reach whom VDAB's platform knows under these numbers."""
    found: list[UserView] = []
    for batch in _batches(numbers):
        found += _users(session, actor, User.platform_number.in_(batch))
    return found


def users_by_id(session: Session, actor: Actor, ids: Collection[UUID]) -> list[UserView]:
    """List users within reach by their ids."""
    found: list[UserView] = []
    for batch in _batches(ids):
        found += _users(session, actor, User.id.in_(batch))
    return found


def workers_by_case(session: Session, actor: Actor, ids: Collection[UUID]) -> list[WorkerView]:
    """List workers within reach by their files."""
    found: list[WorkerView] = []
    for batch in _batches(ids):
        query = _WORKER.where(scope_of(actor, Case), Case.id.in_(batch))
        found += [_worker(row) for row in session.execute(query)]
    return found


def load_ledgers(session: Session, people: Collection[UUID]) -> dict[UUID, Ledger]:
    """Give what each of these people worked until now, under all their files; lock them first."""
    ledgers = {person_id: Ledger() for person_id in people}
    meant = kept_person(Performance.person_id)
    for batch in _batches(people):
        rows = session.execute(
            select(meant, Performance.performed_on, func.sum(Performance.hundredth_hours))
            .where(meant.in_(batch))
            .group_by(meant, Performance.performed_on)
        )
        for person_id, day, hours in rows:
            ledgers[person_id].add(day, int(hours))
    return ledgers


def user_scope(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that a user lies within the reach of an actor."""
    return (User.organisation_id == actor.organisation_id) & User.nis_code.in_(actor.municipalities)


def performance_scope(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that hours lie within the reach of an actor."""
    return (Performance.organisation_id == actor.organisation_id) & Performance.nis_code.in_(
        actor.municipalities
    )


def coach_scope(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that the work of a coach lies within the reach of an actor."""
    return (Coach.organisation_id == actor.organisation_id) & Coach.nis_code.in_(
        actor.municipalities
    )


def last_day_worked(session: Session, case_id: UUID) -> date | None:
    """Give the last day on which hours were written down in a file, or None."""
    return session.scalar(
        select(func.max(Performance.performed_on)).where(Performance.case_id == case_id)
    )


def _users(session: Session, actor: Actor, which: ColumnElement[bool]) -> list[UserView]:
    rows = session.execute(
        select(User.id, User.nis_code, User.platform_number, UserFee.paid_on, UserFee.covers_until)
        .outerjoin(UserFee, UserFee.user_id == User.id)
        .where(user_scope(actor), which)
        .order_by(User.id, UserFee.paid_on)
    )
    heads: dict[UUID, Any] = {}
    fees: dict[UUID, list[Coverage]] = {}
    for row in rows:
        heads[row.id] = row
        paid = fees.setdefault(row.id, [])
        if row.paid_on is not None:
            paid.append(Coverage(row.paid_on, row.covers_until))
    return [
        UserView(head.id, head.nis_code, head.platform_number, tuple(fees[head.id]))
        for head in heads.values()
    ]


def _worker(row: Any) -> WorkerView:  # noqa: ANN401  a row of the question above
    facts = WorkerFacts(
        Regime(row.regime), CaseStatus(row.status), row.consented_on, row.outcome_on
    )
    return WorkerView(row.case_id, row.person_id, row.nis_code, row.platform_number, facts)


def _batches(values: Collection[Any]) -> Iterable[list[Any]]:
    listed = sorted(values)
    return (listed[start : start + BATCH] for start in range(0, len(listed), BATCH))
