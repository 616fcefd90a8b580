"""What the law of today says of the answers, before anything is sent; the rules of the service."""

from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError

from api.pages.application.answers import document_of
from api.schemas.applications import ApplicationSchema, as_command
from energiehuis import clock
from energiehuis.drafts.service import Answers
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.loans import service
from energiehuis.loans.assessment import Assessment, assess
from energiehuis.loans.commands import Channel, SubmitApplication
from energiehuis.loans.schedule import RepaymentPlan, plan_repayment


@dataclass(frozen=True, slots=True)
class Preview:
    """A complete application, what the law says of it, and its repayment where that is certain."""

    command: SubmitApplication
    facts: HouseholdFacts
    assessment: Assessment
    plan: RepaymentPlan | None


def find_command(answers: Answers, language: str) -> SubmitApplication | None:
    """Give the application of the answers, or None while something is wrong or missing."""
    try:
        data: dict[str, Any] = ApplicationSchema().load(document_of(answers, language))
    except ValidationError:
        return None
    command = as_command(data, Channel.WEB)
    return replace(command, facts=service.located(command))


def make_preview(command: SubmitApplication) -> Preview:
    """Ask the law of today about an application."""
    assessment = assess(command.facts, clock.today())
    return Preview(command, command.facts, assessment, _plan(command, assessment))


def _plan(command: SubmitApplication, assessment: Assessment) -> RepaymentPlan | None:
    rate = assessment.rate_basis_points
    if rate is None:
        return None
    return plan_repayment(
        command.amount_cents,
        rate,
        term_months=command.term_months,
        rounding=assessment.rounding,
    )
