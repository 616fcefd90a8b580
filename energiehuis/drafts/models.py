"""Rows of half-filled application forms."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant


class ApplicationDraft(Base):
    """What somebody filled in so far; found by the digest of a token that only the browser has.

    `sent_reference` is set when the application went out: the answers are emptied then, and the
    row stays until it expires, so that sending twice gives one application.
    """

    __tablename__ = "application_drafts"

    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    answers: Mapped[dict[str, str]] = mapped_column(Document)
    sent_reference: Mapped[str | None] = mapped_column(String(16))
    updated_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
