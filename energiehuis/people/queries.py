"""Reading people and households, within an organisation.

Whoever was merged into somebody else is read as that one: by number, in a household, in a figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from energiehuis.people.models import (
    Household,
    HouseholdMember,
    Person,
    PersonMerge,
    PersonUnmerge,
)


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody as a file shows him or her."""

    id: UUID
    given_name: str | None
    family_name: str | None
    birth_date: date | None
    alias: str | None


_PERSON = select(*(getattr(Person, field.name) for field in fields(PersonView)))


# A merge that nobody undid; of another name than the rows that a question may itself read.
_UNDONE = aliased(PersonUnmerge)
STANDS = ~exists().where(_UNDONE.merge_id == PersonMerge.id)


def kept_person(
    column: SQLColumnExpression[UUID] | SQLColumnExpression[UUID | None],
) -> ColumnElement[UUID]:
    """Give who is meant by a column of people, so that merged people count once."""
    kept = (
        select(PersonMerge.kept_id).where(PersonMerge.merged_id == column, STANDS).scalar_subquery()
    )
    return func.coalesce(kept, column)


def list_same_person(session: Session, person_id: UUID) -> list[UUID]:
    """List all ids under which somebody was written down; the one that is kept comes first."""
    kept_id = session.scalar(select(kept_person(Person.id)).where(Person.id == person_id))
    if kept_id is None:
        return []
    merged = session.scalars(
        select(PersonMerge.merged_id)
        .where(PersonMerge.kept_id == kept_id, STANDS)
        .order_by(PersonMerge.merged_id)
    )
    return [kept_id, *merged]


def find_person_id(session: Session, organisation_id: UUID, person_id: UUID) -> UUID | None:
    """Give who is meant when the person is one of the organisation's, or None."""
    return session.scalar(
        select(kept_person(Person.id)).where(
            Person.id == person_id, Person.organisation_id == organisation_id
        )
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
    """Give the household in which somebody lives now, or None.

    Somebody merged may live in two, as long as nobody moved him or her: the kept one's comes first.
    """
    merged = select(PersonMerge.merged_id).where(PersonMerge.kept_id == person_id, STANDS)
    is_own = HouseholdMember.person_id == person_id
    return session.scalar(
        select(HouseholdMember.household_id)
        .where(
            or_(is_own, HouseholdMember.person_id.in_(merged)),
            HouseholdMember.valid_until.is_(None),
        )
        .order_by(case((is_own, 0), else_=1), HouseholdMember.valid_from)
        .limit(1)
    )


def find_person(session: Session, person_id: UUID) -> PersonView | None:
    """Give somebody, or None; ask for a file of him or her first."""
    meant = select(kept_person(Person.id)).where(Person.id == person_id).scalar_subquery()
    row = session.execute(_PERSON.where(Person.id == meant)).first()
    return None if row is None else PersonView(*row)


def people_as_written(session: Session, person_ids: Iterable[UUID]) -> dict[UUID, PersonView]:
    """Give people as they were written down, whoever they were merged into; ask for them first."""
    rows = session.execute(_PERSON.where(Person.id.in_(set(person_ids))))
    return {row.id: PersonView(*row) for row in rows}


def kept_by_number(session: Session, kept_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give all numbers under which some people were written down, and who is meant by each."""
    kept = set(kept_ids)
    rows = session.execute(
        select(PersonMerge.merged_id, PersonMerge.kept_id).where(
            PersonMerge.kept_id.in_(kept), STANDS
        )
    )
    return {person_id: person_id for person_id in kept} | {row[0]: row[1] for row in rows}


def list_members(session: Session, household_id: UUID) -> list[PersonView]:
    """List who lives in a household now, each once; ask for a file of it first."""
    members = select(kept_person(HouseholdMember.person_id)).where(
        HouseholdMember.household_id == household_id, HouseholdMember.valid_until.is_(None)
    )
    rows = session.execute(_PERSON.where(Person.id.in_(members)).order_by(Person.id))
    return [PersonView(*row) for row in rows]
