"""Rows that only wijk-werken keeps.

Hours worked, their cheques and the fees only grow. The state of a user follows from the fees.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case, Intake
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, Instant, one_of
from energiehuis.people.models import Person
from energiehuis.programmes.wijk_werken.vocabulary import (
    Activity,
    ReferredBy,
    Regime,
    Source,
    UserKind,
)


class Worker(Base):
    """What wijk-werken keeps of the file of a candidate, one to one with a case."""

    __tablename__ = "wijk_werken_workers"
    __table_args__ = (
        CheckConstraint(one_of("referred_by", ReferredBy), "referred_by"),
        CheckConstraint(one_of("regime", Regime), "regime"),
        UniqueConstraint("organisation_id", "platform_number"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    referred_by: Mapped[str] = mapped_column(String(20))
    regime: Mapped[str] = mapped_column(String(20))
    consent_reference: Mapped[str] = mapped_column(String(80))
    consented_on: Mapped[date]
    platform_number: Mapped[str | None] = mapped_column(String(20))


class User(Base):
    """Somebody for whom work is done."""

    __tablename__ = "wijk_werken_users"
    __table_args__ = (
        CheckConstraint(one_of("kind", UserKind), "kind"),
        CheckConstraint("(person_id IS NULL) <> (user_organisation_id IS NULL)", "one_user"),
        UniqueConstraint("organisation_id", "platform_number"),
        Index("ix_wijk_werken_users_area", "organisation_id", "nis_code"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    user_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    registered_on: Mapped[date]
    platform_number: Mapped[str | None] = mapped_column(String(20))


class UserActivity(Base):
    """Work that a user agreed on."""

    __tablename__ = "wijk_werken_user_activities"
    __table_args__ = (CheckConstraint(one_of("activity", Activity), "activity"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id), primary_key=True)
    activity: Mapped[str] = mapped_column(String(40), primary_key=True)


class UserFee(Base):
    """A fee that was paid; it covers the days up to, and without, the last; never changed."""

    __tablename__ = "wijk_werken_user_fees"
    __table_args__ = (
        UniqueConstraint("user_id", "paid_on"),
        CheckConstraint("covers_until > paid_on", "covers"),
        CheckConstraint("amount_cents > 0", "amount"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id))
    paid_on: Mapped[date]
    covers_until: Mapped[date]
    amount_cents: Mapped[int] = mapped_column(Cents)


class Performance(Base):
    """Hours that somebody worked on a day, with the regime of that day; never changed."""

    __tablename__ = "wijk_werken_performances"
    __table_args__ = (
        CheckConstraint(one_of("regime", Regime), "regime"),
        CheckConstraint(one_of("source", Source), "source"),
        CheckConstraint("hundredth_hours BETWEEN 100 AND 2400", "hours"),
        CheckConstraint("hundredth_hours % 100 = 0", "whole_hours"),
        CheckConstraint("(source = 'intake') = (intake_id IS NOT NULL)", "intake"),
        Index("ix_wijk_werken_performances_area", "organisation_id", "nis_code", "performed_on"),
        Index("ix_wijk_werken_performances_person", "person_id", "performed_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Worker.case_id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id), index=True)
    regime: Mapped[str] = mapped_column(String(20))
    performed_on: Mapped[date]
    hundredth_hours: Mapped[int]
    source: Mapped[str] = mapped_column(String(20))
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey(Intake.id), unique=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))


class Cheque(Base):
    """A cheque that paid for an hour; its number is used once, whoever writes; never changed."""

    __tablename__ = "wijk_werken_cheques"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    performance_id: Mapped[UUID] = mapped_column(ForeignKey(Performance.id), index=True)


class Coach(Base):
    """A coach in a municipality, from a day until, and without, another."""

    __tablename__ = "wijk_werken_coaches"
    __table_args__ = (
        CheckConstraint("valid_until > valid_from", "days"),
        Index("ix_wijk_werken_coaches_area", "organisation_id", "nis_code"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    coach: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
