"""From the rows of a file to intakes, with every error by row and column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from marshmallow import ValidationError
from marshmallow import fields as ma

from api.lists.cells import json_value
from api.lists.columns import find_column
from api.lists.table import Row, read_table
from api.problem import field_errors
from api.schemas.from_types import incoming_of, intake_schema_of
from energiehuis.cases.kinds import Incoming, IntakeKind
from energiehuis.errors import FieldError, InvalidInput


@dataclass(frozen=True, slots=True)
class ReadRow:
    """An intake and the row that it stands in, as a spreadsheet numbers it."""

    number: int
    incoming: Incoming[Any, Any]


@dataclass(frozen=True, slots=True)
class ReadList:
    """The intakes of a file that can be read, and what is wrong: `rows.<number>.<column>`."""

    count: int
    rows: tuple[ReadRow, ...]
    errors: tuple[FieldError, ...]


def check(
    kind: IntakeKind,
    content: bytes,
    filename: str = "",  # noqa: ARG001  what is in the file decides
    *,
    defaults: Mapping[str, str] | None = None,
) -> ReadList:
    """Read a file of intakes of a kind, without a database.

    Parameters
    ----------
    kind : IntakeKind
        What the rows are.
    content : bytes
        The file, CSV or XLSX; its first bytes say which.
    filename : str
        What whoever sends it calls it; nothing hangs on it.
    defaults : mapping, optional
        Columns that the file may leave out, with what then stands in each row.
    """
    try:
        table = read_table(content)
    except InvalidInput as error:
        return ReadList(0, (), error.errors)
    columns = dict.fromkeys([*(defaults or {}), *table.columns])
    fields = {name: find_column(kind, name) for name in columns}
    errors = [
        FieldError(f"rows.1.{name[:80]}", "list.column_unknown", {"column": name[:80]})
        for name, field in fields.items()
        if field is None
    ]
    if errors:
        return ReadList(len(table.rows), (), tuple(errors))
    rows: list[ReadRow] = []
    for row in table.rows:
        try:
            rows.append(ReadRow(row.number, _incoming(kind, row, fields, defaults or {})))
        except InvalidInput as error:
            errors += at_row(row.number, error)
    return ReadList(len(table.rows), tuple(rows), tuple(errors))


def at_row(number: int, error: InvalidInput) -> list[FieldError]:
    """Give the errors of a row with the row in front."""
    return [
        FieldError(".".join(filter(None, (f"rows.{number}", each.field))), each.code, each.params)
        for each in error.errors
    ]


def _incoming(
    kind: IntakeKind,
    row: Row,
    fields: Mapping[str, ma.Field[Any] | None],
    defaults: Mapping[str, str],
) -> Incoming[Any, Any]:
    told: dict[str, Any] = {}
    for name, field in fields.items():
        cell = row.cells.get(name, defaults.get(name))
        if cell is not None and field is not None:
            _put(told, name.split("."), json_value(cell, field))
    told.setdefault("intake_id", str(uuid4()))
    try:
        return incoming_of(kind, intake_schema_of(kind)().load(_with_lists(told, "")))
    except ValidationError as error:
        raise InvalidInput(list(field_errors(error.messages))) from error


def _put(told: dict[str, Any], path: list[str], value: object) -> None:
    for step in path[:-1]:
        told = told.setdefault(step, {})
    told[path[-1]] = value


def _with_lists(told: dict[str, Any], path: str) -> Any:  # noqa: ANN401  a group or a list
    """Turn groups whose names are numbers into lists; a gap would shift what comes after it."""
    parts = {
        name: _with_lists(value, f"{path}{name}.") if isinstance(value, dict) else value
        for name, value in told.items()
    }
    if not parts or not all(name.isdecimal() for name in parts):
        return parts
    numbers = sorted(int(name) for name in parts)
    for expected, number in enumerate(numbers):
        if expected != number:
            raise InvalidInput([FieldError(f"{path}{expected}", "list.gap")])
    return [parts[str(number)] for number in numbers]
