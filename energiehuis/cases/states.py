"""The states of a case and of a session; a programme may forbid moves, none may add one."""

from enum import StrEnum

from energiehuis.errors import Conflict


class CaseStatus(StrEnum):
    """Where a case of any programme stands."""

    REGISTERED = "registered"
    INADMISSIBLE = "inadmissible"
    INTAKE = "intake"
    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class SessionStatus(StrEnum):
    """Where a drop-in session stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


_C = CaseStatus
CASE_MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _C.REGISTERED: frozenset({_C.INADMISSIBLE, _C.INTAKE, _C.ACTIVE, _C.CLOSED}),
    _C.INTAKE: frozenset({_C.WAITING, _C.ACTIVE, _C.CLOSED}),
    _C.WAITING: frozenset({_C.ACTIVE, _C.CLOSED}),
    _C.ACTIVE: frozenset({_C.CLOSED}),
    _C.INADMISSIBLE: frozenset(),
    _C.CLOSED: frozenset(),
}
# What was held stays held: its visits are counted.
SESSION_MOVES: dict[SessionStatus, frozenset[SessionStatus]] = {
    SessionStatus.PLANNED: frozenset({SessionStatus.HELD, SessionStatus.CANCELLED}),
    SessionStatus.HELD: frozenset(),
    SessionStatus.CANCELLED: frozenset(),
}
OPEN_STATUSES = tuple(status.value for status, moves in CASE_MOVES.items() if moves)


def require_case_move(
    start: CaseStatus, end: CaseStatus, allowed: dict[CaseStatus, frozenset[CaseStatus]]
) -> None:
    """Refuse a move that the table of a programme does not hold.

    Raises
    ------
    Conflict
        `case.move_not_allowed`.
    """
    if end not in allowed.get(start, frozenset()):
        raise Conflict("case.move_not_allowed", status=start.value, move=end.value)


def require_session_move(start: SessionStatus, end: SessionStatus) -> None:
    """Refuse a move of a session that the table does not hold.

    Raises
    ------
    Conflict
        `session.move_not_allowed`.
    """
    if end not in SESSION_MOVES[start]:
        raise Conflict("session.move_not_allowed", status=start.value, move=end.value)
