"""The steps of the form: show a page, take its answers, go on."""

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from api.guards import public
from api.languages import requested_language
from api.pages.application import browser, facts_of_day, repayment
from api.pages.application.answers import take_answers
from api.pages.application.questions import count_rows
from api.pages.application.steps import REVIEW, STEPS, Step, after, before, find_step, steps_for
from api.pages.application.validation import WrongAnswer, wrong_answers
from api.pages.language import pages_blueprint
from energiehuis.drafts.service import Answers

blueprint = pages_blueprint("apply", __name__)
ROAD = "/energielening/aanvragen"


@blueprint.get(ROAD)
@public
def start() -> str:
    """Say what is needed, and offer to go on with what was filled in before."""
    has_draft = bool(browser.open_answers())
    return render_template(
        "application/start.html", has_draft=has_draft, first=STEPS[0].slug, has_expired=_expired()
    )


@blueprint.post(f"{ROAD}/opnieuw")
@public
def start_over() -> Response:
    """Forget the answers and begin again."""
    browser.forget_draft()
    return redirect(url_for("apply.show_step", slug=STEPS[0].slug))


@blueprint.get(f"{ROAD}/<slug>")
@public
def show_step(slug: str) -> Response | str:
    """Show one page of questions with the answers so far."""
    answers = browser.open_answers()
    if answers is None and slug != STEPS[0].slug:
        return redirect(url_for("apply.start", verlopen=1))
    return _page(_step(answers or {}, slug), answers or {}, ())


@blueprint.post(f"{ROAD}/<slug>")
@public
def take_step(slug: str) -> Response | tuple[str, int] | str:
    """Keep the answers of a page, right or wrong, and go on when they are right."""
    before_answers = browser.open_answers()
    if before_answers is None and slug != STEPS[0].slug:
        return redirect(url_for("apply.start", verlopen=1))
    step = _step(before_answers or {}, slug)
    answers = take_answers(before_answers or {}, step, request.form)
    action = request.form.get("action", "")
    if action == "add_row":
        answers["works.rows"] = str(count_rows(answers) + 1)
    token = browser.keep_answers(answers)
    wrong = () if action == "add_row" else wrong_answers(answers, step, requested_language())
    return _answer(step, answers, wrong, stays=action in ("add_row", "calculate"), token=token)


def _answer(
    step: Step, answers: Answers, wrong: tuple[WrongAnswer, ...], *, stays: bool, token: str
) -> Response | tuple[str, int]:
    if wrong:
        response = Response(_page(step, answers, wrong), 422, mimetype="text/html")
    elif stays:
        anchor = "rijen" if step.name == "works" else "aflossing"
        here = url_for("apply.show_step", slug=step.slug, naar=request.args.get("naar"))
        response = redirect(f"{here}#{anchor}", 303)
    else:
        response = redirect(_next_page(answers, step), 303)
    browser.set_cookie(response, token)
    return response


def _next_page(answers: Answers, step: Step) -> str:
    following = after(answers, step)
    if following is None or request.args.get("naar") == REVIEW:
        return url_for("send.review")
    return url_for("apply.show_step", slug=following.slug)


def _page(step: Step, answers: Answers, wrong: tuple[WrongAnswer, ...]) -> str:
    steps = steps_for(answers)
    earlier = before(answers, step)
    is_change = request.args.get("naar") == REVIEW
    return render_template(
        "application/step.html",
        step=step,
        number=steps.index(step) + 1,
        count=len(steps),
        groups=step.ask(answers),
        answers=answers,
        errors={error.path: error for error in wrong},
        back_url=url_for("send.review") if is_change else _url_of(earlier),
        words=facts_of_day.words_for_today(answers),
        plan=repayment.find_plan(answers, requested_language()) if step.name == "amount" else None,
    )


def _url_of(step: Step | None) -> str:
    return url_for("apply.start") if step is None else url_for("apply.show_step", slug=step.slug)


def _step(answers: Answers, slug: str) -> Step:
    step = find_step(answers, slug)
    if step is None:
        raise NotFound
    return step


def _expired() -> bool:
    return "verlopen" in request.args
