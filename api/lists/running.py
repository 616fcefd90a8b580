"""Taking a list in: all of it or nothing, or only seeing what would happen."""

from dataclasses import dataclass

from api.lists.reading import ReadList, at_row
from energiehuis.access.actor import Actor
from energiehuis.cases.kinds import IntakeKind, Recorded
from energiehuis.cases.partner_intakes import require_may_send, take_in
from energiehuis.db.session import Session
from energiehuis.errors import (
    Conflict,
    DomainError,
    FieldError,
    InvalidInput,
    NotFound,
    RuleViolation,
    StaleVersion,
)

MOST_ERRORS = 1_000
# What is wrong with a row; a right that is missing is wrong with the whole list.
_OF_A_ROW = (Conflict, InvalidInput, NotFound, RuleViolation, StaleVersion)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each row: the record that it made, or what is wrong."""

    recorded: tuple[Recorded, ...]
    accepted: tuple[int, ...]
    errors: tuple[FieldError, ...]


def try_rows(session: Session, actor: Actor, kind: IntakeKind, told: ReadList) -> Outcome:
    """Let the programme take each row in, one after the other; the caller commits or undoes.

    A row that is refused leaves nothing; the ones after it are tried all the same, so that all
    errors are told at once.

    Raises
    ------
    PermissionDenied
        Before any error, when the actor may send no intake of the kind.
    """
    require_may_send(actor, kind)
    recorded: list[Recorded] = []
    accepted: list[int] = []
    errors = list(told.errors)
    for row in told.rows:
        try:
            with session.begin_nested():
                recorded.append(take_in(session, actor, kind, row.incoming))
        except _OF_A_ROW as error:
            errors += at_row(row.number, _as_input(error))
        else:
            accepted.append(row.number)
    return Outcome(tuple(recorded), tuple(accepted), tuple(errors))


def take_list_in(
    session: Session, actor: Actor, kind: IntakeKind, told: ReadList
) -> tuple[Recorded, ...]:
    """Take all rows in.

    Raises
    ------
    InvalidInput
        With what is wrong, by row and column; then nothing may be kept.
    """
    outcome = try_rows(session, actor, kind, told)
    if outcome.errors:
        raise InvalidInput(outcome.errors[:MOST_ERRORS])
    return outcome.recorded


def _as_input(error: DomainError) -> InvalidInput:
    if isinstance(error, InvalidInput):
        return error
    return InvalidInput([FieldError(error.field or "", error.code, error.params)])
