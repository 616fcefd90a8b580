"""Placements: begun, and ended with what came after."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.commands import Envelope, MoveCase
from energiehuis.cases.intakes import begin, open_person_case, person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject, PersonSubject, Recorded
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail
from energiehuis.cases.queries import CaseHead, scope_of
from energiehuis.cases.records import Records, written_columns
from energiehuis.cases.service import close_case
from energiehuis.cases.states import OPEN_STATUSES, CaseStatus
from energiehuis.errors import Conflict, FieldError
from energiehuis.programmes.work.commands import EndedPlacement, NewPlacement
from energiehuis.programmes.work.models import Placement, PlacementEnd
from energiehuis.programmes.work.rules import end_errors, placement_errors
from energiehuis.programmes.work.vocabulary import OUTCOMES, PROGRAMME


def record_placement(
    session: Session, actor: Actor, incoming: Incoming[PersonSubject, NewPlacement]
) -> Recorded:
    """Write a placement down; it opens a file of the person, or goes into the open one.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `work.end_before_start`, `person.unknown`, what the envelope has wrong.
    Conflict
        `work.overlap`, when the person has a placement of that statute in these days;
        `case.household_has_open_case`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    errors = placement_errors(said)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="placements", errors=errors
    )
    person_id = person_of(session, owner_id, incoming.subject.person)
    row: dict[str, Any] = {
        **written_columns(envelope, owner_id),
        "version": 1,
        "case_id": _case_of(session, actor, envelope, person_id),
        "person_id": person_id,
        "statute": said.statute.value,
        "referrer": said.referrer.value,
        "for_programme": said.works_in.value,
        "function": said.function,
        "start_on": said.start,
        "planned_end_on": said.planned_end,
    }
    try:
        session.execute(insert(Placement).values(row))
    except IntegrityError as error:
        raise Conflict("work.overlap", field="payload.start") from error
    say(session, actor, "work_placement.added", "work_placement", row["id"])
    return PLACEMENTS.written(session, actor, row["id"])


def record_end(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, EndedPlacement]
) -> Recorded:
    """Write down that a placement ended; the last one that leads elsewhere closes the file.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `work.placement_unknown`, `work.ended_before_start`, `work.ended_in_future`.
    Conflict
        `work.already_ended`, `work.overlap`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    found = PLACEMENTS.find(session, actor, said.placement_id)
    start_on = None if found is None else found.start_on
    errors = end_errors(said, start_on, received_on=envelope.received_on)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="placement-ends", errors=errors
    )
    if found is None:
        raise TypeError("the end of an unknown placement was let through")
    row: dict[str, Any] = {
        **written_columns(envelope, owner_id),
        "nis_code": found.nis_code,
        "placement_id": found.id,
    }
    try:
        session.execute(insert(PlacementEnd).values(row))
    except IntegrityError as error:
        raise Conflict("work.already_ended", field="payload.placement_id") from error
    _end(session, found, said)
    if said.end_reason in OUTCOMES:
        _close_when_last(session, actor, found.case_id, said)
    say(session, actor, "work_placement.ended", "work_placement", found.id)
    return ENDS.written(session, actor, row["id"])


def move_errors(session: Session, case: CaseHead, command: MoveCase) -> Iterator[FieldError]:
    """Give why a file cannot take a step: it does not close while somebody works."""
    if command.status is CaseStatus.CLOSED and _is_running(session, case.id):
        yield FieldError("status", "work.placement_running")


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give the placements of a file, the first one first."""
    rows = session.scalars(
        select(Placement).where(Placement.case_id == case_id).order_by(Placement.start_on)
    )
    placements = tuple({part.name: part.value for part in _said(row)} for row in rows)
    yield Detail("placements", placements, DataClass.MONEY)


def _case_of(session: Session, actor: Actor, envelope: Envelope, person_id: UUID) -> UUID:
    found = session.scalar(
        select(Case.id).where(
            Case.programme == PROGRAMME,
            Case.person_id == person_id,
            Case.status.in_(OPEN_STATUSES),
            scope_of(actor, Case),
        )
    )
    return found or open_person_case(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        person_id=person_id,
        status=CaseStatus.INTAKE,
    )


def _end(session: Session, found: Placement, said: EndedPlacement) -> None:
    statement = (
        update(Placement)
        .where(Placement.id == found.id)
        .values(version=found.version + 1, ended_on=said.date, end_reason=said.end_reason.value)
        .execution_options(synchronize_session=False)
    )
    try:
        session.execute(statement)
    except IntegrityError as error:
        # It lasted longer than planned, into the next one.
        raise Conflict("work.overlap", field="payload.date") from error


def _close_when_last(session: Session, actor: Actor, case_id: UUID, said: EndedPlacement) -> None:
    row = session.execute(
        select(Case.id, Case.version, Case.programme, Case.status, Case.received_on).where(
            Case.id == case_id, Case.status.in_(OPEN_STATUSES)
        )
    ).first()
    if row is None or _is_running(session, case_id):
        return
    case = CaseHead(*row)
    # What was told afterwards may lie before the file; a file does not end before it came in.
    ended_on = max(said.date, case.received_on)
    close_case(session, actor, case, outcome=said.end_reason.value, outcome_on=ended_on)


def _is_running(session: Session, case_id: UUID) -> bool:
    query = select(Placement.id).where(Placement.case_id == case_id, Placement.ended_on.is_(None))
    return session.execute(query.limit(1)).first() is not None


def _said(row: Placement) -> Iterator[Detail]:
    # Under which statute somebody works tells what he or she lives on.
    yield Detail("statute", row.statute, DataClass.MONEY)
    yield Detail("referrer", row.referrer, DataClass.IDENTITY)
    yield Detail("works_in", row.for_programme, DataClass.IDENTITY)
    yield Detail("function", row.function, DataClass.IDENTITY)
    yield Detail("start", row.start_on.isoformat(), DataClass.IDENTITY)
    yield Detail("planned_end", row.planned_end_on.isoformat(), DataClass.IDENTITY)
    yield Detail("date", row.ended_on and row.ended_on.isoformat(), DataClass.IDENTITY)
    yield Detail("end_reason", row.end_reason, DataClass.IDENTITY)


def _end_said(row: PlacementEnd) -> Iterator[Detail]:
    ended_on = row.placement.ended_on
    yield Detail("placement_id", str(row.placement_id), DataClass.IDENTITY)
    yield Detail("date", ended_on and ended_on.isoformat(), DataClass.IDENTITY)
    yield Detail("end_reason", row.placement.end_reason, DataClass.IDENTITY)


PLACEMENTS = Records(programme=PROGRAMME, name="work_placement", rows=Placement, said=_said)
ENDS = Records(programme=PROGRAMME, name="work_placement_end", rows=PlacementEnd, said=_end_said)
