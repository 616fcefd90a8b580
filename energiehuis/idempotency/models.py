"""Rows that remember what a key was answered."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant


class IdempotencyKey(Base):
    """The first answer that a key got; written in the transaction of the work itself."""

    __tablename__ = "idempotency_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    operation: Mapped[str] = mapped_column(String(60))
    request_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, object]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Instant)
