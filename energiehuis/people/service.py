"""Writing people and households down, for the programme that takes an intake.

The programme checks the rights and writes the audit line; a name stands in neither.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.errors import Conflict, FieldError, InvalidInput
from energiehuis.identifiers import new_id
from energiehuis.people import queries
from energiehuis.people.commands import Alias, Identity, KnownPerson
from energiehuis.people.models import Household, HouseholdMember, Person


def take_person(session: Session, organisation_id: UUID, identity: Identity, *, field: str) -> UUID:
    """Give the person who is meant, written down now when not known yet.

    Two people of one name stay two: whether they are one is for a person to say.

    Raises
    ------
    InvalidInput
        `person.unknown`, on `field`, for an id that is none of the organisation's.
    """
    if isinstance(identity, KnownPerson):
        found = queries.find_person_id(session, organisation_id, identity.person_id)
        if found is None:
            raise InvalidInput([FieldError(field, "person.unknown")])
        return found
    if isinstance(identity, Alias):
        return _take_alias(session, organisation_id, identity)
    return _add_person(
        session,
        organisation_id,
        {
            "given_name": identity.given_name,
            "family_name": identity.family_name,
            "birth_date": identity.birth_date,
        },
    )


def add_household(session: Session, organisation_id: UUID) -> UUID:
    """Write a new household down, in which nobody is known yet."""
    row = {"id": new_id(), "organisation_id": organisation_id, "created_at": clock.now()}
    session.execute(insert(Household).values(row))
    return row["id"]  # type: ignore[return-value]


def add_member(session: Session, household_id: UUID, person_id: UUID, *, since: date) -> None:
    """Let somebody live in a household from a day on.

    Raises
    ------
    Conflict
        `person.in_other_household`.
    """
    row = {"household_id": household_id, "person_id": person_id, "valid_from": since}
    try:
        session.execute(insert(HouseholdMember).values(row))
    except IntegrityError as error:
        raise Conflict("person.in_other_household", field="subject.contact") from error


def _take_alias(session: Session, organisation_id: UUID, identity: Alias) -> UUID:
    found = queries.find_person_id_by_alias(session, organisation_id, identity.key)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            return _add_person(session, organisation_id, {"alias": identity.key})
    except IntegrityError:
        # Somebody wrote the same alias down in this very moment.
        raced = queries.find_person_id_by_alias(session, organisation_id, identity.key)
        if raced is None:
            raise
        return raced


def _add_person(session: Session, organisation_id: UUID, said: dict[str, object]) -> UUID:
    person_id = new_id()
    row = {"id": person_id, "organisation_id": organisation_id, "created_at": clock.now(), **said}
    session.execute(insert(Person).values(row))
    return person_id
