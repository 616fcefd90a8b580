"""Drafts of law: the list, a new one, one with its steps and impact, and the law of a day."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from api.errors import STATUS
from api.guards import public, requires
from api.languages import requested_language
from api.pages.application.validation import WrongAnswer
from api.pages.language import pages_blueprint
from api.pages.law.forms import read_draft_form, read_step_form, wrong_inputs
from api.pages.law.impact import ImpactView, place_of, view_impact
from api.unit_of_work import unit_of_work
from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import (
    DomainError,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    RuleViolation,
    StaleVersion,
)
from energiehuis.law.loader import load_law
from energiehuis.law_changes.queries import LawDraft, get_draft, list_drafts
from energiehuis.law_changes.service import (
    TakeStep,
    create_draft,
    impact_of,
    steps_for,
    take_step,
)
from energiehuis.law_changes.states import DraftStatus
from energiehuis.law_changes.view import view_law

blueprint = pages_blueprint("law", __name__)
_DRAFT = "/wet/ontwerpen/<uuid:draft_id>"
_FIRST_DAY, _LAST_DAY = date(2006, 1, 1), date(2100, 12, 31)


@blueprint.get("/wet")
@requires(Permission.LAW_CONFIRM)
def show_list() -> str:
    """List the drafts, newest first."""
    with unit_of_work(TransactionKind.READ) as (session, actor):
        drafts = list_drafts(session, actor)
    return render_template("law/list.html", drafts=drafts, state_of=state_of, today=clock.today())


@blueprint.get("/wet/dag")
@public
def show_day() -> str | tuple[str, int]:
    """Show the whole law of a day; the law is for everybody."""
    asked = request.args.get("dag", "")[:10]
    day = _day(asked) if asked else clock.today()
    law = load_law().on(day or clock.today())
    view = view_law(law, day or clock.today(), requested_language())
    last = date.fromordinal(law.next_change_on.toordinal() - 1)
    page = render_template("law/day.html", view=view, last=last, asked=asked, is_wrong=day is None)
    return page if day else (page, 422)


@blueprint.get("/wet/ontwerpen/nieuw")
@requires(Permission.LAW_CONFIRM)
def ask() -> str:
    """Ask for a draft."""
    with unit_of_work(TransactionKind.READ) as (_session, _actor):
        return _ask("")


@blueprint.post("/wet/ontwerpen/nieuw")
@requires(Permission.LAW_CONFIRM)
def create() -> Response | tuple[str, int]:
    """Take a draft in, or show what is wrong with it."""

    def work(session: Session, actor: Actor) -> LawDraft:
        return create_draft(session, actor, read_draft_form(request))

    try:
        draft = _write(work)
    except _Refused as refused:
        typed = request.form.get("text", "")
        with unit_of_work(TransactionKind.READ):
            return _ask(typed, refused.errors), refused.status
    return redirect(url_for("law.show", draft_id=draft.id, klaar="create"), 303)


@blueprint.get(_DRAFT)
@requires(Permission.LAW_CONFIRM)
def show(draft_id: UUID) -> str:
    """Show a draft."""
    return _page(draft_id, notice=request.args.get("klaar", "")[:20])


@blueprint.post(f"{_DRAFT}/stap")
@requires(Permission.LAW_CONFIRM)
def step(draft_id: UUID) -> Response | tuple[str, int]:
    """Run the cases, approve, schedule or withdraw."""

    def work(session: Session, actor: Actor) -> LawDraft:
        version, chosen = read_step_form(request)
        return take_step(session, actor, TakeStep(draft_id, version, chosen))

    try:
        draft = _write(work)
    except _Refused as refused:
        return _page(draft_id, notice=refused.notice, errors=refused.errors), refused.status
    done = request.form["step"]
    if done == "test" and draft.status is DraftStatus.DRAFT:
        done = "red"
    return redirect(url_for("law.show", draft_id=draft_id, klaar=done), 303)


@blueprint.get(f"{_DRAFT}/delen")
@requires(Permission.LAW_CONFIRM)
def share(draft_id: UUID) -> str:
    """Show the impact as it may leave the house."""
    with unit_of_work(TransactionKind.READ) as (session, actor):
        draft = get_draft(session, actor, draft_id)
        impact = impact_of(session, actor, draft, may_name_files=False)
    view = view_impact(impact, requested_language(), is_public=True)
    return render_template("law/share.html", draft=draft, impact=view, today=clock.today())


def state_of(draft: LawDraft) -> str:
    """Give where a draft stands, as a word of the pages: a scheduled one becomes law by itself."""
    is_law = draft.status is DraftStatus.SCHEDULED and draft.valid_from <= clock.today()
    return "law" if is_law else draft.status.value


class _Refused(Exception):
    """What was asked cannot be; the page is shown again with the reasons."""

    def __init__(self, status: int, notice: str = "", errors: tuple[WrongAnswer, ...] = ()) -> None:
        self.status, self.notice, self.errors = status, notice, errors
        super().__init__(notice)


def _write(work: Callable[[Session, Actor], LawDraft]) -> LawDraft:
    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            return work(session, actor)
    except (NotAuthenticated, NotFound, PermissionDenied):
        raise
    except StaleVersion as error:
        raise _Refused(STATUS[type(error)], notice="stale") from error
    except ValidationError as error:
        raise _Refused(422, errors=wrong_inputs(error, requested_language())) from error
    except DomainError as error:
        errors = wrong_inputs(error, requested_language())
        raise _Refused(STATUS[type(error)], errors=errors) from error


def _ask(typed: str, errors: tuple[WrongAnswer, ...] = ()) -> str:
    by_path = {error.input_name: error for error in errors}
    return render_template("law/new.html", typed=typed, errors=errors, by_path=by_path)


def _page(draft_id: UUID, *, notice: str, errors: tuple[WrongAnswer, ...] = ()) -> str:
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        draft = get_draft(session, actor, draft_id)
        impact, problem = _impact(session, actor, draft)
    runs = [event for event in draft.events if event.run is not None]
    return render_template(
        "law/draft.html",
        draft=draft,
        state=state_of(draft),
        steps=[step.value for step in steps_for(actor, draft)],
        is_own=draft.author == actor.name,
        may_read_files=actor.may(Permission.APPLICATION_READ),
        last_run=runs[-1] if runs else None,
        impact=impact,
        place_of=place_of,
        problem=problem,
        notice=notice,
        errors=errors,
    )


def _impact(session: Session, actor: Actor, draft: LawDraft) -> tuple[ImpactView | None, str]:
    """Give the impact, or why there is none: another draft may have taken its place."""
    try:
        impact = impact_of(session, actor, draft)
    except RuleViolation as error:
        return None, wrong_inputs(error, requested_language())[0].sentence
    return view_impact(impact, requested_language(), is_public=False), ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_DAY <= day <= _LAST_DAY else None
