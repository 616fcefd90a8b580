"""Deciding again from a sealed document alone, to see whether it says what it should.

No database is needed: the document holds the facts, the rule files of this installation hold the
law. What differs is named; nothing is repaired.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson

from energiehuis.eligibility.documents import read_facts
from energiehuis.identifiers import canonical_json
from energiehuis.loans.assessment import assess
from energiehuis.loans.schedule import LoanTerms, summarise_schedules
from energiehuis.loans.sealing import FORMAT, seal_of


class NoSealedDecision(ValueError):
    """The document is not a sealed decision that this version can read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the document that is not what deciding again gives."""

    part: str
    sealed: object
    found: object


def replay(document: dict[str, Any], seal: str | None) -> tuple[Difference, ...]:
    """Compute the digest, the assessment and the schedule again, and list what differs.

    Parameters
    ----------
    document : dict
        The sealed document.
    seal : str or None
        The digest that was kept beside it; None when it was not kept.

    Raises
    ------
    NoSealedDecision
        When the document has another form.
    """
    if document.get("format") != FORMAT:
        raise NoSealedDecision(f"the format is {document.get('format')!r}, not {FORMAT!r}")
    try:
        return (
            *_seal_differences(document, seal),
            *_assessment_differences(document),
            *_schedule_differences(document),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise NoSealedDecision(f"a part is missing or has another form: {error}") from error


def _seal_differences(document: dict[str, Any], seal: str | None) -> list[Difference]:
    found = seal_of(document)
    return [] if seal is None or seal == found else [Difference("seal", seal, found)]


def _assessment_differences(document: dict[str, Any]) -> list[Difference]:
    application = document["application"]
    day = date.fromisoformat(application["applied_on"])
    found = _as_json(assess(read_facts(application["facts"]), day).as_document())
    return _compare("assessment", document["assessment"], found)


def _schedule_differences(document: dict[str, Any]) -> list[Difference]:
    decision, sealed = document["decision"], document["schedule"]
    if decision["outcome"] != "approved" or sealed is None:
        is_consistent = (decision["outcome"] == "approved") == (sealed is not None)
        return [] if is_consistent else [Difference("schedule", sealed, decision["outcome"])]
    assessment = document["assessment"]
    terms = LoanTerms(
        principal_cents=decision["amount_cents"],
        rate_basis_points=assessment["rate_basis_points"],
        term_months=decision["term_months"],
        rounding=assessment["rounding"],
    )
    return _compare("schedule", sealed, asdict(summarise_schedules([terms])[0]))


def _compare(part: str, sealed: dict[str, Any], found: dict[str, Any]) -> list[Difference]:
    names = sorted(set(sealed) | set(found))
    return [
        Difference(f"{part}.{name}", sealed.get(name), found.get(name))
        for name in names
        if sealed.get(name) != found.get(name)
    ]


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    """Give values as a JSON document gives them back: lists for tuples."""
    return dict(orjson.loads(canonical_json(values)))
