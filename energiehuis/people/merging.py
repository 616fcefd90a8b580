"""People who may be one: proposed by sound and birth date, merged by hand, unmerged.

Who may do so, and what of it is written down, is for `cases.person_doubles`: it knows whom an actor
may know. A merge changes no other row, so undoing one gives back exactly what was. What was written
down meanwhile stands with the one who was kept.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from energiehuis import clock
from energiehuis.errors import Conflict, FieldError, InvalidInput, NotFound, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.people.models import Person, PersonMerge, PersonUnmerge
from energiehuis.people.queries import STANDS, PersonView

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class PersonDouble:
    """Two people who sound alike and were born on the same day; `first` was written down first."""

    first: PersonView
    second: PersonView


@dataclass(frozen=True, slots=True)
class MergePeople:
    """These two are one person; `kept_id` is how he or she is known from now on."""

    kept_id: UUID
    merged_id: UUID


@dataclass(frozen=True, slots=True)
class MergeView:
    """A merge, standing or undone; its version is 1 as long as it stands, and 2 after."""

    id: UUID
    kept_id: UUID
    merged_id: UUID
    recorded_at: datetime
    undone_at: datetime | None = None

    @property
    def version(self) -> int:
        """Give 1 while it stands, 2 once it was undone."""
        return 1 if self.undone_at is None else 2


_MERGE = select(
    PersonMerge.id,
    PersonMerge.kept_id,
    PersonMerge.merged_id,
    PersonMerge.recorded_at,
    PersonUnmerge.recorded_at,
).outerjoin(PersonUnmerge, PersonUnmerge.merge_id == PersonMerge.id)


def list_doubles(
    session: Session, organisation_id: UUID, known: ColumnElement[bool] | None
) -> list[PersonDouble]:
    """List pairs that may be one person; aliases and merged people are never among them.

    Parameters
    ----------
    session : Session
    organisation_id : UUID
    known : condition on `Person` or None
        Whom the asker may know; both of a pair must be. None: all of the organisation.
    """
    first, second = aliased(Person), aliased(Person)
    merged = select(PersonMerge.merged_id).where(STANDS)
    names = [field.name for field in fields(PersonView)]
    query = (
        select(*(getattr(each, name) for each in (first, second) for name in names))
        .join(
            second,
            (second.organisation_id == first.organisation_id)
            & (second.birth_date == first.birth_date)
            & (second.sound == first.sound)
            & (second.id > first.id),
        )
        .where(
            first.organisation_id == organisation_id,
            first.id.not_in(merged),
            second.id.not_in(merged),
        )
        .order_by(second.id.desc(), first.id)
        .limit(MOST_LISTED)
    )
    if known is not None:
        ids = select(Person.id).where(known)
        query = query.where(first.id.in_(ids), second.id.in_(ids))
    half = len(names)
    return [
        PersonDouble(PersonView(*row[:half]), PersonView(*row[half:]))
        for row in session.execute(query)
    ]


def list_merges(
    session: Session, organisation_id: UUID, known: ColumnElement[bool] | None
) -> list[MergeView]:
    """List the newest merges that stand."""
    query = _MERGE.where(PersonMerge.organisation_id == organisation_id, STANDS)
    if known is not None:
        ids = select(Person.id).where(known)
        query = query.where(PersonMerge.kept_id.in_(ids), PersonMerge.merged_id.in_(ids))
    newest = query.order_by(PersonMerge.recorded_at.desc(), PersonMerge.id.desc()).limit(
        MOST_LISTED
    )
    return [MergeView(*row) for row in session.execute(newest)]


def merge_people(
    session: Session,
    organisation_id: UUID,
    command: MergePeople,
    *,
    by: str,
    known: ColumnElement[bool] | None,
) -> MergeView:
    """Let two rows be one person.

    Raises
    ------
    InvalidInput
        `person.unknown`, `person.merge_with_self`, `person.alias_not_merged`.
    Conflict
        `person.merged_already`, `person.kept_is_merged`, `person.keeps_others`.
    """
    if command.kept_id == command.merged_id:
        raise InvalidInput([FieldError("merged_id", "person.merge_with_self")])
    _lock_two(session, organisation_id, command, known)
    _refuse_chains(session, command)
    merge = MergeView(new_id(), command.kept_id, command.merged_id, clock.now())
    before = select(func.count()).where(PersonMerge.merged_id == command.merged_id)
    row = {
        "id": merge.id,
        "organisation_id": organisation_id,
        "kept_id": merge.kept_id,
        "merged_id": merge.merged_id,
        "round": session.scalar(before),
        "recorded_at": merge.recorded_at,
        "recorded_by": by,
    }
    try:
        session.execute(insert(PersonMerge).values(row))
    except IntegrityError as error:
        raise Conflict("person.merged_already", field="merged_id") from error
    return merge


def undo_merge(
    session: Session,
    organisation_id: UUID,
    merge_id: UUID,
    version: int,
    *,
    by: str,
    known: ColumnElement[bool] | None,
) -> MergeView:
    """Let two rows be two people again.

    Raises
    ------
    NotFound
        When there is no such merge, or when the asker may not know one of the two.
    StaleVersion
    """
    query = _MERGE.where(PersonMerge.id == merge_id, PersonMerge.organisation_id == organisation_id)
    if known is not None:
        ids = select(Person.id).where(known)
        query = query.where(PersonMerge.kept_id.in_(ids), PersonMerge.merged_id.in_(ids))
    row = session.execute(query).first()
    if row is None:
        raise NotFound("request.not_found")
    found, now = MergeView(*row), clock.now()
    if found.version != version or found.undone_at is not None:
        raise StaleVersion("version.stale")
    undone = {"merge_id": merge_id, "recorded_at": now, "recorded_by": by}
    try:
        session.execute(insert(PersonUnmerge).values(undone))
    except IntegrityError as error:
        raise StaleVersion("version.stale") from error
    return replace(found, undone_at=now)


def lock_person(session: Session, person_id: UUID) -> None:
    """Let nobody else work on somebody until this transaction ends; SQLite has one writer."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))


