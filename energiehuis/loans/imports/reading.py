"""From the lines of a list to loans, with every error of the file; pure, without a database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from energiehuis.loans.imports import values
from energiehuis.loans.imports.table import Line, LineError, Table, read_table
from energiehuis.loans.imports.values import CellError, ImportedWork
from energiehuis.loans.imports.words import Column, load_words
from energiehuis.loans.schedule import add_months

# A first instalment later than this after the grant is a slip of the pen.
LATEST_FIRST_DUE_MONTHS = 36

_READERS: dict[str, Callable[[str], object]] = {
    "number": values.read_number,
    "nis_code": values.read_municipality,
    "principal_cents": values.read_amount,
    "rate_basis_points": values.read_rate,
    "term_months": values.read_term,
    "granted_on": values.read_day,
    "first_due_on": values.read_day,
    "borrower_kind": partial(values.read_choice, "borrower_kind"),
    "is_priority": lambda text: values.read_choice("is_priority", text) == "yes",
    "works": values.read_works,
    "dwelling_type": partial(values.read_choice, "dwelling_type"),
    "build_year": values.read_build_year,
    "floor_area_m2": values.read_area,
    "heating_carrier": partial(values.read_choice, "heating_carrier"),
}


@dataclass(frozen=True, slots=True)
class ListedLoan:
    """A loan as the list tells it; None is unknown."""

    line: int
    number: str
    nis_code: str
    principal_cents: int
    rate_basis_points: int
    term_months: int
    granted_on: date
    first_due_on: date
    borrower_kind: str
    is_priority: bool | None = None
    works: tuple[ImportedWork, ...] | None = None
    dwelling_type: str | None = None
    build_year: int | None = None
    floor_area_m2: int | None = None
    heating_carrier: str | None = None

    @property
    def works_cost_cents(self) -> int | None:
        """Give what all works cost together; unknown when one of them is."""
        costs = [work.cost_cents for work in self.works or ()]
        known = [cost for cost in costs if cost is not None]
        return sum(known) if costs and len(known) == len(costs) else None


@dataclass(frozen=True, slots=True)
class LoanList:
    """The loans of a file that can be read, and every error of the file."""

    loans: tuple[ListedLoan, ...]
    errors: tuple[LineError, ...]
    rows: int


def read_loan_list(content: bytes, today: date) -> LoanList:
    """Read a list of loans from the bytes of its file, as of a day."""
    table: Table = read_table(content)
    loans: list[ListedLoan] = []
    errors = list(table.errors)
    first_lines: dict[str, int] = {}
    for line in table.lines:
        told, found = _read_line(line)
        number = told.get("number")
        if number is not None:
            earlier = first_lines.setdefault(number, line.number)
            if earlier != line.number:
                found.append(_error(line, "number", "import.number_twice", first_line=earlier))
        found += _day_errors(line, told, today)
        errors += found
        if not found:
            loans.append(ListedLoan(line=line.number, **told))
    errors.sort(key=lambda error: error.line)
    return LoanList(tuple(loans), tuple(errors), table.rows)


def _read_line(line: Line) -> tuple[dict[str, Any], list[LineError]]:
    told: dict[str, Any] = {}
    errors: list[LineError] = []
    for column in load_words().columns:
        text = line.cells.get(column.field)
        if text is None:
            errors += _missing(line, column)
            continue
        try:
            told[column.field] = _READERS[column.field](text)
        except CellError as error:
            params = {"value": text[:60], **error.params}
            errors.append(LineError(line.number, column.name, error.code, params))
    return told, errors


def _missing(line: Line, column: Column) -> list[LineError]:
    if not column.is_required:
        return []
    return [LineError(line.number, column.name, "import.cell_required")]


def _day_errors(line: Line, told: dict[str, Any], today: date) -> Iterator[LineError]:
    granted_on, first_due_on = told.get("granted_on"), told.get("first_due_on")
    if granted_on is not None and granted_on > today:
        yield _error(line, "granted_on", "import.granted_in_future")
    if granted_on is not None and first_due_on is not None:
        if first_due_on <= granted_on:
            yield _error(line, "first_due_on", "import.due_before_grant")
        elif first_due_on > add_months(granted_on, LATEST_FIRST_DUE_MONTHS):
            months = LATEST_FIRST_DUE_MONTHS
            yield _error(line, "first_due_on", "import.due_too_late", months=months)
    if told.get("build_year", 0) > today.year:
        yield _error(line, "build_year", "import.build_year_in_future")


def _error(line: Line, field: str, code: str, **params: object) -> LineError:
    said = {"value": line.cells.get(field, "")[:60], **params}
    return LineError(line.number, load_words().name_of(field), code, said)
