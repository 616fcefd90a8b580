"""The rows of entries that were weighed: made by the functions that make those of one application.

Each entry is replayed with the clock held at its own instants, so that a row says when things
happened and not when they were registered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.errors import Conflict, DomainError, FieldError, InvalidInput, RuleViolation
from energiehuis.identifiers import new_reference
from energiehuis.loans.bulk_checks import WeighedEntry, at_entry, raise_if_any
from energiehuis.loans.bulk_entries import Approval
from energiehuis.loans.bulk_weighing import Granted, weigh_decided
from energiehuis.loans.commands import Decide
from energiehuis.loans.decisions import decision_row, loan_row, loan_terms, require_decidable
from energiehuis.loans.queries import ApplicationFile
from energiehuis.loans.schedule import ScheduleSummary, summarise_schedules
from energiehuis.loans.service import application_row, event_row
from energiehuis.loans.states import ApplicationStatus, Move, after
from energiehuis.loans.weighing import Weighed

_FILE_NAMES = tuple(
    f.name for f in fields(ApplicationFile) if f.name not in {"decision", "loan_id"}
)
_DECIDING = (Move.APPROVE, Move.REFUSE)


@dataclass(slots=True)
class BulkRows:
    """Rows by table, ready to be written."""

    applications: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    loans: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Decided:
    """An entry with its decision, before the seal."""

    one: WeighedEntry
    file: ApplicationFile
    weighed: Weighed
    command: Decide


def make_rows(weighed: Sequence[WeighedEntry], actor: Actor, granted: Granted) -> BulkRows:
    """Make all rows; every approval is scheduled in one array call.

    Raises
    ------
    InvalidInput
        Naming entry and field of every move or decision that is not allowed.
    """
    rows, decided, errors = BulkRows(), [], []
    references: set[str] = set()
    for place, one in enumerate(weighed):
        row = _application_row(one, references)
        try:
            rows.events += _play_moves(one, row, actor)
            if (decision := _weigh_decision(one, row, granted)) is not None:
                decided.append(decision)
        except DomainError as error:
            errors.append(at_entry(place, _fields_of(error)))
        rows.applications.append(row)
    raise_if_any(errors)
    _add_decisions(rows, decided, actor)
    return rows


def _application_row(one: WeighedEntry, references: set[str]) -> dict[str, Any]:
    with clock.frozen(one.entry.received_at):
        row = application_row(
            one.entry.command,
            one.assessment,
            organisation_id=one.organisation_id,
            applied_on=one.applied_on,
        )
    while row["reference"] in references:
        row["reference"] = new_reference("EL")
    references.add(str(row["reference"]))
    return row


def _play_moves(one: WeighedEntry, row: dict[str, Any], actor: Actor) -> list[dict[str, Any]]:
    events = []
    for past in one.entry.moves:
        if past.move in _DECIDING:
            raise Conflict(
                "application.move_not_allowed",
                field="moves",
                status=row["status"],
                move=past.move.value,
            )
        _change_status(row, past.move)
        with clock.frozen(past.at):
            row["status_since"] = clock.now()
            details: dict[str, object] = {"note": past.note.strip()}
            events.append(event_row(actor, row["id"], kind=past.move.value, details=details))
    return events


def _weigh_decision(one: WeighedEntry, row: dict[str, Any], granted: Granted) -> _Decided | None:
    decision = one.entry.decision
    if decision is None:
        return None
    is_approved = isinstance(decision, Approval)
    command = Decide(
        application_id=row["id"],
        version=row["version"],
        is_approved=is_approved,
        amount_cents=decision.amount_cents if isinstance(decision, Approval) else None,
        term_months=decision.term_months if isinstance(decision, Approval) else None,
        reason_codes=() if isinstance(decision, Approval) else decision.reason_codes,
        explanation=decision.explanation,
        confirms_open_points=isinstance(decision, Approval) and decision.confirms_open_points,
    )
    file = ApplicationFile(**{name: row[name] for name in _FILE_NAMES}, decision=None, loan_id=None)
    weighed = weigh_decided(one, file.works, granted, at=decision.decided_at)
    require_decidable(file, weighed, command)
    _change_status(row, Move.APPROVE if is_approved else Move.REFUSE)
    row["status_since"] = decision.decided_at
    return _Decided(one, file, weighed, command)


def _change_status(row: dict[str, Any], move: Move) -> None:
    row["status"] = after(ApplicationStatus(row["status"]), move).value
    row["version"] += 1


def _add_decisions(rows: BulkRows, decided: Sequence[_Decided], actor: Actor) -> None:
    approved = [one for one in decided if one.command.is_approved]
    terms = [loan_terms(one.weighed.assessment, one.command) for one in approved]
    schedules = dict(
        zip((one.file.id for one in approved), summarise_schedules(terms), strict=True)
    )
    for one in decided:
        _add_decision(rows, one, actor, schedules.get(one.file.id))


def _add_decision(
    rows: BulkRows, decided: _Decided, actor: Actor, schedule: ScheduleSummary | None
) -> None:
    file, weighed, decision = decided.file, decided.weighed, decided.one.entry.decision
    if decision is None:
        raise TypeError("an entry without a decision is not decided")
    with clock.frozen(decision.decided_at):
        rows.decisions.append(
            decision_row(file, weighed, decided.command, actor=actor, schedule=schedule)
        )
        if schedule is not None:
            rows.loans.append(loan_row(file, weighed.assessment, schedule))


def _fields_of(error: DomainError) -> list[FieldError]:
    if isinstance(error, InvalidInput):
        return [FieldError(f"decision.{e.field}", e.code, e.params) for e in error.errors]
    if isinstance(error, RuleViolation):
        field_name = f"decision.{error.field}" if error.field else "decision"
    else:
        field_name = error.field or "moves"
    return [FieldError(field_name, error.code, error.params)]
