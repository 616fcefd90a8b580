"""The page of one record: what was written down, and the case that it opened."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.pages.programmes import words
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.choices import names_for
from api.pages.programmes.door import for_workers, let_in
from api.pages.programmes.follow_ups import follow_ups_of_record
from api.pages.programmes.kinds import get_kind, get_programme
from api.pages.programmes.summaries import said_of
from api.pages.programmes.writing import refusal, sentence
from api.unit_of_work import unit_of_work
from energiehuis.access.permissions import Permission
from energiehuis.cases.states import SESSION_MOVES, SessionStatus
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import DomainError, NotAuthenticated, NotFound, PermissionDenied
from energiehuis.programmes.woonclub.commands import ChangeSession
from energiehuis.programmes.woonclub.sessions import change_session

_RECORD = "/programmas/<programme>/<kind>/<uuid:record_id>"


@blueprint.get(_RECORD)
@for_workers
def show_record(programme: str, kind: str, record_id: UUID) -> str:
    """Show a record; where it is about a person, that it was read is written down."""
    return _page(programme, kind, record_id)


@blueprint.post("/programmas/woonclub/sessions/<uuid:record_id>/stap")
@for_workers
def move_session(record_id: UUID) -> Response | tuple[str, int]:
    """Say that a planned session of the Woonclub took place or was cancelled."""
    version = request.form.get("version", "")
    status = request.form.get("status", "")
    if status not in tuple(SessionStatus) or not version.isdecimal():
        raise NotFound("request.not_found")
    command = ChangeSession(record_id, int(version[:9]), SessionStatus(status))
    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            let_in(actor, "woonclub")
            change_session(session, actor, command)
    except (NotAuthenticated, NotFound, PermissionDenied):
        raise
    except DomainError as error:
        refused = refusal(error)
        problem = sentence(refused.errors[0])
        return _page("woonclub", "sessions", record_id, problem=problem), refused.status
    return redirect(
        url_for(
            "programmes.show_record",
            programme="woonclub",
            kind="sessions",
            record_id=record_id,
            klaar="stap",
        ),
        303,
    )


def _page(programme: str, kind: str, record_id: UUID, *, problem: str = "") -> str:
    chosen = get_kind(get_programme(programme), kind)
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor, chosen.programme)
        # Whoever writes but may not read records sees that it was kept, and nothing more.
        may_read = actor.may(Permission.PROGRAMME_READ)
        record = chosen.load(session, actor, record_id) if may_read else None
        names = names_for(session, actor, chosen) if record else {}
        may_write = actor.may(Permission.INTAKE_WRITE)
    is_session = chosen.code == "woonclub.sessions"
    moves = (
        SESSION_MOVES[SessionStatus(str(record.body["status"]))] if is_session and record else ()
    )
    return render_template(
        "programmes/record.html",
        kind=chosen,
        slug=programme,
        record=record,
        record_id=record_id,
        said=said_of(chosen, record, names) if record else (),
        follow_ups=follow_ups_of_record(chosen, record) if record and may_write else (),
        notice=request.args.get("klaar", "")[:8],
        problem=problem,
        moves=[move.value for move in SessionStatus if move in moves],
        may_write=may_write,
        may_see_cases=actor.may(Permission.CASE_READ),
        title_of=words.kind_title,
        name_of=words.programme_name,
    )
