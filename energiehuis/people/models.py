"""Rows of people and households, each within the organisation that wrote them down."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Instant
from energiehuis.people.sounds import sound_code

_IS_CURRENT = text("valid_until IS NULL")


def _sound_of_row(context: Any) -> str | None:  # noqa: ANN401  what SQLAlchemy passes
    row = context.get_current_parameters()
    return sound_code(row.get("given_name"), row.get("family_name"))


class Person(Base):
    """Somebody by name, or somebody of whom only an alias is known; never both."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("(alias IS NULL) <> (family_name IS NULL)", "name_or_alias"),
        CheckConstraint("(given_name IS NULL) = (family_name IS NULL)", "whole_name"),
        UniqueConstraint("organisation_id", "alias"),
        Index("ix_people_sound", "organisation_id", "birth_date", "sound"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    given_name: Mapped[str | None] = mapped_column(String(80))
    family_name: Mapped[str | None] = mapped_column(String(80))
    birth_date: Mapped[date | None]
    alias: Mapped[str | None] = mapped_column(String(80))
    # How the name sounds (`people.sounds`), whoever writes the row; NULL for an alias.
    sound: Mapped[str | None] = mapped_column(String(80), default=_sound_of_row)
    created_at: Mapped[datetime] = mapped_column(Instant)


class PersonMerge(Base):
    """Two rows that are one person: `merged_id` is read as `kept_id`, unless this was undone.

    No other row changes, so undoing gives back exactly what was. A kept person is never itself
    merged into another, so one look is enough to find who is meant. `round` counts how often
    somebody was merged before: two merges at once take the same number, and one of them fails.
    """

    __tablename__ = "person_merges"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", "two_people"),
        UniqueConstraint("merged_id", "round"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    kept_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    merged_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    round: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))


class PersonUnmerge(Base):
    """A merge was undone; once, and never again."""

    __tablename__ = "person_unmerges"

    merge_id: Mapped[UUID] = mapped_column(ForeignKey(PersonMerge.id), primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))


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
