"""The steps that every intake of a programme takes, in their order, so that each does them alike.

`begin` checks who asks and what came in, and writes the intake down; `household_of` and `person_of`
give whom it is about; `open_household_case` and `open_person_case` open the file; `say` writes the
audit line. What is the programme's own (its rules, its typed table) it does between these.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require, require_programme
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.commands import Composition, Envelope, NewCase
from energiehuis.cases.kinds import HouseholdSubject
from energiehuis.cases.rules import envelope_errors
from energiehuis.cases.service import open_case, record_intake
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.people import queries as people_queries
from energiehuis.people.commands import Identity
from energiehuis.people.service import add_household, add_member, take_person


def begin(
    session: Session,
    actor: Actor,
    envelope: Envelope,
    *,
    programme: str,
    kind: str,
    errors: Iterable[FieldError] = (),
) -> UUID:
    """Check and write an intake down, and give the organisation that runs the programme.

    Needs `intake:write` and that the actor works for the programme. All wrong fields are told at
    once.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelope or the programme finds wrong, `intake.municipality_not_served`,
        `organisation.unknown`.
    Conflict
        `intake.id_taken`.
    """
    require(actor, Permission.INTAKE_WRITE)
    require_programme(actor, programme)
    found = [*envelope_errors(envelope, clock.now()), *errors]
    if found:
        raise InvalidInput(found)
    record_intake(session, actor, envelope, programme=programme, kind=kind)
    if actor.organisation_id is None:
        raise TypeError("an intake was recorded for nobody")
    return actor.organisation_id


def household_of(
    session: Session, organisation_id: UUID, envelope: Envelope, subject: HouseholdSubject
) -> UUID:
    """Give the household that is meant: the one named, that of the contact, or a new one.

    Raises
    ------
    InvalidInput
        `household.unknown`, `person.unknown`.
    Conflict
        `person.in_other_household`.
    """
    named, contact = subject.household_id, subject.contact
    if named is not None and not _is_ours(session, organisation_id, named):
        raise InvalidInput([FieldError("subject.household_id", "household.unknown")])
    if contact is None:
        return named or add_household(session, organisation_id)
    contact_id = take_person(session, organisation_id, contact, field="subject.contact.person_id")
    home_id = people_queries.find_household_id_of_person(session, contact_id)
    if home_id is not None and named in (None, home_id):
        return home_id
    # Somebody who lives elsewhere is refused by the database, here.
    joined_id = named or add_household(session, organisation_id)
    add_member(session, joined_id, contact_id, since=envelope.received_on)
    return joined_id


def person_of(
    session: Session, organisation_id: UUID, identity: Identity, field: str = "subject.person"
) -> UUID:
    """Give the person who is meant, written down now when not known yet.

    Raises
    ------
    InvalidInput
        `person.unknown`.
    """
    return take_person(session, organisation_id, identity, field=f"{field}.person_id")


def open_household_case(  # noqa: PLR0913  a case has as many parts
    session: Session,
    actor: Actor,
    envelope: Envelope,
    *,
    programme: str,
    household_id: UUID,
    composition: Composition | None,
    status: CaseStatus = CaseStatus.REGISTERED,
) -> UUID:
    """Open a case of a programme for a household.

    Raises
    ------
    Conflict
        `case.household_has_open_case`.
    """
    new_case = NewCase(programme, household_id, composition)
    return open_case(session, actor, envelope, new_case=new_case, status=status)


def open_person_case(
    session: Session,
    actor: Actor,
    envelope: Envelope,
    *,
    programme: str,
    person_id: UUID,
    status: CaseStatus = CaseStatus.REGISTERED,
) -> UUID:
    """Open a case of a programme for a person alone.

    Raises
    ------
    Conflict
        `case.household_has_open_case`.
    """
    new_case = NewCase(programme, None, None, person_id)
    return open_case(session, actor, envelope, new_case=new_case, status=status)


def say(session: Session, actor: Actor, action: str, subject_type: str, subject_id: UUID) -> None:
    """Let the audit trail say what was done; no names, no free text."""
    append(session, Entry(actor.name, actor.role_name, action, subject_type, str(subject_id)))


def _is_ours(session: Session, organisation_id: UUID, household_id: UUID) -> bool:
    found = people_queries.find_household_id(session, organisation_id, household_id)
    return found is not None
