"""The calculator: amount, term and rate in the address, no personal data."""

from dataclasses import dataclass

from flask import render_template, request

from api.guards import public
from api.languages import requested_language
from api.pages.application.validation import WrongAnswer, sentence
from api.pages.language import pages_blueprint
from api.pages.offers import Offer, list_offers
from energiehuis.errors import FieldError
from energiehuis.loans.rules import Limits, limit_errors
from energiehuis.loans.schedule import Instalment, RepaymentPlan, plan_repayment
from energiehuis.money import parse_belgian_cents

blueprint = pages_blueprint("calculator", __name__)
_FIRST_AMOUNT = "10.000"
_FIRST_TERM = "120"


@dataclass(frozen=True, slots=True)
class YearOfPlan:
    """Twelve instalments, or what is left of them, with their sums in cents."""

    number: int
    rows: tuple[Instalment, ...]

    @property
    def instalment_cents(self) -> int:
        """Paid in this year."""
        return sum(row.instalment_cents for row in self.rows)

    @property
    def interest_cents(self) -> int:
        """Interest in this year."""
        return sum(row.interest_cents for row in self.rows)

    @property
    def principal_cents(self) -> int:
        """Principal repaid in this year."""
        return sum(row.principal_cents for row in self.rows)

    @property
    def balance_cents(self) -> int:
        """Owed at the end of this year."""
        return self.rows[-1].balance_cents


@blueprint.get("/energielening/berekenen")
@public
def show() -> str:
    """Show the calculator, and the repayment when amount and term can be used."""
    offers = list_offers()
    offer = _chosen(offers)
    typed = {
        "amount": request.args.get("amount", _FIRST_AMOUNT)[:20],
        "term_months": request.args.get("term_months", _FIRST_TERM)[:5],
    }
    plan, wrong = _calculate(typed, offer)
    return render_template(
        "calculator.html",
        offers=offers,
        offer=offer,
        typed=typed,
        plan=plan,
        years=years_of(plan) if plan else (),
        errors={error.path: error for error in wrong},
    )


def years_of(plan: RepaymentPlan) -> tuple[YearOfPlan, ...]:
    """Divide a schedule into years of twelve instalments."""
    starts = range(0, len(plan.rows), 12)
    return tuple(
        YearOfPlan(number, plan.rows[start : start + 12])
        for number, start in enumerate(starts, start=1)
    )


def _chosen(offers: tuple[Offer, ...]) -> Offer:
    wanted = request.args.get("rate", "")
    return next((offer for offer in offers if str(offer.rate_basis_points) == wanted), offers[0])


def _calculate(
    typed: dict[str, str], offer: Offer
) -> tuple[RepaymentPlan | None, tuple[WrongAnswer, ...]]:
    amount_cents, term_months = _cents(typed["amount"]), _months(typed["term_months"])
    errors = _reading_errors(amount_cents, term_months) or limit_errors(
        Limits(offer.minimum_cents, offer.maximum_cents, offer.longest_term_months),
        amount_cents or 0,
        term_months=term_months or 0,
        # Nobody asks here what the works cost.
        works_cost_cents=amount_cents or 0,
    )
    if errors:
        language = requested_language()
        return None, tuple(WrongAnswer(e.field, e.field, sentence(e, language)) for e in errors)
    plan = plan_repayment(
        amount_cents or 0,
        offer.rate_basis_points,
        term_months=term_months or 0,
        rounding=offer.rounding,
    )
    return plan, ()


def _reading_errors(amount_cents: int | None, term_months: int | None) -> list[FieldError]:
    errors = []
    if amount_cents is None or amount_cents <= 0:
        errors.append(FieldError("amount", "field.money"))
    if not term_months:
        errors.append(FieldError("term_months", "field.whole_number"))
    return errors


def _cents(text: str) -> int | None:
    try:
        return parse_belgian_cents(text)
    except ValueError:
        return None


def _months(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None
