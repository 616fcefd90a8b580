"""What a programme is to the shared core: its kinds of intake, its states, how a case ends.

Each programme describes itself in its `kinds.py`; `programmes.registry` collects them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis.access.field_classes import DataClass
from energiehuis.access.permissions import Role
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.kinds import IntakeKind
from energiehuis.cases.queries import CaseHead
from energiehuis.cases.states import CASE_MOVES, CaseStatus
from energiehuis.errors import FieldError


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a case says, with its class; whoever may not see the class does not get it.

    `name` is the field as it came in, such as `max_rent_cents`; a list is a tuple of plain values.
    """

    name: str
    value: object
    data_class: DataClass


def _no_details(_session: Session, _case_id: UUID) -> tuple[Detail, ...]:
    return ()


def _nothing_wrong(
    _session: Session, _case: CaseHead, _command: MoveCase
) -> tuple[FieldError, ...]:
    return ()


def _nobody_special(_session: Session, _case_id: UUID) -> Role | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme of W13.

    Attributes
    ----------
    code : str
        Code in rows and permissions: `food_act`.
    kinds : tuple of IntakeKind
        What it takes in.
    moves : mapping
        Steps of a case that it allows; it may forbid some of `CASE_MOVES`, and adds none.
    outcomes : tuple of str
        How a case may end; empty for a programme that keeps no cases.
    details : callable
        Gives what the typed table of the programme says of a case, each with its class.
    move_errors : callable
        Gives why a step of a case cannot be; called before it is taken.
    notes_kept_to : callable
        Gives the role to which notes on a case are kept, written and read; None for the usual ones.
    """

    code: str
    kinds: tuple[IntakeKind, ...] = ()
    moves: Mapping[CaseStatus, frozenset[CaseStatus]] = field(default_factory=lambda: CASE_MOVES)
    outcomes: tuple[str, ...] = ()
    details: Callable[[Session, UUID], Iterable[Detail]] = _no_details
    move_errors: Callable[[Session, CaseHead, MoveCase], Iterable[FieldError]] = _nothing_wrong
    notes_kept_to: Callable[[Session, UUID], Role | None] = _nobody_special

    def __post_init__(self) -> None:
        """Refuse a move that the programme adds."""
        for start, ends in self.moves.items():
            if not ends <= CASE_MOVES[start]:
                raise ValueError(f"{self.code} adds moves from {start.value}")
