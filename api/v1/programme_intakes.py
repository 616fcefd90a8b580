"""Intakes of all programmes: one address for each kind, all with the same manners."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer
from api.guards import requires
from api.schemas.from_types import incoming_of, intake_schema_of
from api.schemas.headers import IDEMPOTENCY_KEY
from api.schemas.recorded import RecordedSchema
from api.unit_of_work import unit_of_work, write_once
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind, Recorded
from energiehuis.cases.partner_intakes import read_back, take_in
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.money import format_plain
from energiehuis.programmes.registry import KINDS

blueprint = Blueprint("programme_intakes", __name__, description="Intakes van alle programma's")


def recorded_body(kind: IntakeKind, recorded: Recorded) -> dict[str, object]:
    """Write a record as JSON; amounts lose their `_cents` and become text."""
    said = {
        name.removesuffix("_cents"): format_plain(value)
        if name.endswith("_cents") and isinstance(value, int)
        else value
        for name, value in recorded.body.items()
    }
    return {
        "id": str(recorded.id),
        "programme": kind.programme,
        "kind": kind.name,
        "case_id": None if recorded.case_id is None else str(recorded.case_id),
        "version": recorded.version,
        "said": said,
    }


def collection_view(kind: IntakeKind) -> type[MethodView]:
    """Make the view that takes intakes of a kind in."""

    class Intakes(MethodView):
        @blueprint.doc(parameters=[IDEMPOTENCY_KEY], operationId=f"add_{kind.code}")
        @blueprint.arguments(intake_schema_of(kind)())
        @blueprint.alt_response(201, schema=RecordedSchema)
        @requires(Permission.INTAKE_WRITE, of_partners=Permission.INTAKE_WRITE)
        def post(self, data: dict[str, Any]) -> Response:
            def work(session: Session, actor: Actor) -> dict[str, object]:
                return recorded_body(kind, take_in(session, actor, kind, incoming_of(kind, data)))

            body = write_once(f"intake.{kind.code}", data, work)
            version = int(str(body["version"]))
            location = f"/api/v1/intakes/{kind.path}/{body['id']}"
            return answer(body, 201, version=version, location=location)

    return _named(Intakes, kind, "", kind.payload.__doc__ or "")


def record_view(kind: IntakeKind) -> type[MethodView]:
    """Make the view that gives a record of a kind back."""

    class Record(MethodView):
        @blueprint.doc(operationId=f"get_{kind.code}")
        @blueprint.alt_response(200, schema=RecordedSchema)
        @requires(Permission.PROGRAMME_READ, of_partners=Permission.INTAKE_WRITE)
        def get(self, record_id: UUID) -> Response:
            """Read a record; where it is about a person, that you read it is written down."""
            with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
                found = read_back(session, actor, kind, record_id)
            return answer(recorded_body(kind, found), version=found.version)

    return _named(Record, kind, "Record", kind.payload.__doc__ or "")


def _named(view: type[MethodView], kind: IntakeKind, suffix: str, said: str) -> type[MethodView]:
    words = "".join(word.capitalize() for word in kind.code.replace(".", "_").split("_"))
    view.__name__ = view.__qualname__ = f"{words}{suffix}"
    if not suffix:
        view.post.__doc__ = said  # type: ignore[attr-defined]
    return view


for _kind in KINDS:
    blueprint.route(f"/intakes/{_kind.path}")(collection_view(_kind))
    blueprint.route(f"/intakes/{_kind.path}/<uuid:record_id>")(record_view(_kind))
