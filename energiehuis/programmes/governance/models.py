"""Rows of mandates and budget lines. A mandate is public: who sits in a body is no secret."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, Instant, one_of
from energiehuis.programmes.governance.vocabulary import Body, Side


class Mandate(Base):
    """Somebody sits in a body from a day until another, for a municipality or a partner."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint(one_of("body", Body), "body"),
        CheckConstraint("until_on IS NULL OR until_on > from_on", "days"),
        UniqueConstraint("organisation_id", "body", "holder_name", "from_on"),
        Index("ix_mandates_body", "organisation_id", "body", "nis_code"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    body: Mapped[str] = mapped_column(String(20))
    # None: sent by a partner, such as the CAW.
    nis_code: Mapped[str | None] = mapped_column(String(5))
    holder_name: Mapped[str] = mapped_column(String(120))
    is_voting: Mapped[bool]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))


class BudgetLine(Base):
    """An amount of a year's budget, in whole cents; never changed, a correction is a new line."""

    __tablename__ = "budget_lines"
    __table_args__ = (
        CheckConstraint(one_of("side", Side), "side"),
        CheckConstraint("amount_cents <> 0", "amount"),
        CheckConstraint("year BETWEEN 2000 AND 2100", "year"),
        Index("ix_budget_lines_year", "organisation_id", "year", "side"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    year: Mapped[int]
    side: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    amount_cents: Mapped[int] = mapped_column(Cents)
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))
