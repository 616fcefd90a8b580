"""Which steps scans, coachings and rental premises may take, in the words of the energy desk."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from energiehuis.cases.states import CaseStatus
from energiehuis.errors import Conflict
from energiehuis.programmes.energy_desk.vocabulary import CoachingStage, RentalStatus, ScanStatus

_S, _R, _G, _C = ScanStatus, RentalStatus, CoachingStage, CaseStatus
SCAN_MOVES: dict[ScanStatus, frozenset[ScanStatus]] = {
    _S.ASKED: frozenset({_S.PLANNED, _S.CANCELLED}),
    _S.PLANNED: frozenset({_S.DONE, _S.CANCELLED}),
    _S.DONE: frozenset(),
    _S.CANCELLED: frozenset(),
}
# What needs no works gets its certificate at once.
RENTAL_MOVES: dict[RentalStatus, frozenset[RentalStatus]] = {
    _R.REPORTED: frozenset({_R.INSPECTION}),
    _R.INSPECTION: frozenset({_R.WORKS, _R.CERTIFICATE}),
    _R.WORKS: frozenset({_R.CERTIFICATE}),
    _R.CERTIFICATE: frozenset({_R.LET}),
    _R.LET: frozenset(),
}
STAGES = tuple(CoachingStage)
COACHING_MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _C.REGISTERED: frozenset({_C.INTAKE, _C.CLOSED}),
    _C.INTAKE: frozenset({_C.ACTIVE, _C.CLOSED}),
    _C.ACTIVE: frozenset({_C.CLOSED}),
    _C.CLOSED: frozenset(),
}
# The shared state of each stage: from the plan on the household is on its way.
STATUS_OF_STAGE: dict[CoachingStage, CaseStatus] = {
    _G.REGISTERED: _C.REGISTERED,
    _G.HOME_VISIT: _C.INTAKE,
    _G.PLAN: _C.ACTIVE,
    _G.QUOTES: _C.ACTIVE,
    _G.WORKS: _C.ACTIVE,
}
Step = TypeVar("Step", bound=StrEnum)


def require_move(moves: Mapping[Step, frozenset[Step]], start: Step, end: Step) -> None:
    """Refuse a step that a table does not hold.

    Raises
    ------
    Conflict
        `energy.move_not_allowed`.
    """
    if end not in moves[start]:
        raise Conflict(
            "energy.move_not_allowed", field="payload.status", status=start.value, move=end.value
        )


def require_next_stage(start: CoachingStage, end: CoachingStage) -> None:
    """Refuse a stage that is not the next; a coaching may begin its works without quotes.

    Raises
    ------
    Conflict
        `energy.stage_not_next`.
    """
    ahead = STAGES.index(end) - STAGES.index(start)
    skips_quotes = (start, end) == (CoachingStage.PLAN, CoachingStage.WORKS)
    if ahead != 1 and not skips_quotes:
        raise Conflict(
            "energy.stage_not_next", field="payload.stage", status=start.value, move=end.value
        )
