"""Giving records back within the reach of an actor, and the newest of each kind for its page."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.kinds import Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.queries import scope_of
from energiehuis.errors import NotFound
from energiehuis.programmes.wijk_werken.models import (
    Cheque,
    Coach,
    Performance,
    User,
    UserActivity,
    UserFee,
    Worker,
)
from energiehuis.programmes.wijk_werken.queries import (
    coach_scope,
    performance_scope,
    user_scope,
)
from energiehuis.programmes.wijk_werken.rules import A_CHEQUE, Coverage, user_status
from energiehuis.programmes.wijk_werken.vocabulary import PROGRAMME

MOST_LISTED = 50
_CANDIDATE = (
    select(Case.id, Worker.referred_by, Worker.regime, Worker.consented_on, Case.status)
    .join(Worker, Worker.case_id == Case.id)
    .where(Case.programme == PROGRAMME)
)
_FEE = select(
    UserFee.id, UserFee.user_id, UserFee.paid_on, UserFee.covers_until, UserFee.amount_cents
).join(User, User.id == UserFee.user_id)
_COACH = select(Coach.id, Coach.nis_code, Coach.coach, Coach.valid_from, Coach.valid_until)
_PERFORMANCE = select(
    Performance.id,
    Performance.case_id,
    Performance.user_id,
    Performance.performed_on,
    Performance.hundredth_hours,
)


def get_candidate(session: Session, actor: Actor, case_id: UUID) -> Recorded:
    """Give a candidate; that it was read is written down. Needs `programme:read`."""
    row = _one(session, actor, _CANDIDATE.where(Case.id == case_id, scope_of(actor, Case)))
    _say_read(session, actor, "wijk_werken_candidate.read", "case", case_id)
    return candidate_recorded(row[0], row[1], row[2], consented_on=row[3], status=row[4])


def list_candidates(session: Session, actor: Actor) -> Iterator[Recorded]:
    """Give the newest candidates within reach."""
    query = _CANDIDATE.where(scope_of(actor, Case)).order_by(Case.received_on.desc(), Case.id)
    for row in _newest(session, actor, query):
        yield candidate_recorded(row[0], row[1], row[2], consented_on=row[3], status=row[4])


def get_user(session: Session, actor: Actor, user_id: UUID) -> Recorded:
    """Give a user; that it was read is written down. Needs `programme:read`."""
    _one(session, actor, select(User.id).where(User.id == user_id, user_scope(actor)))
    _say_read(session, actor, "wijk_werken_user.read", "wijk_werken_user", user_id)
    return load_user(session, user_id)


def list_users(session: Session, actor: Actor) -> Iterator[Recorded]:
    """Give the newest users within reach."""
    query = select(User.id).where(user_scope(actor)).order_by(User.registered_on.desc(), User.id)
    ids = [row[0] for row in _newest(session, actor, query)]
    return iter(_users(session, ids))


def load_user(session: Session, user_id: UUID) -> Recorded:
    """Give a user for a service that checked the reach and writes its own line."""
    return next(iter(_users(session, [user_id])))


def get_fee(session: Session, actor: Actor, fee_id: UUID) -> Recorded:
    """Give a fee that was paid; that it was read is written down. Needs `programme:read`."""
    row = _one(session, actor, _FEE.where(UserFee.id == fee_id, user_scope(actor)))
    _say_read(session, actor, "wijk_werken_fee.read", "wijk_werken_user", row[1])
    return fee_recorded(row[0], row[1], row[2], covers_until=row[3], cents=row[4])


def list_fees(session: Session, actor: Actor) -> Iterator[Recorded]:
    """Give the newest fees within reach."""
    query = _FEE.where(user_scope(actor)).order_by(UserFee.paid_on.desc(), UserFee.id)
    for row in _newest(session, actor, query):
        yield fee_recorded(row[0], row[1], row[2], covers_until=row[3], cents=row[4])


def get_performance(session: Session, actor: Actor, performance_id: UUID) -> Recorded:
    """Give hours worked; that they were read is written down. Needs `programme:read`."""
    query = _PERFORMANCE.where(Performance.id == performance_id, performance_scope(actor))
    row = _one(session, actor, query)
    _say_read(session, actor, "wijk_werken_hours.read", "case", row[1])
    return next(iter(_performances(session, [row])))


def list_performances(session: Session, actor: Actor) -> Iterator[Recorded]:
    """Give the newest hours within reach."""
    query = _PERFORMANCE.where(performance_scope(actor)).order_by(
        Performance.performed_on.desc(), Performance.id
    )
    return iter(_performances(session, _newest(session, actor, query)))


def get_coach(session: Session, actor: Actor, coach_id: UUID) -> Recorded:
    """Give which coach has which municipality. Needs `programme:read`."""
    row = _one(session, actor, _COACH.where(Coach.id == coach_id, coach_scope(actor)))
    return coach_recorded(row[0], row[1], row[2], from_on=row[3], until_on=row[4])


def list_coaches(session: Session, actor: Actor) -> Iterator[Recorded]:
    """Give the newest assignments of coaches within reach."""
    query = _COACH.where(coach_scope(actor)).order_by(Coach.valid_from.desc(), Coach.id)
    for row in _newest(session, actor, query):
        yield coach_recorded(row[0], row[1], row[2], from_on=row[3], until_on=row[4])


def candidate_recorded(
    case_id: UUID, referrer: str, regime: str, *, consented_on: date, status: str
) -> Recorded:
    """Say what was written down of a candidate; no name."""
    body = {
        "referrer": referrer,
        "regime": regime,
        "consent_signed_on": consented_on.isoformat(),
        "status": status,
    }
    return Recorded(case_id, case_id=case_id, body=body)


def fee_recorded(
    fee_id: UUID, user_id: UUID, paid_on: date, *, covers_until: date, cents: int
) -> Recorded:
    """Say what was written down of a fee."""
    body = {
        "user": str(user_id),
        "paid_on": paid_on.isoformat(),
        "covers_until": covers_until.isoformat(),
        "amount_cents": cents,
    }
    return Recorded(fee_id, body=body)


def coach_recorded(
    coach_id: UUID, nis_code: str, coach: str, *, from_on: date, until_on: date | None
) -> Recorded:
    """Say which coach has which municipality."""
    body = {
        "nis": nis_code,
        "coach": coach,
        "from_on": from_on.isoformat(),
        "until_on": None if until_on is None else until_on.isoformat(),
    }
    return Recorded(coach_id, body=body)


def _users(session: Session, ids: list[UUID]) -> Iterable[Recorded]:
    heads = session.execute(select(User.id, User.kind, User.registered_on).where(User.id.in_(ids)))
    found = {row.id: row for row in heads}
    fees: dict[UUID, list[Coverage]] = {}
    for owner_id, paid_on, covers_until in session.execute(
        select(UserFee.user_id, UserFee.paid_on, UserFee.covers_until)
        .where(UserFee.user_id.in_(ids))
        .order_by(UserFee.paid_on)
    ):
        fees.setdefault(owner_id, []).append(Coverage(paid_on, covers_until))
    agreed: dict[UUID, list[str]] = {}
    for owner_id, activity in session.execute(
        select(UserActivity.user_id, UserActivity.activity)
        .where(UserActivity.user_id.in_(ids))
        .order_by(UserActivity.activity)
    ):
        agreed.setdefault(owner_id, []).append(activity)
    for user_id in ids:
        paid = fees.get(user_id, [])
        body = {
            "kind": found[user_id].kind,
            "registered_on": found[user_id].registered_on.isoformat(),
            "activities": agreed.get(user_id, []),
            "status": user_status(paid, clock.today()).value,
            "paid_until": paid[-1].covers_until.isoformat() if paid else None,
        }
        yield Recorded(user_id, body=body)


def _performances(session: Session, rows: list[Any]) -> Iterable[Recorded]:
    cheques: dict[UUID, list[str]] = {}
    for number, performance_id in session.execute(
        select(Cheque.number, Cheque.performance_id)
        .where(Cheque.performance_id.in_([row[0] for row in rows]))
        .order_by(Cheque.number)
    ):
        cheques.setdefault(performance_id, []).append(number)
    for performance_id, case_id, user_id, day, hours in rows:
        body = {
            "worker": str(case_id),
            "user": str(user_id),
            "date": day.isoformat(),
            "hours": hours // A_CHEQUE,
            "cheque_nos": cheques.get(performance_id, []),
        }
        yield Recorded(performance_id, case_id=case_id, body=body)


def _one(session: Session, actor: Actor, query: Select[*tuple[Any, ...]]) -> Any:  # noqa: ANN401
    require(actor, Permission.PROGRAMME_READ)
    row = session.execute(query).first() if actor.works_for(PROGRAMME) else None
    if row is None:
        raise NotFound("request.not_found")
    return row


def _newest(session: Session, actor: Actor, query: Select[*tuple[Any, ...]]) -> list[Any]:
    require(actor, Permission.PROGRAMME_READ)
    return list(session.execute(query.limit(MOST_LISTED))) if actor.works_for(PROGRAMME) else []


def _say_read(session: Session, actor: Actor, action: str, kind: str, record_id: UUID) -> None:
    append(session, Entry(actor.name, actor.role_name, action, kind, str(record_id)))
