"""What can be wrong with a mandate or a budget line; plain functions."""

from collections.abc import Iterator

from energiehuis.errors import FieldError
from energiehuis.programmes.governance.commands import RecordBudgetLine, RecordMandate

FIRST_YEAR, LAST_YEAR = 2000, 2100


def mandate_errors(command: RecordMandate) -> Iterator[FieldError]:
    """Yield what is wrong with a mandate."""
    if not command.holder_name.strip():
        yield FieldError("holder_name", "field.required")
    if command.until_on is not None and command.until_on <= command.from_on:
        yield FieldError("until_on", "governance.ends_before_it_begins")


def budget_line_errors(command: RecordBudgetLine) -> Iterator[FieldError]:
    """Yield what is wrong with a budget line."""
    if not FIRST_YEAR <= command.year <= LAST_YEAR:
        limits: dict[str, object] = {"first": FIRST_YEAR, "last": LAST_YEAR}
        yield FieldError("year", "governance.year_out_of_range", limits)
    if command.amount_cents == 0:
        yield FieldError("amount", "governance.nothing")
    if not command.source.strip():
        yield FieldError("source", "field.required")
