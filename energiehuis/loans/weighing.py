"""All that a decision rests on: facts with what runs on the dwelling, the law, and the works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from energiehuis.eligibility.documents import read_facts
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.works import WorkFacts, WorksCheck, check_works, with_works
from energiehuis.errors import RuleViolation
from energiehuis.i18n import Words
from energiehuis.law.loader import load_law
from energiehuis.loans.assessment import Assessment, assess
from energiehuis.loans.queries import ApplicationFile
from energiehuis.loans.running import RunningLoan, list_granted, still_running, with_running
from energiehuis.money import format_plain

_FIRST = "running_loan_first"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An application as it is decided on; `facts` count what is known to run on the dwelling."""

    facts: HouseholdFacts
    assessment: Assessment
    works: WorksCheck
    running: tuple[RunningLoan, ...]


def weigh_file(session: Session, file: ApplicationFile, day: date) -> Weighed:
    """Weigh a file by the law of its application day, with the loans that run on a day."""
    granted = list_granted(
        session, [file.dwelling_key], organisation_id=file.organisation_id, but_of=file.id
    )
    running = still_running(granted.get(file.dwelling_key, ()), day)
    facts = with_row_works(with_running(read_facts(file.facts), running), file.works)
    assessment = assess(facts, file.applied_on)
    return Weighed(facts, assessment, weigh_works(file.works, file.applied_on, assessment), running)


def with_row_works(facts: HouseholdFacts, works: Sequence[Mapping[str, Any]]) -> HouseholdFacts:
    """Give the facts with what follows from the works, as rows keep them."""
    return with_works(facts, [(work["work"], work["by_contractor"]) for work in works])


def weigh_works(
    works: Sequence[Mapping[str, Any]], day: date, assessment: Assessment
) -> WorksCheck:
    """Say which works of a file may be financed by the law of a day."""
    rows = [
        WorkFacts(work["work"], work["cost_cents"], is_by_contractor=work["by_contractor"])
        for work in works
    ]
    return check_works(rows, load_law().on(day), priority=Truth.of(assessment.is_priority))


def open_points(weighed: Weighed, amount_cents: int) -> tuple[str, ...]:
    """Name what cannot be told and matters for an amount, as keys of the catalogue."""
    points = [f"eligibility.point.{code}" for code in _running_points(weighed)]
    if amount_cents > weighed.works.financeable_cents:
        points += [f"eligibility.work.{code}" for code in weighed.works.codes(Truth.UNKNOWN)]
    return tuple(points)


def _running_points(weighed: Weighed) -> list[str]:
    """Name what cannot be told of the loans on the dwelling, whatever amount is approved."""
    is_sum_open = weighed.facts.outstanding_cents is None
    has_no_maximum = weighed.assessment.limits.maximum_cents is None
    points = ["amount_above_maximum"] if is_sum_open or has_no_maximum else []
    return points + [_FIRST] * (_FIRST in weighed.assessment.open_points)


def require_approvable(weighed: Weighed, amount_cents: int, *, is_confirmed: bool) -> None:
    """Refuse an amount that the running loans or the works certainly do not allow.

    What cannot be told is for the counsellor, who must say that it was checked.

    Raises
    ------
    RuleViolation
        `decision.running_loan_first`, `decision.works_not_financeable`, `decision.open_points`.
    """
    if _FIRST in weighed.assessment.reasons:
        left = weighed.facts.outstanding_cents or 0
        raise RuleViolation("decision.running_loan_first", running=format_plain(left))
    works = weighed.works
    if amount_cents > works.possible_cents:
        refused = Words(f"eligibility.work.{code}" for code in works.codes(Truth.NO))
        most = format_plain(works.possible_cents)
        raise RuleViolation(
            "decision.works_not_financeable", field="amount", works=refused, most=most
        )
    points = open_points(weighed, amount_cents)
    if points and not is_confirmed:
        raise RuleViolation(
            "decision.open_points", field="confirms_open_points", points=Words(points)
        )


def works_document(works: WorksCheck) -> list[dict[str, Any]]:
    """Give what the law says of each work, as a sealed decision keeps it."""
    return [
        {
            "work": found.code,
            "cost_cents": found.cost_cents,
            "truth": int(found.truth),
            "reasons": list(found.reasons),
            "open_points": list(found.open_points),
        }
        for found in works.findings
    ]
