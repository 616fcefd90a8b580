"""Engines for three kinds of transaction, on SQLite and on PostgreSQL.

`write`       durable: the answer goes out only when the data are on disk.
`logged_read` reads a person's file and writes the line that says so. The line is committed before
              the answer, but does not wait for the disk: a power cut may lose the last of them.
`read`        reads only.

On SQLite writers take the lock at once (BEGIN IMMEDIATE): a transaction that reads first and
writes later would otherwise lose updates or fail half-way.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

# The log is folded into the file after 32 MB instead of 4: an application touches a dozen pages,
# and folding waits for the disk.
PAGES_BETWEEN_CHECKPOINTS = 8_000


class TransactionKind(StrEnum):
    """What a transaction is for."""

    WRITE = "write"
    LOGGED_READ = "logged_read"
    READ = "read"


def make_engine(url: str, kind: TransactionKind, *, pool_size: int = 5) -> Engine:
    """Make the engine of a kind of transaction for a database URL."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url, kind, pool_size)
    return _postgresql_engine(url, kind, pool_size)


def _postgresql_engine(url: str, kind: TransactionKind, pool_size: int) -> Engine:
    options = "-c timezone=UTC"
    if kind is TransactionKind.LOGGED_READ:
        options += " -c synchronous_commit=off"
    if kind is TransactionKind.READ:
        options += " -c default_transaction_read_only=on"
    return create_engine(
        url, pool_size=pool_size, max_overflow=5, connect_args={"options": options}
    )


def _sqlite_engine(url: str, kind: TransactionKind, pool_size: int) -> Engine:
    # Thirty seconds: a bulk load may hold the lock for a few.
    engine = create_engine(url, pool_size=pool_size, connect_args={"timeout": 30})
    synchronous = "NORMAL" if kind is TransactionKind.LOGGED_READ else "FULL"

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA wal_autocheckpoint={PAGES_BETWEEN_CHECKPOINTS}")
        if kind is TransactionKind.READ:
            connection.execute("PRAGMA query_only=ON")

    begin = "BEGIN" if kind is TransactionKind.READ else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401
        connection.exec_driver_sql(begin)

    return engine
