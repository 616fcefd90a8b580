"""Rows that only the crisis network keeps.

A bed is one admission's for a night, and somebody sleeps in one bed a night: a row a night keeps
both, on both databases.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case
from energiehuis.cases.written import Written
from energiehuis.db.base import Base
from energiehuis.db.types import Instant, one_of
from energiehuis.people.models import Person
from energiehuis.programmes.crisis_network.vocabulary import BedKind, HandedTo, RefusalReason


class Bed(Written, Base):
    """A place to sleep, from a day until another."""

    __tablename__ = "crisis_beds"
    __table_args__ = (
        CheckConstraint(one_of("kind", BedKind), "kind"),
        CheckConstraint("sleeps BETWEEN 1 AND 10", "sleeps"),
        CheckConstraint("valid_until > valid_from", "days"),
    )

    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    sleeps: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Admission(Written, Base):
    """People in a bed for some nights."""

    __tablename__ = "crisis_admissions"
    __table_args__ = (CheckConstraint("nights BETWEEN 0 AND 60", "nights"),)

    version: Mapped[int] = mapped_column(default=1)
    bed_id: Mapped[UUID] = mapped_column(ForeignKey(Bed.id), index=True)
    starts_at: Mapped[datetime] = mapped_column(Instant)
    start_on: Mapped[date]
    # As agreed, and fewer when it ended earlier.
    nights: Mapped[int]
    referring_helper: Mapped[str] = mapped_column(String(120))
    safety_remark: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(400))


class Guest(Base):
    """Somebody who was admitted; the birth year as told."""

    __tablename__ = "crisis_guests"
    __table_args__ = (CheckConstraint("birth_year BETWEEN 1900 AND 2100", "birth_year"),)

    admission_id: Mapped[UUID] = mapped_column(ForeignKey(Admission.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True, index=True)
    birth_year: Mapped[int | None]


class BedNight(Base):
    """A night of a bed: one admission has it."""

    __tablename__ = "crisis_bed_nights"

    bed_id: Mapped[UUID] = mapped_column(ForeignKey(Bed.id), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    admission_id: Mapped[UUID] = mapped_column(ForeignKey(Admission.id), index=True)


class PersonNight(Base):
    """A night of somebody: in one bed."""

    __tablename__ = "crisis_person_nights"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    admission_id: Mapped[UUID] = mapped_column(ForeignKey(Admission.id), index=True)


class Handover(Written, Base):
    """The end of an admission; there is one."""

    __tablename__ = "crisis_handovers"
    __table_args__ = (CheckConstraint(one_of("handed_to", HandedTo), "handed_to"),)

    admission_id: Mapped[UUID] = mapped_column(ForeignKey(Admission.id), unique=True)
    ended_on: Mapped[date]
    handed_to: Mapped[str] = mapped_column(String(20))


class Refusal(Written, Base):
    """Somebody was not admitted; a count, nobody's name."""

    __tablename__ = "crisis_refusals"
    __table_args__ = (
        CheckConstraint(one_of("reason", RefusalReason), "reason"),
        CheckConstraint("persons BETWEEN 1 AND 20", "persons"),
    )

    refused_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))
    persons: Mapped[int]


class Conference(Written, Base):
    """Services spoke about a case, or about a situation without one."""

    __tablename__ = "crisis_conferences"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (situation IS NULL)", "one_subject"),)

    case_id: Mapped[UUID | None] = mapped_column(ForeignKey(Case.id), index=True)
    situation: Mapped[str | None] = mapped_column(String(40))
    held_on: Mapped[date]
    # NULL: it rests on the agreement of the intake.
    rule_id: Mapped[str | None] = mapped_column(String(60))


class PresentOrganisation(Base):
    """A service that took part in a conference, under secrecy."""

    __tablename__ = "crisis_conference_organisations"

    conference_id: Mapped[UUID] = mapped_column(ForeignKey(Conference.id), primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
