"""Doubles of people, for whoever may know both: by a case, a household or a visit within reach.

That somebody is known in another programme is itself to be kept from those who do not work there;
so a worker of one programme sees the doubles of that programme, and who works for all sees all.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import served_municipalities
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.models import Case, DropInSession, Visit
from energiehuis.cases.queries import scope_of
from energiehuis.errors import PermissionDenied
from energiehuis.people import merging
from energiehuis.people.merging import MergePeople, MergeView, PersonDouble
from energiehuis.people.models import HouseholdMember, Person


def list_doubles(session: Session, actor: Actor) -> tuple[PersonDouble, ...]:
    """List pairs that may be one person, newest first; that they were read is written down.

    Needs `person:merge`.

    Raises
    ------
    PermissionDenied
    """
    organisation_id = organisation_of(actor)
    found = merging.list_doubles(session, organisation_id, known_to(session, actor))
    people = {each.id for pair in found for each in (pair.first, pair.second)}
    say_read(session, actor, people)
    return tuple(found)


def list_merges(session: Session, actor: Actor) -> tuple[MergeView, ...]:
    """List the newest merges that stand, without names. Needs `person:merge`.

    Raises
    ------
    PermissionDenied
    """
    organisation_id = organisation_of(actor)
    return tuple(merging.list_merges(session, organisation_id, known_to(session, actor)))


def merge_people(session: Session, actor: Actor, command: MergePeople) -> MergeView:
    """Let two rows be one person from now on. Needs `person:merge`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `person.unknown`, `person.merge_with_self`, `person.alias_not_merged`.
    Conflict
        `person.merged_already`, `person.kept_is_merged`, `person.keeps_others`.
    """
    organisation_id = organisation_of(actor)
    known = known_to(session, actor)
    made = merging.merge_people(session, organisation_id, command, by=actor.name, known=known)
    append(session, _entry(actor, "person.merged", made))
    return made


def undo_merge(session: Session, actor: Actor, merge_id: UUID, version: int) -> MergeView:
    """Let two rows be two people again, as they were. Needs `person:merge`.

    Raises
    ------
    PermissionDenied, NotFound, StaleVersion
    """
    organisation_id = organisation_of(actor)
    known = known_to(session, actor)
    undone = merging.undo_merge(
        session, organisation_id, merge_id, version, by=actor.name, known=known
    )
    append(session, _entry(actor, "person.unmerged", undone))
    return undone


def organisation_of(actor: Actor) -> UUID:
    """Give whose people an actor may merge. Needs `person:merge`.

    Raises
    ------
    PermissionDenied
    """
    require(actor, Permission.PERSON_MERGE)
    if actor.organisation_id is None:
        raise PermissionDenied("access.not_allowed", permission=Permission.PERSON_MERGE.value)
    return actor.organisation_id


def known_to(session: Session, actor: Actor) -> ColumnElement[bool] | None:
    """Give the condition that an actor may know a person; None for who works everywhere."""
    if actor.organisation_id is None:
        raise TypeError("nobody's people were asked for")
    served = served_municipalities(session, actor.organisation_id, clock.today())
    if actor.programmes is None and served <= actor.municipalities:
        return None
    cases, sessions = works_on(actor, Case), works_on(actor, DropInSession)
    of_cases = select(Case.person_id).where(cases, Case.person_id.is_not(None))
    of_households = (
        select(HouseholdMember.person_id)
        .join(Case, Case.household_id == HouseholdMember.household_id)
        .where(cases)
    )
    of_visits = (
        select(Visit.visitor_id)
        .join(DropInSession, DropInSession.id == Visit.session_id)
        .where(sessions, Visit.visitor_id.is_not(None))
    )
    return or_(*(Person.id.in_(ids) for ids in (of_cases, of_households, of_visits)))


def works_on(actor: Actor, kind: type[Case] | type[DropInSession]) -> ColumnElement[bool]:
    """Give the condition that a row is of a place and of a programme of the actor."""
    scope = scope_of(actor, kind)
    return scope if actor.programmes is None else scope & kind.programme.in_(actor.programmes)


def say_read(session: Session, actor: Actor, people: Iterable[UUID]) -> None:
    """Write down whose doubles were read; no name stands in it."""
    details: dict[str, object] = {"people": sorted(str(person_id) for person_id in people)}
    subject = ("organisation", str(actor.organisation_id))
    append(session, Entry(actor.name, actor.role_name, "person_doubles.read", *subject, details))


def _entry(actor: Actor, action: str, merge: MergeView) -> Entry:
    details: dict[str, object] = {"merge": str(merge.id), "merged": str(merge.merged_id)}
    return Entry(actor.name, actor.role_name, action, "person", str(merge.kept_id), details)
