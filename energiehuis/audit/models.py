"""Rows of the audit trail. Triggers of the migration forbid changing or deleting them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant, SerialKey


class AuditLine(Base):
    """One act or one look at a person's file."""

    __tablename__ = "audit_lines"
    __table_args__ = (
        UniqueConstraint("chain_id", "chain_position"),
        Index("ix_audit_lines_subject", "subject_type", "subject_id"),
        Index(
            "ix_audit_lines_opened",
            "chain_position",
            sqlite_where=text("chain_position = 0"),
            postgresql_where=text("chain_position = 0"),
        ),
    )

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    chain_id: Mapped[UUID] = mapped_column(Uuid)
    chain_position: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, object]] = mapped_column(Document)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
