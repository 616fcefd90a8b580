"""A portfolio of loans in Parquet, checked as a whole before any work, then read by row group.

The statistics that a Parquet file keeps of each row group say whether a null or a number outside
its limits is in it; only then is the data read to name the row. Words are read by dictionary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from energiehuis.simulation.loan_columns import (
    COLUMNS,
    ENERGY_NAMES,
    FIRST_DUE_ON,
    NIS_CODE,
    Column,
    Kind,
    has_kind,
)

_WORDS = [column.name for column in COLUMNS if column.kind is Kind.WORD]
_NIS_PATTERN = "^[1-9][0-9]{4}$"


class LoanFileError(ValueError):
    """A file that is no portfolio of loans: names the column, the row group, the row, the limit."""


@dataclass(frozen=True, slots=True)
class LoanFile:
    """A checked file.

    Attributes
    ----------
    columns : tuple of str
        Those of `COLUMNS` that the file has.
    group_sizes : tuple of int
        Loans of each row group.
    first_due_on, last_due_on : date
        Earliest and latest first instalment.
    longest_term_months : int
        Of all loans.
    knows_rate_classes : bool
        Of every loan it is known whether a priority household, a legal person, or neither borrows.
    """

    path: Path
    columns: tuple[str, ...]
    group_sizes: tuple[int, ...]
    first_due_on: date
    last_due_on: date
    longest_term_months: int
    knows_rate_classes: bool

    @property
    def loans(self) -> int:
        """Number of loans."""
        return sum(self.group_sizes)

    @property
    def has_energy(self) -> bool:
        """Whether savings can be known: all columns of dwelling and works are there."""
        return set(ENERGY_NAMES) <= set(self.columns)


def open_loan_file(path: Path) -> LoanFile:
    """Check a whole file, in bounded memory.

    Raises
    ------
    LoanFileError
        For a file that cannot be read, a missing column, a wrong type, a null where none is
        allowed, a number or word outside its limits: says where, and what is allowed.
    """
    with open_parquet(path) as source:
        present = _columns_of(path, source.schema_arrow)
        sizes = tuple(source.metadata.row_group(g).num_rows for g in _groups(source))
        if sum(sizes) == 0:
            raise LoanFileError(f"{path.name}: holds no loans")
        for group in _groups(source):
            for column in present:
                _check(path, source, group, column)
        names = tuple(column.name for column in present)
        return LoanFile(
            path=path,
            columns=names,
            group_sizes=sizes,
            first_due_on=_extreme(source, FIRST_DUE_ON, highest=False),
            last_due_on=_extreme(source, FIRST_DUE_ON, highest=True),
            longest_term_months=_extreme(source, "term_months", highest=True),
            knows_rate_classes=_knows_rate_classes(source, names),
        )


def open_parquet(path: Path) -> parquet.ParquetFile:
    """Open a file so that reading takes little memory.

    Raises
    ------
    LoanFileError
        When it is no Parquet file.
    """
    try:
        present = set(parquet.read_schema(path).names)
        words = [name for name in _WORDS if name in present]
        return parquet.ParquetFile(path, read_dictionary=words, pre_buffer=False)
    except (pa.ArrowInvalid, OSError) as error:
        raise LoanFileError(f"{path.name}: is no Parquet file that can be read") from error


def read_group(source: parquet.ParquetFile, group: int, names: tuple[str, ...]) -> pa.Table:
    """Read some columns of one row group.

    Raises
    ------
    LoanFileError
        When the row group is damaged.
    """
    try:
        return source.read_row_group(group, columns=list(names), use_threads=False)
    except (pa.ArrowInvalid, OSError) as error:
        raise LoanFileError(f"row group {group} cannot be read: {error}") from error


def _columns_of(path: Path, schema: pa.Schema) -> tuple[Column, ...]:
    present = tuple(column for column in COLUMNS if column.name in schema.names)
    missing = [c.name for c in COLUMNS if c.required and c not in present]
    if missing:
        raise LoanFileError(f"{path.name}: lacks the column {', '.join(missing)}")
    for column in present:
        found = schema.field(column.name).type
        if not has_kind(found, column.kind):
            limit = f"must be a {column.kind}, is {found}"
            raise LoanFileError(f"{path.name}: column {column.name} {limit}")
    return present


def _check(path: Path, source: parquet.ParquetFile, group: int, column: Column) -> None:
    if column.kind is Kind.FLAG or _is_fine_by_statistics(source, group, column):
        return
    values = read_group(source, group, (column.name,)).column(0).combine_chunks()
    for limit, wrong in _faults(values, column):
        row = pc.index(wrong, value=True).as_py()
        if row >= 0:
            first = sum(source.metadata.row_group(g).num_rows for g in range(group))
            where = f"column {column.name}, row group {group}, row {row} ({first + row} of all)"
            found = values[row].as_py()
            raise LoanFileError(f"{path.name}: {where}: {limit}, is {found!r}")


def _is_fine_by_statistics(source: parquet.ParquetFile, group: int, column: Column) -> bool:
    if column.limits is None:
        return False
    kept = _statistics(source, group, column.name)
    if kept is None or not kept.has_null_count or not kept.has_min_max:
        return False
    if column.required and kept.null_count:
        return False
    low, high = column.limits
    return _number(kept.min) >= low and _number(kept.max) <= high


def _faults(values: pa.Array, column: Column) -> Iterator[tuple[str, pa.Array]]:
    if column.required:
        yield "must not be null", pc.is_null(values)
    if column.limits is not None:
        numbers = pc.year(values) if column.kind is Kind.DAY else values
        low, high = column.limits
        outside = pc.or_(pc.less(numbers, low), pc.greater(numbers, high))
        yield f"must lie between {low} and {high}", pc.fill_null(outside, fill_value=False)
    elif column.kind is Kind.WORDS:
        yield from _faults_in_lists(values, column)
    elif column.kind is Kind.WORD:
        limit = f"must be one of {_listed(column)}" if column.words else "must be five digits"
        yield limit, pc.fill_null(_is_strange(values, column), fill_value=False)


def _faults_in_lists(values: pa.Array, column: Column) -> Iterator[tuple[str, pa.Array]]:
    strange = pc.fill_null(_is_strange(pc.list_flatten(values), column), fill_value=True)
    rows = pc.unique(pc.filter(pc.list_parent_indices(values), strange))
    places = pa.array(range(len(values)), pa.int64()) if len(rows) else pa.array([], pa.int64())
    wrong = pc.is_in(places, value_set=rows.cast(pa.int64()))
    yield f"must be works out of {_listed(column)}", wrong


def _is_strange(values: pa.Array, column: Column) -> pa.Array:
    """Mark words that are not allowed, looking only at the distinct ones."""
    if not pa.types.is_dictionary(values.type):
        values = pc.dictionary_encode(values)
    known = values.dictionary.cast(pa.string())
    if column.name == NIS_CODE:
        strange = pc.invert(pc.match_substring_regex(known, _NIS_PATTERN))
    else:
        words = pa.array(sorted(column.words or ()), pa.string())
        strange = pc.invert(pc.is_in(known, value_set=words))
    return pc.take(strange, values.indices)


def _extreme(source: parquet.ParquetFile, name: str, *, highest: bool) -> Any:  # noqa: ANN401
    """Give the lowest or highest value of a column that was checked."""
    found = []
    for group in _groups(source):
        kept = _statistics(source, group, name)
        if kept is not None and kept.has_min_max:
            found.append(kept.max if highest else kept.min)
        elif source.metadata.row_group(group).num_rows:
            both = pc.min_max(read_group(source, group, (name,)).column(0))
            found.append(both["max" if highest else "min"].as_py())
    return max(found) if highest else min(found)


def _knows_rate_classes(source: parquet.ParquetFile, names: tuple[str, ...]) -> bool:
    """Say whether kind and group of every borrower are known; a legal person has no group."""
    if not {"borrower_kind", "is_priority"} <= set(names):
        return False
    for group in _groups(source):
        kinds, flags = read_group(source, group, ("borrower_kind", "is_priority")).columns
        legal = pc.not_equal(kinds.cast(pa.string()), "natural_person")
        known = pc.or_kleene(legal, pc.is_valid(flags))
        if not pc.all(pc.fill_null(pc.and_kleene(known, pc.is_valid(kinds)), fill_value=False)):
            return False
    return True


def _statistics(source: parquet.ParquetFile, group: int, name: str) -> Any:  # noqa: ANN401
    place = source.schema_arrow.get_field_index(name)
    row_group = source.metadata.row_group(group)
    leaf = next((c for c in range(row_group.num_columns) if _leaf(row_group, c) == name), place)
    return row_group.column(leaf).statistics


def _leaf(row_group: Any, column: int) -> str:  # noqa: ANN401
    return str(row_group.column(column).path_in_schema.split(".")[0])


def _groups(source: parquet.ParquetFile) -> range:
    return range(source.num_row_groups)


def _number(value: int | date) -> int:
    return value.year if isinstance(value, date) else value


def _listed(column: Column) -> str:
    return ", ".join(sorted(column.words or ()))
