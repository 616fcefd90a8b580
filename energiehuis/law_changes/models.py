"""Rows of drafts of law and of what happened to them; both only grow, so all versions stay."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant, SerialKey


class LawDraftRow(Base):
    """One version of a draft: its file, word for word."""

    __tablename__ = "law_drafts"
    __table_args__ = (UniqueConstraint("name", "revision"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Instant)


class LawDraftEvent(Base):
    """A step of a draft; two people who take the same step at once cannot both succeed."""

    __tablename__ = "law_draft_events"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey(LawDraftRow.id))
    position: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(80))
    step: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    details: Mapped[dict[str, object]] = mapped_column(Document)
