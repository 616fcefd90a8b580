"""Deciding again from a sealed document alone, to see whether it says what it should.

No database is needed: the document holds the facts, the rule files of this installation hold the
law. What differs is named; nothing is repaired.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson

from energiehuis.eligibility.documents import read_facts
from energiehuis.identifiers import canonical_json
from energiehuis.loans.assessment import Assessment, assess
from energiehuis.loans.schedule import LoanTerms, summarise_schedules
from energiehuis.loans.sealing import FIRST_FORMAT, FORMAT, seal_of
from energiehuis.loans.weighing import weigh_works, with_row_works, works_document

_LAW = ("assessment.law_version", "assessment.law_files_version")


class NoSealedDecision(ValueError):
    """The document is not a sealed decision that this version can read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the document that is not what deciding again gives."""

    part: str
    sealed: object
    found: object

    @property
    def is_of_law(self) -> bool:
        """Say whether only the rule files are another version; the answer may be the same."""
        return self.part in _LAW


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
    if document.get("format") not in (FORMAT, FIRST_FORMAT):
        raise NoSealedDecision(f"the format is {document.get('format')!r}, not {FORMAT!r}")
    try:
        found = _assess_again(document)
        return (
            *_seal_differences(document, seal),
            *_assessment_differences(document, found),
            *_works_differences(document, found),
            *_schedule_differences(document),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoSealedDecision(f"a part is missing or has another form: {error}") from error


def _seal_differences(document: dict[str, Any], seal: str | None) -> list[Difference]:
    found = seal_of(document)
    return [] if seal is None or seal == found else [Difference("seal", seal, found)]


def _assess_again(document: dict[str, Any]) -> Assessment:
    application = document["application"]
    # The first format does not say of the works as a whole what decides on a minimum.
    facts = with_row_works(read_facts(application["facts"]), application["works"])
    return assess(facts, date.fromisoformat(application["applied_on"]))


def _assessment_differences(document: dict[str, Any], found: Assessment) -> list[Difference]:
    again = _as_json(found.as_document())
    # What the first format did not hold yet is not compared.
    is_whole = document["format"] != FIRST_FORMAT
    return list(_compare("assessment", document["assessment"], again, is_whole=is_whole))


def _works_differences(document: dict[str, Any], found: Assessment) -> list[Difference]:
    if document["format"] == FIRST_FORMAT:
        return []
    application, sealed = document["application"], document["works_check"]
    day = date.fromisoformat(application["applied_on"])
    again = works_document(weigh_works(application["works"], day, found))
    if len(sealed) != len(again):
        return [Difference("works_check", len(sealed), len(again))]
    pairs = zip(sealed, again, strict=True)
    return [Difference("works_check", was, now) for was, now in pairs if was != now]


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
    return list(_compare("schedule", sealed, asdict(summarise_schedules([terms])[0])))


def _compare(
    part: str, sealed: Mapping[str, Any], found: Mapping[str, Any], *, is_whole: bool = True
) -> Iterator[Difference]:
    """Compare by name, group by group; not the whole, then only what was sealed."""
    for name in sorted(set(sealed) | set(found) if is_whole else sealed):
        was, now = sealed.get(name), found.get(name)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _compare(f"{part}.{name}", was, now, is_whole=is_whole)
        elif was != now:
            yield Difference(f"{part}.{name}", was, now)


def _as_json(values: dict[str, Any]) -> dict[str, Any]:
    """Give values as a JSON document gives them back: lists for tuples."""
    return dict(orjson.loads(canonical_json(values)))
