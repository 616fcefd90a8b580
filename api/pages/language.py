"""The language of a page stands in its address; another language is one link away."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, g, request, url_for
from werkzeug.wrappers import Response

from api.languages import DEFAULT, requested_language
from energiehuis.i18n import LANGUAGES


def pages_blueprint(name: str, module: str) -> Blueprint:
    """Make a blueprint whose addresses all begin with a language."""
    blueprint = Blueprint(name, module, url_prefix="/<any(nl, fr, en):language>")
    blueprint.url_value_preprocessor(_take_language)
    blueprint.url_defaults(_give_language)
    return blueprint


def register_language(app: Flask) -> None:
    """Let pages that do not exist speak the language of their address too."""
    app.before_request(_read_address)


def language_links() -> list[dict[str, object]]:
    """Give this page in each language, for the switch in the header."""
    current = requested_language()
    return [
        {"code": code, "url": _this_page_in(code), "is_current": code == current}
        for code in LANGUAGES
    ]


def home_url() -> str:
    """Give the address of the first page in the language at hand."""
    return url_for("home.show")


def _read_address() -> Response | None:
    first = request.path.split("/", 2)[1]
    if first in LANGUAGES:
        g.language = first
    elif not request.path.startswith("/api/"):
        g.language = DEFAULT
    return None


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _give_language(_endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("language", requested_language())


def _this_page_in(code: str) -> str:
    endpoint = request.endpoint
    if endpoint is None or request.url_rule is None or "language" not in request.url_rule.arguments:
        return url_for("home.show", language=code)
    values: Mapping[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    return url_for(endpoint, **{**values, "language": code})
