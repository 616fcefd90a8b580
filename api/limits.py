"""How much one address may send in a minute, where no account is needed.

Counted in each worker by itself, so a flood is slowed down before it reaches the database; with
two workers an address gets at most twice the number. What no address can be told from (a school,
a town hall) shares one, so the number is generous.
"""

import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app, request

from energiehuis.config import Settings
from energiehuis.errors import TooManyAttempts

View = TypeVar("View", bound=Callable[..., Any])
WINDOW_SECONDS = 60
MOST_ADDRESSES = 10_000


class Counts:
    """Requests of each address in the running minute."""

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
        if most:
            now = time.time()
            counts = current_app.extensions.setdefault("public_counts", Counts())
            if counts.add(request.remote_addr or "-", now) > most:
                wait = WINDOW_SECONDS - int(now % WINDOW_SECONDS)
                raise TooManyAttempts("request.too_many", retry_after_seconds=wait)
        return view(*args, **kwargs)

    return cast(View, checked)
