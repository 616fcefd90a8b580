"""The formulas of Kracht.Wonen: situations, stays and the pool, counted from records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case, CaseSnapshot
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.programmes.kracht_wonen.models import (
    Decision,
    Dwelling,
    Situation,
    Staff,
    Stay,
    StayEnding,
    Trajectory,
)
from energiehuis.programmes.kracht_wonen.vocabulary import LASTING


@dataclass(frozen=True, slots=True)
class SituationCounts:
    """Situations that were reported in a period."""

    situations: int
    persons: int
    offered: int


@dataclass(frozen=True, slots=True)
class HousingCounts:
    """Stays and coaching that touch a period, and what stands on its last day."""

    dwellings: int
    stays: int
    flow_through: int
    trajectories: int
    taken_over: int
    staff: int
    fte_hundredths: int


SITUATION_FORMULAS: dict[str, Callable[[SituationCounts], Measured]] = {
    "kw.situations": lambda c: Measured(c.situations, cells=(c.situations,)),
    "kw.persons": lambda c: Measured(c.persons, cells=(c.situations, c.persons)),
    "kw.offered": lambda c: Measured(c.offered, cells=(c.offered, c.situations - c.offered)),
}
HOUSING_FORMULAS: dict[str, Callable[[HousingCounts], Measured]] = {
    "kw.dwellings": lambda c: Measured(c.dwellings),
    "kw.stays": lambda c: Measured(c.stays, cells=(c.stays,)),
    "kw.flow_through": lambda c: Measured(
        c.flow_through, cells=(c.flow_through, c.stays - c.flow_through)
    ),
    # Hundredths over a hundred; without anybody nothing is known of it.
    "kw.fte": lambda c: Measured(c.fte_hundredths, 100 if c.staff else 0),
    "kw.trajectories": lambda c: Measured(
        c.trajectories, cells=(c.trajectories,), beside=(("before KW ('voor KW')", c.taken_over),)
    ),
    "kw.trajectories_before": lambda c: Measured(c.taken_over, cells=(c.taken_over,)),
}


def measure_kracht_wonen(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records of Kracht.Wonen and give each of its figures by id."""
    situations = count_situations(session, area, period)
    housing = count_housing(session, area, period)
    return {
        **{figure: formula(situations) for figure, formula in SITUATION_FORMULAS.items()},
        **{figure: formula(housing) for figure, formula in HOUSING_FORMULAS.items()},
    }


def count_situations(session: Session, area: Area, period: Period) -> SituationCounts:
    """Count what was reported, in one question to the database."""
    people = func.coalesce(func.sum(CaseSnapshot.adults + CaseSnapshot.children), 0)
    query = (
        select(func.count(Case.id), people, func.count(Decision.offer))
        .select_from(Case)
        .join(Situation, Situation.case_id == Case.id)
        .join(CaseSnapshot, CaseSnapshot.case_id == Case.id)
        .outerjoin(Decision, Decision.case_id == Case.id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.nis_code.in_(area.nis_codes),
            Case.received_on >= period.from_on,
            Case.received_on < period.to_on,
        )
    )
    return SituationCounts(*_whole(session, query))


def count_housing(session: Session, area: Area, period: Period) -> HousingCounts:
    """Count the pool, stays, coaching and staff, in one question to the database."""
    last = period.to_on - timedelta(days=1)
    staff = and_(Staff.organisation_id == area.organisation_id, _holds_on(Staff, last))
    parts: list[Select[*tuple[Any, ...]]] = [
        select(func.count(Dwelling.id)).where(_within(Dwelling, area), _holds_on(Dwelling, last)),
        select(func.count(Stay.id))
        .join(Dwelling, Dwelling.id == Stay.dwelling_id)
        .where(_within(Dwelling, area), _touches(Stay, period)),
        _moved_on(area, period),
        _coached(area, period).where(~Trajectory.is_taken_over),
        _coached(area, period).where(Trajectory.is_taken_over),
        select(func.count(Staff.id)).where(staff),
        select(func.coalesce(func.sum(Staff.fte_hundredths), 0)).where(staff),
    ]
    return HousingCounts(*_whole(session, select(*(part.scalar_subquery() for part in parts))))


def _moved_on(area: Area, period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(func.count(StayEnding.id))
        .join(Stay, Stay.id == StayEnding.stay_id)
        .join(Dwelling, Dwelling.id == Stay.dwelling_id)
        .where(
            _within(Dwelling, area),
            StayEnding.end_reason.in_([reason.value for reason in LASTING]),
            StayEnding.ended_on >= period.from_on,
            StayEnding.ended_on < period.to_on,
        )
    )


def _coached(area: Area, period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(func.count(Trajectory.id))
        .join(Case, Case.id == Trajectory.case_id)
        .where(_within(Case, area), _touches(Trajectory, period))
    )


def _touches(rows: Any, period: Period) -> ColumnElement[bool]:  # noqa: ANN401
    ends = or_(rows.valid_until.is_(None), rows.valid_until > period.from_on)
    return and_(rows.valid_from < period.to_on, ends)


def _holds_on(rows: Any, day: date) -> ColumnElement[bool]:  # noqa: ANN401
    ends = or_(rows.valid_until.is_(None), rows.valid_until > day)
    return and_(rows.valid_from <= day, ends)


def _within(rows: Any, area: Area) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(rows.organisation_id == area.organisation_id, rows.nis_code.in_(area.nis_codes))


def _whole(session: Session, query: Select[*tuple[Any, ...]]) -> list[int]:
    return [int(count) for count in session.execute(query).one()]
