"""One table from what the domain refuses to an HTTP status; a page or a problem, by address."""

import logging

from flask import Flask, Response, current_app, make_response, render_template, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, UnprocessableEntity

from api.languages import requested_language
from api.problem import field_errors, problem
from energiehuis import errors
from energiehuis.db.session import DatabaseUnavailable
from energiehuis.i18n import has_text, translate

log = logging.getLogger("energiehuis.api")

STATUS: dict[type[errors.DomainError], int] = {
    errors.Conflict: 409,
    errors.IdempotencyKeyReused: 422,
    errors.InvalidInput: 422,
    errors.NotAuthenticated: 401,
    errors.NotFound: 404,
    errors.PermissionDenied: 403,
    errors.RuleViolation: 422,
    errors.StaleVersion: 412,
    errors.TooManyAttempts: 429,
    errors.VersionRequired: 428,
}

_HTTP_CODES = {
    400: "request.malformed",
    404: "request.not_found",
    405: "request.method_not_allowed",
    413: "request.too_large",
    415: "request.media_type",
    422: "input.invalid",
}


def register_error_handlers(app: Flask) -> None:
    """Let every refusal become a problem or a page; nothing shows a trace."""
    app.register_error_handler(errors.DomainError, _domain_error)
    app.register_error_handler(ValidationError, _validation_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DatabaseUnavailable, _database_error)
    app.register_error_handler(RecursionError, _too_deep)
    # Last, since it catches whatever the others left.
    app.register_error_handler(Exception, _unexpected_error)


def _domain_error(error: errors.DomainError) -> Response:
    status = STATUS[type(error)]
    headers = {}
    if wait := error.params.get("retry_after_seconds"):
        headers["Retry-After"] = str(wait)
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="energiehuis"'
    found = getattr(error, "errors", ())
    if error.field and not found:
        found = (errors.FieldError(error.field, error.code, error.params),)
    return _answer(status, error.code, params=error.params, found=found, headers=headers)


def _validation_error(error: ValidationError) -> Response:
    return _answer(422, "input.invalid", found=tuple(field_errors(error.messages)))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None:
        return make_response(error.get_response())
    headers = {k: v for k, v in error.get_headers() if k in {"Allow", "Location", "Retry-After"}}
    if status < 400:
        return Response("", status, headers)
    found: tuple[errors.FieldError, ...] = ()
    if isinstance(error, UnprocessableEntity) and hasattr(error, "data"):
        messages = error.data.get("messages", {})
        # webargs puts the place (json, query, …) first; a path of the body needs it not.
        found = tuple(field_errors([messages.get("json", messages)]))
    code = _HTTP_CODES.get(status, "request.malformed" if status < 500 else "request.failed")
    params = {"most_bytes": current_app.config["MAX_CONTENT_LENGTH"]} if status == 413 else {}
    return _answer(status, code, params=params, found=found, headers=headers)


def _database_error(error: DatabaseUnavailable) -> Response:
    log.error("database not available: %s", type(error.orig).__name__)
    return _answer(503, "request.failed", headers={"Retry-After": "5"})


def _too_deep(_error: RecursionError) -> Response:
    # Only the parser of JSON goes deeper with what somebody sends: a thousand brackets in a row.
    return _answer(400, "request.malformed")


def _unexpected_error(error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return _answer(500, "request.failed")


def _answer(
    status: int,
    code: str,
    *,
    params: dict[str, object] | None = None,
    found: tuple[errors.FieldError, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    if request.path.startswith(("/api/", "/healthz", "/readyz")):
        return problem(status, code, params=params, errors=found, headers=headers)
    language = requested_language()
    sentence = translate(code, language, **(params or {})) if has_text(code) else code
    page = render_template("error.html", status=status, sentence=sentence, language=language)
    return Response(page, status, {**(headers or {}), "Content-Type": "text/html; charset=utf-8"})
