"""Column types that mean the same on both databases."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import BigInteger, DateTime, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from energiehuis.identifiers import canonical_json

# SQLite only numbers rows by itself when the key is an INTEGER.
Cents = BigInteger
SerialKey = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite would give it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give UTC back, with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A JSON document as canonical text, so that its digest does not depend on the engine."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the document in its one form."""
        return None if value is None else canonical_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """Read the document."""
        return None if value is None else orjson.loads(value)


def enum_column(kind: type[StrEnum]) -> TypeEngine[str]:
    """Give a text column for an enum stored by value; the check constraint stands in the table."""
    return String(max(len(member.value) for member in kind) + 8)


def one_of(column: str, kind: type[StrEnum]) -> str:
    """Give the condition that a column holds a value of the enum."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return f"{column} IN ({values})"
