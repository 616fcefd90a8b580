"""From the bytes of the list of VDAB's platform to hours, with every error; no database.

The columns of the platform were not found: these are a proposal, and each may stand under several
headers. Cheques of a line have a space, a comma or a plus between them.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MOST_BYTES = 20_000_000
_DELIMITERS = ";\t,"
COLUMNS: dict[str, tuple[str, ...]] = {
    "worker": ("wijkwerker", "werknemer", "worker"),
    "user": ("gebruiker", "user"),
    "day": ("datum", "dag", "date"),
    "hours": ("uren", "prestaties", "hours"),
    "cheques": ("cheques", "chequenummers", "chequenos"),
}
_NUMBER = re.compile(r"[A-Za-z0-9./_-]{1,20}")
_CHEQUE = re.compile(r"[A-Za-z0-9-]{4,20}")
_HOURS = re.compile(r"(\d{1,2})(?:[.,]0{1,2})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOST_CHEQUES = 24


@dataclass(frozen=True, slots=True)
class LineError:
    """Something wrong in the list: the line, a code and what its sentence needs; 0 is the file."""

    line: int
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListedHours:
    """Hours as the list tells them; worker and user by their numbers on the platform."""

    line: int
    worker: str
    user: str
    day: date
    hours: int
    cheques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoursList:
    """The hours of a list that can be read, and every error of the file."""

    hours: tuple[ListedHours, ...] = ()
    errors: tuple[LineError, ...] = ()
    rows: int = 0


def read_hours_list(content: bytes) -> HoursList:
    """Read the list from the bytes of its file."""
    refusal = _refusal(content)
    if refusal is not None:
        return HoursList(errors=(refusal,))
    try:
        records = list(_records(_decoded(content)))
    except csv.Error:
        return HoursList(errors=(LineError(0, "performances_import.not_text"),))
    fields, errors = _fields_of(records[0][1]) if records else ([], [])
    if len(records) < 2 and not errors:
        errors = [LineError(0, "performances_import.no_rows")]
    return HoursList(errors=tuple(errors)) if errors else _read(fields, records[1:])


def _refusal(content: bytes) -> LineError | None:
    if len(content) > MOST_BYTES:
        most: dict[str, object] = {"most_megabytes": MOST_BYTES // 1_000_000}
        return LineError(0, "performances_import.too_large", most)
    if b"\x00" in content or content.startswith(b"PK\x03\x04"):
        return LineError(0, "performances_import.not_text")
    return None


def _read(fields: list[str], records: list[tuple[int, list[str]]]) -> HoursList:
    hours: list[ListedHours] = []
    errors: list[LineError] = []
    for line, cells in records:
        if len(cells) != len(fields):
            params: dict[str, object] = {"found": len(cells), "expected": len(fields)}
            errors.append(LineError(line, "performances_import.cell_count", params))
            continue
        told, found = _told(line, dict(zip(fields, cells, strict=True)))
        errors += found
        if not found:
            hours.append(ListedHours(line=line, **told))
    return HoursList(tuple(hours), tuple(errors), len(records))


def _told(line: int, cells: dict[str, str]) -> tuple[dict[str, Any], list[LineError]]:
    told: dict[str, Any] = {}
    errors = []
    for name, text in cells.items():
        column: dict[str, object] = {"column": COLUMNS[name][0]}
        if not text:
            errors.append(LineError(line, "performances_import.cell_required", column))
            continue
        try:
            told[name] = _READERS[name](text)
        except ValueError:
            params = {**column, "value": text[:60]}
            errors.append(LineError(line, "performances_import.cell_wrong", params))
    return told, errors


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]
        number = reader.line_num + 1


def _fields_of(headers: list[str]) -> tuple[list[str], list[LineError]]:
    by_header = {header: name for name, headers in COLUMNS.items() for header in headers}
    found = [by_header.get(re.sub(r"[\s_-]+", "", each.casefold()), each) for each in headers]
    strange = [each for each in found if each not in COLUMNS]
    errors = [
        LineError(1, "performances_import.column_unknown", {"column": each[:60]})
        for each in strange
    ]
    errors += [
        LineError(1, "performances_import.column_missing", {"column": headers[0]})
        for name, headers in COLUMNS.items()
        if found.count(name) != 1
    ]
    return found, errors


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return text


def _day(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError(text)
    return date(int(year), int(month), int(day))


def _hours(text: str) -> int:
    found = _HOURS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hours = int(found[1])
    if not 1 <= hours <= _MOST_CHEQUES:
        raise ValueError(text)
    return hours


def _cheques(text: str) -> tuple[str, ...]:
    numbers = tuple(re.split(r"[\s,+]+", text))
    if len(numbers) > _MOST_CHEQUES or not all(_CHEQUE.fullmatch(each) for each in numbers):
        raise ValueError(text)
    return numbers


_READERS: dict[str, Callable[[str], object]] = {
    "worker": _number,
    "user": _number,
    "day": _day,
    "hours": _hours,
    "cheques": _cheques,
}
