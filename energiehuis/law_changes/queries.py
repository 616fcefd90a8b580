"""Reading drafts of law, with every step that was taken."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.errors import NotFound
from energiehuis.law_changes.models import LawDraftEvent, LawDraftRow
from energiehuis.law_changes.states import DraftStatus, DraftStep


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """A step that was taken."""

    at: datetime
    actor: str
    step: str
    status: str
    details: dict[str, Any]

    @property
    def role(self) -> str:
        """Role in which the step was taken."""
        return str(self.details.get("role", ""))

    @property
    def run(self) -> dict[str, Any] | None:
        """Give what the cases said, where they ran."""
        names = ("cases", "failed", "failures", "without_case")
        if "cases" not in self.details:
            return None
        return {name: self.details[name] for name in names}


@dataclass(frozen=True, slots=True)
class LawDraft:
    """One version of a draft; `version` counts its steps."""

    id: UUID
    name: str
    revision: int
    title: str
    valid_from: date
    text: str
    digest: str
    author: str
    created_at: datetime
    events: tuple[DraftEvent, ...]

    @property
    def version(self) -> int:
        """Number of steps taken, for who takes the next."""
        return len(self.events)

    @property
    def status(self) -> DraftStatus:
        """Where the draft stands: what its last step led to."""
        return DraftStatus(self.events[-1].status)

    @property
    def file_name(self) -> str:
        """Name to call the file by where it is wrong."""
        return f"{self.name}.yaml"


_DRAFT = (
    LawDraftRow.id,
    LawDraftRow.name,
    LawDraftRow.revision,
    LawDraftRow.title,
    LawDraftRow.valid_from,
    LawDraftRow.text,
    LawDraftRow.digest,
    LawDraftRow.author,
    LawDraftRow.created_at,
)
_EVENT = (
    LawDraftEvent.draft_id,
    LawDraftEvent.at,
    LawDraftEvent.actor,
    LawDraftEvent.step,
    LawDraftEvent.status,
    LawDraftEvent.details,
)


def list_drafts(session: Session, actor: Actor) -> tuple[LawDraft, ...]:
    """Give all drafts, newest first. Needs `law:confirm`."""
    require(actor, Permission.LAW_CONFIRM)
    return _read(session, select(*_DRAFT).order_by(LawDraftRow.created_at.desc()))


def get_draft(session: Session, actor: Actor, draft_id: UUID) -> LawDraft:
    """Give a draft. Needs `law:confirm`.

    Raises
    ------
    NotFound
        When there is none.
    """
    require(actor, Permission.LAW_CONFIRM)
    found = _read(session, select(*_DRAFT).where(LawDraftRow.id == draft_id))
    if not found:
        raise NotFound("law_draft.not_found")
    return found[0]


def list_scheduled(session: Session) -> tuple[LawDraft, ...]:
    """Give the drafts that are or become law, by their first days; the law is for everybody."""
    last = (
        select(LawDraftEvent.draft_id, func.max(LawDraftEvent.position).label("position"))
        .group_by(LawDraftEvent.draft_id)
        .subquery()
    )
    query = (
        select(*_DRAFT)
        .join(last, last.c.draft_id == LawDraftRow.id)
        .join(
            LawDraftEvent,
            (LawDraftEvent.draft_id == last.c.draft_id)
            & (LawDraftEvent.position == last.c.position),
        )
        .where(LawDraftEvent.status == DraftStatus.SCHEDULED.value)
        .order_by(LawDraftRow.valid_from, LawDraftRow.name)
    )
    return _read(session, query)


def latest_revision(session: Session, name: str) -> int:
    """Give the number of the newest version of a draft; zero when there is none."""
    found = session.scalar(select(func.max(LawDraftRow.revision)).where(LawDraftRow.name == name))
    return found or 0


def approver_of(draft: LawDraft) -> str | None:
    """Name who approved a draft, or None."""
    return next((e.actor for e in draft.events if e.step == DraftStep.APPROVE.value), None)


def _read(session: Session, query: Any) -> tuple[LawDraft, ...]:  # noqa: ANN401
    rows = session.execute(query).all()
    events: dict[UUID, list[DraftEvent]] = {row.id: [] for row in rows}
    taken = session.execute(
        select(*_EVENT).where(LawDraftEvent.draft_id.in_(events)).order_by(LawDraftEvent.position)
    )
    for event in taken if events else ():
        events[event.draft_id].append(DraftEvent(*event[1:]))
    return tuple(
        LawDraft(**row._mapping, events=tuple(events[row.id]))  # noqa: SLF001
        for row in rows
    )
