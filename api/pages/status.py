"""Where an application stands, for who has its reference and its code."""

from dataclasses import dataclass

from flask import current_app, render_template, request

from api.guards import public
from api.pages.application.browser import citizen_session
from api.pages.application.validation import WrongAnswer
from api.pages.calculator import YearOfPlan, years_of
from api.pages.context import text
from api.pages.language import pages_blueprint
from api.pages.law_view import documents_to_bring, trace_of
from energiehuis.access.actor import CITIZEN
from energiehuis.audit.chain import Entry, append
from energiehuis.db.engine import TransactionKind
from energiehuis.eligibility.documents import read_facts
from energiehuis.eligibility.lines import Trace
from energiehuis.loans.queries import (
    ApplicationFile,
    find_application_by_reference,
    find_loan_of_application,
)
from energiehuis.loans.schedule import RepaymentPlan, plan_repayment
from energiehuis.loans.states import ApplicationStatus, is_open
from energiehuis.loans.status_secret import is_status_secret

blueprint = pages_blueprint("status", __name__)


@dataclass(frozen=True, slots=True)
class Found:
    """An application with what is still asked, or with its repayment once it is approved."""

    file: ApplicationFile
    trace: Trace | None
    documents: tuple[str, ...]
    plan: RepaymentPlan | None
    years: tuple[YearOfPlan, ...]


@blueprint.get("/energielening/status")
@public
def ask() -> str:
    """Ask for the reference and the code."""
    return render_template("status/ask.html", typed={}, errors={})


@blueprint.post("/energielening/status")
@public
def show() -> str | tuple[str, int]:
    """Show the application; neither reference nor code ever stands in an address."""
    typed = {name: request.form.get(name, "").strip()[:40] for name in ("reference", "secret")}
    found = _find(typed["reference"].upper(), typed["secret"])
    if found is None:
        errors = {error.path: error for error in _wrong(typed)}
        return render_template("status/ask.html", typed=typed, errors=errors), 422
    return render_template("status/show.html", found=found, file=found.file)


def _find(reference: str, secret: str) -> Found | None:
    if not is_status_secret(current_app.config["SECRET_KEY"], reference, secret):
        return None
    with citizen_session(TransactionKind.LOGGED_READ) as session:
        file = find_application_by_reference(session, reference)
        if file is None:
            return None
        loan = find_loan_of_application(session, file.id)
        seen = (CITIZEN.name, CITIZEN.role_name, "application.status", "application", str(file.id))
        append(session, Entry(*seen))
    plan = None
    if loan is not None:
        plan = plan_repayment(
            loan.principal_cents,
            loan.rate_basis_points,
            term_months=loan.term_months,
            rounding=loan.rounding,
            first_due_on=loan.first_due_on,
        )
    return _with_law(file, plan)


def _with_law(file: ApplicationFile, plan: RepaymentPlan | None) -> Found:
    trace: Trace | None = None
    documents: tuple[str, ...] = ()
    if is_open(ApplicationStatus(file.status)):
        trace = trace_of(read_facts(file.facts), file.applied_on)
        documents = documents_to_bring(trace)
    return Found(file, trace, documents, plan, years_of(plan) if plan else ())


def _wrong(typed: dict[str, str]) -> list[WrongAnswer]:
    empty = [name for name in ("reference", "secret") if not typed[name]]
    if empty:
        return [WrongAnswer(n, n, text(f"status.{n}.needed")) for n in empty]
    return [WrongAnswer("reference", "reference", text("application.status_not_found"))]
