"""Referrals from programme to programme, counted: the matrix, and who sits between two chairs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.cases.models import Case
from energiehuis.errors import PermissionDenied
from energiehuis.key_figures.measures import Area, Period
from energiehuis.key_figures.reach import subject_of
from energiehuis.referrals.models import Referral
from energiehuis.referrals.states import ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Referrals of one programme to another that were sent in a period, and how far they came.

    Each count is a part of `sent`; `started` are also among `accepted`.
    """

    from_programme: str
    to_programme: str
    sent: int
    accepted: int
    started: int
    refused: int
    withdrawn: int
    lost: int


@dataclass(frozen=True, slots=True)
class Landing:
    """Referrals of a period by whether the client was spoken to within the term."""

    in_time: int
    late: int
    not_due: int


@dataclass(frozen=True, slots=True)
class ReferralTable:
    """The matrix of a period, and the households that wait too long when it ends."""

    cells: tuple[MatrixCell, ...]
    households_lost: int
    lost_on: date


def read_referral_matrix(session: Session, actor: Actor, period: Period) -> ReferralTable:
    """Count the referrals of all municipalities of an actor; small counts are shown.

    Needs `programme:read`: who may not read files sees the matrix as a key figure, protected.

    Raises
    ------
    PermissionDenied
    """
    require(actor, Permission.PROGRAMME_READ)
    if actor.organisation_id is None:
        raise PermissionDenied("key_figures.outside_area")
    area = Area(actor.organisation_id, tuple(sorted(actor.municipalities)))
    return ReferralTable(
        count_matrix(session, area, period),
        count_lost_households(session, area, period),
        period.to_on - timedelta(days=1),
    )


def count_matrix(session: Session, area: Area, period: Period) -> tuple[MatrixCell, ...]:
    """Count what was sent in a period by pair of programmes, in one question."""
    end = period.to_at
    pair: list[SQLColumnExpression[Any]] = [Referral.from_programme, Referral.to_programme]
    columns = [
        func.count(Referral.id),
        *(
            _how_many(condition)
            for condition in (
                Referral.accepted_at < end,
                Referral.first_contact_at < end,
                Referral.refused_at < end,
                Referral.withdrawn_at < end,
                _is_lost(end),
            )
        ),
    ]
    rows = session.execute(
        select(*[*pair, *columns]).where(_sent_in(area, period)).group_by(*pair).order_by(*pair)
    )
    return tuple(MatrixCell(*row) for row in rows)


def count_landing(session: Session, area: Area, period: Period) -> Landing:
    """Count how soon clients were spoken to; what happened after the period is not known in it."""
    rows = session.execute(
        select(Referral.sent_at, Referral.first_contact_at).where(_sent_in(area, period))
    )
    in_time = late = not_due = 0
    for sent_at, contact_at in rows:
        due_at = sent_at + ANSWER_WITHIN
        if contact_at is not None and contact_at < period.to_at:
            in_time += contact_at <= due_at
            late += contact_at > due_at
        elif due_at < period.to_at:
            late += 1
        else:
            not_due += 1
    return Landing(in_time, late, not_due)


def count_lost_households(session: Session, area: Area, period: Period) -> int:
    """Count the households that wait for an answer beyond its term when a period ends."""
    query = (
        select(func.count(subject_of().distinct()))
        .select_from(Referral)
        .join(Case, Case.id == Referral.from_case_id)
        .where(_of_area(area), _is_lost(period.to_at))
    )
    return int(session.scalar(query) or 0)


def _of_area(area: Area) -> ColumnElement[bool]:
    return and_(
        Referral.organisation_id == area.organisation_id, Referral.nis_code.in_(area.nis_codes)
    )


def _sent_in(area: Area, period: Period) -> ColumnElement[bool]:
    return and_(_of_area(area), Referral.sent_at >= period.from_at, Referral.sent_at < period.to_at)


def _is_lost(end: datetime) -> ColumnElement[bool]:
    """Say that nobody had answered at an instant, and the term was over."""
    no_answer = [
        or_(at.is_(None), at >= end)
        for at in (Referral.accepted_at, Referral.refused_at, Referral.withdrawn_at)
    ]
    return and_(Referral.sent_at < end - ANSWER_WITHIN, *no_answer)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
