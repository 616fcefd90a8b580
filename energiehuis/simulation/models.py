"""Rows of scenario runs; never changed, so that a figure that was quoted can be shown again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant


class ScenarioRunRow(Base):
    """One run: who asked for which levers, and the whole answer with what it is pinned to."""

    __tablename__ = "scenario_runs"
    __table_args__ = (Index("ix_scenario_runs_recent", "organisation_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    # The municipalities in the answer: who may not see one of them may not see the run.
    nis_codes: Mapped[list[str]] = mapped_column(Document)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    scenario_hash: Mapped[str] = mapped_column(String(64))
    result_digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, object]] = mapped_column(Document)
