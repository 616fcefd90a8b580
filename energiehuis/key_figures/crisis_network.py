"""The formulas of the crisis network: admissions, nights, refusals and conferences."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.people.queries import kept_person
from energiehuis.programmes.crisis_network.models import (
    Admission,
    BedNight,
    Conference,
    Guest,
    Refusal,
)
from energiehuis.programmes.crisis_network.vocabulary import RefusalReason


@dataclass(frozen=True, slots=True)
class CrisisCounts:
    """What happened in a period."""

    admissions: int
    persons: int
    nights: int
    refusals: int
    meetings: int
    cases: int
    situations: int


FORMULAS: dict[str, Callable[[CrisisCounts], Measured]] = {
    "rck.admissions": lambda c: Measured(c.admissions, cells=(c.admissions,)),
    "rck.persons": lambda c: Measured(c.persons, cells=(c.persons,)),
    "rck.nights": lambda c: Measured(c.nights, cells=(c.persons, c.nights)),
    "rck.refusals": lambda c: Measured(c.refusals, cells=(c.refusals,)),
    "mdc.meetings": lambda c: Measured(c.meetings, cells=(c.cases + c.situations, c.meetings)),
    "mdc.situations": lambda c: Measured(c.cases + c.situations, cells=(c.cases + c.situations,)),
}


def measure_crisis_network(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records of the crisis network and give each of its figures by id."""
    counts = count_crisis(session, area, period)
    return {figure: formula(counts) for figure, formula in FORMULAS.items()}


def count_crisis(session: Session, area: Area, period: Period) -> CrisisCounts:
    """Count admissions, nights, refusals and conferences, in one question to the database."""
    began = and_(_within(Admission, area), _in(Admission.start_on, period))
    held = and_(_within(Conference, area), _in(Conference.held_on, period))
    parts: list[Select[*tuple[Any, ...]]] = [
        select(func.count(Admission.id)).where(began),
        select(func.count(kept_person(Guest.person_id).distinct()))
        .join(Admission, Admission.id == Guest.admission_id)
        .where(began),
        # A night counts in the period in which it is slept, also when the admission began before.
        select(func.count(BedNight.night))
        .join(Admission, Admission.id == BedNight.admission_id)
        .where(_within(Admission, area), _in(BedNight.night, period)),
        select(func.count(Refusal.id)).where(
            _within(Refusal, area),
            _in(Refusal.refused_on, period),
            Refusal.reason == RefusalReason.NO_ROOM.value,
        ),
        select(func.count(Conference.id)).where(held),
        select(func.count(Conference.case_id.distinct())).where(held),
        select(func.count(Conference.situation.distinct())).where(held),
    ]
    row = session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return CrisisCounts(*(int(count) for count in row))


def _in(day: Any, period: Period) -> ColumnElement[bool]:  # noqa: ANN401  a column
    return and_(day >= period.from_on, day < period.to_on)


def _within(rows: Any, area: Area) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(rows.organisation_id == area.organisation_id, rows.nis_code.in_(area.nis_codes))
