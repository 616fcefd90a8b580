"""Schools, and the classes that they book for an event as long as there are places."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.errors import Conflict, FieldError, NotFound
from energiehuis.identifiers import new_id
from energiehuis.programmes.budget_in_zicht import queries, rules
from energiehuis.programmes.budget_in_zicht.commands import BookedClasses, RegisteredSchool
from energiehuis.programmes.budget_in_zicht.models import BizBookedClass, BizBooking, BizEvent
from energiehuis.programmes.budget_in_zicht.vocabulary import PROGRAMME, EventStatus


def record_school(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, RegisteredSchool]
) -> Recorded:
    """Write a school down. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelope has wrong.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(session, actor, envelope, programme=PROGRAMME, kind="schools")
    school_id = new_id()
    school = Organisation(
        id=school_id,
        code=f"school-{school_id.hex}",
        name=said.name,
        kind=OrganisationKind.SCHOOL.value,
        nis_code=envelope.nis_code,
        address=said.address,
        registered_by_id=organisation_id,
    )
    session.add(school)
    session.flush()
    say(session, actor, "biz_school.registered", "organisation", school_id)
    return _school(school)


def load_school(session: Session, actor: Actor, school_id: UUID) -> Recorded:
    """Give a school. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    found = [row for row in _schools(session, actor) if row.id == school_id]
    if not found:
        raise NotFound("request.not_found")
    return _school(found[0])


def list_schools(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest schools. Needs `programme:read`."""
    return [_school(row) for row in _schools(session, actor)[: queries.MOST_LISTED]]


def record_booking(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, BookedClasses]
) -> Recorded:
    """Book classes for an event. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `biz.event_unknown`, `biz.school_unknown`, `biz.event_takes_no_classes`,
        `biz.booking_after_event`, and what the envelope has wrong.
    Conflict
        `biz.event_not_open`, `biz.capacity_exceeded`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="bookings",
        errors=_booking_errors(session, actor, incoming),
    )
    _take_places(session, said.event_id, sum(each.headcount for each in said.classes))
    booking = BizBooking(
        id=new_id(),
        event_id=said.event_id,
        school_id=said.school_id,
        organisation_id=organisation_id,
        nis_code=envelope.nis_code,
        intake_id=envelope.intake_id,
        teacher_name=said.teacher_name,
        teacher_contact=said.teacher_contact,
    )
    session.add(booking)
    session.flush()
    rows = [
        {
            "booking_id": booking.id,
            "number": number,
            "grade": each.grade,
            "headcount": each.headcount,
        }
        for number, each in enumerate(said.classes)
    ]
    session.execute(insert(BizBookedClass), rows)
    say(session, actor, "biz_booking.recorded", "biz_booking", booking.id)
    return _booking(session, booking)


def load_booking(session: Session, actor: Actor, booking_id: UUID) -> Recorded:
    """Give a booking; it names a teacher, so that it was read is written. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    row = queries.load_row(session, actor, BizBooking, booking_id)
    say(session, actor, "biz_booking.read", "biz_booking", booking_id)
    return _booking(session, row)


def list_bookings(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest bookings, without the teachers. Needs `programme:read`."""
    rows = list(queries.list_rows(session, actor, BizBooking))
    counted = _headcounts(session, [row.id for row in rows])
    return [
        Recorded(row.id, body={**_ids(row), "headcount": counted.get(row.id, 0)}) for row in rows
    ]


def _booking_errors(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, BookedClasses]
) -> Iterator[FieldError]:
    said = incoming.payload
    event = queries.find_event(session, actor, said.event_id)
    if event is None:
        yield FieldError("payload.event_id", "biz.event_unknown")
    else:
        yield from rules.booking_errors(
            said, event.event_type, event.takes_place_on, incoming.envelope.received_on
        )
    if not queries.is_school(session, actor, said.school_id):
        yield FieldError("payload.school_id", "biz.school_unknown")


def _take_places(session: Session, event_id: UUID, wanted: int) -> None:
    """Take places in one statement, so that no two bookings get the same ones."""
    taken = BizEvent.booked + wanted
    statement = (
        update(BizEvent)
        .where(
            BizEvent.id == event_id,
            BizEvent.status == EventStatus.OPEN.value,
            taken <= BizEvent.capacity,
        )
        .values(
            booked=taken,
            version=BizEvent.version + 1,
            status=case(
                (taken == BizEvent.capacity, EventStatus.FULL.value), else_=BizEvent.status
            ),
        )
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount == 1:  # type: ignore[attr-defined]
        return
    status, left = session.execute(
        select(BizEvent.status, BizEvent.capacity - BizEvent.booked).where(BizEvent.id == event_id)
    ).one()
    if status in (EventStatus.OPEN, EventStatus.FULL):
        raise Conflict("biz.capacity_exceeded", field="payload.classes", left=left, wanted=wanted)
    raise Conflict("biz.event_not_open", field="payload.event_id", status=status)


def _schools(session: Session, actor: Actor) -> list[Organisation]:
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return []
    rows = session.scalars(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.SCHOOL.value,
            Organisation.registered_by_id == actor.organisation_id,
            Organisation.nis_code.in_(actor.municipalities),
        )
        .order_by(Organisation.id.desc())
    )
    return list(rows)


def _headcounts(session: Session, booking_ids: list[UUID]) -> dict[UUID, int]:
    rows = session.execute(
        select(BizBookedClass.booking_id, func.sum(BizBookedClass.headcount))
        .where(BizBookedClass.booking_id.in_(booking_ids))
        .group_by(BizBookedClass.booking_id)
    )
    return {booking_id: int(headcount) for booking_id, headcount in rows}


def _school(row: Organisation) -> Recorded:
    return Recorded(row.id, body={"name": row.name, "nis": row.nis_code, "address": row.address})


def _ids(row: BizBooking) -> dict[str, object]:
    return {"event_id": str(row.event_id), "school_id": str(row.school_id)}


def _booking(session: Session, row: BizBooking) -> Recorded:
    classes = session.execute(
        select(BizBookedClass.grade, BizBookedClass.headcount)
        .where(BizBookedClass.booking_id == row.id)
        .order_by(BizBookedClass.number)
    )
    body = {
        **_ids(row),
        "classes": [{"grade": grade, "headcount": count} for grade, count in classes],
        "teacher_name": row.teacher_name,
        "teacher_contact": row.teacher_contact,
    }
    return Recorded(row.id, body=body)
