"""Rows of people and households, each within the organisation that wrote them down."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Instant

_IS_CURRENT = text("valid_until IS NULL")


class Person(Base):
    """Somebody by name, or somebody of whom only an alias is known; never both."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("(alias IS NULL) <> (family_name IS NULL)", "name_or_alias"),
        CheckConstraint("(given_name IS NULL) = (family_name IS NULL)", "whole_name"),
        UniqueConstraint("organisation_id", "alias"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    given_name: Mapped[str | None] = mapped_column(String(80))
    family_name: Mapped[str | None] = mapped_column(String(80))
    birth_date: Mapped[date | None]
    alias: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Household(Base):
    """People who live together; it may hold nobody whose name is known."""

    __tablename__ = "households"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class HouseholdMember(Base):
    """Somebody in a household, from a day until another; in one household at a time."""

    __tablename__ = "household_members"
    __table_args__ = (
        Index(
            "uq_household_members_current",
            "person_id",
            unique=True,
            sqlite_where=_IS_CURRENT,
            postgresql_where=_IS_CURRENT,
        ),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]
