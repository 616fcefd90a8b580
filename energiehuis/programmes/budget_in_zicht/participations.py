"""Who came to an event: a headcount, a person, or an alias within a series."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.intakes import begin, person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.errors import Conflict, FieldError
from energiehuis.identifiers import new_id
from energiehuis.people.commands import Alias
from energiehuis.programmes.budget_in_zicht import queries, rules
from energiehuis.programmes.budget_in_zicht.commands import Participation
from energiehuis.programmes.budget_in_zicht.models import BizBooking, BizParticipation
from energiehuis.programmes.budget_in_zicht.queries import EventHead
from energiehuis.programmes.budget_in_zicht.vocabulary import (
    PROGRAMME,
    EventStatus,
    EventType,
    Mode,
)

# Before it opens nobody can come, and after its report nothing is added.
_UNDER_WAY = (EventStatus.OPEN, EventStatus.FULL, EventStatus.HELD)


def record_participation(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, Participation]
) -> Recorded:
    """Write down who came, or how many. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        All that `rules.participation_errors` finds, `biz.event_unknown`,
        `biz.event_not_under_way`, `biz.no_session_that_day`, `biz.held_in_future`,
        `biz.booking_unknown`, `person.unknown`, and what the envelope has wrong.
    Conflict
        `biz.came_already`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    event = queries.find_event(session, actor, said.event_id)
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="participations",
        errors=_errors(session, incoming, event),
    )
    if event is None:
        raise TypeError("an unknown event was not refused")
    person_id = None
    if said.mode is Mode.PERSON and said.person is not None:
        person_id = person_of(session, organisation_id, said.person, "payload.person")
    row: dict[str, object] = {
        "id": new_id(),
        "event_id": event.id,
        "event_type": event.event_type,
        "organisation_id": organisation_id,
        "nis_code": envelope.nis_code,
        "intake_id": envelope.intake_id,
        "held_on": said.held_on or event.takes_place_on,
        "mode": said.mode.value,
        "headcount": said.headcount,
        "person_id": person_id,
        "alias": said.person.key if isinstance(said.person, Alias) else None,
        "booking_id": said.booking_id,
    }
    try:
        session.execute(insert(BizParticipation).values(row))
    except IntegrityError as error:
        field = "payload.booking_id" if said.mode is Mode.HEADCOUNT else "payload.person"
        raise Conflict("biz.came_already", field=field) from error
    record = BizParticipation(**row)
    say(session, actor, "biz_participation.recorded", "biz_participation", record.id)
    return _recorded(record)


def load_participation(session: Session, actor: Actor, participation_id: UUID) -> Recorded:
    """Give a participation; where it names somebody, that is written. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    row = queries.load_row(session, actor, BizParticipation, participation_id)
    if row.mode != Mode.HEADCOUNT:
        say(session, actor, "biz_participation.read", "biz_participation", row.id)
    return _recorded(row)


def list_participations(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest participations, without saying who. Needs `programme:read`."""
    rows = queries.list_rows(session, actor, BizParticipation)
    return [Recorded(row.id, body=_counted(row)) for row in rows]


def _errors(
    session: Session, incoming: Incoming[NoSubject, Participation], event: EventHead | None
) -> Iterator[FieldError]:
    envelope, said = incoming.envelope, incoming.payload
    if event is None:
        yield FieldError("payload.event_id", "biz.event_unknown")
        return
    yield from rules.participation_errors(said, envelope, event.event_type)
    if event.status not in _UNDER_WAY:
        params: dict[str, object] = {"status": event.status}
        yield FieldError("payload.event_id", "biz.event_not_under_way", params)
    yield from _day_errors(session, event, said.held_on, envelope.received_on)
    referrer = envelope.referrer.organisation_id if envelope.referrer else None
    if said.mode is Mode.PERSON and referrer and not queries.is_ocmw(session, referrer):
        yield FieldError("referrer.org", "biz.referring_ocmw_needed")
    if said.booking_id is not None and not _is_booking(session, event.id, said.booking_id):
        yield FieldError("payload.booking_id", "biz.booking_unknown")


def _day_errors(
    session: Session, event: EventHead, held_on: date | None, received_on: date
) -> Iterator[FieldError]:
    if held_on is None and event.event_type == EventType.GROUP_WORK:
        yield FieldError("payload.held_on", "field.required")
        return
    day = held_on or event.takes_place_on
    if day not in queries.days_of_event(session, event):
        yield FieldError("payload.held_on", "biz.no_session_that_day")
    if day > received_on:
        yield FieldError("payload.held_on", "biz.held_in_future", {"day": day.isoformat()})


def _is_booking(session: Session, event_id: UUID, booking_id: UUID) -> bool:
    found = session.scalar(
        select(BizBooking.id).where(BizBooking.id == booking_id, BizBooking.event_id == event_id)
    )
    return found is not None


def _counted(row: BizParticipation) -> dict[str, object]:
    return {
        "event_id": str(row.event_id),
        "held_on": row.held_on.isoformat(),
        "mode": row.mode,
        "headcount": row.headcount,
    }


def _recorded(row: BizParticipation) -> Recorded:
    person_id = None if row.person_id is None else str(row.person_id)
    return Recorded(row.id, body={**_counted(row), "person_id": person_id, "alias": row.alias})
