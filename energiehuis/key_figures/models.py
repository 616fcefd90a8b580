"""Rows of published key figures: frozen, and only added to.

What is suppressed is not in them: a copy of these tables gives no small count away.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant


class Publication(Base):
    """A set of figures of all municipalities and their total over a period, frozen on a day."""

    __tablename__ = "key_figure_publications"
    __table_args__ = (
        CheckConstraint("to_on > from_on", "days"),
        UniqueConstraint("organisation_id", "from_on", "to_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    from_on: Mapped[date]
    to_on: Mapped[date]
    # None: the records as they stood when it was published.
    known_on: Mapped[date | None]
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[str] = mapped_column(String(80))


class PublishedFigure(Base):
    """A figure as it was published, or with a later revision as it was restated and why.

    An empty `nis_code` is the total. `formula_digest` is that of the code that computed it.
    """

    __tablename__ = "published_key_figures"
    __table_args__ = (
        CheckConstraint("(revision = 0) = (restated_because IS NULL)", "restated"),
        CheckConstraint("reason IS NULL OR value IS NULL", "reason"),
    )

    publication_id: Mapped[UUID] = mapped_column(ForeignKey(Publication.id), primary_key=True)
    nis_code: Mapped[str] = mapped_column(String(5), primary_key=True)
    figure_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    definition_version: Mapped[int]
    formula_digest: Mapped[str] = mapped_column(String(64))
    value: Mapped[str | None] = mapped_column(String(40))
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    unknown_count: Mapped[int | None] = mapped_column(BigInteger)
    parts: Mapped[list[Any]] = mapped_column(Document)
    undated: Mapped[list[str]] = mapped_column(Document)
    reason: Mapped[str | None] = mapped_column(String(20))
    restated_because: Mapped[str | None] = mapped_column(String(500))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))
