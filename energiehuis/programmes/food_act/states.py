"""The states of a donor and of a receiver, and the moves between them."""

from enum import StrEnum


class DonorStatus(StrEnum):
    """Where the talks with a donor stand."""

    PROSPECT = "prospect"
    AGREEMENT = "agreement"
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


class ReceiverStatus(StrEnum):
    """Where a receiving organisation stands; it shows its number of the FAVV before it gets any."""

    CANDIDATE = "candidate"
    NUMBER_SHOWN = "number_shown"
    ACTIVE = "active"
    STOPPED = "stopped"


_D, _R = DonorStatus, ReceiverStatus
DONOR_MOVES: dict[str, frozenset[str]] = {
    _D.PROSPECT: frozenset({_D.AGREEMENT, _D.STOPPED}),
    _D.AGREEMENT: frozenset({_D.ACTIVE, _D.STOPPED}),
    _D.ACTIVE: frozenset({_D.PAUSED, _D.STOPPED}),
    _D.PAUSED: frozenset({_D.ACTIVE, _D.STOPPED}),
    _D.STOPPED: frozenset(),
}
RECEIVER_MOVES: dict[str, frozenset[str]] = {
    _R.CANDIDATE: frozenset({_R.NUMBER_SHOWN, _R.STOPPED}),
    _R.NUMBER_SHOWN: frozenset({_R.ACTIVE, _R.STOPPED}),
    _R.ACTIVE: frozenset({_R.STOPPED}),
    _R.STOPPED: frozenset(),
}
