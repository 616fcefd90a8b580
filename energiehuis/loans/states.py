"""The states of an application and the moves between them, as one table."""

from enum import StrEnum

from energiehuis.errors import Conflict


class ApplicationStatus(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    UNDER_ASSESSMENT = "under_assessment"
    WAITING_FOR_APPLICANT = "waiting_for_applicant"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can happen to an application."""

    TAKE_UP = "take_up"
    ASK_APPLICANT = "ask_applicant"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


_S = ApplicationStatus
_OPEN = (_S.SUBMITTED, _S.UNDER_ASSESSMENT, _S.WAITING_FOR_APPLICANT)

MOVES: dict[tuple[ApplicationStatus, Move], ApplicationStatus] = {
    (_S.SUBMITTED, Move.TAKE_UP): _S.UNDER_ASSESSMENT,
    (_S.WAITING_FOR_APPLICANT, Move.TAKE_UP): _S.UNDER_ASSESSMENT,
    (_S.SUBMITTED, Move.ASK_APPLICANT): _S.WAITING_FOR_APPLICANT,
    (_S.UNDER_ASSESSMENT, Move.ASK_APPLICANT): _S.WAITING_FOR_APPLICANT,
    **{(status, Move.APPROVE): _S.APPROVED for status in _OPEN},
    **{(status, Move.REFUSE): _S.REFUSED for status in _OPEN},
    **{(status, Move.WITHDRAW): _S.WITHDRAWN for status in _OPEN},
}

OPEN_STATUSES = tuple(status.value for status in _OPEN)


def is_open(status: ApplicationStatus) -> bool:
    """Say whether an application still waits for its decision."""
    return status in _OPEN


def after(status: ApplicationStatus, move: Move) -> ApplicationStatus:
    """Give the state after a move.

    Raises
    ------
    Conflict
        `application.move_not_allowed`, when the state does not allow the move.
    """
    try:
        return MOVES[status, move]
    except KeyError:
        raise Conflict(
            "application.move_not_allowed", status=status.value, move=move.value
        ) from None


def moves_from(status: ApplicationStatus) -> tuple[Move, ...]:
    """List the moves that a state allows."""
    return tuple(move for (start, move) in MOVES if start is status)
