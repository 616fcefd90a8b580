"""Reading records of the crisis network, and the beds that are free in a night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.permissions import Permission, Role
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records
from energiehuis.people.models import Person
from energiehuis.programmes.crisis_network.models import (
    Admission,
    Bed,
    BedNight,
    Conference,
    Guest,
    Handover,
    PresentOrganisation,
    Refusal,
)
from energiehuis.programmes.crisis_network.vocabulary import PROGRAMME

_A, _B, _D, _E = DataClass.IDENTITY, DataClass.COMPOSITION, DataClass.SENSITIVE, DataClass.COUNT


@dataclass(frozen=True, slots=True)
class FreeBed:
    """A bed that nobody has in a night."""

    id: UUID
    nis_code: str
    name: str
    kind: str
    sleeps: int


def list_free_beds(session: Session, actor: Actor, night: date) -> tuple[FreeBed, ...]:
    """List the beds that nobody has in a night. Needs `programme:read`."""
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return ()
    rows = session.execute(
        select(Bed.id, Bed.nis_code, Bed.name, Bed.kind, Bed.sleeps)
        .where(
            Bed.organisation_id == actor.organisation_id,
            Bed.nis_code.in_(actor.municipalities),
            Bed.valid_from <= night,
            or_(Bed.valid_until.is_(None), Bed.valid_until > night),
            Bed.id.not_in(select(BedNight.bed_id).where(BedNight.night == night)),
        )
        .order_by(Bed.name, Bed.id)
    )
    return tuple(FreeBed(*row) for row in rows)


def _bed(row: Bed) -> Iterator[Detail]:
    yield Detail("name", row.name, _E)
    yield Detail("kind", row.kind, _E)
    yield Detail("sleeps", row.sleeps, _E)
    yield Detail("from", row.valid_from.isoformat(), _E)
    yield Detail("to", row.valid_until and row.valid_until.isoformat(), _E)


def _admission(row: Admission) -> Iterator[Detail]:
    yield Detail("bed_id", str(row.bed_id), _A)
    yield Detail("start", row.starts_at.isoformat(), _A)
    yield Detail("nights", row.nights, _A)
    yield Detail("referring_helper", row.referring_helper, _B)
    yield Detail("safety_remark", row.safety_remark, _D)
    yield Detail("reason", row.reason, _D)


def _guests(session: Session, row: Admission) -> Iterator[Detail]:
    found = session.execute(
        select(Person.alias, Person.given_name, Person.family_name, Guest.birth_year)
        .join(Guest, Guest.person_id == Person.id)
        .where(Guest.admission_id == row.id)
        .order_by(Person.id)
    )
    yield Detail(
        "persons",
        [guest.alias or f"{guest.given_name} {guest.family_name}" for guest in found],
        _A,
    )


def _handover(row: Handover) -> Iterator[Detail]:
    yield Detail("admission_id", str(row.admission_id), _A)
    yield Detail("date", row.ended_on.isoformat(), _A)
    yield Detail("handed_to", row.handed_to, _D)


def _refusal(row: Refusal) -> Iterator[Detail]:
    yield Detail("date", row.refused_on.isoformat(), _E)
    yield Detail("reason", row.reason, _E)
    yield Detail("persons", row.persons, _E)


def _conference(row: Conference) -> Iterator[Detail]:
    yield Detail("date", row.held_on.isoformat(), _A)
    yield Detail("situation", row.situation, _D)
    yield Detail("rule", row.rule_id, _A)


def _present(session: Session, row: Conference) -> Iterator[Detail]:
    found = session.scalars(
        select(PresentOrganisation.partner_id)
        .where(PresentOrganisation.conference_id == row.id)
        .order_by(PresentOrganisation.partner_id)
    )
    yield Detail("present_orgs", [str(partner) for partner in found], _A)


BEDS = Records(programme=PROGRAMME, name="crisis_bed", rows=Bed, said=_bed, is_about_people=False)
ADMISSIONS = Records(
    programme=PROGRAMME,
    name="crisis_admission",
    rows=Admission,
    said=_admission,
    parts=_guests,
    # Whoever lets somebody in at night must know what to watch for.
    shown_anyway={Role.CRISIS_DUTY: frozenset({"safety_remark"})},
)
HANDOVERS = Records(programme=PROGRAMME, name="crisis_handover", rows=Handover, said=_handover)
REFUSALS = Records(
    programme=PROGRAMME,
    name="crisis_refusal",
    rows=Refusal,
    said=_refusal,
    is_about_people=False,
)
CONFERENCES = Records(
    programme=PROGRAMME,
    name="crisis_conference",
    rows=Conference,
    said=_conference,
    parts=_present,
)
