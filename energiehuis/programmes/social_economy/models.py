"""Rows that only the social economy keeps; none of them is about a person."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Intake
from energiehuis.cases.written import Written
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, one_of
from energiehuis.programmes.social_economy.vocabulary import GrantSource


class SocialEnterprise(Base):
    """An enterprise of the local service economy; once by its KBO number."""

    __tablename__ = "social_enterprises"
    __table_args__ = (UniqueConstraint("organisation_id", "kbo_number"),)

    id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    kbo_number: Mapped[str] = mapped_column(String(10))
    organisation: Mapped[Organisation] = relationship(
        foreign_keys=[id], lazy="joined", viewonly=True
    )


class Places(Written, Base):
    """Work places of an enterprise in a municipality and a year, in hundredths of an FTE."""

    __tablename__ = "social_economy_places"
    __table_args__ = (
        CheckConstraint("fte_hundredths >= 0", "fte"),
        CheckConstraint("year BETWEEN 2000 AND 2100", "year"),
        UniqueConstraint("enterprise_id", "nis_code", "year"),
        Index("ix_social_economy_places_area", "organisation_id", "nis_code", "year"),
    )

    enterprise_id: Mapped[UUID] = mapped_column(ForeignKey(SocialEnterprise.id))
    year: Mapped[int]
    fte_hundredths: Mapped[int]


class NetworkMeeting(Written, Base):
    """A meeting of the network; which OCMWs were there stands beside it."""

    __tablename__ = "social_economy_meetings"
    __table_args__ = (UniqueConstraint("organisation_id", "held_on", "theme"),)

    held_on: Mapped[date]
    theme: Mapped[str] = mapped_column(String(120))


class MeetingAttendance(Base):
    """The OCMW of a municipality was at a meeting."""

    __tablename__ = "social_economy_attendances"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey(NetworkMeeting.id), primary_key=True)
    nis_code: Mapped[str] = mapped_column(String(5), primary_key=True)


class GrantLine(Written, Base):
    """Money of a source for a municipality and some years, in whole cents."""

    __tablename__ = "social_economy_grants"
    __table_args__ = (
        CheckConstraint(one_of("source", GrantSource), "source"),
        CheckConstraint("amount_cents > 0", "amount"),
        CheckConstraint("to_year >= from_year", "years"),
        Index("ix_social_economy_grants_area", "organisation_id", "nis_code", "from_year"),
    )

    source: Mapped[str] = mapped_column(String(20))
    amount_cents: Mapped[int] = mapped_column(Cents)
    from_year: Mapped[int]
    to_year: Mapped[int]
    purpose: Mapped[str | None] = mapped_column(String(120))
