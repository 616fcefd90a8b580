"""Which language an answer is in: that of the page's address, else the one the client asks for."""

from flask import g, has_request_context, request

from energiehuis.i18n import LANGUAGES

DEFAULT = "nl"


def requested_language() -> str:
    """Give `nl`, `fr` or `en`; Dutch when nothing else is asked for."""
    if not has_request_context():
        return DEFAULT
    chosen = g.get("language")
    return chosen or request.accept_languages.best_match(LANGUAGES) or DEFAULT
