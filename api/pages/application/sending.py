"""The last two pages: check and send, and the confirmation."""

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.errors import STATUS
from api.guards import public
from api.languages import requested_language
from api.pages.application import browser
from api.pages.application.facts_of_day import words_for_today
from api.pages.application.preview import Preview, find_command, make_preview
from api.pages.application.steps import REVIEW, steps_for
from api.pages.application.summary import sections_of
from api.pages.application.validation import first_unfinished, sentence
from api.pages.application.views import ROAD
from api.pages.context import text
from api.pages.language import pages_blueprint
from api.pages.law_view import documents_to_bring, sorted_grounds, trace_of
from energiehuis import clock
from energiehuis.access.actor import CITIZEN
from energiehuis.db.engine import TransactionKind
from energiehuis.drafts import service as drafts
from energiehuis.drafts.service import Answers
from energiehuis.errors import DomainError, FieldError
from energiehuis.loans.rules import limit_errors
from energiehuis.loans.service import prepare_application, submit_application
from energiehuis.loans.status_secret import status_secret

blueprint = pages_blueprint("send", __name__)
_PAGE_OF_FIELD = {"amount": "bedrag", "term_months": "bedrag", "dwelling": "woning"}
Problem = dict[str, str]


@blueprint.get(f"{ROAD}/{REVIEW}")
@public
def review() -> Response | str:
    """Show all answers and what the law of today says of them."""
    answers = browser.open_answers()
    if answers is None:
        return redirect(url_for("apply.start", verlopen=1))
    unfinished = first_unfinished(answers, requested_language())
    if unfinished is not None:
        return redirect(url_for("apply.show_step", slug=unfinished.slug))
    return _page(answers, [])


@blueprint.post(f"{ROAD}/{REVIEW}")
@public
def send() -> Response | tuple[str, int]:
    """Send the application once; sending it again shows the same confirmation."""
    answers = browser.open_answers()
    if answers is not None and first_unfinished(answers, requested_language()):
        return redirect(url_for("send.review"), 303)
    if answers is not None and request.form.get("declaration") != "yes":
        problem = {"url": "#declaration", "sentence": text("review.declaration_needed")}
        return _page(answers, [problem]), 422
    try:
        following = _submit(answers or {})
    except DomainError as error:
        return _page(answers or {}, _problems(error)), STATUS[type(error)]
    return redirect(url_for(following), 303)


@blueprint.get(f"{ROAD}/verzonden")
@public
def sent() -> Response | str:
    """Show the reference and the code of what was sent, for a day, on this browser only."""
    draft = browser.current_draft()
    if draft is None or draft.sent_reference is None:
        return redirect(url_for("apply.start"))
    secret = status_secret(current_app.config["SECRET_KEY"], draft.sent_reference)
    return render_template(
        "application/sent.html", reference=draft.sent_reference, secret=secret, sent_at=clock.now()
    )


def _submit(answers: Answers) -> str:
    """Send what was checked, once; give the page that comes next.

    The law is asked before the transaction opens, so that nobody waits for it.
    """
    command = find_command(answers, requested_language())
    prepared = prepare_application(command) if command else None
    token = request.cookies.get(browser.COOKIE, "")
    with browser.citizen_session(TransactionKind.WRITE) as session:
        draft = drafts.find_draft(session, token, for_update=True)
        if draft is None:
            return "apply.start"
        if draft.sent_reference is not None:
            return "send.sent"
        if prepared is None or draft.answers != answers:
            # Changed in another window since: what was checked is not what would be sent.
            return "send.review"
        submitted = submit_application(session, CITIZEN, prepared)
        drafts.mark_sent(session, token, submitted.reference)
    return "send.sent"


def _page(answers: Answers, problems: list[Problem]) -> str:
    command = find_command(answers, requested_language())
    preview = make_preview(command) if command else None
    trace = trace_of(preview.facts, clock.today()) if preview else None
    words = words_for_today(answers)
    return render_template(
        "application/review.html",
        sections=sections_of(answers, words),
        preview=preview,
        trace=trace,
        grounds=sorted_grounds(trace) if trace else (),
        documents=documents_to_bring(trace) if trace else (),
        municipality=words["municipality"],
        errors=problems or _limit_problems(preview),
        last_slug=steps_for(answers)[-1].slug,
    )


def _limit_problems(preview: Preview | None) -> list[Problem]:
    """Say before sending what the service would refuse."""
    if preview is None:
        return []
    command = preview.command
    errors = limit_errors(
        preview.assessment.limits,
        command.amount_cents,
        term_months=command.term_months,
        works_cost_cents=command.works_cost_cents,
    )
    return [_problem(error) for error in errors]


def _problems(error: DomainError) -> list[Problem]:
    found: tuple[FieldError, ...] = getattr(error, "errors", ())
    return [
        _problem(one) for one in found or (FieldError(error.field or "", error.code, error.params),)
    ]


def _problem(error: FieldError) -> Problem:
    first = error.field.split(".")[0]
    slug = _PAGE_OF_FIELD.get(first) or ("situatie" if first == "facts" else None)
    url = url_for("apply.show_step", slug=slug, naar=REVIEW) + f"#{error.field}" if slug else ""
    return {"url": url, "sentence": sentence(error, requested_language())}
