"""What comes in at BudgetInZicht."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Items, Of, Text, Whole
from energiehuis.people.commands import Identity
from energiehuis.programmes.budget_in_zicht.vocabulary import (
    DuoTheme,
    EventStatus,
    EventType,
    Kit,
    Mode,
    Wish,
)

LARGEST_CLASS = 40
MOST_PLACES = 5_000


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A fair, a day or a series of group work that is set up, for at most so many people.

    A series names the day of each session; another event takes place on one day.
    """

    event_type: EventType
    name: Annotated[str, Text(120)]
    place: Annotated[str, Text(120)]
    takes_place_on: date
    capacity: Annotated[int, Whole(1, MOST_PLACES)]
    session_dates: Annotated[tuple[date, ...], Items(0, 40)] = ()
    status: EventStatus = EventStatus.PLANNED


@dataclass(frozen=True, slots=True)
class EventStep:
    """An event is opened for bookings, was held, or its report is ready."""

    event_id: Annotated[UUID, Of("biz_event")]
    version: Annotated[int, Whole(1, 1_000_000)]
    status: EventStatus


@dataclass(frozen=True, slots=True)
class RegisteredSchool:
    """A school or another organisation that books classes and borrows kits; it stands in `nis`."""

    name: Annotated[str, Text(120)]
    address: Annotated[str | None, Text(200)] = None


@dataclass(frozen=True, slots=True)
class BookedClass:
    """A class that comes, counted; never by name."""

    grade: Annotated[str, Text(40)]
    headcount: Annotated[int, Whole(1, LARGEST_CLASS)]


@dataclass(frozen=True, slots=True)
class BookedClasses:
    """A school books an event for some of its classes."""

    school_id: Annotated[UUID, Of("organisation")]
    event_id: Annotated[UUID, Of("biz_event")]
    classes: Annotated[tuple[BookedClass, ...], Items(1, 30)]
    teacher_name: Annotated[str | None, Text(120)] = None
    teacher_contact: Annotated[str | None, Text(120)] = None


@dataclass(frozen=True, slots=True)
class Participation:
    """Who came to an event, or how many.

    A headcount names nobody. Group work is by person when the OCMW that referred has the client's
    agreement, else under an alias that only this series knows.
    """

    event_id: Annotated[UUID, Of("biz_event")]
    mode: Mode
    headcount: Annotated[int | None, Whole(1, MOST_PLACES)] = None
    person: Identity | None = None
    held_on: date | None = None
    booking_id: Annotated[UUID | None, Of("biz_booking")] = None


@dataclass(frozen=True, slots=True)
class AskedDuo:
    """Somebody asks for a volunteer beside him or her; a volunteer makes no transfers."""

    wish: Wish
    themes: Annotated[tuple[DuoTheme, ...], Items(1, len(DuoTheme))]


@dataclass(frozen=True, slots=True)
class DuoMatch:
    """A volunteer is found for a client who was met."""

    case_id: Annotated[UUID, Of("case")]
    volunteer: Identity
    starts_on: date


@dataclass(frozen=True, slots=True)
class KitLoan:
    """A kit goes out on a day, and may go out again on the day on which it is due."""

    kit: Kit
    organisation_id: Annotated[UUID, Of("organisation")]
    out_date: date
    due_date: date
    copy_number: Annotated[int, Whole(1, 20)] = 1


@dataclass(frozen=True, slots=True)
class KitReturn:
    """A kit came back; on the days that were left it may go out again."""

    loan_id: Annotated[UUID, Of("biz_kit_loan")]
    returned_on: date
