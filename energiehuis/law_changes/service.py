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
from energiehuis.law.loader import law_of_files
from energiehuis.law_changes.draft_files import (
    MOST_SIGNS,
    CaseRun,
    DraftFile,
    read_draft,
    run_draft_cases,
)
from energiehuis.law_changes.impact import Impact, measure_impact
from energiehuis.law_changes.in_force import forget_law, law_with, overlays_of
from energiehuis.law_changes.models import LawDraftEvent, LawDraftRow
from energiehuis.law_changes.publication import without_files
from energiehuis.law_changes.queries import (
    LawDraft,
    approver_of,
    get_draft,
    latest_revision,
    list_scheduled,
)
from energiehuis.law_changes.states import DraftStatus, DraftStep, after_step, steps_from

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
    scheduled = overlays_of(list_scheduled(session))
    try:
        draft = read_draft("draft.yaml", text, law_of_files(), others=scheduled)
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
        `law_draft.no_longer_fits`, `law_draft.cases_red`, `law_draft.needed`.
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
    elif draft.status is DraftStatus.SCHEDULED:
        _require_removable(session, draft)
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


def steps_for(actor: Actor, draft: LawDraft) -> tuple[DraftStep, ...]:
    """List the steps that an actor can take now, as far as the draft alone can tell."""
    refused = set()
    if actor.name == draft.author:
        refused.add(DraftStep.APPROVE)
    if draft.valid_from < _first_free_day():
        refused |= {DraftStep.APPROVE, DraftStep.SCHEDULE}
    if draft.status is DraftStatus.SCHEDULED and draft.valid_from <= _first_free_day():
        refused.add(DraftStep.WITHDRAW)
    return tuple(step for step in steps_from(draft.status) if step not in refused)


def cases_of(session: Session, draft: LawDraft) -> CaseRun:
    """Run the cases of a draft, laid over the law as it is scheduled now.

    Raises
    ------
    RuleViolation
        `law_draft.no_longer_fits`, when another draft took its place.
    """
    return run_draft_cases(read_again(session, draft))


def impact_of(
    session: Session, actor: Actor, draft: LawDraft, *, may_name_files: bool = True
) -> Impact:
    """Run a draft over the files that the actor may see; a list of files by name is written down.

    Raises
    ------
    PermissionDenied, NotAuthenticated
    RuleViolation
        `law_draft.no_longer_fits`, when another draft took its place.
    """
    impact = measure_impact(session, actor, read_again(session, draft))
    if not may_name_files:
        return without_files(impact)
    if impact.to_look_at:
        said: dict[str, object] = {"files": len(impact.to_look_at)}
        _log(session, actor, "law_draft.impact", draft.id, said)
    return impact


def read_again(session: Session, draft: LawDraft) -> DraftFile:
    """Lay a draft over the law as it is scheduled now, without the draft itself.

    Raises
    ------
    RuleViolation
        `law_draft.no_longer_fits`, when another draft took its place.
    """
    others = overlays_of(_others(session, draft))
    try:
        return read_draft(draft.file_name, draft.text, law_of_files(), others=others)
    except LawFileError as error:
        raise RuleViolation("law_draft.no_longer_fits", why=str(error)) from error


def describe_run(run: CaseRun) -> dict[str, object]:
    """Give what a run of cases found, as an event keeps it."""
    failures = [
        {
            "sentence": failure.sentence,
            "day": failure.day.isoformat(),
            "expected": _as_json(failure.expected),
            "found": _as_json(failure.found),
        }
        for failure in run.failures[:_MOST_FAILURES]
    ]
    lacking = [{"rule": kind, "day": day.isoformat()} for kind, day in run.without_case]
    return {
        "cases": run.case_count,
        "failed": len(run.failures),
        "failures": failures,
        "without_case": lacking,
    }


def _as_json(value: object) -> object:
    """Give what YAML can hold in a form that JSON can; a number may be too long for it."""
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(inner) for inner in value]
    return value if value is None or isinstance(value, str | bool) else str(value)


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


def _require_removable(session: Session, draft: LawDraft) -> None:
    """Refuse to withdraw what is law or cannot be undone in time, or what a later draft needs."""
    if draft.valid_from <= _first_free_day():
        raise RuleViolation("law_draft.already_law", day=draft.valid_from.isoformat())
    try:
        law_with(_others(session, draft))
    except LawFileError as error:
        raise RuleViolation("law_draft.needed", why=str(error)) from error


def _others(session: Session, draft: LawDraft) -> tuple[LawDraft, ...]:
    return tuple(other for other in list_scheduled(session) if other.id != draft.id)


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
        # The role at that moment: an account may have another one later.
        "details": {"role": actor.role_name, **(details or {})},
    }
    _insert(session, LawDraftEvent, row, StaleVersion("version.stale"))
    said: dict[str, object] = {"status": status.value}
    _log(session, actor, f"law_draft.{step.value}", draft_id, said)


def _log(
    session: Session, actor: Actor, action: str, draft_id: UUID, said: dict[str, object]
) -> None:
    entry = Entry(actor.name, actor.role_name, action, "law_draft", str(draft_id), said)
    append(session, entry)


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
