"""Rows that only Konekti keeps."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case
from energiehuis.cases.written import Written
from energiehuis.db.base import Base
from energiehuis.db.types import one_of
from energiehuis.people.models import Person
from energiehuis.programmes.konekti.vocabulary import MandateBody, MemberRole, StaffFunction

_IS_CURRENT = text("valid_until IS NULL")
_DAYS = "valid_until > valid_from"


class Family(Base):
    """A family that was referred, one to one with its case."""

    __tablename__ = "konekti_families"
    __table_args__ = (Index("ix_konekti_families_due", "first_contact_on", "due_on"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    request_text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    # NULL: nobody spoke with the family yet.
    first_contact_on: Mapped[date | None]


class Member(Base):
    """Somebody in a family when it was referred."""

    __tablename__ = "konekti_members"
    __table_args__ = (CheckConstraint(one_of("role", MemberRole), "role"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Family.case_id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    birth_date: Mapped[date]


class FirstContact(Written, Base):
    """The first contact with a family; there is one."""

    __tablename__ = "konekti_first_contacts"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Family.case_id), unique=True)
    took_place_on: Mapped[date]


class PsychologistCase(Base):
    """A case of somebody of a family with the primary-care psychologist."""

    __tablename__ = "konekti_psychologist_cases"
    __table_args__ = (CheckConstraint("age BETWEEN 0 AND 120", "age"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    family_case_id: Mapped[UUID] = mapped_column(ForeignKey(Family.case_id), index=True)
    age: Mapped[int]
    question: Mapped[str] = mapped_column(Text)


class Plan(Written, Base):
    """A version of the one plan of a family."""

    __tablename__ = "konekti_plans"
    __table_args__ = (UniqueConstraint("case_id", "version"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Family.case_id))
    version: Mapped[int]
    agreed_on: Mapped[date]


class Goal(Base):
    """What a family wants to reach, as a version of the plan says it."""

    __tablename__ = "konekti_plan_goals"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(Plan.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    goal: Mapped[str] = mapped_column(String(400))
    is_reached: Mapped[bool]
    # NULL: the family itself.
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))


class PlanPartner(Base):
    """An organisation that takes part in a version of the plan."""

    __tablename__ = "konekti_plan_partners"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(Plan.id), primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)


class Mandate(Written, Base):
    """A seat in the steering group."""

    __tablename__ = "konekti_mandates"
    __table_args__ = (
        CheckConstraint(one_of("body", MandateBody), "body"),
        CheckConstraint(_DAYS, "days"),
    )

    represented_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    body: Mapped[str] = mapped_column(String(20))
    holder: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Secondment(Written, Base):
    """A worker whom an employer lends to the team."""

    __tablename__ = "konekti_secondments"
    __table_args__ = (
        CheckConstraint(one_of("function", StaffFunction), "function"),
        CheckConstraint(_DAYS, "days"),
    )

    employer_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    worker: Mapped[str] = mapped_column(String(80))
    function: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Assignment(Written, Base):
    """Who of the team stands beside a family, from a day until another; one at a time."""

    __tablename__ = "konekti_assignments"
    __table_args__ = (
        Index(
            "uq_konekti_assignments_current",
            "case_id",
            unique=True,
            sqlite_where=_IS_CURRENT,
            postgresql_where=_IS_CURRENT,
        ),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Family.case_id))
    secondment_id: Mapped[UUID] = mapped_column(ForeignKey(Secondment.id))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Target(Written, Base):
    """How many families a year a grant asks for, while it holds."""

    __tablename__ = "konekti_targets"
    __table_args__ = (
        CheckConstraint("families_per_year >= 1", "families"),
        CheckConstraint(_DAYS, "days"),
    )

    families_per_year: Mapped[int]
    decision: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
