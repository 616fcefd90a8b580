"""Which moves of the shared core the Woonclub allows, and what it calls its states."""

from energiehuis.cases.states import CaseStatus

FIRST_STATUS = CaseStatus.ACTIVE
MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.ACTIVE: frozenset({CaseStatus.CLOSED}),
    CaseStatus.CLOSED: frozenset(),
}
# A household that is helped is a household that searches.
STATUS_NAMES = {CaseStatus.ACTIVE: "searching", CaseStatus.CLOSED: "closed"}


def status_name(status: str) -> str:
    """Give the word of the Woonclub for a state of the shared core."""
    return STATUS_NAMES[CaseStatus(status)]
