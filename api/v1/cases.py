"""Cases of all programmes: reading one, its next step, and notes on it."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, query_value, reject_unknown_query, required_version
from api.guards import requires
from api.schemas.cases import (
    CaseListSchema,
    CaseMoveSchema,
    CaseOutSchema,
    NoteListSchema,
    NoteOutSchema,
    NoteSchema,
    as_move,
)
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.unit_of_work import unit_of_work, write_once
from api.v1.case_bodies import case_body, case_line_body, note_body
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.programmes.case_service import (
    add_note,
    get_case,
    list_cases,
    list_notes,
    move_case,
)
from energiehuis.programmes.registry import BY_CODE

blueprint = Blueprint("cases", __name__, description="Dossiers van de programma's")
_PROGRAMME = {
    "in": "query",
    "name": "programme",
    "required": True,
    "schema": {"type": "string", "enum": sorted(BY_CODE)},
}


@blueprint.route("/cases")
class Cases(MethodView):
    """Cases of a programme."""

    @blueprint.doc(parameters=[_PROGRAMME])
    @blueprint.alt_response(200, schema=CaseListSchema)
    @requires(Permission.CASE_READ)
    def get(self) -> Response:
        """List the newest cases of a programme, without names."""
        reject_unknown_query("programme")
        programme = query_value("programme", "|".join(BY_CODE)) or ""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = list_cases(session, actor, programme)
        return answer({"items": [case_line_body(line) for line in found]})


@blueprint.route("/cases/<uuid:case_id>")
class Case(MethodView):
    """One case."""

    @blueprint.alt_response(200, schema=CaseOutSchema)
    @requires(Permission.CASE_READ)
    def get(self, case_id: UUID) -> Response:
        """Read a case, as far as your role may see it; that you read it is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            found = get_case(session, actor, case_id)
        return answer(case_body(found), version=found.version)

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(CaseMoveSchema())
    @blueprint.alt_response(200, schema=CaseOutSchema)
    @requires(Permission.CASE_WRITE)
    def patch(self, data: dict[str, Any], case_id: UUID) -> Response:
        """Take the next step of a case."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return case_body(move_case(session, actor, as_move(data, case_id, version)))

        body = write_once("case.move", {**data, "version": version}, work)
        return answer(body, version=int(str(body["version"])))


@blueprint.route("/cases/<uuid:case_id>/notes")
class CaseNotes(MethodView):
    """Notes on a case."""

    @blueprint.alt_response(200, schema=NoteListSchema)
    @requires(Permission.NOTE_READ)
    def get(self, case_id: UUID) -> Response:
        """Read the notes that you may read; that you read them is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            found = [note_body(note, actor) for note in list_notes(session, actor, case_id)]
        return answer({"items": found})

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(NoteSchema())
    @blueprint.alt_response(201, schema=NoteOutSchema)
    @requires(Permission.NOTE_WRITE)
    def post(self, data: dict[str, Any], case_id: UUID) -> Response:
        """Write a note on a case."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            note = add_note(session, actor, case_id, data["text"], is_closed=data["is_closed"])
            return note_body(note, actor)

        body = write_once("case.add_note", {**data, "case_id": str(case_id)}, work)
        return answer(body, 201)
