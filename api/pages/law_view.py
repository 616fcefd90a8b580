"""The answer of the law for one file, told with its grounds, values and sources."""

from datetime import date

from energiehuis.eligibility.facts import Facts, HouseholdFacts
from energiehuis.eligibility.lines import GroundLine, Trace
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.trace import explain
from energiehuis.eligibility.truth import Truth
from energiehuis.law.loader import load_law

_ORDER = {Truth.YES: 0, Truth.UNKNOWN: 1, Truth.NO: 2}


def trace_of(facts: HouseholdFacts, day: date) -> Trace:
    """Tell what the law of a day says of the facts, and why."""
    law = load_law().on(day)
    return explain(facts, law, evaluate(Facts.from_records([facts]), law), day=day)


def sorted_grounds(trace: Trace) -> tuple[GroundLine, ...]:
    """Give the grounds that hold first, then those that cannot be told, then the others."""
    return tuple(sorted(trace.grounds, key=lambda ground: _ORDER[ground.truth]))


def documents_to_bring(trace: Trace) -> tuple[str, ...]:
    """Name the documents that prove the grounds that hold, else those that may still hold."""
    holding = [ground for ground in trace.grounds if ground.truth is Truth.YES]
    open_ones = [ground for ground in trace.grounds if ground.truth is Truth.UNKNOWN]
    names = [document.id for ground in holding or open_ones for document in ground.documents]
    return tuple(dict.fromkeys(names))
