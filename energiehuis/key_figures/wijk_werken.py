"""The formulas of wijk-werken: hours and coaches counted, then told figure by figure."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.people.queries import kept_person
from energiehuis.programmes.wijk_werken.models import Coach, Performance
from energiehuis.programmes.wijk_werken.rules import A_CHEQUE
from energiehuis.programmes.wijk_werken.vocabulary import Regime


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """Hours of a period and the people who worked them. [h]."""

    hours: int
    workers: int
    new: int
    pwa: int


def measure_wijk_werken(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records and give each figure by id."""
    work = count_work(session, area, period)
    # What is left of all workers can be found by subtracting.
    parts = (work.new, work.pwa, work.workers - work.new, work.workers - work.pwa)
    return {
        "ww.performances": Measured(work.hours, cells=(work.workers,)),
        "ww.workers": Measured(work.workers, cells=(work.workers,)),
        "ww.workers_new": Measured(work.new, cells=parts),
        "ww.workers_pwa": Measured(work.pwa, cells=parts),
        "ww.coaches": Measured(count_coaches(session, area, period)),
    }


def count_work(session: Session, area: Area, period: Period) -> WorkCounts:
    """Count hours and people, in one question to the database."""
    person = kept_person(Performance.person_id)

    def under(regime: Regime) -> ColumnElement[int]:
        return func.count(case((Performance.regime == regime.value, person)).distinct())

    row = session.execute(
        select(
            func.coalesce(func.sum(Performance.hundredth_hours), 0),
            func.count(person.distinct()),
            under(Regime.WIJK_WERK),
            under(Regime.PWA_TRANSITION),
        ).where(
            Performance.organisation_id == area.organisation_id,
            Performance.nis_code.in_(area.nis_codes),
            Performance.performed_on >= period.from_on,
            Performance.performed_on < period.to_on,
        )
    ).one()
    return WorkCounts(int(row[0]) // A_CHEQUE, int(row[1]), int(row[2]), int(row[3]))


def count_coaches(session: Session, area: Area, period: Period) -> int:
    """Count the coaches of the municipality that has the fewest, on the last day of a period."""
    last_on = period.to_on - timedelta(days=1)
    rows = session.execute(
        select(Coach.nis_code, func.count(Coach.coach.distinct()))
        .where(
            Coach.organisation_id == area.organisation_id,
            Coach.nis_code.in_(area.nis_codes),
            Coach.valid_from <= last_on,
            or_(Coach.valid_until.is_(None), Coach.valid_until > last_on),
        )
        .group_by(Coach.nis_code)
    )
    found = {nis_code: int(count) for nis_code, count in rows}
    return min((found.get(nis_code, 0) for nis_code in area.nis_codes), default=0)
