"""Reading people and households, within an organisation."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.people.models import Household, HouseholdMember, Person


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody as a file shows him or her."""

    id: UUID
    given_name: str | None
    family_name: str | None
    birth_date: date | None
    alias: str | None


_PERSON = select(*(getattr(Person, field.name) for field in fields(PersonView)))


def find_person_id(session: Session, organisation_id: UUID, person_id: UUID) -> UUID | None:
    """Give the id back when the person is one of the organisation's, or None."""
    return session.scalar(
        select(Person.id).where(Person.id == person_id, Person.organisation_id == organisation_id)
    )


def find_person_id_by_alias(session: Session, organisation_id: UUID, key: str) -> UUID | None:
    """Give the person whom the organisation knows under an alias, or None."""
    return session.scalar(
        select(Person.id).where(Person.organisation_id == organisation_id, Person.alias == key)
    )


def find_household_id(session: Session, organisation_id: UUID, household_id: UUID) -> UUID | None:
    """Give the id back when the household is one of the organisation's, or None."""
    return session.scalar(
        select(Household.id).where(
            Household.id == household_id, Household.organisation_id == organisation_id
        )
    )


def find_household_id_of_person(session: Session, person_id: UUID) -> UUID | None:
    """Give the household in which somebody lives now, or None."""
    return session.scalar(
        select(HouseholdMember.household_id).where(
            HouseholdMember.person_id == person_id, HouseholdMember.valid_until.is_(None)
        )
    )


def find_person(session: Session, person_id: UUID) -> PersonView | None:
    """Give somebody, or None; ask for a file of him or her first."""
    row = session.execute(_PERSON.where(Person.id == person_id)).first()
    return None if row is None else PersonView(*row)


def list_members(session: Session, household_id: UUID) -> list[PersonView]:
    """List who lives in a household now; ask for a file of it first."""
    rows = session.execute(
        _PERSON.join(HouseholdMember, HouseholdMember.person_id == Person.id)
        .where(HouseholdMember.household_id == household_id, HouseholdMember.valid_until.is_(None))
        .order_by(Person.id)
    )
    return [PersonView(*row) for row in rows]
