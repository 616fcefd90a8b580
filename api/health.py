"""Whether the process lives, and whether it can do its work."""

from flask import Blueprint, Flask, Response, jsonify

from api.guards import public
from api.unit_of_work import database
from energiehuis.db.schema import is_current
from energiehuis.db.session import DatabaseFault

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process lives; asks nothing of the database."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Say whether the database answers and has the newest schema."""
    try:
        current = is_current(database())
    except DatabaseFault:
        return jsonify(status="unavailable", database="unreachable"), 503
    if not current:
        return jsonify(status="unavailable", database="schema is not the newest"), 503
    return jsonify(status="ok", database="ok"), 200


def register_health(app: Flask) -> None:
    """Add both addresses."""
    app.register_blueprint(blueprint)
