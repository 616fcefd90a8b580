"""The page of one file: facts, the law of its day, the schedule, and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from api.errors import STATUS
from api.guards import requires
from api.languages import requested_language
from api.pages import file_forms
from api.pages.calculator import years_of
from api.pages.language import pages_blueprint
from api.pages.law_view import sorted_grounds, trace_of
from api.unit_of_work import unit_of_work
from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.eligibility.documents import read_facts
from energiehuis.eligibility.words import render_comparison
from energiehuis.errors import (
    DomainError,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    StaleVersion,
)
from energiehuis.loans.assessment import assess
from energiehuis.loans.decisions import decide
from energiehuis.loans.proofs import document_kinds, list_proofs
from energiehuis.loans.queries import (
    ApplicationFile,
    LoanFile,
    find_loan_of_application,
    get_application,
    list_events,
)
from energiehuis.loans.schedule import RepaymentPlan, plan_repayment
from energiehuis.loans.service import change_facts, move_application
from energiehuis.loans.states import ApplicationStatus, is_open, moves_from
from energiehuis.loans.weighing import open_points, weigh_file
from energiehuis.reference_data.municipalities import get_municipality

blueprint = pages_blueprint("file", __name__)
_FILE = "/dossiers/<uuid:application_id>"
Read = Callable[[Any, ApplicationFile], Any]
Act = Callable[[Session, Actor, Any], object]
_NO_FORM: dict[str, Any] = {"typed": {}, "errors": (), "notice": "", "reasons": ()}


@blueprint.get(_FILE)
@requires(Permission.APPLICATION_READ)
def show(application_id: UUID) -> str:
    """Show the file."""
    return _page(application_id, **{**_NO_FORM, "notice": request.args.get("klaar", "")[:20]})


@blueprint.post(f"{_FILE}/feiten")
@requires(Permission.APPLICATION_ASSESS)
def confirm_facts(application_id: UUID) -> Response | tuple[str, int]:
    """Put the facts of a document in the place of what was told."""
    return _act(application_id, file_forms.read_facts_form, change_facts, done="feiten")


@blueprint.post(f"{_FILE}/stap")
@requires(Permission.APPLICATION_ASSESS)
def move(application_id: UUID) -> Response | tuple[str, int]:
    """Take the file up, ask the applicant something, or withdraw it."""
    return _act(application_id, file_forms.read_move_form, move_application, done="stap")


@blueprint.post(f"{_FILE}/beslissing")
@requires(Permission.APPLICATION_DECIDE)
def take_decision(application_id: UUID) -> Response | tuple[str, int]:
    """Approve an amount and a term, or refuse."""
    return _act(application_id, file_forms.read_decision_form, decide, done="beslissing")


def _act(application_id: UUID, read: Read, act: Act, *, done: str) -> Response | tuple[str, int]:
    """Do what a form asks; when that cannot be, show the file again with all that was typed."""
    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            file = get_application(session, actor, application_id)
            act(session, actor, read(request.form, file))
    except (NotAuthenticated, NotFound, PermissionDenied):
        raise
    except StaleVersion as error:
        return _again(application_id, notice="stale", errors=()), STATUS[type(error)]
    except ValidationError as error:
        errors = file_forms.wrong_inputs(error, requested_language())
        return _again(application_id, notice="", errors=errors), 422
    except DomainError as error:
        errors = file_forms.wrong_inputs(error, requested_language())
        return _again(application_id, notice="", errors=errors), STATUS[type(error)]
    return redirect(url_for("file.show", application_id=application_id, klaar=done), 303)


def _again(application_id: UUID, **said: Any) -> str:  # noqa: ANN401
    reasons = tuple(request.form.getlist("reason_codes"))
    return _page(application_id, typed=request.form.to_dict(), reasons=reasons, **said)


def _page(application_id: UUID, **form: Any) -> str:  # noqa: ANN401
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        file = get_application(session, actor, application_id)
        events = list_events(session, application_id)
        loan = find_loan_of_application(session, application_id)
        weighed = weigh_file(session, file, clock.today())
        may_see = actor.may(Permission.PROOF_READ)
        proofs = list_proofs(session, actor, application_id) if may_see else []
    trace = trace_of(weighed.facts, file.applied_on)
    plan = _plan(file, loan)
    open_now = is_open(ApplicationStatus(file.status))
    return render_template(
        "staff/file.html",
        file=file,
        events=events,
        loan=loan,
        trace=trace,
        grounds=sorted_grounds(trace),
        comparison=lambda line: render_comparison(line, requested_language()),
        weighed=weighed,
        proofs=proofs,
        document_kinds=document_kinds(),
        points=open_points(weighed, file.amount_cents),
        plan=plan,
        years=years_of(plan) if plan else (),
        municipality=get_municipality(file.nis_code).name,
        fields=file_forms.fact_fields(file.borrower_kind),
        facts_typed={**file_forms.typed_facts(file), **form["typed"]},
        moves=[move.value for move in moves_from(ApplicationStatus(file.status))],
        refusals=file_forms.refusal_codes(),
        may_assess=open_now and actor.may(Permission.APPLICATION_ASSESS),
        may_decide=open_now and actor.may(Permission.APPLICATION_DECIDE),
        by_path={error.input_name: error for error in form["errors"]},
        **form,
    )


def _plan(file: ApplicationFile, loan: LoanFile | None) -> RepaymentPlan | None:
    """Give the schedule of the loan, or of what is asked while the product is certain."""
    if loan is not None:
        return plan_repayment(
            loan.principal_cents,
            loan.rate_basis_points,
            term_months=loan.term_months,
            rounding=loan.rounding,
            first_due_on=loan.first_due_on,
        )
    if file.rate_basis_points is None or file.decision is not None:
        return None
    rounding = assess(read_facts(file.facts), file.applied_on).rounding
    return plan_repayment(
        file.amount_cents, file.rate_basis_points, term_months=file.term_months, rounding=rounding
    )
