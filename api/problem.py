"""Problem details (RFC 9457): how a refusal looks in JSON, and the OpenAPI form of it."""

import http
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, g, request
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import INCLUDE, Schema, fields

from api.languages import requested_language
from api.schemas.fields import Day, Money
from energiehuis.errors import FieldError
from energiehuis.i18n import has_text, translate

MEDIA_TYPE = "application/problem+json"


class FieldProblemSchema(Schema):
    """One wrong field."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class ProblemSchema(Schema):
    """A refusal, with a stable code, a sentence and every field that is wrong."""

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    instance = fields.String(metadata={"format": "uri-reference"})
    errors = fields.List(fields.Nested(FieldProblemSchema))
    request_id = fields.String()

    class Meta:
        """Later members are allowed."""

        unknown = INCLUDE


def problem(
    status: int,
    code: str,
    *,
    params: Mapping[str, object] | None = None,
    errors: tuple[FieldError, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer a refusal as problem+json, in the language that was asked for."""
    language = requested_language()
    title = translate(code, language, **(params or {})) if has_text(code) else code
    body: dict[str, object] = {
        "type": f"urn:energiehuis:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "instance": quote(request.path),
        "request_id": g.get("request_id", ""),
    }
    if errors:
        body["errors"] = [field_problem(error, language) for error in errors]
        body["detail"] = " ".join(f"{e['field']}: {e['message']}" for e in body["errors"][:3])  # type: ignore[index]
    response = Response(orjson.dumps(body), status, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers.extend(headers or {})
    return response


def field_problem(error: FieldError, language: str) -> dict[str, str]:
    """Give path, code and sentence of one wrong field."""
    key = error.code if has_text(error.code) else "field.invalid"
    message = translate(key, language, **error.params)
    return {"field": error.field, "code": error.code, "message": message}


def field_errors(messages: object, path: str = "") -> Iterator[FieldError]:
    """Walk the nested messages of marshmallow and give one error per message."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            step = "" if name == "_schema" else str(name)
            yield from field_errors(inner, ".".join(filter(None, (path, step))))
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from field_errors(inner, path)
    else:
        code = str(messages) if has_text(str(messages)) else "field.invalid"
        yield FieldError(path, code, getattr(messages, "params", {}))


class ProblemApi(Api):
    """flask-smorest with problem+json in its answers and in its document."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.register_field(Money, "string", "decimal")
        self.register_field(Day, "string", "date")

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            described: dict[str, object] = {"description": status.phrase}
            if status >= 200 and status not in (204, 304):
                described["schema"] = self.ERROR_SCHEMA
            prepare_response(described, self.spec, MEDIA_TYPE)
            self.spec.components.response(status.name, described, lazy=True)
        default: dict[str, object] = {"description": "Problem", "schema": self.ERROR_SCHEMA}
        prepare_response(default, self.spec, MEDIA_TYPE)
        self.spec.components.response("DEFAULT_ERROR", default, lazy=True)

    def _register_error_handlers(self) -> None:
        """Leave errors to `api.errors`, which knows pages from JSON."""
