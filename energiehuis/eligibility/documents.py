"""The facts of one household as a JSON document and back; what is not known is left out."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum

from energiehuis.eligibility.facts import DwellingKind, DwellingRole, HouseholdFacts
from energiehuis.law.vocabulary import BorrowerKind

_NAMES = tuple(part.name for part in fields(HouseholdFacts))
_ENUMS: dict[str, type[StrEnum]] = {
    "borrower_kind": BorrowerKind,
    "dwelling_role": DwellingRole,
    "dwelling_kind": DwellingKind,
}
_DAYS = frozenset({"outstanding_granted_on"})


def write_facts(facts: HouseholdFacts) -> dict[str, object]:
    """Give the known facts by name; a day as ISO text, so that it equals what is read back."""
    named = ((name, getattr(facts, name)) for name in _NAMES)
    return {name: _write(value) for name, value in named if value is not None}


def read_facts(document: dict[str, object]) -> HouseholdFacts:
    """Give the facts of a document.

    Raises
    ------
    TypeError
        When the document names a fact that does not exist.
    """
    values = {name: _read(name, value) for name, value in document.items()}
    return HouseholdFacts(**values)  # type: ignore[arg-type]


def change_household(facts: HouseholdFacts, changes: Mapping[str, object]) -> HouseholdFacts:
    """Give the facts with some of them changed; None makes a fact unknown again.

    Raises
    ------
    TypeError
        When a change names a fact that does not exist.
    """
    return replace(facts, **changes)  # type: ignore[arg-type]


def _write(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: object) -> object:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(str(value))
    return _ENUMS[name](str(value)) if name in _ENUMS else value
