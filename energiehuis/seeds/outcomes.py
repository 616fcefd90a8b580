"""How applications ended: approved, refused for a reason that the law or the file gives, withdrawn.

Only what the law of the day allows for certain is approved.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from energiehuis.clock import BRUSSELS
from energiehuis.eligibility.truth import Truth
from energiehuis.loans.bulk_entries import Approval, BulkEntry, PastMove, Refusal
from energiehuis.loans.commands import SubmitApplication
from energiehuis.loans.states import Move
from energiehuis.seeds.applications import Drawn
from energiehuis.seeds.tables import distribution, read_table
from energiehuis.seeds.volume import Days

_APPROVED, _REFUSED, _WITHDRAWN = range(3)
_OTHER_REASONS = ("repayment_capacity", "recorded_default", "works_not_eligible")
_OFFICE_MINUTES = (8 * 60, 17 * 60)


def decided_entries(
    drawn: Drawn, commands: Sequence[SubmitApplication], rng: np.random.Generator
) -> list[BulkEntry]:
    """Give each application with its decision or its withdrawal, some weeks later.

    Parameters
    ----------
    drawn : Drawn
        Days, and what the law says. [-]
    commands : sequence of SubmitApplication
        The applications, in the same order. [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    count = len(commands)
    ends = _ends(drawn, rng).tolist()
    received = instants(drawn.intake.days, rng)
    decided = instants(_decision_days(drawn.intake.days, rng), rng)
    reasons = rng.choice(_OTHER_REASONS, size=count).tolist()
    is_eligible = (drawn.answers.overall == Truth.YES).tolist()
    return [
        _entry(
            commands[row],
            (received[row], decided[row]),
            ends[row],
            reasons[row] if is_eligible[row] else _reason(commands[row]),
        )
        for row in range(count)
    ]


def instants(days: Days, rng: np.random.Generator) -> list[datetime]:
    """Give an instant in the office hours of each day.

    Parameters
    ----------
    days : ndarray of datetime64[D], shape (applications,)
        Brussels days. [day]
    rng : numpy.random.Generator
        Source of chance. [-]
    """
    minutes = rng.integers(*_OFFICE_MINUTES, size=len(days)).tolist()
    return [_at(day, minute) for day, minute in zip(days.tolist(), minutes, strict=True)]


def _ends(drawn: Drawn, rng: np.random.Generator) -> NDArray[np.int64]:
    count = len(drawn.intake.days)
    approved = rng.random(count) < distribution("approved_share")
    withdrawn = rng.random(count) < distribution("withdrawn_share")
    ends = np.where(approved, _APPROVED, np.where(withdrawn, _WITHDRAWN, _REFUSED))
    return np.where(drawn.answers.overall == Truth.YES, ends, _REFUSED)


def _decision_days(days: Days, rng: np.random.Generator) -> Days:
    wait = distribution("days_to_decision")
    drawn = np.exp(rng.normal(np.log(wait["median"]), wait["spread"], len(days)))
    waited = np.clip(np.rint(drawn), wait["shortest"], wait["longest"]).astype("timedelta64[D]")
    decided: Days = np.busday_offset(days + waited, 0, roll="forward")
    return decided


def _entry(
    command: SubmitApplication, at: tuple[datetime, datetime], end: int, reason: str
) -> BulkEntry:
    received_at, decided_at = at
    words = read_table("words")
    if end == _APPROVED:
        approval = Approval(command.amount_cents, command.term_months, decided_at)
        return BulkEntry(command, received_at, decision=approval)
    if end == _WITHDRAWN:
        note = words["notes"][command.language]["withdrawn"]
        return BulkEntry(command, received_at, (PastMove(Move.WITHDRAW, decided_at, note),))
    explanation = words["explanations"][command.language][reason]
    return BulkEntry(command, received_at, decision=Refusal((reason,), explanation, decided_at))


def _reason(command: SubmitApplication) -> str:
    return "not_in_priority_group" if command.facts.main_residence else "dwelling_not_eligible"


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), BRUSSELS) + timedelta(minutes=minute)
