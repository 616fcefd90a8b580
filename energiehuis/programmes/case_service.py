"""Cases of all programmes: what an actor sees of one, its next step, and notes on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass, visible_classes
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.models import Case, CaseNote, CaseSnapshot
from energiehuis.cases.programmes import Detail, Programme
from energiehuis.cases.queries import CaseHead, StatusChange, list_status_changes, scope_of
from energiehuis.cases.service import change_status
from energiehuis.cases.states import CaseStatus, require_case_move
from energiehuis.errors import (
    FieldError,
    InvalidInput,
    NotFound,
    PermissionDenied,
    StaleVersion,
)
from energiehuis.identifiers import new_id
from energiehuis.people.queries import PersonView, find_person, list_members
from energiehuis.programmes.registry import BY_CODE

MOST_NOTE_SIGNS = 4_000
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as an actor may see it; what the actor may not see is named in `hidden`."""

    id: UUID
    version: int
    programme: str
    nis_code: str
    status: str
    received_on: date
    outcome: str | None
    outcome_on: date | None
    household_id: UUID | None
    people: tuple[PersonView, ...]
    details: tuple[Detail, ...]
    changes: tuple[StatusChange, ...]
    next_statuses: tuple[CaseStatus, ...]
    hidden: tuple[DataClass, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list: no names, so that a list tells as little as it can."""

    id: UUID
    programme: str
    nis_code: str
    status: str
    received_on: date
    outcome: str | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note on a case."""

    id: UUID
    written_at: datetime
    author: str
    is_closed: bool
    text: str


def get_case(session: Session, actor: Actor, case_id: UUID) -> CaseView:
    """Give a case of a programme of the actor; that it was read is written down.

    Needs `case:read`.

    Raises
    ------
    PermissionDenied
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.CASE_READ)
    case = _load(session, actor, case_id)
    programme = BY_CODE[case.programme]
    seen = visible_classes(actor, case.programme)
    everything = tuple(details_of(session, case))
    line: dict[str, object] = {"classes": sorted(seen)}
    append(session, Entry(actor.name, actor.role_name, "case.read", "case", str(case.id), line))
    return CaseView(
        id=case.id,
        version=case.version,
        programme=case.programme,
        nis_code=case.nis_code,
        status=case.status,
        received_on=case.received_on,
        outcome=case.outcome,
        outcome_on=case.outcome_on,
        household_id=case.household_id if DataClass.COMPOSITION in seen else None,
        people=people_of(session, case) if DataClass.IDENTITY in seen else (),
        details=tuple(detail for detail in everything if detail.data_class in seen),
        changes=tuple(list_status_changes(session, case.id)),
        next_statuses=_next_statuses(programme, case),
        hidden=tuple(c for c in DataClass if c not in seen),
    )


def list_cases(
    session: Session, actor: Actor, programme: str, *, is_open: bool | None = None
) -> tuple[CaseLine, ...]:
    """List the newest cases of a programme within the scope of the actor. Needs `case:read`."""
    require(actor, Permission.CASE_READ)
    if not actor.works_for(programme):
        return ()
    query = select(
        Case.id, Case.programme, Case.nis_code, Case.status, Case.received_on, Case.outcome
    ).where(Case.programme == programme, scope_of(actor, Case))
    if is_open is not None:
        closed = Case.status.in_([CaseStatus.CLOSED.value, CaseStatus.INADMISSIBLE.value])
        query = query.where(~closed if is_open else closed)
    newest = query.order_by(Case.received_on.desc(), Case.id.desc()).limit(MOST_LISTED)
    return tuple(CaseLine(*row) for row in session.execute(newest))


def move_case(session: Session, actor: Actor, command: MoveCase) -> CaseView:
    """Take the next step of a case. Needs `case:write`.

    Raises
    ------
    PermissionDenied, NotFound, StaleVersion
    Conflict
        `case.move_not_allowed`.
    InvalidInput
        `case.outcome_needed`, `case.outcome_unknown`, `case.outcome_out_of_time`, and what the
        programme finds.
    """
    require(actor, Permission.CASE_WRITE)
    case = _load(session, actor, command.case_id)
    programme = BY_CODE[case.programme]
    head = CaseHead(case.id, case.version, case.programme, case.status, case.received_on)
    if head.version != command.version:
        raise StaleVersion("version.stale")
    require_case_move(CaseStatus(head.status), command.status, dict(programme.moves))
    errors = [*_outcome_errors(programme, head, command)]
    errors += programme.move_errors(session, head, command)
    if errors:
        raise InvalidInput(errors)
    ended: dict[str, object] = {}
    if command.status is CaseStatus.CLOSED:
        ended = {"outcome": command.outcome, "outcome_on": command.outcome_on}
    change_status(session, actor, head, end=command.status, reason=command.reason, values=ended)
    action = f"case.{command.status.value}"
    append(session, Entry(actor.name, actor.role_name, action, "case", str(head.id)))
    session.expire_all()
    return get_case(session, actor, head.id)


def add_note(
    session: Session, actor: Actor, case_id: UUID, text: str, *, is_closed: bool = False
) -> NoteView:
    """Write a note on a case; closed ones are for their writer only. Needs `note:write`.

    Where a programme keeps the notes on a case to a role, each is closed.

    Raises
    ------
    PermissionDenied, NotFound
        `case.notes_kept_to_role`, for another role than theirs.
    InvalidInput
        `field.required`, `field.too_long`.
    """
    require(actor, Permission.NOTE_WRITE)
    case = _load(session, actor, case_id)
    kept_to = BY_CODE[case.programme].notes_kept_to(session, case.id)
    if kept_to is not None and actor.role is not kept_to:
        raise PermissionDenied("case.notes_kept_to_role", role=kept_to.value)
    is_closed = is_closed or kept_to is not None
    said = text.strip()
    if not said:
        raise InvalidInput([FieldError("text", "field.required")])
    if len(said) > MOST_NOTE_SIGNS:
        raise InvalidInput([FieldError("text", "field.too_long", {"most": MOST_NOTE_SIGNS})])
    note = NoteView(new_id(), clock.now(), actor.name, is_closed, said)
    row = {name: getattr(note, name) for name in NoteView.__slots__}
    session.execute(insert(CaseNote).values(case_id=case.id, **row))
    append(session, Entry(actor.name, actor.role_name, "case.noted", "case", str(case.id)))
    return note


def list_notes(session: Session, actor: Actor, case_id: UUID) -> tuple[NoteView, ...]:
    """List the notes that an actor may read; closed ones only to who wrote them.

    Needs `note:read`; whoever does not see class D of the programme gets none.
    """
    require(actor, Permission.NOTE_READ)
    case = _load(session, actor, case_id)
    if DataClass.SENSITIVE not in visible_classes(actor, case.programme):
        return ()
    kept_to = BY_CODE[case.programme].notes_kept_to(session, case.id)
    if kept_to is not None and actor.role is not kept_to:
        return ()
    rows = session.execute(
        select(CaseNote.id, CaseNote.written_at, CaseNote.author, CaseNote.is_closed, CaseNote.text)
        .where(CaseNote.case_id == case.id)
        .order_by(CaseNote.written_at)
    )
    append(session, Entry(actor.name, actor.role_name, "case.notes_read", "case", str(case.id)))
    notes = (NoteView(*row) for row in rows)
    return tuple(note for note in notes if not note.is_closed or note.author == actor.name)


def _load(session: Session, actor: Actor, case_id: UUID) -> Case:
    case = session.scalar(select(Case).where(Case.id == case_id, scope_of(actor, Case)))
    if case is None or not actor.works_for(case.programme) or case.programme not in BY_CODE:
        raise NotFound("request.not_found")
    return case


def people_of(session: Session, case: Case) -> tuple[PersonView, ...]:
    """Give whom a case is about; whether the actor may see them was asked before."""
    if case.household_id is not None:
        return tuple(list_members(session, case.household_id))
    found = None if case.person_id is None else find_person(session, case.person_id)
    return () if found is None else (found,)


def details_of(session: Session, case: Case) -> Iterator[Detail]:
    """Give all that a case says, each with its class; the caller keeps what may be seen."""
    snapshot = session.get(CaseSnapshot, case.id)
    if snapshot is not None:
        yield Detail("adults", snapshot.adults, DataClass.COMPOSITION)
        yield Detail("children", snapshot.children, DataClass.COMPOSITION)
        yield Detail("household_type", snapshot.household_type, DataClass.COMPOSITION)
        yield Detail("main_income", snapshot.main_income, DataClass.MONEY)
    yield from BY_CODE[case.programme].details(session, case.id)


def _next_statuses(programme: Programme, case: Case) -> tuple[CaseStatus, ...]:
    ends = programme.moves.get(CaseStatus(case.status), frozenset())
    # A programme without outcomes here closes its cases at an address of its own.
    may_close = bool(programme.outcomes)
    return tuple(s for s in CaseStatus if s in ends and (s is not CaseStatus.CLOSED or may_close))


def _outcome_errors(
    programme: Programme, case: CaseHead, command: MoveCase
) -> Iterator[FieldError]:
    if command.status is not CaseStatus.CLOSED:
        if command.outcome is not None or command.outcome_on is not None:
            yield FieldError("outcome", "case.outcome_only_when_closed")
        return
    if command.outcome is None or command.outcome_on is None:
        yield FieldError("outcome", "case.outcome_needed")
        return
    if command.outcome not in programme.outcomes:
        choices = ", ".join(programme.outcomes)
        yield FieldError("outcome", "field.choice", {"choices": choices})
    if not case.received_on <= command.outcome_on <= clock.today():
        day = case.received_on.isoformat()
        yield FieldError("outcome_on", "case.outcome_out_of_time", {"day": day})
