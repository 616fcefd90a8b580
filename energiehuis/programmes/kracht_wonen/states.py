"""Which moves of the shared core Kracht.Wonen allows: nobody is helped before the desk decided."""

from energiehuis.cases.states import CaseStatus

_C = CaseStatus
MOVES: dict[CaseStatus, frozenset[CaseStatus]] = {
    _C.REGISTERED: frozenset({_C.INADMISSIBLE, _C.INTAKE, _C.CLOSED}),
    _C.INTAKE: frozenset({_C.WAITING, _C.ACTIVE, _C.CLOSED}),
    _C.WAITING: frozenset({_C.ACTIVE, _C.CLOSED}),
    _C.ACTIVE: frozenset({_C.CLOSED}),
    _C.INADMISSIBLE: frozenset(),
    _C.CLOSED: frozenset(),
}
