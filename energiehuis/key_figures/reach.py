"""Who was helped by which programme and when, once for each household over all programmes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, literal, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case
from energiehuis.cases.states import CaseStatus
from energiehuis.key_figures.measures import Area
from energiehuis.people.models import HouseholdMember
from energiehuis.people.queries import kept_person
from energiehuis.programmes.crisis_network.models import Admission, Guest
from energiehuis.programmes.crisis_network.vocabulary import PROGRAMME as CRISIS
from energiehuis.programmes.energy_desk.models import EnergyScan

ENERGY = "energy"


@dataclass(frozen=True, slots=True)
class Help:
    """A programme helps a household, from a day until another; None: it still does."""

    subject: UUID
    programme: str
    from_on: date
    until_on: date | None

    def touches(self, start: date, end: date) -> bool:
        """Say whether it was going on between two days, the last not included."""
        return self.from_on < end and (self.until_on is None or self.until_on >= start)


def home_of(person: SQLColumnExpression[Any]) -> ColumnElement[UUID]:
    """Give the household of somebody, or who it is when nobody knows where he or she lives."""
    home = (
        select(HouseholdMember.household_id)
        .where(
            HouseholdMember.person_id == kept_person(person), HouseholdMember.valid_until.is_(None)
        )
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(home, kept_person(person))


def subject_of(case: type[Case] = Case) -> ColumnElement[UUID]:
    """Give the household that a case is about, by number, or the person."""
    return func.coalesce(case.household_id, home_of(case.person_id))


def list_help(session: Session, area: Area, until: date) -> tuple[Help, ...]:
    """List all help that began before a day: cases, energy scans and nights of the crisis network.

    A case that was found inadmissible is no help.
    """
    found: set[Help] = set()
    for query in (_cases(area, until), _scans(area, until), _guests(area, until)):
        found |= {Help(*row) for row in session.execute(query)}
    return tuple(sorted(found, key=lambda help: (str(help.subject), help.from_on, help.programme)))


def programmes_by_subject(found: tuple[Help, ...], start: date, end: date) -> dict[UUID, set[str]]:
    """Give which programmes helped each household between two days, the last not included."""
    by_subject: dict[UUID, set[str]] = {}
    for each in _within(found, start, end):
        by_subject.setdefault(each.subject, set()).add(each.programme)
    return by_subject


def _within(found: tuple[Help, ...], start: date, end: date) -> Iterator[Help]:
    return (each for each in found if each.touches(start, end))


def _cases(area: Area, until: date) -> Select[*tuple[Any, ...]]:
    return select(subject_of(), Case.programme, Case.received_on, Case.outcome_on).where(
        Case.organisation_id == area.organisation_id,
        Case.nis_code.in_(area.nis_codes),
        Case.status != CaseStatus.INADMISSIBLE.value,
        Case.received_on < until,
    )


def _scans(area: Area, until: date) -> Select[*tuple[Any, ...]]:
    # Asked until done; one that nobody came for was still asked that day.
    ends = func.coalesce(EnergyScan.done_on, EnergyScan.asked_on)
    programme = literal(ENERGY)
    return select(EnergyScan.household_id, programme, EnergyScan.asked_on, ends).where(
        EnergyScan.organisation_id == area.organisation_id,
        EnergyScan.nis_code.in_(area.nis_codes),
        EnergyScan.asked_on < until,
    )


def _guests(area: Area, until: date) -> Select[*tuple[Any, ...]]:
    day = Admission.start_on
    return (
        select(home_of(Guest.person_id), literal(CRISIS), day, day)
        .join(Admission, Admission.id == Guest.admission_id)
        .where(
            Admission.organisation_id == area.organisation_id,
            Admission.nis_code.in_(area.nis_codes),
            day < until,
        )
    )
