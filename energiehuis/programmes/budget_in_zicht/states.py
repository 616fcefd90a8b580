"""Which steps an event and a duo may take, and what a duo calls the states of the shared core."""

from energiehuis.cases.states import CaseStatus
from energiehuis.errors import Conflict
from energiehuis.programmes.budget_in_zicht.vocabulary import EventStatus

_E, _C = EventStatus, CaseStatus
# Full comes by itself with the last place; it can also be said, when a room turns out smaller.
EVENT_MOVES: dict[EventStatus, frozenset[EventStatus]] = {
    _E.PLANNED: frozenset({_E.OPEN, _E.HELD}),
    _E.OPEN: frozenset({_E.FULL, _E.HELD}),
    _E.FULL: frozenset({_E.HELD}),
    _E.HELD: frozenset({_E.REPORTED}),
    _E.REPORTED: frozenset(),
}
DUO_MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _C.REGISTERED: frozenset({_C.INTAKE, _C.CLOSED}),
    _C.INTAKE: frozenset({_C.WAITING, _C.CLOSED}),
    _C.WAITING: frozenset({_C.ACTIVE, _C.CLOSED}),
    _C.ACTIVE: frozenset({_C.CLOSED}),
    _C.CLOSED: frozenset(),
}
# Asked, met by the programme, matched with a volunteer, running, closed.
STATUS_NAMES: dict[CaseStatus, str] = {
    _C.REGISTERED: "asked",
    _C.INTAKE: "met",
    _C.WAITING: "matched",
    _C.ACTIVE: "running",
    _C.CLOSED: "closed",
}


def status_name(status: str) -> str:
    """Give the word of a duo for a state of the shared core."""
    return STATUS_NAMES[CaseStatus(status)]


def require_event_move(start: EventStatus, end: EventStatus) -> None:
    """Refuse a step of an event that the table does not hold.

    Raises
    ------
    Conflict
        `biz.event_move_not_allowed`.
    """
    if end not in EVENT_MOVES[start]:
        raise Conflict(
            "biz.event_move_not_allowed", field="payload.status", status=start.value, move=end.value
        )
