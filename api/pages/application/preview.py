"""What the law of today says of the answers, and what the works may save; nothing is sent yet."""

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
from energiehuis.simulation.household import HouseholdSaving, find_saving


@dataclass(frozen=True, slots=True)
class Preview:
    """A complete application, what the law says, and repayment and saving where they are known."""

    command: SubmitApplication
    facts: HouseholdFacts
    assessment: Assessment
    plan: RepaymentPlan | None
    saving: HouseholdSaving | None


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
    day = clock.today()
    assessment = assess(command.facts, day)
    saving = find_saving(command, is_priority=assessment.is_priority, day=day)
    return Preview(command, command.facts, assessment, _plan(command, assessment), saving)


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
