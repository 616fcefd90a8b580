"""The facts of one household as a JSON document and back; what is not known is left out."""

from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum

from energiehuis.eligibility.facts import DwellingKind, DwellingRole, HouseholdFacts
from energiehuis.law.vocabulary import BorrowerKind

_NAMES = tuple(part.name for part in fields(HouseholdFacts))
_ENUMS: dict[str, type[StrEnum]] = {
    "borrower_kind": BorrowerKind,
    "dwelling_role": DwellingRole,
    "dwelling_kind": DwellingKind,
}


def write_facts(facts: HouseholdFacts) -> dict[str, object]:
    """Give the known facts by name."""
    named = ((name, getattr(facts, name)) for name in _NAMES)
    return {name: value for name, value in named if value is not None}


def read_facts(document: dict[str, object]) -> HouseholdFacts:
    """Give the facts of a document.

    Raises
    ------
    TypeError
        When the document names a fact that does not exist.
    """
    values = {
        name: _ENUMS[name](str(value)) if name in _ENUMS and value is not None else value
        for name, value in document.items()
    }
    return HouseholdFacts(**values)  # type: ignore[arg-type]


def change_household(facts: HouseholdFacts, changes: Mapping[str, object]) -> HouseholdFacts:
    """Give the facts with some of them changed; None makes a fact unknown again.

    Raises
    ------
    TypeError
        When a change names a fact that does not exist.
    """
    return replace(facts, **changes)  # type: ignore[arg-type]
