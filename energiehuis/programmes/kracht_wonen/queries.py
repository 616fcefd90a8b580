"""Reading records of Kracht.Wonen, the dwellings that are free, and what a case says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.permissions import Permission
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records
from energiehuis.programmes.kracht_wonen.models import (
    Decision,
    Dwelling,
    Problem,
    Situation,
    Staff,
    Stay,
    StayEnding,
    Trajectory,
    TriedWay,
)
from energiehuis.programmes.kracht_wonen.vocabulary import PROGRAMME

_A, _C, _D, _E = DataClass.IDENTITY, DataClass.MONEY, DataClass.SENSITIVE, DataClass.COUNT


@dataclass(frozen=True, slots=True)
class FreeDwelling:
    """A dwelling in the pool in which nobody lives."""

    id: UUID
    nis_code: str
    address: str
    beds: int


def list_free_dwellings(session: Session, actor: Actor, day: date) -> tuple[FreeDwelling, ...]:
    """List the dwellings of the pool in which nobody lives on a day. Needs `programme:read`."""
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return ()
    lived_in = select(Stay.dwelling_id).where(
        Stay.valid_from <= day, or_(Stay.valid_until.is_(None), Stay.valid_until > day)
    )
    rows = session.execute(
        select(Dwelling.id, Dwelling.nis_code, Dwelling.address, Dwelling.beds)
        .where(
            Dwelling.organisation_id == actor.organisation_id,
            Dwelling.nis_code.in_(actor.municipalities),
            and_(
                Dwelling.valid_from <= day,
                or_(Dwelling.valid_until.is_(None), Dwelling.valid_until > day),
            ),
            Dwelling.id.not_in(lived_in),
        )
        .order_by(Dwelling.nis_code, Dwelling.address)
    )
    return tuple(FreeDwelling(*row) for row in rows)


def household_of_case(session: Session, case_id: UUID) -> UUID:
    """Give the household of a situation; ask for its case first."""
    found = session.scalar(select(Case.household_id).where(Case.id == case_id))
    if found is None:
        raise TypeError("a situation has a household")
    return found


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give what a situation says, what the desk decided, and where the household lives."""
    situation = session.get_one(Situation, case_id)
    yield from _situation(situation)
    yield from _situation_parts(session, situation)
    decided = session.scalar(select(Decision).where(Decision.case_id == case_id))
    if decided is not None:
        yield from _decision(decided)
    stays = session.scalars(
        select(Stay)
        .where(Stay.case_id == case_id)
        .order_by(Stay.valid_from.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    for stay in stays:
        yield from _stay(stay)


def _situation(row: Situation) -> Iterator[Detail]:
    yield Detail("reporting_org", str(row.reporting_organisation_id), _A)
    yield Detail("reason", row.reason, _D)


def _situation_parts(session: Session, row: Situation) -> Iterator[Detail]:
    areas = select(Problem.area).where(Problem.case_id == row.case_id).order_by(Problem.area)
    ways = select(TriedWay.way).where(TriedWay.case_id == row.case_id).order_by(TriedWay.way)
    yield Detail("problem_areas", list(session.scalars(areas)), _D)
    yield Detail("ordinary_ways_tried", list(session.scalars(ways)), _D)


def _decision(row: Decision) -> Iterator[Detail]:
    yield Detail("decision", row.decision, _A)
    yield Detail("offer", row.offer, _A)
    yield Detail("date", row.decided_on.isoformat(), _A)
    yield Detail("reason", row.reason, _D)


def _dwelling(row: Dwelling) -> Iterator[Detail]:
    yield Detail("owner", str(row.owner_id), _E)
    yield Detail("address", row.address, _A)
    yield Detail("beds", row.beds, _E)
    yield from _days(row, _E)


def _stay(row: Stay) -> Iterator[Detail]:
    yield Detail("dwelling_id", str(row.dwelling_id), _A)
    yield Detail("household_id", str(row.household_id), _A)
    yield from _days(row, _A)
    yield Detail("rent_cents", row.rent_cents, _C)
    yield Detail("end_reason", row.end_reason, _D)


def _ending(row: StayEnding) -> Iterator[Detail]:
    yield Detail("stay_id", str(row.stay_id), _A)
    yield Detail("date", row.ended_on.isoformat(), _A)
    yield Detail("end_reason", row.end_reason, _D)


def _trajectory(row: Trajectory) -> Iterator[Detail]:
    yield from _days(row, _A)
    yield Detail("is_taken_over", row.is_taken_over, _A)


def _staff(row: Staff) -> Iterator[Detail]:
    whole, hundredths = divmod(row.fte_hundredths, 100)
    yield Detail("employer", str(row.employer_id), _E)
    yield Detail("fte", f"{whole}.{hundredths:02d}", _E)
    yield from _days(row, _E)


def _days(row: Dwelling | Stay | Trajectory | Staff, seen_as: DataClass) -> Iterator[Detail]:
    yield Detail("from", row.valid_from.isoformat(), seen_as)
    yield Detail("to", row.valid_until and row.valid_until.isoformat(), seen_as)


SITUATIONS = Records(
    programme=PROGRAMME,
    name="kracht_wonen_situation",
    rows=Situation,
    said=_situation,
    parts=_situation_parts,
)
DECISIONS = Records(
    programme=PROGRAMME, name="kracht_wonen_decision", rows=Decision, said=_decision
)
DWELLINGS = Records(
    programme=PROGRAMME,
    name="kracht_wonen_dwelling",
    rows=Dwelling,
    said=_dwelling,
    is_about_people=False,
)
STAYS = Records(programme=PROGRAMME, name="kracht_wonen_stay", rows=Stay, said=_stay)
STAY_ENDINGS = Records(
    programme=PROGRAMME, name="kracht_wonen_stay_ending", rows=StayEnding, said=_ending
)
TRAJECTORIES = Records(
    programme=PROGRAMME, name="kracht_wonen_trajectory", rows=Trajectory, said=_trajectory
)
STAFF = Records(
    programme=PROGRAMME,
    name="kracht_wonen_staff",
    rows=Staff,
    said=_staff,
    is_about_people=False,
)
