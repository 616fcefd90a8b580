"""Sealed decisions: everything that a decision rests on, in one canonical document with its digest.

Whoever has the document and the rule files of its version can decide again and compare.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any
from uuid import UUID

from energiehuis.identifiers import digest
from energiehuis.loans.schedule import ScheduleSummary

FORMAT = "energiehuis/loan-decision/2"
# Sealed before works and running loans were weighed; what it does not hold is not compared.
FIRST_FORMAT = "energiehuis/loan-decision/1"


def seal_document(
    *,
    application: dict[str, Any],
    assessment: dict[str, Any],
    works_check: list[dict[str, Any]],
    proof_digests: Sequence[str],
    decision: dict[str, Any],
    schedule: ScheduleSummary | None,
) -> dict[str, Any]:
    """Join facts, law, result and decision into the document that is sealed."""
    return {
        "format": FORMAT,
        "software": _software_version(),
        "application": _plain(application),
        "assessment": _plain(assessment),
        "works_check": works_check,
        "proofs": list(proof_digests),
        "decision": _plain(decision),
        "schedule": None if schedule is None else asdict(schedule),
    }


def seal_of(document: dict[str, Any]) -> str:
    """Give the digest that seals a document."""
    return digest(document)


@cache
def _software_version() -> str:
    # Reading it parses a file each time, which took a third of a bulk load.
    return version("energiehuis")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> object:
    return str(value) if isinstance(value, date | UUID) else value
