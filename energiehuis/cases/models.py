"""Rows of intakes, cases and sessions, for all programmes.

An intake is what came in, by its envelope; it never changes. A case is the file that it opened.
What a household was at intake stands in the snapshot, and figures are counted from there: a later
birth does not change last year's report. A programme keeps what is its own in tables of its own.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from energiehuis.access.models import Organisation
from energiehuis.cases.states import OPEN_STATUSES, CaseStatus, SessionStatus
from energiehuis.cases.vocabulary import Channel, HouseholdType, MainIncome, Proof
from energiehuis.db.base import Base
from energiehuis.db.types import Instant, SerialKey, one_of
from energiehuis.people.models import Household, Person

_IS_OPEN = text("status IN ({})".format(", ".join(f"'{s}'" for s in OPEN_STATUSES)))
_COUNTS = text("status <> 'cancelled'")


class Intake(Base):
    """What came in: who sent it, how, when, and on which legal basis; never changed."""

    __tablename__ = "intakes"
    __table_args__ = (CheckConstraint(one_of("channel", Channel), "channel"),)

    # Made by whoever sends the intake.
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    programme: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    operator_organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    channel: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))
    referrer_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    referrer_worker: Mapped[str | None] = mapped_column(String(80))
    # The number of the case with whoever referred; nothing here has to know it.
    referrer_case_id: Mapped[UUID | None] = mapped_column(Uuid)
    legal_basis: Mapped[str] = mapped_column(String(60))


class Agreement(Base):
    """What a client agreed to at an intake, one purpose a row."""

    __tablename__ = "agreements"
    __table_args__ = (CheckConstraint(one_of("proof", Proof), "proof"),)

    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(60), primary_key=True)
    proof: Mapped[str] = mapped_column(String(20))
    given_on: Mapped[date]


class Case(Base):
    """A file of a programme on a household, or on a person alone; never on both.

    Figures over households find the household of a person by where he or she lives.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(one_of("status", CaseStatus), "status"),
        CheckConstraint("(outcome IS NULL) = (outcome_on IS NULL)", "outcome"),
        CheckConstraint("(status = 'closed') = (outcome IS NOT NULL)", "closed_with_outcome"),
        CheckConstraint("(household_id IS NULL) <> (person_id IS NULL)", "one_subject"),
        # One open file of a programme a household or person: the database keeps it, whoever writes.
        Index(
            "uq_cases_open_household",
            "programme",
            "household_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(
            "uq_cases_open_person",
            "programme",
            "person_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_cases_area", "organisation_id", "programme", "nis_code", "received_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey(Household.id), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    received_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(20))
    status_since: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(40))
    outcome_on: Mapped[date | None]


class CaseSnapshot(Base):
    """What a household was when its case was opened; never changed."""

    __tablename__ = "case_snapshots"
    __table_args__ = (
        CheckConstraint(one_of("household_type", HouseholdType), "household_type"),
        CheckConstraint(one_of("main_income", MainIncome), "main_income"),
        CheckConstraint("adults >= 1", "adults"),
        CheckConstraint("children >= 0", "children"),
        CheckConstraint("household_type <> 'single' OR adults = 1", "single"),
        CheckConstraint("household_type <> 'couple' OR adults = 2", "couple"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    adults: Mapped[int]
    children: Mapped[int]
    household_type: Mapped[str] = mapped_column(String(20))
    # NULL: nobody knows.
    main_income: Mapped[str | None] = mapped_column(String(20))


class CaseEvent(Base):
    """A change of the state of a case; the only way a state changes; never changed itself."""

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(80))
    from_status: Mapped[str | None] = mapped_column(String(20))
    to_status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(40))


class CaseNote(Base):
    """A free note on a case: class D, for whoever may read notes of the programme, or its writer.

    `is_closed` keeps it to its writer, even for colleagues: the notes of a psychologist.
    """

    __tablename__ = "case_notes"
    __table_args__ = (Index("ix_case_notes_case", "case_id", "written_at"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    written_at: Mapped[datetime] = mapped_column(Instant)
    author: Mapped[str] = mapped_column(String(80))
    is_closed: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)


class Contact(Base):
    """A talk, a call or a question, with or without a case; never changed.

    Anonymous questions have no case and no person: they only count.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint(one_of("channel", Channel), "channel"),
        CheckConstraint("minutes BETWEEN 0 AND 600", "minutes"),
        Index("ix_contacts_area", "organisation_id", "programme", "took_place_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    programme: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey(Intake.id), unique=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey(Case.id), index=True)
    took_place_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str | None] = mapped_column(String(40))
    minutes: Mapped[int | None]
    recorded_by: Mapped[str] = mapped_column(String(80))


class DropInSession(Base):
    """A session (permanentie) where people may walk in."""

    __tablename__ = "drop_in_sessions"
    __table_args__ = (
        CheckConstraint(one_of("status", SessionStatus), "status"),
        # Written down twice, its visits would be spread over two.
        Index(
            "uq_drop_in_sessions_place",
            "programme",
            "organisation_id",
            "nis_code",
            "place",
            "takes_place_on",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
        Index("ix_drop_in_sessions_day", "organisation_id", "programme", "takes_place_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(120))
    takes_place_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(20))


class Visit(Base):
    """Somebody came to a session; once a session. Without a visitor: nobody was named."""

    __tablename__ = "visits"
    __table_args__ = (UniqueConstraint("session_id", "visitor_id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(DropInSession.id))
    visitor_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey(Case.id), index=True)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)


class Partnership(Base):
    """An organisation that works with a programme, from a day until another.

    `keeps_secrecy` says whether whoever speaks for it is bound by professional secrecy.
    """

    __tablename__ = "partnerships"
    __table_args__ = (
        CheckConstraint("valid_until > valid_from", "days"),
        UniqueConstraint("organisation_id", "programme", "partner_id", "valid_from"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    programme: Mapped[str] = mapped_column(String(40))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    keeps_secrecy: Mapped[bool]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]

    partner: Mapped[Organisation] = relationship(foreign_keys=[partner_id], lazy="joined")
