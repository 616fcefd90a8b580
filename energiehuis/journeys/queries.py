"""Reading what programmes hold of a household, and what the client agreed may be known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.models import Case
from energiehuis.cases.queries import scope_of
from energiehuis.people.models import HouseholdMember
from energiehuis.people.queries import kept_person
from energiehuis.programmes.energy_desk.models import EnergyScan
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME as ENERGY
from energiehuis.referrals.consents import stands
from energiehuis.referrals.models import Consent, Referral


@dataclass(frozen=True, slots=True)
class Stop:
    """A case, or a scan of the energy desk: a programme that helps, from a day until another.

    `person_id` is whose case it is, None where it is the household's.
    """

    case_id: UUID | None
    programme: str
    person_id: UUID | None
    state: str
    from_on: date
    until_on: date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """That a programme may know of another one, about the household or one person of it."""

    from_programme: str
    to_programme: str
    person_id: UUID | None


def list_stops(session: Session, actor: Actor, household_id: UUID) -> list[Stop]:
    """List what all programmes hold of a household within the area of an actor, in order."""
    members = _members(session, household_id)
    cases = session.execute(
        select(
            Case.id,
            Case.programme,
            kept_person(Case.person_id),
            Case.status,
            Case.received_on,
            Case.outcome_on,
            Case.outcome,
        ).where(_about(Case, household_id, members), scope_of(actor, Case))
    )
    scans = session.execute(
        select(EnergyScan.status, EnergyScan.asked_on, EnergyScan.done_on).where(
            EnergyScan.household_id == household_id,
            EnergyScan.organisation_id == actor.organisation_id,
            EnergyScan.nis_code.in_(actor.municipalities),
        )
    )
    found = [Stop(*row) for row in cases]
    found += [Stop(None, ENERGY, None, row[0], row[1], row[2], None) for row in scans]
    return sorted(found, key=lambda stop: (stop.from_on, stop.programme))


def list_agreed(session: Session, household_id: UUID) -> list[Agreed]:
    """List the agreements about a household and its people that nobody took back."""
    members = _members(session, household_id)
    rows = session.execute(
        select(Consent.from_programme, Consent.to_programme, kept_person(Consent.person_id)).where(
            _about(Consent, household_id, members), stands()
        )
    )
    return [Agreed(*row) for row in rows]


def list_referrals_between(session: Session, case_ids: Iterable[UUID]) -> list[Referral]:
    """List the referrals of some cases, in order."""
    query = select(Referral).where(Referral.from_case_id.in_(list(case_ids)))
    return list(session.scalars(query.order_by(Referral.sent_at, Referral.id)))


def _members(session: Session, household_id: UUID) -> list[UUID]:
    rows = session.execute(
        select(HouseholdMember.person_id, kept_person(HouseholdMember.person_id)).where(
            HouseholdMember.household_id == household_id, HouseholdMember.valid_until.is_(None)
        )
    )
    return sorted({person_id for row in rows for person_id in row})


def _about(
    rows: type[Case] | type[Consent], household_id: UUID, members: list[UUID]
) -> ColumnElement[bool]:
    return or_(rows.household_id == household_id, rows.person_id.in_(members))
