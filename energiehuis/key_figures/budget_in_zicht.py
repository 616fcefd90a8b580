"""The formulas of BudgetInZicht: who came, which duos run, and which kits went out."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.people.queries import kept_person
from energiehuis.programmes.budget_in_zicht.models import (
    BizDuoMatch,
    BizKitLoan,
    BizParticipation,
)
from energiehuis.programmes.budget_in_zicht.vocabulary import EventType, Kit

_HEADCOUNTS = {
    "biz.fair_pupils": EventType.WAKOSTA,
    "biz.inspiration_day": EventType.INSPIRATION_DAY,
    "biz.trefdag": EventType.MEETING_DAY,
}


def measure_budget_in_zicht(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records of BudgetInZicht and give each of its figures by id."""
    found = [int(count) for count in session.execute(_came_query(area, period)).one()]
    heads = dict(zip(_HEADCOUNTS, found, strict=False))
    people, aliases = found[len(_HEADCOUNTS) :]
    duos = session.scalars(_duos_query(area, period)).one()
    loans = session.scalars(_loans_query(area, period)).one()
    return {
        # Classes and halls are counted, but few heads in a municipality point at people as well.
        **{figure: Measured(count, cells=(count,)) for figure, count in heads.items()},
        "biz.group_work": Measured(people + aliases, cells=(people + aliases,)),
        "biz.duos": Measured(duos, cells=(duos,)),
        "biz.toolbox_loans": Measured(loans),
    }


def _came_query(area: Area, period: Period) -> Select[*tuple[Any, ...]]:
    rows = BizParticipation
    is_group_work = rows.event_type == EventType.GROUP_WORK.value
    columns: list[ColumnElement[Any]] = [
        func.coalesce(func.sum(case((rows.event_type == kind.value, rows.headcount), else_=0)), 0)
        for kind in _HEADCOUNTS.values()
    ]
    person = case((is_group_work, kept_person(rows.person_id)))
    # The same alias in another series is somebody else.
    alias = case(
        (
            and_(is_group_work, rows.alias.is_not(None)),
            cast(rows.event_id, String) + literal("/") + rows.alias,
        )
    )
    columns += [func.count(person.distinct()), func.count(alias.distinct())]
    return select(*columns).where(
        rows.organisation_id == area.organisation_id,
        rows.nis_code.in_(area.nis_codes),
        rows.held_on >= period.from_on,
        rows.held_on < period.to_on,
    )


def _duos_query(area: Area, period: Period) -> Select[int]:
    last_day = period.to_on - timedelta(days=1)
    return (
        select(func.count(BizDuoMatch.id))
        .join(Case, Case.id == BizDuoMatch.case_id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.nis_code.in_(area.nis_codes),
            BizDuoMatch.starts_on <= last_day,
            or_(Case.outcome_on.is_(None), Case.outcome_on > last_day),
        )
    )


def _loans_query(area: Area, period: Period) -> Select[int]:
    return select(func.count(BizKitLoan.id)).where(
        BizKitLoan.organisation_id == area.organisation_id,
        BizKitLoan.nis_code.in_(area.nis_codes),
        BizKitLoan.kit == Kit.TOOLBOX_LAGER.value,
        BizKitLoan.out_on >= period.from_on,
        BizKitLoan.out_on < period.to_on,
    )