def _lock_two(
    session: Session,
    organisation_id: UUID,
    command: MergePeople,
    known: ColumnElement[bool] | None,
) -> None:
    wanted = {"kept_id": command.kept_id, "merged_id": command.merged_id}
    query = select(Person.id, Person.alias).where(
        Person.id.in_(wanted.values()), Person.organisation_id == organisation_id
    )
    if known is not None:
        query = query.where(known)
    # Always in one order, so that two merges of the same people wait instead of blocking.
    rows = session.execute(query.order_by(Person.id).with_for_update(key_share=True))
    found = {row.id: row.alias for row in rows}
    errors = [FieldError(f, "person.unknown") for f, each in wanted.items() if each not in found]
    # An alias was promised: tying it to a name, or to another alias, would break that.
    errors += [
        FieldError(f, "person.alias_not_merged")
        for f, each in wanted.items()
        if found.get(each) is not None
    ]
    if errors:
        raise InvalidInput(errors)


def _refuse_chains(session: Session, command: MergePeople) -> None:
    rows = session.execute(
        select(PersonMerge.kept_id, PersonMerge.merged_id).where(
            STANDS,
            (PersonMerge.merged_id.in_([command.kept_id, command.merged_id]))
            | (PersonMerge.kept_id == command.merged_id),
        )
    )
    for kept_id, merged_id in rows:
        if merged_id == command.merged_id:
            raise Conflict("person.merged_already", field="merged_id")
        if merged_id == command.kept_id:
            raise Conflict("person.kept_is_merged", field="kept_id")
        if kept_id == command.merged_id:
            raise Conflict("person.keeps_others", field="merged_id")
