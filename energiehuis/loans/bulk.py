"""Registering many applications at once, with what happened to them since.

For a list that was kept elsewhere, and for the demo region. The rules are those of `service` and
`decisions`: every entry is replayed at its own instants, under the law of its own day, with the
same limits, rows and seals. Only the writing differs: one statement a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.loans.bulk_checks import require_free_dwellings, weigh_entries
from energiehuis.loans.bulk_entries import BulkEntry
from energiehuis.loans.bulk_rows import BulkRows, make_rows
from energiehuis.loans.bulk_weighing import granted_on_dwellings
from energiehuis.loans.models import ApplicationEvent, Loan, LoanApplication, LoanDecision
from energiehuis.loans.service import conflict_of

_INSERTS = (
    ("applications", insert(LoanApplication.__table__)),  # type: ignore[arg-type]
    ("events", insert(ApplicationEvent.__table__)),  # type: ignore[arg-type]
    ("decisions", insert(LoanDecision.__table__)),  # type: ignore[arg-type]
    ("loans", insert(Loan.__table__)),  # type: ignore[arg-type]
)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What was registered, in the order of the entries."""

    application_ids: tuple[UUID, ...]
    references: tuple[str, ...]
    decision_count: int
    loan_count: int


def register_applications(
    session: Session, actor: Actor, entries: Sequence[BulkEntry]
) -> BulkResult:
    """Register applications with their moves and decisions, all or none. Needs `loan:import`.

    Each gets one audit line that says in which state it came in.

    Raises
    ------
    PermissionDenied, NotAuthenticated
    InvalidInput
        Every wrong field of every entry, as `entries.<index>.<field>`.
    Conflict
        `application.dwelling_has_open_application`, when somebody else just opened one.
    """
    require(actor, Permission.LOAN_IMPORT)
    weighed = weigh_entries(session, actor, entries)
    rows = make_rows(weighed, actor, granted_on_dwellings(session, weighed))
    require_free_dwellings(session, weighed, rows.applications)
    _write(session, rows)
    for row in rows.applications:
        append(session, _line(actor, row))
    return BulkResult(
        application_ids=tuple(row["id"] for row in rows.applications),
        references=tuple(row["reference"] for row in rows.applications),
        decision_count=len(rows.decisions),
        loan_count=len(rows.loans),
    )


def _write(session: Session, rows: BulkRows) -> None:
    connection = session.connection()
    try:
        for name, statement in _INSERTS:
            if batch := getattr(rows, name):
                connection.execute(statement, batch)
    except IntegrityError as error:
        raise conflict_of(error) from error


def _line(actor: Actor, row: dict[str, Any]) -> Entry:
    details = {"status": row["status"], "received_at": row["received_at"].isoformat()}
    subject = str(row["id"])
    return Entry(
        actor.name, actor.role_name, "application.registered", "application", subject, details
    )
