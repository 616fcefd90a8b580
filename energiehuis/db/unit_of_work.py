"""The one place that opens sessions and commits.

A request, a job or a command opens one unit of work. Services change things inside it; at its end
the closing steps run (the audit lines are chained and written), then everything commits at once,
or nothing does.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from energiehuis.db.engine import TransactionKind, make_engine

# A closing step runs before the commit and may hold something (a lock) until after it.
ClosingStep = Callable[[Session, ExitStack], None]


class Database:
    """A database: its engines, made when first used, and the units of work on them."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = url
        self._pool_size = pool_size
        self._engines: dict[TransactionKind, Engine] = {}
        self.attachments: dict[str, object] = {}

    def engine(self, kind: TransactionKind = TransactionKind.WRITE) -> Engine:
        """Give the engine for a kind of transaction."""
        if kind not in self._engines:
            self._engines[kind] = make_engine(self.url, kind, pool_size=self._pool_size)
        return self._engines[kind]

    @contextmanager
    def unit_of_work(self, kind: TransactionKind = TransactionKind.WRITE) -> Iterator[Session]:
        """Open a session; commit it once at the end, or roll everything back."""
        with Session(self.engine(kind), expire_on_commit=False, autoflush=False) as session:
            session.info["database"] = self
            yield session
            with ExitStack() as held:
                for step in session.info.get("closing_steps", ()):
                    step(session, held)
                session.commit()

    def dispose(self) -> None:
        """Close all connections."""
        for engine in self._engines.values():
            engine.dispose()

    def forget_connections(self) -> None:
        """Let go of connections after a fork: they belong to the parent, which keeps them open."""
        for engine in self._engines.values():
            engine.dispose(close=False)


def database_of(session: Session) -> Database:
    """Give the database that a session of a unit of work belongs to."""
    database = session.info["database"]
    if not isinstance(database, Database):
        raise TypeError("the session was not opened by a unit of work")
    return database


def before_commit(session: Session, step: ClosingStep) -> None:
    """Let a step run once, just before the unit of work commits."""
    steps = session.info.setdefault("closing_steps", [])
    if step not in steps:
        steps.append(step)
