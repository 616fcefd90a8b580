"""Changing the law: a draft, green cases, another person's approval, and a first day.

Nothing is ever changed or taken away: a better draft is a next version, a step is a new row.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.db.unit_of_work import database_of
from energiehuis.errors import Conflict, FieldError, InvalidInput, RuleViolation, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.law.errors import LawFileError
from energiehuis.law_changes.draft_files import MOST_SIGNS, CaseRun, read_draft, run_draft_cases
from energiehuis.law_changes.in_force import forget_law, law_with
from energiehuis.law_changes.models import LawDraftEvent, LawDraftRow
from energiehuis.law_changes.queries import (
    LawDraft,
    approver_of,
    get_draft,
    latest_revision,
    list_scheduled,
)
from energiehuis.law_changes.states import DraftStatus, DraftStep, after_step

NOTICE_DAYS = 2
_MOST_FAILURES = 20


@dataclass(frozen=True, slots=True)
class TakeStep:
    """A step with a draft, based on the version that the actor saw."""

    draft_id: UUID
    version: int
    step: DraftStep


def create_draft(session: Session, actor: Actor, text: str) -> LawDraft:
    """Take a draft in, as the next version of its name. Needs `law:confirm`.

    Raises
    ------
    PermissionDenied, NotAuthenticated
    InvalidInput
        `law_draft.too_long`, or what is wrong in the file with its line.
    Conflict
        `law_draft.raced`, when the same version was made at the same moment.
    """
    require(actor, Permission.LAW_CONFIRM)
    if len(text) > MOST_SIGNS:
        raise InvalidInput([FieldError("text", "law_draft.too_long", {"most": MOST_SIGNS})])
    try:
        draft = read_draft("draft.yaml", text, law_with(list_scheduled(session)))
    except LawFileError as error:
        raise InvalidInput([FieldError("text", error.code, error.params)]) from error
    overlay, draft_id = draft.overlay, new_id()
    row = {
        "id": draft_id,
        "name": overlay.name[:80],
        "revision": latest_revision(session, overlay.name[:80]) + 1,
        "title": overlay.title[:200],
        "valid_from": overlay.valid_from,
        "text": text,
        "digest": overlay.digest,
        "author": actor.name,
        "created_at": clock.now(),
    }
    _insert(session, LawDraftRow, row, Conflict("law_draft.raced"))
    _add_event(
        session, actor, draft_id, position=1, step=DraftStep.CREATE, status=DraftStatus.DRAFT
    )
    return get_draft(session, actor, draft_id)


def take_step(session: Session, actor: Actor, command: TakeStep) -> LawDraft:
    """Run the cases, approve, schedule or withdraw a draft. Needs `law:confirm`.

    Cases that fail leave the draft where it is, and are written down.

    Raises
    ------
    NotFound, PermissionDenied, StaleVersion
    Conflict
        `law_draft.step_not_allowed`.
    RuleViolation
        `law_draft.own_approval`, `law_draft.too_soon`, `law_draft.already_law`,
        `law_draft.no_longer_fits`, `law_draft.cases_red`.
    """
    require(actor, Permission.LAW_CONFIRM)
    draft = get_draft(session, actor, command.draft_id)
    if draft.version != command.version:
        raise StaleVersion("version.stale")
    status = after_step(draft.status, command.step)
    details: dict[str, object] = {}
    if command.step is DraftStep.TEST:
        run = cases_of(session, draft)
        status = DraftStatus.GREEN if run.is_green else DraftStatus.DRAFT
        details = describe_run(run)
    elif command.step is not DraftStep.WITHDRAW:
        _require_sound(session, actor, draft, command.step)
    elif draft.status is DraftStatus.SCHEDULED and draft.valid_from <= _first_free_day():
        raise RuleViolation("law_draft.already_law", day=draft.valid_from.isoformat())
    _add_event(
        session,
        actor,
        draft.id,
        position=draft.version + 1,
        step=command.step,
        status=status,
        details=details,
    )
    forget_law(database_of(session))
    return get_draft(session, actor, draft.id)


def cases_of(session: Session, draft: LawDraft) -> CaseRun:
    """Run the cases of a draft, laid over the law as it is scheduled now.

    Raises
    ------
    RuleViolation
        `law_draft.no_longer_fits`, when another draft took its place.
    """
    others = tuple(d for d in list_scheduled(session) if d.id != draft.id)
    try:
        return run_draft_cases(read_draft(draft.file_name, draft.text, law_with(others)))
    except LawFileError as error:
        raise RuleViolation("law_draft.no_longer_fits", why=str(error)) from error


def describe_run(run: CaseRun) -> dict[str, object]:
    """Give what a run of cases found, as an event keeps it."""
    failures = [
        {"sentence": f.sentence, "day": f.day.isoformat(), "found": f.found}
        for f in run.failures[:_MOST_FAILURES]
    ]
    lacking = [{"rule": kind, "day": day.isoformat()} for kind, day in run.without_case]
    return {"cases": run.case_count, "failures": failures, "without_case": lacking}


def _require_sound(session: Session, actor: Actor, draft: LawDraft, step: DraftStep) -> None:
    if step is DraftStep.APPROVE and actor.name == draft.author:
        raise RuleViolation("law_draft.own_approval")
    if step is DraftStep.SCHEDULE and approver_of(draft) in (None, draft.author):
        raise RuleViolation("law_draft.own_approval")
    if draft.valid_from < _first_free_day():
        earliest = _first_free_day().isoformat()
        raise RuleViolation("law_draft.too_soon", day=earliest)
    if not cases_of(session, draft).is_green:
        raise RuleViolation("law_draft.cases_red")


def _first_free_day() -> date:
    return clock.today() + timedelta(days=NOTICE_DAYS)


def _add_event(  # noqa: PLR0913  one row, each part named
    session: Session,
    actor: Actor,
    draft_id: UUID,
    *,
    position: int,
    step: DraftStep,
    status: DraftStatus,
    details: dict[str, object] | None = None,
) -> None:
    row = {
        "draft_id": draft_id,
        "position": position,
        "at": clock.now(),
        "actor": actor.name,
        "step": step.value,
        "status": status.value,
        "details": details or {},
    }
    _insert(session, LawDraftEvent, row, StaleVersion("version.stale"))
    said: dict[str, object] = {"status": status.value}
    append(
        session,
        Entry(
            actor.name, actor.role_name, f"law_draft.{step.value}", "law_draft", str(draft_id), said
        ),
    )


def _insert(
    session: Session,
    kind: type[LawDraftRow] | type[LawDraftEvent],
    row: dict[str, object],
    refusal: Exception,
) -> None:
    try:
        session.execute(insert(kind), [row])
    except IntegrityError as error:
        raise refusal from error
