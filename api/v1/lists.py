"""Lists of intakes of a kind, CSV or XLSX, tried first or taken in whole; and their templates."""

import hashlib
import re
from typing import Any

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from api.answers import answer, reject_unknown_query
from api.content import CSV, XLSX
from api.guards import requires
from api.languages import requested_language
from api.lists import ReadList, check
from api.lists.columns import template_columns
from api.lists.running import MOST_ERRORS, Outcome, take_list_in, try_rows
from api.problem import field_problem
from api.schemas.headers import IDEMPOTENCY_KEY
from api.schemas.lists import ListSchema
from api.unit_of_work import unit_of_work, write_once
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Permission
from energiehuis.cases.kinds import IntakeKind
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import FieldError, InvalidInput, NotFound
from energiehuis.programmes.registry import KINDS

blueprint = Blueprint("lists", __name__, description="Lijsten van intakes")
_BY_PATH = {kind.path: kind for kind in KINDS}
# What stands in each row of a list that leaves the column out.
_DEFAULTS = ("channel", "received_at", "nis", "legal_basis")
_QUERY: list[dict[str, Any]] = [
    {"in": "query", "name": name, "schema": {"type": "string"}} for name in _DEFAULTS
]
_DRY_RUN = {
    "in": "query",
    "name": "dry_run",
    "required": True,
    "schema": {"type": "string", "enum": ["true", "false"]},
}
_FILE = {"schema": {"type": "string", "format": "binary"}}
_ROW = re.compile(r"rows\.(\d+)\.?(.*)")


class _Undo(Exception):
    """Leaves a unit of work so that it keeps nothing."""


@blueprint.route("/intakes/<string:programme>/<string:kind>/lists")
class Lists(MethodView):
    """Lists of intakes."""

    @blueprint.doc(
        parameters=[_DRY_RUN, *_QUERY, {**IDEMPOTENCY_KEY, "required": False}],
        requestBody={"required": True, "content": {CSV: _FILE, XLSX: _FILE}},
    )
    @blueprint.alt_response(200, schema=ListSchema)
    @blueprint.alt_response(201, schema=ListSchema)
    @requires(Permission.INTAKE_WRITE, of_partners=Permission.INTAKE_WRITE)
    def post(self, programme: str, kind: str) -> Response:
        """Take a list in, all or nothing; with `dry_run=true` only say what would happen.

        Taking in asks an `Idempotency-Key`; errors are named by row and column.
        """
        found = _kind(programme, kind)
        reject_unknown_query("dry_run", *_DEFAULTS)
        mode = request.args.get("dry_run")
        if mode not in ("true", "false"):
            raise InvalidInput([FieldError("dry_run", "list.say_dry_run")])
        defaults = {name: value for name in _DEFAULTS if (value := request.args.get(name))}
        content = request.get_data(cache=True)
        told = check(found, content, defaults=defaults)
        if mode == "true":
            return answer(_tried(found, told))
        return answer(_taken_in(found, told, content, defaults), 201)


@blueprint.route("/intakes/<string:programme>/<string:kind>/lists/template.csv")
class ListTemplate(MethodView):
    """An empty list."""

    @blueprint.alt_response(200, description="CSV", content_type=CSV, schema={"type": "string"})
    @requires(Permission.INTAKE_WRITE, of_partners=Permission.INTAKE_WRITE)
    def get(self, programme: str, kind: str) -> Response:
        """Give an empty list with its columns; semicolons, as Belgian Excel opens it."""
        found = _kind(programme, kind)
        with unit_of_work(TransactionKind.READ):
            text = "\ufeff" + ";".join(template_columns(found)) + "\r\n"
        name = f"{found.path.replace('/', '-')}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, headers=headers, mimetype=CSV)


def _kind(programme: str, kind: str) -> IntakeKind:
    found = _BY_PATH.get(f"{programme}/{kind}")
    if found is None:
        raise NotFound("request.not_found")
    return found


def _tried(kind: IntakeKind, told: ReadList) -> dict[str, object]:
    kept: list[Outcome] = []
    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            kept.append(try_rows(session, actor, kind, told))
            raise _Undo  # noqa: TRY301  leaving by an error is what undoes
    except _Undo:
        (outcome,) = kept
    refused = {int(f[1]) for error in outcome.errors if (f := _ROW.fullmatch(error.field))} - {1}
    items = [
        *({"row": number, "would": "be_added"} for number in outcome.accepted),
        *({"row": number, "would": "be_refused"} for number in refused),
    ]
    return {
        "dry_run": True,
        "rows": told.count,
        "items": sorted(items, key=lambda item: int(str(item["row"]))),
        "errors": [_error(error) for error in outcome.errors[:MOST_ERRORS]],
        "ids": [],
    }


def _taken_in(
    kind: IntakeKind, told: ReadList, content: bytes, defaults: dict[str, str]
) -> dict[str, object]:
    def work(session: Session, actor: Actor) -> dict[str, object]:
        return {"ids": [str(each.id) for each in take_list_in(session, actor, kind, told)]}

    said = {"file": hashlib.sha256(content).hexdigest(), "defaults": defaults}
    kept = write_once(f"list.{kind.code}", said, work)
    return {"dry_run": False, "rows": told.count, "items": [], "errors": [], "ids": kept["ids"]}


def _error(error: FieldError) -> dict[str, object]:
    found = _ROW.fullmatch(error.field)
    said = field_problem(error, requested_language())
    return {
        "row": int(found[1]) if found else None,
        "column": found[2] if found else "",
        "code": said["code"],
        "message": said["message"],
    }
