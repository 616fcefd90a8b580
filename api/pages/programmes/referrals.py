"""Referrals for workers: what waits for an answer, what was sent, and one with its next step."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.pages.context import text
from api.pages.programmes import words
from api.pages.programmes.agreements import class_words, state_word
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.kinds import slug_of
from api.pages.programmes.reading import Answers, version_of
from api.pages.programmes.summaries import details_in_words
from api.pages.programmes.writing import Refused, sent_with_key, sentence, write_form
from api.schemas.referrals import ReferralStepSchema, as_step
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.access.queries import organisation_names
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError
from energiehuis.identifiers import new_id
from energiehuis.loans.status_secret import status_secret
from energiehuis.programmes.referred_cases import read_referral
from energiehuis.referrals.overview import ReferralCounts, count_referrals
from energiehuis.referrals.queries import MOST_LISTED, Direction, ReferralLine
from energiehuis.referrals.service import list_referrals, take_step
from energiehuis.referrals.states import ANSWER_WITHIN, REFERRAL_MOVES, ReferralState
from energiehuis.referrals.vocabulary import RefusalReason

_LIST = "/programmas/doorverwijzingen"
_ONE = f"{_LIST}/<uuid:referral_id>"
_DONE = ("verstuurd", "stap")


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the lists: a side, a state or those that are late, and what is counted for it."""

    direction: Direction
    state: ReferralState | None = None
    is_late: bool = False
    counted: str = ""


# Who waits longest stands first where somebody waits; else the newest does.
LISTS = {
    "antwoord": Asked(Direction.IN, ReferralState.SENT, counted="unanswered"),
    "te-laat": Asked(Direction.IN, is_late=True, counted="late"),
    "contact": Asked(Direction.IN, ReferralState.ACCEPTED, counted="without_contact"),
    "binnen": Asked(Direction.IN),
    "wachten": Asked(Direction.OUT, ReferralState.SENT, counted="unanswered"),
    "wachten-te-laat": Asked(Direction.OUT, is_late=True, counted="late"),
    "verstuurd": Asked(Direction.OUT),
}


@blueprint.get(_LIST)
@for_workers
def show_referrals() -> str:
    """List referrals of one side, without anything of a client."""
    name = request.args.get("lijst", "")
    name = name if name in LISTS else "antwoord"
    asked = LISTS[name]
    with unit_of_work(TransactionKind.READ) as (session, actor):
        let_in(actor)
        counts = {side: count_referrals(session, actor, side) for side in Direction}
        lines = list_referrals(
            session,
            actor,
            asked.direction,
            state=asked.state,
            is_lost=asked.is_late,
            is_oldest_first=bool(asked.counted),
        )
    return render_template(
        "programmes/referrals.html",
        lists={side.value: _choices(side, name, counts[side]) for side in Direction},
        late=counts[Direction.IN].late,
        chosen=name,
        lines=lines,
        is_in=asked.direction is Direction.IN,
        most=ANSWER_WITHIN.days,
        is_cut=len(lines) == MOST_LISTED,
        **_words(),
    )


@blueprint.get(_ONE)
@for_workers
def show_referral(referral_id: UUID) -> str:
    """Show a referral and what is shared with the reader; that it was read is written down."""
    return _page(referral_id)


@blueprint.post(f"{_ONE}/stap")
@for_workers
def answer_referral(referral_id: UUID) -> Response | tuple[str, int]:
    """Take the next step as the receiving programme."""
    answers = Answers.of_form(request.form)
    try:
        _take(referral_id, answers)
    except Refused as refused:
        return _page(referral_id, refused.errors), refused.status
    return redirect(url_for("programmes.show_referral", referral_id=referral_id, klaar="stap"), 303)


def _take(referral_id: UUID, answers: Answers) -> None:
    said = {"state": answers.get("state")}
    # The button that refuses stands beside the reason; another button leaves it unread.
    if said["state"] == ReferralState.REFUSED.value and answers.get("reason"):
        said["reason"] = answers.get("reason")
    version = version_of(answers)
    data, key = sent_with_key(lambda: ReferralStepSchema().load(said), answers.get("key"))

    def work(session: Session, actor: Actor) -> dict[str, object]:
        let_in(actor)
        return {"version": take_step(session, actor, as_step(data, referral_id, version)).version}

    write_form("page.referral.step", key, {**said, "version": version}, work)


def _page(referral_id: UUID, errors: tuple[FieldError, ...] = ()) -> str:
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor)
        found = read_referral(session, actor, referral_id)
        line = found.line
        names = organisation_names(session, {line.organisation_id, line.to_organisation_id})
    is_receiver = _is_side(actor, line, Direction.IN)
    is_sender = _is_side(actor, line, Direction.OUT)
    notice = request.args.get("klaar", "")
    return render_template(
        "programmes/referral.html",
        line=line,
        changes=found.changes,
        shared=found.shared,
        details=details_in_words(line.from_programme, found.shared.details) if found.shared else (),
        names=names,
        is_receiver=is_receiver,
        is_sender=is_sender,
        client_code=_client_code(actor, line) if is_sender else "",
        moves=[move.value for move in ReferralState if move in REFERRAL_MOVES[line.state]],
        reasons=list(RefusalReason),
        key=new_id(),
        notice=notice if notice in _DONE else "",
        errors=[{"sentence": sentence(error), "url": _url_of(error)} for error in errors],
        reason_error=next((sentence(one) for one in errors if one.field == "reason"), ""),
        most=ANSWER_WITHIN.days,
        slug=slug_of(line.to_programme),
        **_words(),
    )


def _choices(side: Direction, chosen: str, counts: ReferralCounts) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "text": text(f"referral_page.list.{name}"),
            "count": getattr(counts, asked.counted) if asked.counted else None,
            "is_chosen": name == chosen,
        }
        for name, asked in LISTS.items()
        if asked.direction is side
    ]


def _is_side(actor: Actor, line: ReferralLine, direction: Direction) -> bool:
    if direction is Direction.IN:
        organisation_id, programme = line.to_organisation_id, line.to_programme
    else:
        organisation_id, programme = line.organisation_id, line.from_programme
    return organisation_id == actor.organisation_id and actor.works_for(programme)


def _client_code(actor: Actor, line: ReferralLine) -> str:
    """Give the code with which the client sees it; made anew, so that it is kept nowhere."""
    if not actor.may(Permission.REFERRAL_SEND):
        return ""
    return status_secret(current_app.config["SECRET_KEY"], line.reference)


def _url_of(error: FieldError) -> str:
    return "#reason" if error.field == "reason" else ""


def _words() -> dict[str, object]:
    return {
        "name_of": words.programme_name,
        "place_of": words.place_name,
        "state_of": state_word,
        "classes_of": class_words,
    }
