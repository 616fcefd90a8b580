"""The programmes of a worker, and the page of one: what can be written down and what came in."""

from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request

from api.pages.programmes import words
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.choices import names_for
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.kinds import get_kind, get_programme, kinds_of, slug_of
from api.pages.programmes.summaries import summary
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.programmes.case_service import list_cases
from energiehuis.programmes.overview import CaseCounts, count_cases
from energiehuis.programmes.registry import KINDS, PROGRAMMES
from energiehuis.referrals.overview import count_referrals
from energiehuis.referrals.queries import Direction

_MOST_ON_PROGRAMME_PAGE = 5
_MOST_CASES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A record in a list: what it is, and whose page it has."""

    id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class KindList:
    """The newest records of a kind; `lines` None when the actor may not list them."""

    kind: IntakeKind
    lines: tuple[Line, ...] | None


@blueprint.get("/programmas")
@for_workers
def show() -> str:
    """Show the programmes for which the actor works, with how many cases are open."""
    with unit_of_work(TransactionKind.READ) as (session, actor):
        let_in(actor)
        may_see_cases = actor.may(Permission.CASE_READ)
        counts = count_cases(session, actor) if may_see_cases else {}
        may_answer = actor.may(Permission.REFERRAL_ANSWER)
        waiting = count_referrals(session, actor, Direction.IN) if may_answer else None
    served = [programme for programme in PROGRAMMES if actor.works_for(programme.code)]
    return render_template(
        "programmes/home.html",
        programmes=served,
        counts={programme.code: counts.get(programme.code, CaseCounts()) for programme in served},
        may_see_cases=may_see_cases,
        waiting=waiting,
        may_merge=actor.may(Permission.PERSON_MERGE),
        keeps_cases=keeps_cases,
        slug_of=slug_of,
        name_of=words.programme_name,
    )


@blueprint.get("/programmas/<programme>")
@for_workers
def show_programme(programme: str) -> str:
    """Show what can be written down for a programme, its newest cases and its newest records."""
    chosen = get_programme(programme)
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor, chosen.code)
        may_see_cases = actor.may(Permission.CASE_READ)
        cases = list_cases(session, actor, chosen.code) if may_see_cases else ()
        counts = count_cases(session, actor) if may_see_cases else {}
        lists = [
            KindList(kind, _lines(session, actor, kind, most=_MOST_ON_PROGRAMME_PAGE))
            for kind in kinds_of(chosen)
        ]
    shows_all = request.args.get("dossiers") == "alle"
    return render_template(
        "programmes/programme.html",
        programme=chosen,
        slug=programme,
        cases=cases if shows_all else cases[:_MOST_CASES],
        has_more=len(cases) > _MOST_CASES and not shows_all,
        counts=counts.get(chosen.code, CaseCounts()),
        lists=lists,
        kinds=kinds_of(chosen),
        may_write=actor.may(Permission.INTAKE_WRITE),
        may_see_cases=may_see_cases,
        title_of=words.kind_title,
        name_of=words.programme_name,
        status_of=words.status_word,
        place_of=words.place_name,
    )


@blueprint.get("/programmas/<programme>/<kind>")
@for_workers
def show_kind(programme: str, kind: str) -> str:
    """List the newest records of a kind."""
    chosen = get_kind(get_programme(programme), kind)
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor, chosen.programme)
        found = KindList(chosen, _lines(session, actor, chosen, most=50))
    return render_template(
        "programmes/kind.html",
        kind=chosen,
        slug=programme,
        found=found,
        may_write=actor.may(Permission.INTAKE_WRITE),
        takes_lists=chosen in KINDS,
        title_of=words.kind_title,
        name_of=words.programme_name,
    )


def keeps_cases(code: str, counts: CaseCounts) -> bool:
    """Say whether a programme keeps cases: it says how they end, or there are some."""
    programme = next(one for one in PROGRAMMES if one.code == code)
    return bool(programme.outcomes) or code == "woonclub" or counts.open > 0


def _lines(
    session: Session, actor: Actor, kind: IntakeKind, *, most: int
) -> tuple[Line, ...] | None:
    if kind.list_recent is None or not actor.may(Permission.PROGRAMME_READ):
        return None
    rows = list(kind.list_recent(session, actor))[:most]
    names = names_for(session, actor, kind) if rows else {}
    return tuple(Line(row.id, summary(kind, row, names)) for row in rows)
