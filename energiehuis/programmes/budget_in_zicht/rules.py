"""What an event, a participation, a duo and a loan must be; plain functions, all errors at once."""

from collections.abc import Iterator
from datetime import date, timedelta

from energiehuis.cases.commands import Envelope
from energiehuis.errors import FieldError
from energiehuis.people.commands import Alias
from energiehuis.programmes.budget_in_zicht.commands import (
    AskedDuo,
    BookedClasses,
    KitLoan,
    Participation,
    PlannedEvent,
)
from energiehuis.programmes.budget_in_zicht.vocabulary import EventStatus, EventType, Mode

# A kit is asked back within the school term; own limit, against slips of the pen.
LONGEST_LOAN = timedelta(days=120)
# Who books with whole classes.
FOR_CLASSES = (EventType.WAKOSTA, EventType.INSPIRATION_DAY)


def event_errors(event: PlannedEvent) -> Iterator[FieldError]:
    """Give what cannot be in an event that is set up."""
    if event.status not in (EventStatus.PLANNED, EventStatus.OPEN):
        choices = f"{EventStatus.PLANNED}, {EventStatus.OPEN}"
        yield FieldError("payload.status", "field.choice", {"choices": choices})
    days = event.session_dates
    if len(set(days)) < len(days):
        yield FieldError("payload.session_dates", "field.twice")
    if event.event_type is not EventType.GROUP_WORK:
        if days:
            yield FieldError("payload.session_dates", "biz.sessions_only_for_group_work")
        return
    if not days:
        yield FieldError("payload.session_dates", "biz.group_work_needs_sessions")
    elif min(days) != event.takes_place_on:
        yield FieldError("payload.takes_place_on", "biz.begins_with_first_session")


def booking_errors(
    booked: BookedClasses, event_type: str, takes_place_on: date, received_on: date
) -> Iterator[FieldError]:
    """Give why an event cannot be booked so, whatever places are left."""
    if event_type not in FOR_CLASSES:
        yield FieldError("payload.event_id", "biz.event_takes_no_classes")
    if received_on > takes_place_on:
        day = takes_place_on.isoformat()
        yield FieldError("payload.event_id", "biz.booking_after_event", {"day": day})
    if (booked.teacher_contact is None) != (booked.teacher_name is None):
        path = "teacher_contact" if booked.teacher_contact is None else "teacher_name"
        yield FieldError(f"payload.{path}", "field.required")


def participation_errors(
    said: Participation, envelope: Envelope, event_type: str
) -> Iterator[FieldError]:
    """Give why somebody, or so many, cannot be written down so."""
    is_group_work = event_type == EventType.GROUP_WORK
    if is_group_work is (said.mode is Mode.HEADCOUNT):
        yield FieldError("payload.mode", "biz.mode_not_for_event")
    if said.mode is Mode.HEADCOUNT:
        yield from _headcount_errors(said)
        return
    if said.headcount is not None:
        yield FieldError("payload.headcount", "biz.headcount_only_without_names")
    if said.booking_id is not None:
        yield FieldError("payload.booking_id", "biz.headcount_only_without_names")
    if said.person is None:
        yield FieldError("payload.person", "field.required")
    elif isinstance(said.person, Alias) is (said.mode is Mode.PERSON):
        yield FieldError("payload.person", f"biz.{said.mode.value}_named_otherwise")
    if said.mode is Mode.PERSON:
        yield from _agreement_errors(envelope)


def duo_errors(asked: AskedDuo) -> Iterator[FieldError]:
    """Give what cannot be in what somebody asks a volunteer for."""
    if len(set(asked.themes)) < len(asked.themes):
        yield FieldError("payload.themes", "field.twice")


def loan_errors(loan: KitLoan) -> Iterator[FieldError]:
    """Give what cannot be in the days of a loan."""
    if loan.due_date <= loan.out_date:
        yield FieldError("payload.due_date", "biz.due_before_out")
    elif loan.due_date - loan.out_date > LONGEST_LOAN:
        yield FieldError("payload.due_date", "biz.loan_too_long", {"days": LONGEST_LOAN.days})


def days_of(loan: KitLoan) -> list[date]:
    """Give the days on which a kit is out; on the day that it is due it may go out again."""
    return [
        loan.out_date + timedelta(days=number)
        for number in range((loan.due_date - loan.out_date).days)
    ]


def _headcount_errors(said: Participation) -> Iterator[FieldError]:
    if said.person is not None:
        yield FieldError("payload.person", "biz.headcount_names_nobody")
    if said.headcount is None:
        yield FieldError("payload.headcount", "field.required")


def _agreement_errors(envelope: Envelope) -> Iterator[FieldError]:
    if envelope.agreement is None:
        yield FieldError("agreement", "biz.agreement_needed")
    if envelope.referrer is None or envelope.referrer.organisation_id is None:
        yield FieldError("referrer.org", "biz.referring_ocmw_needed")
