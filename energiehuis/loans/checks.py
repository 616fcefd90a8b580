"""A check of one household by the law of a day: the short answer and its whole trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from energiehuis.eligibility.brief import render
from energiehuis.eligibility.checks import find_contradictions
from energiehuis.eligibility.export import trace_as_dict
from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.lines import Trace
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.trace import explain
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.works import WorkFacts, WorksCheck, check_works
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.law.loader import load_law
from energiehuis.loans.assessment import Assessment, read_assessment
from energiehuis.reference_data.municipalities import find_municipality_by_postcode


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of the law for one household, and why."""

    assessment: Assessment
    trace: Trace
    works: WorksCheck

    def trace_document(self) -> dict[str, Any]:
        """Give the trace as JSON holds it."""
        return trace_as_dict(self.trace)

    def lines(self, language: str) -> list[str]:
        """Give the short answer in sentences, with its sources."""
        return list(render(self.trace, language))


def check_household(facts: HouseholdFacts, day: date, works: Sequence[WorkFacts] = ()) -> Checked:
    """Ask the law of a day, with the trace, and which of the works it lets finance.

    Raises
    ------
    InvalidInput
        When facts contradict each other, naming each.
    """
    refuse_contradictions(facts, day)
    law = load_law().on(day)
    answers = evaluate(Facts.from_records([facts]), law)
    assessment = read_assessment(answers, facts, law=law)
    allowed = check_works(works, law, priority=Truth(int(answers.priority[0])))
    return Checked(assessment, explain(facts, law, answers, day=day), allowed)


def refuse_contradictions(facts: HouseholdFacts, day: date) -> None:
    """Refuse facts that cannot be true together, naming each."""
    found = find_contradictions(facts, day)
    if found:
        raise InvalidInput([FieldError(f"facts.{c.field}", c.code) for c in found])


def place_facts(postcode: str, day: date) -> dict[str, bool]:
    """Give what a postcode says: whether this Energiehuis serves it; all it serves is Flemish."""
    municipality = find_municipality_by_postcode(postcode)
    if municipality is None:
        raise InvalidInput(
            [FieldError("postcode", "field.postcode_unknown", {"postcode": postcode})]
        )
    return {
        "dwelling_in_served_municipality": municipality.is_served_on(day),
        "dwelling_in_flemish_region": True,
    }
