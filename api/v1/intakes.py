"""Intakes of the Woonclub: its drop-in sessions, the visits to them, and its files."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, required_version
from api.guards import requires
from api.schemas.headers import IDEMPOTENCY_KEY, IF_MATCH
from api.schemas.woonclub import (
    FileSchema,
    SessionChangeSchema,
    SessionSchema,
    VisitSchema,
    WoonclubOutcomeSchema,
    as_file,
    as_outcome,
    as_session,
    as_visit,
)
from api.schemas.woonclub_outputs import (
    FileHeadSchema,
    FileOutSchema,
    SessionOutSchema,
    VisitOutSchema,
)
from api.unit_of_work import unit_of_work, write_once
from api.v1.woonclub_bodies import file_body, file_head_body, session_body, visit_body
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.states import SessionStatus
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.programmes.woonclub.commands import ChangeSession
from energiehuis.programmes.woonclub.queries import get_file
from energiehuis.programmes.woonclub.service import close_file, open_file
from energiehuis.programmes.woonclub.sessions import (
    add_session,
    change_session,
    get_session,
    get_visit,
    record_visit,
)

blueprint = Blueprint("intakes", __name__, description="Intakes van de programma's")
_HOME = "/api/v1/intakes/woonclub"


@blueprint.route("/intakes/woonclub/sessions")
class WoonclubSessions(MethodView):
    """Drop-in sessions."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(SessionSchema())
    @blueprint.alt_response(201, schema=SessionOutSchema)
    @requires(Permission.INTAKE_WRITE)
    def post(self, data: dict[str, Any]) -> Response:
        """Write a drop-in session down, planned or held."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return session_body(add_session(session, actor, as_session(data)))

        body = write_once("woonclub.add_session", data, work)
        return answer(body, 201, version=1, location=f"{_HOME}/sessions/{body['id']}")


@blueprint.route("/intakes/woonclub/sessions/<uuid:session_id>")
class WoonclubSession(MethodView):
    """One drop-in session."""

    @blueprint.alt_response(200, schema=SessionOutSchema)
    @requires(Permission.INTAKE_WRITE)
    def get(self, session_id: UUID) -> Response:
        """Read a drop-in session."""
        with unit_of_work(TransactionKind.READ) as (session, actor):
            found = get_session(session, actor, session_id)
        return answer(session_body(found), version=found.version)

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(SessionChangeSchema())
    @blueprint.alt_response(200, schema=SessionOutSchema)
    @requires(Permission.INTAKE_WRITE)
    def patch(self, data: dict[str, Any], session_id: UUID) -> Response:
        """Say that a planned session was held or cancelled."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            command = ChangeSession(session_id, version, SessionStatus(data["status"]))
            return session_body(change_session(session, actor, command))

        body = write_once("woonclub.change_session", {**data, "version": version}, work)
        return answer(body, version=int(str(body["version"])))


@blueprint.route("/intakes/woonclub/visits")
class WoonclubVisits(MethodView):
    """Visits to drop-in sessions."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(VisitSchema())
    @blueprint.alt_response(201, schema=VisitOutSchema)
    @requires(Permission.INTAKE_WRITE)
    def post(self, data: dict[str, Any]) -> Response:
        """Write a visit down: by somebody known, by name, under an alias, or by nobody named."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return visit_body(record_visit(session, actor, as_visit(data)))

        body = write_once("woonclub.record_visit", data, work)
        return answer(body, 201, version=1, location=f"{_HOME}/visits/{body['id']}")


@blueprint.route("/intakes/woonclub/visits/<uuid:visit_id>")
class WoonclubVisit(MethodView):
    """One visit."""

    @blueprint.alt_response(200, schema=VisitOutSchema)
    @requires(Permission.PROGRAMME_READ)
    def get(self, visit_id: UUID) -> Response:
        """Read a visit; that you read it is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            found = get_visit(session, actor, visit_id)
        return answer(visit_body(found), version=1)


@blueprint.route("/intakes/woonclub/files")
class WoonclubFiles(MethodView):
    """Files."""

    @blueprint.doc(parameters=[IDEMPOTENCY_KEY])
    @blueprint.arguments(FileSchema())
    @blueprint.alt_response(201, schema=FileHeadSchema)
    @requires(Permission.INTAKE_WRITE)
    def post(self, data: dict[str, Any]) -> Response:
        """Open a file for a household that looks for a dwelling; one open file a household."""

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return file_head_body(open_file(session, actor, as_file(data)))

        body = write_once("woonclub.open_file", data, work)
        return answer(body, 201, version=1, location=f"{_HOME}/files/{body['id']}")


@blueprint.route("/intakes/woonclub/files/<uuid:case_id>")
class WoonclubFile(MethodView):
    """One file."""

    @blueprint.alt_response(200, schema=FileOutSchema)
    @requires(Permission.PROGRAMME_READ)
    def get(self, case_id: UUID) -> Response:
        """Read a file; that you read it is written down."""
        with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
            view = get_file(session, actor, case_id)
        return answer(file_body(view), version=view.version)


@blueprint.route("/intakes/woonclub/files/<uuid:case_id>/outcome")
class WoonclubFileOutcome(MethodView):
    """How a file ended."""

    @blueprint.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
    @blueprint.arguments(WoonclubOutcomeSchema())
    @blueprint.alt_response(201, schema=FileHeadSchema)
    @requires(Permission.INTAKE_WRITE)
    def post(self, data: dict[str, Any], case_id: UUID) -> Response:
        """Close a file with its outcome."""
        version = required_version()

        def work(session: Session, actor: Actor) -> dict[str, object]:
            return file_head_body(close_file(session, actor, as_outcome(data, case_id, version)))

        body = write_once("woonclub.close_file", {**data, "version": version}, work)
        location = f"{_HOME}/files/{body['id']}"
        return answer(body, 201, version=int(str(body["version"])), location=location)
