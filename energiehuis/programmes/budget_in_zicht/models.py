"""Rows that only this programme keeps: events and who came, duos, and kits that are out."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case, Intake
from energiehuis.db.base import Base
from energiehuis.db.types import one_of
from energiehuis.people.models import Person
from energiehuis.programmes.budget_in_zicht.vocabulary import (
    DuoTheme,
    EventStatus,
    EventType,
    Kit,
    Mode,
    Wish,
)


class BizEvent(Base):
    """A fair, a day or a series; `booked` counts the places that bookings took.

    The count stands here and not only in the bookings: one UPDATE takes places, and the database
    keeps it within the capacity however many book at once.
    """

    __tablename__ = "biz_events"
    __table_args__ = (
        CheckConstraint(one_of("event_type", EventType), "event_type"),
        CheckConstraint(one_of("status", EventStatus), "status"),
        CheckConstraint("booked BETWEEN 0 AND capacity", "booked"),
        CheckConstraint("capacity BETWEEN 1 AND 5000", "capacity"),
        Index("ix_biz_events_day", "organisation_id", "event_type", "takes_place_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    event_type: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120))
    takes_place_on: Mapped[date]
    capacity: Mapped[int]
    booked: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))


class BizEventStep(Base):
    """A step of an event; never changed."""

    __tablename__ = "biz_event_steps"
    __table_args__ = (CheckConstraint(one_of("status", EventStatus), "status"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey(BizEvent.id), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    status: Mapped[str] = mapped_column(String(20))
    taken_on: Mapped[date]


class BizSession(Base):
    """A day on which a series of group work comes together."""

    __tablename__ = "biz_sessions"

    event_id: Mapped[UUID] = mapped_column(ForeignKey(BizEvent.id), primary_key=True)
    held_on: Mapped[date] = mapped_column(primary_key=True)


class BizBooking(Base):
    """A school that comes to an event, and the teacher to call."""

    __tablename__ = "biz_bookings"
    __table_args__ = (
        CheckConstraint("(teacher_name IS NULL) = (teacher_contact IS NULL)", "teacher"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey(BizEvent.id), index=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    teacher_name: Mapped[str | None] = mapped_column(String(120))
    teacher_contact: Mapped[str | None] = mapped_column(String(120))


class BizBookedClass(Base):
    """A class of a booking, counted."""

    __tablename__ = "biz_booked_classes"
    __table_args__ = (CheckConstraint("headcount BETWEEN 1 AND 40", "headcount"),)

    booking_id: Mapped[UUID] = mapped_column(ForeignKey(BizBooking.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    grade: Mapped[str] = mapped_column(String(40))
    headcount: Mapped[int]


class BizParticipation(Base):
    """Somebody, or so many, came to an event on a day; `nis_code` is where they are from.

    An alias means something within its series only, so it is no person of ours.
    """

    __tablename__ = "biz_participations"
    __table_args__ = (
        CheckConstraint(one_of("mode", Mode), "mode"),
        CheckConstraint(one_of("event_type", EventType), "event_type"),
        CheckConstraint("(mode = 'headcount') = (headcount IS NOT NULL)", "headcount"),
        CheckConstraint("(mode = 'person') = (person_id IS NOT NULL)", "person"),
        CheckConstraint("(mode = 'alias') = (alias IS NOT NULL)", "alias"),
        CheckConstraint("headcount BETWEEN 1 AND 5000", "size"),
        UniqueConstraint("event_id", "person_id", "held_on"),
        UniqueConstraint("event_id", "alias", "held_on"),
        Index("ix_biz_participations_day", "organisation_id", "held_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey(BizEvent.id))
    # That of the event: figures need not read a row that changes later.
    event_type: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    held_on: Mapped[date]
    mode: Mapped[str] = mapped_column(String(20))
    headcount: Mapped[int | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    alias: Mapped[str | None] = mapped_column(String(80))
    # A booking that came is counted once.
    booking_id: Mapped[UUID | None] = mapped_column(ForeignKey(BizBooking.id), unique=True)


class BizDuo(Base):
    """What somebody asks a volunteer for; nothing here opens a bank account."""

    __tablename__ = "biz_duos"
    __table_args__ = (CheckConstraint(one_of("wish", Wish), "wish"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    wish: Mapped[str] = mapped_column(String(20))


class BizDuoTheme(Base):
    """A theme of a duo."""

    __tablename__ = "biz_duo_themes"
    __table_args__ = (CheckConstraint(one_of("theme", DuoTheme), "theme"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(BizDuo.case_id), primary_key=True)
    theme: Mapped[str] = mapped_column(String(20), primary_key=True)


class BizDuoMatch(Base):
    """The volunteer of a duo, from a day on; the duo ends when its case does."""

    __tablename__ = "biz_duo_matches"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(BizDuo.case_id), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    starts_on: Mapped[date]


class BizKitLoan(Base):
    """A kit that was lent out."""

    __tablename__ = "biz_kit_loans"
    __table_args__ = (
        CheckConstraint(one_of("kit", Kit), "kit"),
        CheckConstraint("copy_number BETWEEN 1 AND 20", "copy_number"),
        CheckConstraint("due_on > out_on", "due_on"),
        Index("ix_biz_kit_loans_day", "organisation_id", "kit", "out_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    borrower_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    kit: Mapped[str] = mapped_column(String(20))
    copy_number: Mapped[int]
    out_on: Mapped[date]
    due_on: Mapped[date]


class BizKitDay(Base):
    """A day on which a kit is out: one row a day, so that no two loans can have it."""

    __tablename__ = "biz_kit_days"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    kit: Mapped[str] = mapped_column(String(20), primary_key=True)
    copy_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    loan_id: Mapped[UUID] = mapped_column(ForeignKey(BizKitLoan.id), index=True)


class BizKitReturn(Base):
    """That a kit came back; never changed."""

    __tablename__ = "biz_kit_returns"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    loan_id: Mapped[UUID] = mapped_column(ForeignKey(BizKitLoan.id), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    returned_on: Mapped[date]
