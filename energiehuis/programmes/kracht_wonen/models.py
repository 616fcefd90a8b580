"""Rows that only Kracht.Wonen keeps.

No two stays in one dwelling, and none of one household, may overlap: an exclusion constraint keeps
it on PostgreSQL, triggers on SQLite; both stand in the migration.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case
from energiehuis.cases.written import Written
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, one_of
from energiehuis.people.models import Household
from energiehuis.programmes.kracht_wonen.vocabulary import (
    DeskDecision,
    Offer,
    OrdinaryWay,
    ProblemArea,
    StayEnd,
)

_DAYS = "valid_until > valid_from"


class Situation(Base):
    """What was reported, one to one with its case; who is in it stands in the snapshot."""

    __tablename__ = "kracht_wonen_situations"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    reporting_organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    # Why it is one for Kracht.Wonen with a single problem area.
    reason: Mapped[str | None] = mapped_column(String(400))


class Problem(Base):
    """A problem area of a situation."""

    __tablename__ = "kracht_wonen_problems"
    __table_args__ = (CheckConstraint(one_of("area", ProblemArea), "area"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Situation.case_id), primary_key=True)
    area: Mapped[str] = mapped_column(String(20), primary_key=True)


class TriedWay(Base):
    """What was tried before a situation was reported."""

    __tablename__ = "kracht_wonen_tried_ways"
    __table_args__ = (CheckConstraint(one_of("way", OrdinaryWay), "way"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Situation.case_id), primary_key=True)
    way: Mapped[str] = mapped_column(String(20), primary_key=True)


class Decision(Written, Base):
    """What the desk decided on a situation; once."""

    __tablename__ = "kracht_wonen_decisions"
    __table_args__ = (
        CheckConstraint(one_of("decision", DeskDecision), "decision"),
        CheckConstraint(one_of("offer", Offer), "offer"),
        CheckConstraint("decision = 'admissible' OR offer IS NULL", "no_offer"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Situation.case_id), unique=True)
    decision: Mapped[str] = mapped_column(String(20))
    # NULL: nothing is offered.
    offer: Mapped[str | None] = mapped_column(String(20))
    decided_on: Mapped[date]
    reason: Mapped[str | None] = mapped_column(String(400))


class Dwelling(Written, Base):
    """A dwelling in the pool, from a day until another."""

    __tablename__ = "kracht_wonen_dwellings"
    __table_args__ = (
        CheckConstraint("beds BETWEEN 1 AND 20", "beds"),
        CheckConstraint(_DAYS, "days"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    address: Mapped[str] = mapped_column(String(200))
    beds: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Stay(Written, Base):
    """A household in a dwelling of the pool, from a day until another, which is not one of it."""

    __tablename__ = "kracht_wonen_stays"
    __table_args__ = (
        CheckConstraint(one_of("end_reason", StayEnd), "end_reason"),
        CheckConstraint(_DAYS, "days"),
        CheckConstraint("end_reason IS NULL OR valid_until IS NOT NULL", "ended"),
        CheckConstraint("rent_cents BETWEEN 0 AND 500000", "rent"),
        Index("ix_kracht_wonen_stays_dwelling", "dwelling_id", "valid_from"),
        Index("ix_kracht_wonen_stays_household", "household_id", "valid_from"),
    )

    version: Mapped[int] = mapped_column(default=1)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey(Dwelling.id))
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id))
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Situation.case_id))
    # NULL: nobody said.
    rent_cents: Mapped[int | None] = mapped_column(Cents)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(20))


class StayEnding(Written, Base):
    """The word that a household left; there is one for each stay."""

    __tablename__ = "kracht_wonen_stay_endings"
    __table_args__ = (CheckConstraint(one_of("end_reason", StayEnd), "end_reason"),)

    stay_id: Mapped[UUID] = mapped_column(ForeignKey(Stay.id), unique=True)
    ended_on: Mapped[date]
    end_reason: Mapped[str] = mapped_column(String(20))


class Trajectory(Written, Base):
    """A coach beside a household, from a day until another."""

    __tablename__ = "kracht_wonen_trajectories"
    __table_args__ = (CheckConstraint(_DAYS, "days"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Situation.case_id), index=True)
    is_taken_over: Mapped[bool]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Staff(Written, Base):
    """What a partner gives to the team, in hundredths of a full-time equivalent."""

    __tablename__ = "kracht_wonen_staff"
    __table_args__ = (
        CheckConstraint("fte_hundredths BETWEEN 1 AND 10000", "fte"),
        CheckConstraint(_DAYS, "days"),
    )

    employer_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    fte_hundredths: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
