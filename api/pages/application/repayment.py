"""The repayment shown beside amount and term, at the rate that the borrower would pay today."""

from api.pages.application.answers import document_of
from api.pages.offers import offer_for
from api.schemas.applications import ApplicationSchema
from energiehuis.drafts.service import Answers
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.schedule import RepaymentPlan, plan_repayment
from energiehuis.money import parse_cents


def find_plan(answers: Answers, language: str) -> RepaymentPlan | None:
    """Give the repayment, or None while amount or term cannot be used.

    Whether the borrower may have the product at all is said on the page after this one.
    """
    document = document_of(answers, language)
    wrong = ApplicationSchema().validate(document)
    if not {"amount", "term_months", "borrower_kind"}.isdisjoint(wrong):
        return None
    offer = offer_for(BorrowerKind(document["borrower_kind"]))
    if offer is None:
        return None
    # Both passed the schema just now.
    return plan_repayment(
        parse_cents(document["amount"]),
        offer.rate_basis_points,
        term_months=document["term_months"],
        rounding=offer.rounding,
    )
