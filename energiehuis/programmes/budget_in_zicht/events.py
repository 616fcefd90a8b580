"""Events: set up, opened, held and reported."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.errors import FieldError, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.programmes.budget_in_zicht import queries, rules, states
from energiehuis.programmes.budget_in_zicht.commands import EventStep, PlannedEvent
from energiehuis.programmes.budget_in_zicht.models import BizEvent, BizEventStep, BizSession
from energiehuis.programmes.budget_in_zicht.queries import EventHead
from energiehuis.programmes.budget_in_zicht.vocabulary import PROGRAMME, EventStatus


def record_event(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, PlannedEvent]
) -> Recorded:
    """Set an event up. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `biz.group_work_needs_sessions`, `biz.sessions_only_for_group_work`,
        `biz.begins_with_first_session`, and what the envelope has wrong.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="events",
        errors=rules.event_errors(said),
    )
    event = BizEvent(
        id=new_id(),
        version=1,
        organisation_id=organisation_id,
        nis_code=envelope.nis_code,
        intake_id=envelope.intake_id,
        event_type=said.event_type.value,
        name=said.name,
        place=said.place,
        takes_place_on=said.takes_place_on,
        capacity=said.capacity,
        booked=0,
        status=said.status.value,
    )
    session.add(event)
    session.flush()
    if said.session_dates:
        days = [{"event_id": event.id, "held_on": day} for day in sorted(said.session_dates)]
        session.execute(insert(BizSession), days)
    say(session, actor, "biz_event.planned", "biz_event", event.id)
    return _event(event)


def load_event(session: Session, actor: Actor, event_id: UUID) -> Recorded:
    """Give an event; it names nobody, so no line is written. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    return _event(queries.load_row(session, actor, BizEvent, event_id))


def list_events(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest events. Needs `programme:read`."""
    return [_event(row) for row in queries.list_rows(session, actor, BizEvent)]


def record_event_step(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, EventStep]
) -> Recorded:
    """Take the next step of an event. Needs `intake:write`.

    Raises
    ------
    PermissionDenied, StaleVersion
    InvalidInput
        `biz.event_unknown`, `biz.held_in_future`, and what the envelope has wrong.
    Conflict
        `biz.event_move_not_allowed`, `intake.id_taken`.
    """
    envelope, step = incoming.envelope, incoming.payload
    event = queries.find_event(session, actor, step.event_id)
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="event-steps",
        errors=_step_errors(session, event, incoming),
    )
    if event is None:
        raise TypeError("an unknown event was not refused")
    states.require_event_move(EventStatus(event.status), step.status)
    _change(session, event, step)
    row = BizEventStep(
        id=new_id(),
        event_id=event.id,
        organisation_id=organisation_id,
        nis_code=envelope.nis_code,
        intake_id=envelope.intake_id,
        status=step.status.value,
        taken_on=envelope.received_on,
    )
    session.add(row)
    say(session, actor, f"biz_event.{step.status.value}", "biz_event", event.id)
    return _step(row)


def load_event_step(session: Session, actor: Actor, step_id: UUID) -> Recorded:
    """Give a step of an event. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    return _step(queries.load_row(session, actor, BizEventStep, step_id))


def list_event_steps(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest steps of events. Needs `programme:read`."""
    return [_step(row) for row in queries.list_rows(session, actor, BizEventStep)]


def _step_errors(
    session: Session, event: EventHead | None, incoming: Incoming[NoSubject, EventStep]
) -> Iterator[FieldError]:
    if event is None:
        yield FieldError("payload.event_id", "biz.event_unknown")
        return
    last_day = queries.days_of_event(session, event)[-1]
    is_held = incoming.payload.status is EventStatus.HELD
    if is_held and last_day > incoming.envelope.received_on:
        yield FieldError("payload.status", "biz.held_in_future", {"day": last_day.isoformat()})


def _change(session: Session, event: EventHead, step: EventStep) -> None:
    statement = (
        update(BizEvent)
        .where(BizEvent.id == event.id, BizEvent.version == step.version)
        .values(version=step.version + 1, status=step.status.value)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")


def _event(row: BizEvent) -> Recorded:
    body = {
        "event_type": row.event_type,
        "name": row.name,
        "place": row.place,
        "takes_place_on": row.takes_place_on.isoformat(),
        "capacity": row.capacity,
        "booked": row.booked,
        "status": row.status,
    }
    return Recorded(row.id, row.version, body=body)


def _step(row: BizEventStep) -> Recorded:
    body = {
        "event_id": str(row.event_id),
        "status": row.status,
        "taken_on": row.taken_on.isoformat(),
    }
    return Recorded(row.id, body=body)
