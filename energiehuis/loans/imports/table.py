"""From the bytes of a file to lines of cells: what kind of file it is, its signs, its columns."""

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from energiehuis.loans.imports.words import Column, load_words, simplified

MOST_BYTES = 20_000_000
MOST_ROWS = 100_000
_LONGEST_HEADERS = 10_000
_DELIMITERS = ";,\t"
_CELL_COUNT = "import.cell_count"
# How files begin that are no text: an Excel workbook is a zip.
_BEGINNINGS = {
    b"PK\x03\x04": "import.is_zip",
    b"\xd0\xcf\x11\xe0": "import.is_old_excel",
    b"%PDF": "import.is_binary",
    b"\x1f\x8b": "import.is_binary",
}


@dataclass(frozen=True, slots=True)
class LineError:
    """Something wrong in a file: the line, the column, a code and what its sentence needs.

    Line 0 is the file as a whole; the first line, with the headers, is 1.
    """

    line: int
    column: str
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its cells by field; an empty cell is not in it."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a file, and what was wrong with its form."""

    lines: tuple[Line, ...] = ()
    errors: tuple[LineError, ...] = ()

    @property
    def rows(self) -> int:
        """Number of lines below the headers, those with too few or too many cells included."""
        return len(self.lines) + sum(error.code == _CELL_COUNT for error in self.errors)


def read_table(content: bytes) -> Table:
    """Read a list from the bytes of its file; a file that is no list has errors and no lines."""
    refusal = _refusal(content)
    if refusal is not None:
        return Table(errors=(refusal,))
    text = _without_hint(_decoded(content).replace("\r\n", "\n").replace("\r", "\n"))
    delimiter = _delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    errors: list[LineError] = []
    columns: list[Column] | None = None
    for number, cells in _records(reader, errors):
        if columns is None:
            columns, found = _columns_of(cells, number)
            errors += found
            if found:
                break
        elif len(lines) == MOST_ROWS:
            errors.append(LineError(0, "", "import.too_many_rows", {"most": MOST_ROWS}))
            break
        elif len(cells) != len(columns):
            params: dict[str, object] = {"expected": len(columns), "found": len(cells)}
            errors.append(LineError(number, "", _CELL_COUNT, params))
        else:
            lines.append(_line(number, columns, cells))
    if not lines and not errors:
        errors.append(LineError(0, "", "import.no_rows"))
    return Table(tuple(lines), tuple(errors))


def _refusal(content: bytes) -> LineError | None:
    if len(content) > MOST_BYTES:
        return LineError(0, "", "import.too_large", {"most_megabytes": MOST_BYTES // 1_000_000})
    if not content.strip():
        return LineError(0, "", "import.empty")
    for beginning, code in _BEGINNINGS.items():
        if content.startswith(beginning):
            return LineError(0, "", code)
    if b"\x00" in content:
        return LineError(0, "", "import.is_binary")
    return None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows-1252 gives a sign to nearly every byte; the five without one stay visible.
        return content.decode("cp1252", errors="replace")


def _without_hint(text: str) -> str:
    """Empty the line `sep=;` that Excel writes before the headers; line numbers stay right."""
    first, end, rest = text.partition("\n")
    return end + rest if first.strip().casefold().startswith("sep=") else text


def _delimiter_of(text: str) -> str:
    first = text.lstrip("\n").partition("\n")[0][:_LONGEST_HEADERS]
    known = load_words().by_header

    def headers_found(delimiter: str) -> int:
        names = next(iter(csv.reader([first], delimiter=delimiter)))
        return sum(simplified(name) in known for name in names)

    return max(_DELIMITERS, key=headers_found)


def _records(
    reader: "csv._reader",  # type: ignore[name-defined]
    errors: list[LineError],
) -> Iterator[tuple[int, list[str]]]:
    """Give each record that is not blank with the line on which it begins."""
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error:
        # A quote that is opened and not closed swallows the rest of the file.
        errors.append(LineError(number, "", "import.broken_quotes"))


def _columns_of(headers: list[str], number: int) -> tuple[list[Column], list[LineError]]:
    words = load_words()
    columns: list[Column] = []
    errors: list[LineError] = []
    for header in headers:
        column = words.by_header.get(simplified(header))
        if column is None:
            errors.append(LineError(number, header[:40], *_unknown_header(header)))
        elif column in columns:
            errors.append(LineError(number, column.name, "import.header_twice"))
        else:
            columns.append(column)
    errors += [
        LineError(number, column.name, "import.header_missing", {"headers": _or(column.headers)})
        for column in words.columns
        if column.is_required and column not in columns
    ]
    return columns, errors


def _unknown_header(header: str) -> tuple[str, dict[str, object]]:
    known = list(load_words().by_header)
    near = difflib.get_close_matches(simplified(header), known, n=1)
    names = near or [column.name for column in load_words().columns]
    return "import.header_unknown", {"headers": _or(tuple(names))}


def _line(number: int, columns: list[Column], cells: list[str]) -> Line:
    told = {column.field: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    return Line(number, {name: text for name, text in told.items() if text})


def _or(names: tuple[str, ...]) -> str:
    return ", ".join(names)
