"""How much one address may send in a minute where no account is needed, and how much one key.

Counted in each worker by itself, so a flood is slowed down before it reaches the database; with
two workers an address or a key gets at most twice the number. What no address can be told from (a
school, a town hall) shares one, so the number is generous.
"""

import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app, g, request

from energiehuis.config import Settings
from energiehuis.errors import TooManyAttempts

View = TypeVar("View", bound=Callable[..., Any])
WINDOW_SECONDS = 60
MOST_ADDRESSES = 10_000


class Counts:
    """Requests of each address, or of each key, in the running minute."""

    def __init__(self) -> None:
        self._window = 0
        self._counts: dict[str, int] = {}

    def add(self, address: str, now_seconds: float) -> int:
        """Count one request and give how many there were in this minute."""
        window = int(now_seconds // WINDOW_SECONDS)
        if window != self._window or len(self._counts) >= MOST_ADDRESSES:
            self._window, self._counts = window, {}
        count = self._counts[address] = self._counts.get(address, 0) + 1
        return count


def limited(view: View) -> View:
    """Answer 429 to an address that sends more than the settings allow."""

    @functools.wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        settings = cast(Settings, current_app.extensions["settings"])
        most = settings.public_posts_per_minute
        _count("public_counts", request.remote_addr or "-", most, "request.too_many")
        return view(*args, **kwargs)

    return cast(View, checked)


def limit_key(name: str) -> None:
    """Refuse a partner's key that asks more than the settings allow; a request counts once.

    Raises
    ------
    TooManyAttempts
        `partner.too_many`, with `retry_after_seconds`.
    """
    if not g.get("key_counted"):
        g.key_counted = True
        settings = cast(Settings, current_app.extensions["settings"])
        _count("key_counts", name, settings.key_requests_per_minute, "partner.too_many")


def _count(counts_name: str, who: str, most: int, code: str) -> None:
    if not most:
        return
    now = time.time()
    counts = current_app.extensions.setdefault(counts_name, Counts())
    if counts.add(who, now) > most:
        wait = WINDOW_SECONDS - int(now % WINDOW_SECONDS)
        raise TooManyAttempts(code, retry_after_seconds=wait)
