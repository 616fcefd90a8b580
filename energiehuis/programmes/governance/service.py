"""Writing mandates and budget lines down, for whoever publishes the figures of the association."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import Conflict, InvalidInput, PermissionDenied
from energiehuis.identifiers import new_id
from energiehuis.programmes.governance.commands import RecordBudgetLine, RecordMandate
from energiehuis.programmes.governance.models import BudgetLine, Mandate
from energiehuis.programmes.governance.rules import budget_line_errors, mandate_errors
from energiehuis.reference_data.municipalities import get_municipality


def record_mandates(
    session: Session, actor: Actor, commands: Sequence[RecordMandate]
) -> tuple[UUID, ...]:
    """Write down who sits in which body. Needs `key_figures:publish`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds.
    NotFound
        `reference_data.unknown_municipality`.
    Conflict
        `governance.mandate_taken`.
    """
    mine = _organisation(actor)
    errors = [error for command in commands for error in mandate_errors(command)]
    if errors:
        raise InvalidInput(errors)
    rows = []
    for command in commands:
        if command.nis_code is not None:
            get_municipality(command.nis_code)
        rows.append(
            {
                "id": new_id(),
                "organisation_id": mine,
                "body": command.body.value,
                "nis_code": command.nis_code,
                "holder_name": command.holder_name.strip(),
                "is_voting": command.is_voting,
                "from_on": command.from_on,
                "until_on": command.until_on,
                "recorded_at": clock.now(),
                "recorded_by": actor.name,
            }
        )
    try:
        session.execute(insert(Mandate), rows)
    except IntegrityError as error:
        raise Conflict("governance.mandate_taken", field="holder_name") from error
    ids = tuple(row["id"] for row in rows if isinstance(row["id"], UUID))
    _say(session, actor, "mandates.recorded", ids)
    return ids


def record_budget_line(session: Session, actor: Actor, command: RecordBudgetLine) -> UUID:
    """Write a line of the budget down. Needs `key_figures:publish`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds.
    """
    mine = _organisation(actor)
    errors = list(budget_line_errors(command))
    if errors:
        raise InvalidInput(errors)
    line_id = new_id()
    row = {
        "id": line_id,
        "organisation_id": mine,
        "year": command.year,
        "side": command.side.value,
        "name": command.name,
        "amount_cents": command.amount_cents,
        "source": command.source,
        "recorded_at": clock.now(),
        "recorded_by": actor.name,
    }
    session.execute(insert(BudgetLine), [row])
    _say(session, actor, "budget_line.recorded", (line_id,))
    return line_id


def _organisation(actor: Actor) -> UUID:
    require(actor, Permission.KEY_FIGURES_PUBLISH)
    if actor.organisation_id is None:
        raise PermissionDenied("access.not_allowed")
    return actor.organisation_id


def _say(session: Session, actor: Actor, action: str, ids: tuple[UUID, ...]) -> None:
    details: dict[str, object] = {"count": len(ids)}
    subject = str(ids[0]) if ids else ""
    append(session, Entry(actor.name, actor.role_name, action, "governance", subject, details))
