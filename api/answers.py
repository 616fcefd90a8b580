"""Answers as JSON, with their version and address; and the version that a change is based on."""

import re
from typing import Any

import orjson
from flask import Response, request

from energiehuis.errors import FieldError, InvalidInput, StaleVersion, VersionRequired

_ETAG = re.compile(r'(?:W/)?"v?(\d{1,9})"')


def answer(
    body: object,
    status: int = 200,
    *,
    version: int | None = None,
    location: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Answer a body that is ready to be written; marshmallow on output would cost the most time.

    The OpenAPI document names the schema of each body, and the tests hold the two together.
    """
    response = Response(orjson.dumps(body), status, mimetype="application/json")
    if version is not None:
        response.headers["ETag"] = f'"v{version}"'
    if location is not None:
        response.headers["Location"] = location
    # A file of a person has no business in any cache.
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(headers or {})
    return response


def required_version() -> int:
    """Give the version that If-Match names.

    Raises
    ------
    VersionRequired
        Without the header.
    StaleVersion
        When it names no version that ever was.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise VersionRequired("version.required", field="If-Match")
    found = _ETAG.fullmatch(given.strip())
    if found is None:
        raise StaleVersion("version.stale", field="If-Match")
    return int(found[1])


def query_value(name: str, pattern: str) -> str | None:
    """Give a value of the query, checked against a pattern; None when it is not there."""
    value = request.args.get(name)
    if value is not None and not re.fullmatch(pattern, value):
        raise InvalidInput([FieldError(name, "field.pattern")])
    return value


def reject_unknown_query(*known: str) -> None:
    """Refuse a parameter of the query that nobody reads: it would be a filter that does nothing."""
    strangers = [name for name in request.args if name not in known]
    if strangers:
        raise InvalidInput([FieldError(name, "field.unknown") for name in strangers])


def as_percent_text(basis_points: int) -> str:
    """Write a rate as percent with two decimals: `1.00`."""
    return f"{basis_points // 100}.{basis_points % 100:02d}"


def described(schema: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give what `blp.alt_response` needs for a body that the view writes itself."""
    return {"schema": schema, **kwargs}
