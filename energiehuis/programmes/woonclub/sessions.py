"""Drop-in sessions of the Woonclub, and the visits to them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.models import DropInSession, Visit
from energiehuis.cases.queries import SessionView, find_case, find_session, scope_of
from energiehuis.cases.rules import envelope_errors
from energiehuis.cases.service import record_intake, require_served
from energiehuis.cases.states import SessionStatus, require_session_move
from energiehuis.errors import Conflict, FieldError, InvalidInput, NotFound, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.people.queries import kept_person
from energiehuis.people.service import take_person
from energiehuis.programmes.woonclub.commands import AddSession, ChangeSession, RecordVisit
from energiehuis.programmes.woonclub.rules import is_held_ahead, session_errors, visit_errors
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME


@dataclass(frozen=True, slots=True)
class RecordedVisit:
    """A visit that was written down; `visitor_id` names the visitor the next time."""

    id: UUID
    session_id: UUID
    visitor_id: UUID | None
    case_id: UUID | None
    intake_id: UUID


def add_session(session: Session, actor: Actor, command: AddSession) -> SessionView:
    """Write a drop-in session down. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `session.held_in_future`, `intake.municipality_not_served`.
    Conflict
        `session.exists`, when that place has a session on that day.
    """
    require(actor, Permission.INTAKE_WRITE)
    _refuse(list(session_errors(command, clock.today())))
    organisation_id = require_served(
        session, actor, PROGRAMME, nis_code=command.nis_code, day=command.takes_place_on
    )
    row = {
        "id": new_id(),
        "version": 1,
        "programme": PROGRAMME,
        "organisation_id": organisation_id,
        "nis_code": command.nis_code,
        "place": command.place,
        "takes_place_on": command.takes_place_on,
        "status": command.status.value,
    }
    try:
        session.execute(insert(DropInSession).values(row))
    except IntegrityError as error:
        raise Conflict("session.exists", field="place") from error
    append(session, _entry(actor, "woonclub_session.added", row["id"]))
    return SessionView(**{name: row[name] for name in SessionView.__slots__})  # type: ignore[arg-type]


def change_session(session: Session, actor: Actor, command: ChangeSession) -> SessionView:
    """Say that a planned session took place or was cancelled. Needs `intake:write`.

    Raises
    ------
    NotFound, PermissionDenied, StaleVersion
    Conflict
        `session.move_not_allowed`.
    InvalidInput
        `session.held_in_future`.
    """
    require(actor, Permission.INTAKE_WRITE)
    found = get_session(session, actor, command.session_id)
    if found.version != command.version:
        raise StaleVersion("version.stale")
    require_session_move(SessionStatus(found.status), command.status)
    if is_held_ahead(command.status, found.takes_place_on, clock.today()):
        raise InvalidInput([FieldError("status", "session.held_in_future")])
    statement = (
        update(DropInSession)
        .where(DropInSession.id == found.id, DropInSession.version == found.version)
        .values(version=found.version + 1, status=command.status.value)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")
    append(session, _entry(actor, f"woonclub_session.{command.status.value}", found.id))
    return get_session(session, actor, found.id)


def get_session(session: Session, actor: Actor, session_id: UUID) -> SessionView:
    """Give a drop-in session within the scope of the actor. Needs `intake:write`.

    Raises
    ------
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.INTAKE_WRITE)
    found = find_session(session, actor, PROGRAMME, session_id)
    if found is None:
        raise NotFound("request.not_found")
    return found


def record_visit(session: Session, actor: Actor, command: RecordVisit) -> RecordedVisit:
    """Write down that somebody came to a session. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `visit.session_unknown`, `visit.session_not_held`, `visit.case_unknown`, `person.unknown`
        and what the envelope may have wrong.
    Conflict
        `visit.visitor_came_already`, `intake.id_taken`.
    """
    require(actor, Permission.INTAKE_WRITE)
    _refuse(_visit_errors(session, actor, command))
    record_intake(session, actor, command.envelope, programme=PROGRAMME, kind="visit")
    visitor_id = None
    if command.visitor is not None:
        visitor_id = take_person(
            session,
            actor.organisation_id,  # type: ignore[arg-type]  # record_intake saw to it
            command.visitor,
            field="payload.visitor.person_id",
        )
        _refuse_second_visit(session, command.session_id, visitor_id)
    visit = RecordedVisit(
        id=new_id(),
        session_id=command.session_id,
        visitor_id=visitor_id,
        case_id=command.case_id,
        intake_id=command.envelope.intake_id,
    )
    row = {name: getattr(visit, name) for name in RecordedVisit.__slots__}
    try:
        session.execute(insert(Visit).values(row))
    except IntegrityError as error:
        raise Conflict("visit.visitor_came_already", field="payload.visitor") from error
    append(session, _entry(actor, "woonclub_visit.recorded", visit.id))
    return visit


def get_visit(session: Session, actor: Actor, visit_id: UUID) -> RecordedVisit:
    """Give a visit, and write down that it was read. Needs `programme:read`.

    Raises
    ------
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.PROGRAMME_READ)
    row = session.execute(
        select(Visit.id, Visit.session_id, Visit.visitor_id, Visit.case_id, Visit.intake_id)
        .join(DropInSession, DropInSession.id == Visit.session_id)
        .where(
            Visit.id == visit_id,
            DropInSession.programme == PROGRAMME,
            scope_of(actor, DropInSession),
        )
    ).first()
    if row is None:
        raise NotFound("request.not_found")
    append(session, _entry(actor, "woonclub_visit.read", visit_id))
    return RecordedVisit(*row)


def _refuse_second_visit(session: Session, session_id: UUID, visitor_id: UUID) -> None:
    """Refuse somebody who came already, also under a name that was merged since."""
    came = select(Visit.id).where(
        Visit.session_id == session_id, kept_person(Visit.visitor_id) == visitor_id
    )
    if session.execute(came.limit(1)).first() is not None:
        raise Conflict("visit.visitor_came_already", field="payload.visitor")


def _visit_errors(session: Session, actor: Actor, command: RecordVisit) -> list[FieldError]:
    envelope = command.envelope
    errors = list(envelope_errors(envelope, clock.now()))
    found = find_session(session, actor, PROGRAMME, command.session_id)
    if found is None:
        errors.append(FieldError("payload.session_id", "visit.session_unknown"))
    else:
        errors += visit_errors(
            found.status,
            found.takes_place_on,
            received_on=envelope.received_on,
            is_same_place=found.nis_code == envelope.nis_code,
        )
    if command.case_id and find_case(session, actor, PROGRAMME, command.case_id) is None:
        errors.append(FieldError("payload.case_id", "visit.case_unknown"))
    return errors


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise InvalidInput(errors)


def _entry(actor: Actor, action: str, subject_id: object) -> Entry:
    return Entry(
        actor.name, actor.role_name, action, action.split(".", maxsplit=1)[0], str(subject_id)
    )
