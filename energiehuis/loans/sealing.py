"""Sealed decisions: everything that a decision rests on, in one canonical document with its digest.

Whoever has the document and the rule files of its version can decide again and compare.
"""

from datetime import date
from importlib.metadata import version
from typing import Any
from uuid import UUID

from energiehuis.identifiers import digest
from energiehuis.loans.schedule import RepaymentPlan

FORMAT = "energiehuis/loan-decision/1"


def seal_document(
    *,
    application: dict[str, Any],
    assessment: dict[str, Any],
    decision: dict[str, Any],
    plan: RepaymentPlan | None,
) -> dict[str, Any]:
    """Join facts, law, result and decision into the document that is sealed."""
    return {
        "format": FORMAT,
        "software": version("energiehuis"),
        "application": _plain(application),
        "assessment": _plain(assessment),
        "decision": _plain(decision),
        "schedule": None if plan is None else schedule_digest(plan),
    }


def seal_of(document: dict[str, Any]) -> str:
    """Give the digest that seals a document."""
    return digest(document)


def schedule_digest(plan: RepaymentPlan) -> dict[str, Any]:
    """Give the terms and totals of a schedule, and the digest of all its rows."""
    rows = [[r.instalment_cents, r.interest_cents, r.balance_cents] for r in plan.rows]
    return {
        "principal_cents": plan.principal_cents,
        "rate_basis_points": plan.rate_basis_points,
        "term_months": plan.term_months,
        "rounding": plan.rounding,
        "instalment_cents": plan.instalment_cents,
        "last_instalment_cents": plan.last_instalment_cents,
        "total_cents": plan.total_cents,
        "rows_digest": digest(rows),
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> object:
    return str(value) if isinstance(value, date | UUID) else value
