"""Deciding on an application: approve an amount and a term, or refuse with reasons; sealed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.eligibility.documents import write_facts
from energiehuis.errors import FieldError, InvalidInput, RuleViolation
from energiehuis.identifiers import new_id
from energiehuis.loans.assessment import Assessment
from energiehuis.loans.commands import Decide
from energiehuis.loans.health_funds import refuse_health_fund
from energiehuis.loans.models import Loan, LoanDecision
from energiehuis.loans.proofs import list_proof_digests
from energiehuis.loans.queries import ApplicationFile, load_application
from energiehuis.loans.rules import limit_errors
from energiehuis.loans.schedule import (
    LoanTerms,
    ScheduleSummary,
    first_due_day,
    summarise_schedules,
)
from energiehuis.loans.sealing import seal_document, seal_of
from energiehuis.loans.service import require_version, update_application
from energiehuis.loans.states import ApplicationStatus, Move, after
from energiehuis.loans.weighing import (
    Weighed,
    open_points,
    require_approvable,
    weigh_file,
    works_document,
)
from energiehuis.money import format_plain

_DECISIONS = LoanDecision.__table__
_LOANS = Loan.__table__


def decide(session: Session, actor: Actor, command: Decide) -> ApplicationFile:
    """Decide on an application. Needs `application:decide`.

    An approval makes the loan. Facts, law, result and decision are sealed together.

    Raises
    ------
    NotFound, PermissionDenied, StaleVersion
    Conflict
        `application.move_not_allowed`, when it was decided already.
    RuleViolation
        `decision.not_eligible`, `decision.undetermined`, and those of `require_approvable`.
    InvalidInput
        When amount, term, reasons or explanation do not fit the decision.
    """
    require(actor, Permission.APPLICATION_DECIDE)
    file = load_application(session, actor, command.application_id)
    require_version(file, command.version)
    move = Move.APPROVE if command.is_approved else Move.REFUSE
    status = after(ApplicationStatus(file.status), move)
    weighed = weigh_file(session, file, clock.today())
    require_decidable(file, weighed, command)
    now, assessment = clock.now(), weighed.assessment
    update_application(session, file, {"status": status.value, "status_since": now})
    schedule = None
    if command.is_approved:
        schedule = summarise_schedules([loan_terms(assessment, command)])[0]
    proofs = list_proof_digests(session, file.id)
    row = decision_row(file, weighed, command, actor=actor, schedule=schedule, proof_digests=proofs)
    session.connection().execute(insert(_DECISIONS), row)  # type: ignore[arg-type]
    if schedule is not None:
        loan = loan_row(file, assessment, schedule)
        session.connection().execute(insert(_LOANS), loan)  # type: ignore[arg-type]
    details: dict[str, object] = {"outcome": row["outcome"], "seal": row["seal"]}
    append(
        session,
        Entry(
            actor.name, actor.role_name, "application.decided", "application", str(file.id), details
        ),
    )
    return load_application(session, actor, file.id)


def require_decidable(file: ApplicationFile, weighed: Weighed, command: Decide) -> None:
    """Refuse a decision that does not fit, or an approval that the law does not allow.

    Raises
    ------
    InvalidInput
        Naming each field that does not fit.
    RuleViolation
        When the law, a running loan or the works stand in the way.
    """
    refuse_health_fund(explanation=command.explanation)
    errors = decision_errors(file, weighed.assessment, command)
    if errors:
        raise InvalidInput(errors)
    if command.is_approved:
        require_eligible(weighed.assessment, file.applied_on)
        require_approvable(
            weighed, command.amount_cents or 0, is_confirmed=command.confirms_open_points
        )


def decision_errors(
    file: ApplicationFile, assessment: Assessment, command: Decide
) -> list[FieldError]:
    """List what does not fit in a decision."""
    if not command.is_approved:
        return _refusal_errors(command)
    errors = []
    if command.reason_codes:
        errors.append(FieldError("reason_codes", "decision.reason_not_allowed"))
    if command.amount_cents is None or command.term_months is None:
        errors.append(FieldError("amount", "decision.amount_and_term_needed"))
        return errors
    if command.amount_cents > file.amount_cents:
        wished: dict[str, object] = {"wished": format_plain(file.amount_cents)}
        errors.append(FieldError("amount", "decision.amount_above_wish", wished))
    return errors + limit_errors(
        assessment.limits,
        command.amount_cents,
        term_months=command.term_months,
        works_cost_cents=file.works_cost_cents,
    )


def decision_row(
    file: ApplicationFile,
    weighed: Weighed,
    command: Decide,
    *,
    actor: Actor,
    schedule: ScheduleSummary | None,
    proof_digests: Sequence[str] = (),
) -> dict[str, Any]:
    """Give the row of a decision that is taken now, with its seal.

    The proofs of the grounds are named by their digests; they are kept apart.
    """
    outcome = "approved" if command.is_approved else "refused"
    decided_at = clock.now()
    decision = {
        "outcome": outcome,
        "amount_cents": command.amount_cents if command.is_approved else None,
        "term_months": command.term_months if command.is_approved else None,
        "reason_codes": list(command.reason_codes),
        "explanation": command.explanation.strip(),
        "decided_by": actor.name,
    }
    confirmed = open_points(weighed, command.amount_cents or 0) if command.is_approved else ()
    sealed = seal_document(
        application={
            "id": file.id,
            "reference": file.reference,
            "applied_on": file.applied_on,
            "amount_cents": file.amount_cents,
            "term_months": file.term_months,
            "works": file.works,
            "facts": write_facts(weighed.facts),
            "running_loans": [loan.as_document() for loan in weighed.running],
        },
        assessment=weighed.assessment.as_document(),
        works_check=works_document(weighed.works),
        proof_digests=proof_digests,
        decision={
            **decision,
            "decided_at": decided_at.isoformat(),
            "confirmed_points": list(confirmed),
        },
        schedule=schedule,
    )
    return {
        "application_id": file.id,
        "decided_at": decided_at,
        "sealed": sealed,
        "seal": seal_of(sealed),
        **decision,
    }


def loan_row(
    file: ApplicationFile, assessment: Assessment, schedule: ScheduleSummary
) -> dict[str, Any]:
    """Give the row of the loan that an approval makes today."""
    granted_on = clock.today()
    loan_id: UUID = new_id()
    return {
        "id": loan_id,
        "version": 1,
        "number": file.reference.replace("EL-", "LN-", 1),
        "application_id": file.id,
        "organisation_id": file.organisation_id,
        "nis_code": file.nis_code,
        "source": "application",
        "borrower_kind": file.borrower_kind,
        "is_priority": assessment.is_priority,
        "product_code": assessment.product_code,
        "principal_cents": schedule.principal_cents,
        "rate_basis_points": schedule.rate_basis_points,
        "term_months": schedule.term_months,
        "rounding": schedule.rounding,
        "granted_on": granted_on,
        "first_due_on": first_due_day(granted_on),
        "works": file.works,
        "works_cost_cents": file.works_cost_cents,
        "dwelling_type": file.dwelling_type,
        "build_year": file.build_year,
        "floor_area_m2": file.floor_area_m2,
        "heating_carrier": file.heating_carrier,
    }


def require_eligible(assessment: Assessment, applied_on: date) -> None:
    """Refuse to approve what the law of the application day does not allow for certain.

    Raises
    ------
    RuleViolation
        `decision.not_eligible`, `decision.undetermined`.
    """
    if assessment.outcome == "not_eligible":
        raise RuleViolation("decision.not_eligible", day=applied_on.isoformat())
    if assessment.outcome != "eligible" or assessment.rate_basis_points is None:
        raise RuleViolation("decision.undetermined", day=applied_on.isoformat())


def loan_terms(assessment: Assessment, command: Decide) -> LoanTerms:
    """Give what an approval fixes of the schedule."""
    return LoanTerms(
        command.amount_cents or 0,
        assessment.rate_basis_points or 0,
        command.term_months or 0,
        assessment.rounding,
    )


def _refusal_errors(command: Decide) -> list[FieldError]:
    errors = []
    if not command.reason_codes:
        errors.append(FieldError("reason_codes", "decision.reasons_needed"))
    if not command.explanation.strip():
        errors.append(FieldError("explanation", "decision.explanation_needed"))
    return errors
