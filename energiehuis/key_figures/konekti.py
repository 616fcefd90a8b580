"""The formulas of Konekti: families counted where they live, the team for the whole region."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case, CaseEvent, Partnership
from energiehuis.cases.states import CaseStatus
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.programmes.konekti.models import Family, FirstContact, Mandate, Secondment, Target
from energiehuis.programmes.konekti.vocabulary import PROGRAMME, StaffFunction


@dataclass(frozen=True, slots=True)
class FamilyCounts:
    """Families being helped at the end of a period, and how soon those of it were heard."""

    running: int
    in_time: int
    late: int
    not_due: int


@dataclass(frozen=True, slots=True)
class TeamCounts:
    """What stands on the last day of a period."""

    partners: int
    steering: int
    employers: int
    staff: int
    psychologists: int
    targets: int
    target_families: int


FAMILY_FORMULAS: dict[str, Callable[[FamilyCounts], Measured]] = {
    "ko.running": lambda c: Measured(c.running, cells=(c.running,)),
    "ko.days_to_start": lambda c: Measured(
        c.in_time,
        c.in_time + c.late,
        unknown=c.not_due,
        cells=(c.in_time, c.late, c.not_due),
    ),
}
# Organisations and colleagues, not clients: no cells.
TEAM_FORMULAS: dict[str, Callable[[TeamCounts], Measured]] = {
    "ko.partners": lambda c: Measured(c.partners),
    "ko.steering": lambda c: Measured(c.steering),
    "ko.seconding_employers": lambda c: Measured(c.employers),
    "ko.seconded_staff": lambda c: Measured(c.staff),
    "ko.elp": lambda c: Measured(c.psychologists),
    # Without a grant there is no target, which is not a target of nought.
    "ko.target_families": lambda c: Measured(c.target_families, min(c.targets, 1)),
}


def measure_konekti(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records of Konekti and give each of its figures by id."""
    families = count_families(session, area, period)
    team = count_team(session, area, period)
    return {
        **{figure: formula(families) for figure, formula in FAMILY_FORMULAS.items()},
        **{figure: formula(team) for figure, formula in TEAM_FORMULAS.items()},
    }


def count_families(session: Session, area: Area, period: Period) -> FamilyCounts:
    """Count families, in one question to the database."""
    return FamilyCounts(*_whole(session, _families_query(area, period)))


def count_team(session: Session, area: Area, period: Period) -> TeamCounts:
    """Count partners, seats and colleagues of the region, in one question to the database."""
    last = period.to_on - timedelta(days=1)
    psychologist = Secondment.function == StaffFunction.PSYCHOLOGIST.value
    parts = [
        _on(Partnership, area, last, func.count(Partnership.partner_id.distinct())).where(
            Partnership.programme == PROGRAMME
        ),
        _on(Mandate, area, last, func.count(Mandate.id)),
        _on(Secondment, area, last, func.count(Secondment.employer_id.distinct())),
        _on(Secondment, area, last, func.count(Secondment.id)),
        _on(Secondment, area, last, func.count(Secondment.id)).where(psychologist),
        _on(Target, area, last, func.count(Target.id)),
        _on(Target, area, last, func.coalesce(func.sum(Target.families_per_year), 0)),
    ]
    return TeamCounts(*_whole(session, select(*(part.scalar_subquery() for part in parts))))


def _families_query(area: Area, period: Period) -> Select[*tuple[Any, ...]]:
    has_started = exists().where(
        CaseEvent.case_id == Case.id,
        CaseEvent.to_status == CaseStatus.ACTIVE.value,
        CaseEvent.at < period.to_at,
    )
    runs = and_(has_started, or_(Case.outcome_on.is_(None), Case.outcome_on >= period.to_on))
    is_new = and_(Case.received_on >= period.from_on, Case.received_on < period.to_on)
    # What happened after the period is not known in it.
    contact_on = case((FirstContact.took_place_on < period.to_on, FirstContact.took_place_on))
    in_time = contact_on <= Family.due_on
    is_due = Family.due_on < period.to_on
    nobody = contact_on.is_(None)
    return (
        select(
            _how_many(runs),
            _how_many(and_(is_new, in_time)),
            _how_many(and_(is_new, or_(contact_on > Family.due_on, and_(nobody, is_due)))),
            _how_many(and_(is_new, nobody, ~is_due)),
        )
        .select_from(Case)
        .join(Family, Family.case_id == Case.id)
        .outerjoin(FirstContact, FirstContact.case_id == Case.id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.programme == PROGRAMME,
            Case.nis_code.in_(area.nis_codes),
            Case.received_on < period.to_on,
        )
    )


def _on(rows: Any, area: Area, day: date, counted: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:  # noqa: ANN401
    return select(counted).where(
        rows.organisation_id == area.organisation_id,
        rows.valid_from <= day,
        or_(rows.valid_until.is_(None), rows.valid_until > day),
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _whole(session: Session, query: Select[*tuple[Any, ...]]) -> list[int]:
    return [int(count) for count in session.execute(query).one()]
