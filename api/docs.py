"""Pages of the JSON interface: Swagger UI from its package, offline, without inline code."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Flask, Response, render_template, send_from_directory

from api.guards import public

_ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"
_SERVED = frozenset(
    {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-16x16.png", "favicon-32x32.png"}
)
# Swagger UI sets styles from its script, which the policy sees as inline; nothing else may.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)

blueprint = Blueprint("api_docs", __name__)


@blueprint.get("/api/docs")
@public
def page() -> Response:
    """Show the interface, read from its OpenAPI document."""
    response = Response(render_template("api_docs.html"), mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@blueprint.get("/api/docs/<path:name>")
@public
def asset(name: str) -> Response:
    """Serve the few files of Swagger UI that the page needs."""
    folder = _ASSETS if name in _SERVED else Path(__file__).parent / "static" / "docs"
    response = send_from_directory(folder, name)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def register_docs(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)
