"""What comes in through the bulk path: applications, moves and decisions, with their instants."""

from dataclasses import dataclass
from datetime import datetime

from energiehuis.loans.commands import SubmitApplication
from energiehuis.loans.states import Move


@dataclass(frozen=True, slots=True)
class PastMove:
    """A move that decided nothing: taken up, asked something, withdrawn."""

    move: Move
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """An approved amount in cents and a term in months.

    Who decided then looked at the documents, so the list confirms what the system cannot tell.
    """

    amount_cents: int
    term_months: int
    decided_at: datetime
    explanation: str = ""
    confirms_open_points: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal with its reasons."""

    reason_codes: tuple[str, ...]
    explanation: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class BulkEntry:
    """One application as it came in, and all that happened to it since.

    The law of the Brussels day of `received_at` applies to it.
    """

    command: SubmitApplication
    received_at: datetime
    moves: tuple[PastMove, ...] = ()
    decision: Approval | Refusal | None = None

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Give all instants in the order in which they must lie."""
        decided = () if self.decision is None else (self.decision.decided_at,)
        return (self.received_at, *(move.at for move in self.moves), *decided)
