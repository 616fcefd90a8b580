"""From what the services give to the bodies that the JSON interface answers."""

from typing import Any

from api.answers import as_percent_text
from energiehuis.eligibility.truth import Truth
from energiehuis.eligibility.works import WorksCheck
from energiehuis.loans.assessment import Assessment
from energiehuis.loans.proofs import Proof
from energiehuis.loans.queries import ApplicationFile, Decision, WorklistItem
from energiehuis.loans.schedule import RepaymentPlan
from energiehuis.money import format_plain

Body = dict[str, Any]


def money(amount_cents: int | None) -> str | None:
    """Write cents as text, or nothing for what is unknown."""
    return None if amount_cents is None else format_plain(amount_cents)


def percent(basis_points: int | None) -> str | None:
    """Write a rate as percent, or nothing for what is unknown."""
    return None if basis_points is None else as_percent_text(basis_points)


def assessment_body(assessment: Assessment) -> Body:
    """Write what the law says."""
    limits = assessment.limits
    return {
        "outcome": assessment.outcome,
        "product": assessment.product_code,
        "rate_percent": percent(assessment.rate_basis_points),
        "minimum_amount": money(limits.minimum_cents),
        "maximum_amount": money(limits.maximum_cents),
        "longest_term_months": limits.longest_term_months,
        "still_lendable_amount": money(limits.left_cents),
        "is_priority": assessment.is_priority,
        "law_version": assessment.law_version,
    }


def works_body(check: WorksCheck) -> Body:
    """Write which works may be financed, and how much they cost together."""
    return {
        "financeable": format_plain(check.financeable_cents),
        "possible": format_plain(check.possible_cents),
        "items": [
            {
                "work": found.code,
                "cost": format_plain(found.cost_cents),
                "may_be_financed": None if found.truth is Truth.UNKNOWN else bool(found.truth),
                "reasons": list(found.reasons),
                "open_points": list(found.open_points),
            }
            for found in check.findings
        ],
    }


def application_body(file: ApplicationFile) -> Body:
    """Write a whole file."""
    return {
        "id": file.id,
        "version": file.version,
        "reference": file.reference,
        "status": file.status,
        "received_at": file.received_at,
        "applied_on": file.applied_on,
        "nis_code": file.nis_code,
        "channel": file.channel,
        "language": file.language,
        "borrower_kind": file.borrower_kind,
        "form": file.form,
        "facts": file.facts,
        "works": [
            {
                "work": work["work"],
                "cost": format_plain(work["cost_cents"]),
                "by_contractor": work["by_contractor"],
            }
            for work in file.works
        ],
        "amount": format_plain(file.amount_cents),
        "term_months": file.term_months,
        "outcome": file.outcome,
        "product": file.product_code,
        "rate_percent": percent(file.rate_basis_points),
        "is_priority": file.is_priority,
        "law_version": file.law_version,
        "decision": decision_body(file.decision),
        "loan_id": file.loan_id,
    }


def proof_body(proof: Proof) -> Body:
    """Write one proof; what was typed about it is not kept."""
    return {
        "ground": proof.ground,
        "status": proof.status,
        "document": proof.document,
        "seen_on": proof.seen_on,
        "seen_by_role": proof.seen_by_role,
        "digest": proof.digest,
    }


def decision_body(decision: Decision | None) -> Body | None:
    """Write a decision, or nothing while there is none."""
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "decided_at": decision.decided_at,
        "amount": money(decision.amount_cents),
        "term_months": decision.term_months,
        "reason_codes": decision.reason_codes,
        "explanation": decision.explanation,
        "seal": decision.seal,
    }


def worklist_item_body(item: WorklistItem) -> Body:
    """Write one line of the worklist."""
    return {
        "id": item.id,
        "version": item.version,
        "reference": item.reference,
        "nis_code": item.nis_code,
        "status": item.status,
        "received_at": item.received_at,
        "applied_on": item.applied_on,
        "applicant_name": item.applicant_name,
        "amount": format_plain(item.amount_cents),
        "term_months": item.term_months,
        "outcome": item.outcome,
        "product": item.product_code,
        "is_priority": item.is_priority,
    }


def status_body(file: ApplicationFile) -> Body:
    """Write what a citizen sees of an application."""
    return {
        "reference": file.reference,
        "status": file.status,
        "status_since": file.status_since,
        "applied_on": file.applied_on,
        "amount": format_plain(file.amount_cents),
        "term_months": file.term_months,
        "outcome": file.outcome,
        "decision": decision_body(file.decision),
    }


def schedule_body(plan: RepaymentPlan) -> Body:
    """Write a schedule with its totals."""
    return {
        "amount": format_plain(plan.principal_cents),
        "rate_percent": as_percent_text(plan.rate_basis_points),
        "term_months": plan.term_months,
        "rounding": plan.rounding,
        "instalment": format_plain(plan.instalment_cents),
        "last_instalment": format_plain(plan.last_instalment_cents),
        "total": format_plain(plan.total_cents),
        "total_interest": format_plain(plan.total_interest_cents),
        "annual_percentage_rate_percent": round(plan.annual_percentage_rate * 100, 4),
        "rows": [
            {
                "number": row.number,
                "due_on": row.due_on,
                "instalment": format_plain(row.instalment_cents),
                "interest": format_plain(row.interest_cents),
                "principal": format_plain(row.principal_cents),
                "balance": format_plain(row.balance_cents),
            }
            for row in plan.rows
        ],
    }
