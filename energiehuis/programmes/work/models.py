"""Rows that only the work placements keep.

No two placements of one statute overlap for a person: the database keeps it, with an exclusion on
PostgreSQL and triggers on SQLite (migration 0007).
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from energiehuis.cases.models import Case
from energiehuis.cases.written import Written
from energiehuis.db.base import Base
from energiehuis.db.types import one_of
from energiehuis.people.models import Person
from energiehuis.programmes.work.vocabulary import EndReason, Statute, WorkProgramme, WorkReferrer


class Placement(Written, Base):
    """Somebody works in a programme, from a day until it ended, or is planned to."""

    __tablename__ = "work_placements"
    __table_args__ = (
        CheckConstraint(one_of("statute", Statute), "statute"),
        CheckConstraint(one_of("referrer", WorkReferrer), "referrer"),
        CheckConstraint(one_of("for_programme", WorkProgramme), "for_programme"),
        CheckConstraint(one_of("end_reason", EndReason), "end_reason"),
        CheckConstraint("planned_end_on > start_on", "planned_end"),
        CheckConstraint("ended_on >= start_on", "ended"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", "end"),
        Index("ix_work_placements_person", "person_id", "statute", "start_on"),
        Index("ix_work_placements_area", "organisation_id", "for_programme", "start_on"),
    )

    version: Mapped[int] = mapped_column(default=1)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    statute: Mapped[str] = mapped_column(String(20))
    referrer: Mapped[str] = mapped_column(String(20))
    for_programme: Mapped[str] = mapped_column(String(20))
    function: Mapped[str] = mapped_column(String(120))
    start_on: Mapped[date]
    planned_end_on: Mapped[date]
    # The first day on which he or she no longer worked there.
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None] = mapped_column(String(20))


class PlacementEnd(Written, Base):
    """That a placement ended; the day and the reason stand with the placement."""

    __tablename__ = "work_placement_ends"

    placement_id: Mapped[UUID] = mapped_column(ForeignKey(Placement.id), unique=True)
    placement: Mapped[Placement] = relationship(lazy="joined", viewonly=True)
