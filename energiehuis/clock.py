"""The only place that knows now, so that a test or a replay can set the day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
_frozen_at: ContextVar[datetime | None] = ContextVar("frozen_at", default=None)


def now() -> datetime:
    """Give this instant in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def today() -> date:
    """Give the calendar day in Brussels."""
    return now().astimezone(BRUSSELS).date()


def day_of(instant: datetime) -> date:
    """Give the Brussels day of an instant."""
    return instant.astimezone(BRUSSELS).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold the clock still at an instant with a time zone, inside the `with` block."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    token = _frozen_at.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen_at.reset(token)
