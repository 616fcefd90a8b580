"""Tables of names and numbers as CSV, read strictly: errors name file, line, column and limit."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.validation import ModelInputError

MOST_LINES = 100_000


class NumberTableError(ValueError):
    """A table that cannot be used: names the file, the line, the column and the limit."""


@dataclass(frozen=True, slots=True)
class NumberTable:
    """The cells of a file as they were written, by column, with the line that each stands on."""

    name: str
    lines: tuple[int, ...]
    cells: dict[str, list[str]]

    def error(self, place: int, column: str, limit: str) -> NumberTableError:
        """Make the error of one cell."""
        return NumberTableError(f"{self.name}: line {self.lines[place]}, column {column}: {limit}")

    def texts(self, column: str) -> list[str]:
        """Give the cells of a column; of a column that is not there, empty ones."""
        return self.cells[column] if column in self.cells else [""] * len(self.lines)

    def numbers(self, column: str, *, empty: float | None = None) -> FloatArray:
        """Give a column as numbers, with `empty` where nothing is written.

        Raises
        ------
        NumberTableError
            For a cell that is no number, and for an empty one when there is no `empty`.
        """
        cells = enumerate(self.texts(column))
        found = [self._number(place, column, cell=cell, empty=empty) for place, cell in cells]
        return np.array(found, dtype=np.float64)

    def _number(self, place: int, column: str, *, cell: str, empty: float | None) -> float:
        if not cell:
            if empty is None:
                raise self.error(place, column, "must not be empty")
            return empty
        try:
            # Python reads 1_000 as a thousand; a file that holds it is broken.
            return float("" if "_" in cell else cell)
        except ValueError as error:
            limit = f"must be a number with a decimal point, is {cell!r}"
            raise self.error(place, column, limit) from error


def read_table(path: Path, *, columns: tuple[str, ...], required: tuple[str, ...]) -> NumberTable:
    """Read a CSV file with commas and points, UTF-8, one header line.

    Parameters
    ----------
    path : Path
        The file.
    columns : tuple of str
        What may stand in the header, in any order.
    required : tuple of str
        What must stand in it.

    Returns
    -------
    NumberTable
        At least one line; empty lines are left out.

    Raises
    ------
    NumberTableError
        For a file that is no such CSV, for an unknown, missing or doubled column, for a line
        with too few or too many cells, and for no line or more than 100,000.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = _rows(source)
            _, header = next(rows, (0, []))
            _check_header(path.name, header, columns=columns, required=required)
            lines, kept = _kept(path.name, len(header), rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        limit = f"must be a CSV file in UTF-8: {error}"
        raise NumberTableError(f"{path.name}: {limit}") from error
    cells = {column: [row[place] for row in kept] for place, column in enumerate(header)}
    return NumberTable(path.name, lines, cells)


def refused_cell(table: NumberTable, error: ModelInputError, columns: tuple[str, ...]) -> str:
    """Say which cell the model refused.

    Parameters
    ----------
    table : NumberTable
        The table whose lines were given to the model, one a place of its first axis.
    error : ModelInputError
        What the model said.
    columns : tuple of str
        The columns of the refused field, one a place of its second axis.

    Returns
    -------
    str
        File, line, column and limit; without a line when the model named no place.
    """
    if error.index is None:
        return f"{table.name}: column {columns[0]}: {error.limit}"
    column = columns[error.index[1]] if len(columns) > 1 else columns[0]
    return str(table.error(error.index[0], column, error.limit))


def _rows(source: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(source, strict=True)
    for row in reader:
        yield reader.line_num, [cell.strip() for cell in row]


def _kept(
    name: str, width: int, rows: Iterator[tuple[int, list[str]]]
) -> tuple[tuple[int, ...], list[list[str]]]:
    lines: list[int] = []
    kept: list[list[str]] = []
    for line, row in rows:
        if not any(row):
            continue
        if len(row) != width:
            hint = "" if len(row) < width else "; numbers take a decimal point"
            limit = f"needs {width} cells as the first line has, has {len(row)}{hint}"
            raise NumberTableError(f"{name}: line {line}: {limit}")
        if len(lines) == MOST_LINES:
            raise NumberTableError(f"{name}: line {line}: at most {MOST_LINES} lines of figures")
        lines.append(line)
        kept.append(row)
    if not lines:
        raise NumberTableError(f"{name}: line 2: needs at least one line under the header")
    return tuple(lines), kept


def _check_header(
    name: str, header: list[str], *, columns: tuple[str, ...], required: tuple[str, ...]
) -> None:
    where = f"{name}: line 1"
    if not any(header):
        raise NumberTableError(f"{where}: is empty, needs the names of the columns")
    for separator in (";", "\t"):
        if separator in header[0]:
            limit = f"columns must be separated by commas, not by {separator!r}"
            raise NumberTableError(f"{where}: {limit}")
    for column in header:
        _check_column(where, column, columns)
        if header.count(column) > 1:
            raise NumberTableError(f"{where}: column {column} stands twice")
    for column in required:
        if column not in header:
            raise NumberTableError(f"{where}: lacks the column {column}")


def _check_column(where: str, column: str, columns: tuple[str, ...]) -> None:
    if column not in columns:
        near = get_close_matches(column, columns, n=1)
        hint = f"; is {near[0]} meant?" if near else ""
        raise NumberTableError(f"{where}: unknown column {column!r}{hint}")
