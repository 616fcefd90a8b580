"""Where a request carries its sign-in: a Bearer token for JSON, a cookie for pages.

The two never mix: JSON calls ignore the cookie, so a page of another site cannot make them in
somebody's name; pages take forms with a CSRF token only.
"""

from flask import current_app, request
from werkzeug.wrappers import Response

COOKIE = "energiehuis_sign_in"


def current_token() -> str | None:
    """Give the token of the request, or None for an anonymous one."""
    if not request.path.startswith("/api/"):
        return request.cookies.get(COOKIE)
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def set_cookie(response: Response, token: str) -> None:
    """Let a browser keep the token until it closes, out of reach of scripts and other sites."""
    response.set_cookie(
        COOKIE,
        token,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_cookie(response: Response) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax")
