"""What protects the pages: form tokens, response headers, no caching of what is personal."""

from flask import Flask, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from api.languages import requested_language
from energiehuis.drafts.service import DRAFT_LASTS

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
csrf = CSRFProtect()


def register_security(app: Flask) -> None:
    """Check the token of each form, and send the headers with each answer.

    JSON under `/api/` carries no cookie, so it needs no token.
    """
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    # A form may lie open as long as its draft lives; half an afternoon is normal.
    app.config["WTF_CSRF_TIME_LIMIT"] = int(DRAFT_LASTS.total_seconds())
    csrf.init_app(app)
    app.before_request(_check_token)
    app.register_error_handler(CSRFError, _form_expired)
    app.after_request(_add_headers)


def _check_token() -> None:
    if not request.path.startswith("/api/"):
        csrf.protect()


def _form_expired(_error: CSRFError) -> tuple[str, int]:
    return render_template("form_expired.html", here=request.path), 400


def _add_headers(response: Response) -> BaseResponse:
    if response.mimetype != "text/html":
        # Nothing of the rest means anything for JSON, a stylesheet or a picture.
        response.headers.set("X-Content-Type-Options", "nosniff")
        _let_marked_files_be_kept(response)
        return response
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config.get("SESSION_COOKIE_SECURE"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Language", requested_language())
    return response


def _let_marked_files_be_kept(response: Response) -> None:
    # The mark in the address changes when the file does.
    if request.endpoint == "static" and "v" in request.args and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
