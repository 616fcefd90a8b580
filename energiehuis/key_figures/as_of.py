"""Asking the same question of the records as they stood on a day.

Each table that a question names is put before it as a common table expression of the same name,
holding the rows that were written down before that day; the formulas need not know of it. A table
without a recorded time is read as it is now, and is told.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    Select,
    Table,
    and_,
    case,
    event,
    exists,
    null,
    select,
    type_coerce,
)
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors

from energiehuis.db.base import Base
from energiehuis.db.types import Instant

# When a row was written down, by the first of these columns that its table has. An application
# of a bulk load keeps the day on which it came in, and no other.
RECORDED = ("recorded_at", "created_at", "decided_at", "received_at", "sent_at", "at")
# A row belongs to the intake or the case that it came with, else to the row it is a line of.
PARENTS = ("intake_id", "case_id", "application_id")
# Under this name the session says of when its answers are, for what is kept within a transaction.
KNOWN_AT = "known_at"
_NOT_A_PARENT = frozenset({"organisations", "people", "households"})


@contextmanager
def as_known(session: Session, known_at: datetime | None) -> Iterator[set[str]]:
    """Let every question within the block read the records as they stood.

    Parameters
    ----------
    session : Session
        Of the unit of work. [-]
    known_at : datetime or None
        Only what was written down before; None reads the records as they are. [UTC]

    Yields
    ------
    set of str
        Fills with the tables that were read as they are now, or whose rows may have been changed
        since without a trace of when.
    """
    undated: set[str] = set()
    if known_at is None:
        yield undated
        return
    schema = session.connection().dialect.default_schema_name

    def rewrite(state: ORMExecuteState) -> None:
        if state.is_select:
            state.statement = _rewritten(state.statement, _Past(known_at, schema), undated)

    event.listen(session, "do_orm_execute", rewrite)
    session.info[KNOWN_AT] = known_at
    try:
        yield undated
    finally:
        del session.info[KNOWN_AT]
        event.remove(session, "do_orm_execute", rewrite)


def _rewritten(statement: Any, past: "_Past", undated: set[str]) -> Any:  # noqa: ANN401
    shadows = []
    for name in sorted(_tables_of(statement)):
        table = Base.metadata.tables[name]
        if name in _NOT_A_PARENT:
            continue
        shadow = past.shadow(table)
        if shadow is None or ("version" in table.c and name != "cases"):
            undated.add(name)
        if shadow is not None:
            shadows.append(shadow)
    return statement.add_cte(*shadows) if shadows else statement


def _tables_of(statement: Any) -> Iterable[str]:  # noqa: ANN401
    return {
        element.name
        for element in visitors.iterate(statement)
        if isinstance(element, Table) and element.name in Base.metadata.tables
    }


class _Past:
    """The tables of the database by their full names, and what they held at an instant."""

    def __init__(self, known_at: datetime, schema: str | None) -> None:
        self.known_at = known_at
        self._schema = schema
        self._metadata = MetaData()

    def shadow(self, table: Table) -> CTE | None:
        """Give the rows of a table that were known, or None where nobody can tell."""
        real = self._real(table)
        known = self._known(table, real)
        if known is None:
            return None
        columns = self._of_cases(real) if table.name == "cases" else {}
        shown = [
            columns.get(column.name, self._seen(column)).label(column.name) for column in real.c
        ]
        question: Select[Any] = select(*shown).where(known)
        return question.cte(table.name)

    def _known(self, table: Table, real: FromClause) -> ColumnElement[bool] | None:
        own = next((name for name in RECORDED if name in table.c), None)
        if own is not None and isinstance(table.c[own].type, Instant):
            return real.c[own] < self.known_at
        for column in sorted(table.c, key=_parent_first):
            key = next(iter(column.foreign_keys), None)
            if key is None or column.nullable or key.column.table.name in _NOT_A_PARENT:
                continue
            parent = key.column.table
            above = self._real(parent).alias()
            known = self._known(parent, above)
            if known is not None:
                return exists().where(and_(above.c[key.column.name] == real.c[column.name], known))
        return None

    def _seen(self, column: Column[Any] | ColumnElement[Any]) -> ColumnElement[Any]:
        """Show no instant that lay ahead: not yet accepted, not yet ended."""
        if isinstance(column.type, Instant) and getattr(column, "nullable", False):
            return case((column < self.known_at, column), else_=null())
        return column

    def _of_cases(self, cases: FromClause) -> dict[str, ColumnElement[Any]]:
        events = self._real(Base.metadata.tables["case_events"]).alias("last_event")

        def last(name: str) -> ColumnElement[Any]:
            found = select(events.c[name]).where(
                events.c.case_id == cases.c.id, events.c.at < self.known_at
            )
            return found.order_by(events.c.id.desc()).limit(1).scalar_subquery()

        closed = last("to_status") == "closed"
        return {
            "status": last("to_status"),
            "status_since": type_coerce(last("at"), Instant()),
            "outcome": case((closed, cases.c.outcome), else_=null()),
            "outcome_on": case((closed, cases.c.outcome_on), else_=null()),
        }

    def _real(self, table: Table) -> Table:
        key = f"{self._schema}.{table.name}" if self._schema else table.name
        if key in self._metadata.tables:
            return self._metadata.tables[key]
        columns = [Column(c.name, c.type, nullable=c.nullable) for c in table.c]
        return Table(table.name, self._metadata, *columns, schema=self._schema)


def _parent_first(column: Column[Any]) -> int:
    return PARENTS.index(column.name) if column.name in PARENTS else len(PARENTS)
