"""Rows of messages, of the endpoints that they go to, and of each try to send one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant, SerialKey

_WAITS = text("delivered_at IS NULL")


class Endpoint(Base):
    """An address that messages are sent to, in order; what fails holds back what comes after it.

    A sender claims it for a while, so that two senders do not reorder; a claim that runs out is
    of a sender that was killed.
    """

    __tablename__ = "webhook_endpoints"
    __table_args__ = (
        CheckConstraint("failures >= 0", "failures"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", "claim"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    # Of a partner: it gets what is about itself. Of nobody: the house's own, which gets all.
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    url: Mapped[str] = mapped_column(String(500))
    topics: Mapped[list[str]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(80))
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    # How often the message at the head failed in a row, and when it is tried again.
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    claimed_by: Mapped[UUID | None] = mapped_column(Uuid)
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)


class Message(Base):
    """Something that happened; never changed. `position` gives the order."""

    __tablename__ = "outbox_messages"

    position: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    topic: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, object]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Delivery(Base):
    """A message that goes to an endpoint, and when it arrived."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index(
            "ix_webhook_deliveries_waiting",
            "endpoint_id",
            "position",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey(Endpoint.id), primary_key=True)
    position: Mapped[int] = mapped_column(ForeignKey(Message.position), primary_key=True)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)


class Try(Base):
    """A try to send a message, and how it ended; never changed."""

    __tablename__ = "webhook_tries"
    __table_args__ = (
        CheckConstraint("(status IS NULL) <> (fault IS NULL)", "end"),
        Index("ix_webhook_tries_endpoint", "endpoint_id", "id"),
    )

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey(Endpoint.id))
    position: Mapped[int] = mapped_column(ForeignKey(Message.position))
    at: Mapped[datetime] = mapped_column(Instant)
    milliseconds: Mapped[int]
    # The status that was answered, or else what went wrong.
    status: Mapped[int | None]
    fault: Mapped[str | None] = mapped_column(String(40))
