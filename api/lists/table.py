"""From the bytes of a CSV or XLSX file to cells; what Belgian Excel writes is understood.

That is: semicolons or tabs instead of commas, a first line `sep=;`, Windows letters instead of
UTF-8. A formula is the text that it is written as: nothing is ever worked out.
"""

import csv
import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from energiehuis.errors import FieldError, InvalidInput

MOST_ROWS = 5_000
MOST_COLUMNS = 300
MOST_UNPACKED_BYTES = 100_000_000
_DELIMITERS = (";", "\t", ",")
Cell = str | int | float | bool | dt.datetime | dt.date


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file by the names of its columns; empty cells are left out.

    `number` is the one that a spreadsheet shows beside it; the header is 1.
    """

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(content: bytes) -> Table:
    """Read a file; which of the two kinds it is, its first bytes say.

    Raises
    ------
    InvalidInput
        `list.no_text`, `list.no_workbook`, `list.no_rows`, `list.too_many_rows`,
        `list.too_many_columns`, `list.column_twice`, `list.column_unnamed`, `list.too_many_cells`.
    """
    is_workbook = content.startswith(b"PK\x03\x04")
    lines = _workbook_lines(content) if is_workbook else _text_lines(content)
    number, header = next(lines, (0, []))
    columns = tuple(str(cell or "").strip() for cell in header)
    while columns and not columns[-1]:
        columns = columns[:-1]
    _check_columns(columns)
    rows = tuple(_rows(columns, lines))
    if not number or not rows:
        raise InvalidInput([FieldError("rows", "list.no_rows")])
    return Table(columns, rows)


def _rows(
    columns: tuple[str, ...], lines: Iterable[tuple[int, list[Cell | None]]]
) -> Iterator[Row]:
    count = 0
    for number, line in lines:
        cells = [None if isinstance(cell, str) and not cell.strip() else cell for cell in line]
        if all(cell is None for cell in cells):
            continue
        if any(cell is not None for cell in cells[len(columns) :]):
            raise InvalidInput([FieldError(f"rows.{number}", "list.too_many_cells")])
        count += 1
        if count > MOST_ROWS:
            raise InvalidInput([FieldError("rows", "list.too_many_rows", {"most": MOST_ROWS})])
        told = zip(columns, cells, strict=False)
        yield Row(number, {name: cell for name, cell in told if cell is not None})


def _check_columns(columns: tuple[str, ...]) -> None:
    if len(columns) > MOST_COLUMNS:
        most: dict[str, object] = {"most": MOST_COLUMNS}
        raise InvalidInput([FieldError("rows.1", "list.too_many_columns", most)])
    errors = [
        FieldError("rows.1", "list.column_unnamed", {"column": index + 1})
        for index, name in enumerate(columns)
        if not name
    ]
    twice = {name for name in columns if name and columns.count(name) > 1}
    errors += [FieldError(f"rows.1.{name[:60]}", "list.column_twice") for name in sorted(twice)]
    if errors:
        raise InvalidInput(errors)


def _text_lines(content: bytes) -> Iterator[tuple[int, list[Cell | None]]]:
    text = _decoded(content)
    head, _, rest = text.partition("\n")
    first = 1
    if head.strip().lower().startswith("sep=") and len(head.strip()) == 5:
        delimiter, text, first = head.strip()[4], rest, 2
    else:
        delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        start = first
        for line in reader:
            yield start, list(line)
            start = reader.line_num + first
    except csv.Error as error:
        raise InvalidInput([FieldError("rows", "list.no_text")]) from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidInput([FieldError("rows", "list.no_text")])


def _check_size(content: bytes) -> None:
    """Refuse a small file that unpacks to a huge one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise InvalidInput([FieldError("rows", "list.no_workbook")])


def _workbook_lines(content: bytes) -> Iterator[tuple[int, list[Cell | None]]]:
    from openpyxl import load_workbook  # noqa: PLC0415  takes a while, and few ask for it

    try:
        _check_size(content)
        with warnings.catch_warnings():
            # What a workbook has beside its cells (styles, checks) is of no use here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, line in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, list(line[: MOST_COLUMNS + 1])
    except InvalidInput:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise InvalidInput([FieldError("rows", "list.no_workbook")]) from error
