"""Portfolios and tables as files: CSV for people, Parquet for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from pyarrow import parquet

from energiehuis.identifiers import canonical_json
from energiehuis.simulation.portfolio import FILE_FIELDS, PortfolioFile, in_order
from energiehuis.simulation.results import Answer, write_answer
from energiehuis.simulation.tables import Table, as_csv, municipality_table, year_table

# Facts differ from file to file, so they travel as one JSON text.
_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("nis_code", pa.string(), nullable=False),
        pa.field("applied_on", pa.date32(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("reason_codes", pa.list_(pa.string()), nullable=False),
        pa.field("borrower_kind", pa.string(), nullable=False),
        pa.field("is_priority", pa.bool_()),
        pa.field("facts", pa.string()),
        pa.field("requested_cents", pa.int64()),
        pa.field("works_cost_cents", pa.int64()),
        pa.field("principal_cents", pa.int64()),
        pa.field("rate_basis_points", pa.int32()),
        pa.field("term_months", pa.int32(), nullable=False),
        pa.field("first_due_on", pa.date32()),
        pa.field("works", pa.list_(pa.string())),
        pa.field("dwelling_type", pa.string()),
        pa.field("build_year", pa.int32()),
        pa.field("floor_area_m2", pa.int32()),
        pa.field("heating_carrier", pa.string()),
        pa.field("is_demo", pa.bool_(), nullable=False),
    ]
)
_REQUIRED = tuple(field.name for field in _SCHEMA if not field.nullable)


class PortfolioFileError(ValueError):
    """A Parquet file that is no portfolio: says which column, and what it lacks."""


def write_portfolio(files: Sequence[PortfolioFile], path: Path) -> None:
    """Write files as Parquet, one row a file; no names, no addresses, but still personal data."""
    rows = [{**asdict(file), "facts": _facts_text(file)} for file in files]
    parquet.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), path, compression="zstd")


def read_portfolio_file(path: Path) -> tuple[PortfolioFile, ...]:
    """Read files that `write_portfolio` wrote.

    Raises
    ------
    PortfolioFileError
        When the file is no Parquet, lacks a column, or is empty where it may not be.
    """
    try:
        table = parquet.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise PortfolioFileError(f"{path.name} is no Parquet file that can be read") from error
    if missing := [name for name in FILE_FIELDS if name not in table.column_names]:
        raise PortfolioFileError(f"{path.name} lacks the column {', '.join(missing)}")
    if empty := [name for name in _REQUIRED if table.column(name).null_count]:
        raise PortfolioFileError(f"{path.name} has empty cells in {', '.join(empty)}")
    try:
        rows = table.select(list(FILE_FIELDS)).cast(_SCHEMA).to_pylist()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise PortfolioFileError(f"{path.name}: {error}") from error
    return in_order(_file(row) for row in rows)


def has_files(path: Path) -> bool:
    """Say whether a Parquet file holds files with their facts; otherwise it may hold loans."""
    try:
        return "facts" in parquet.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise PortfolioFileError(f"{path.name} is no Parquet file that can be read") from error


def write_tables(answer: Answer, folder: Path) -> tuple[Path, ...]:
    """Write the tables as CSV and Parquet, and the whole answer with its pins as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    tables = {"municipalities": municipality_table(answer), "years": year_table(answer)}
    for name, table in tables.items():
        written += [folder / f"{name}.csv", folder / f"{name}.parquet"]
        (folder / f"{name}.csv").write_text(as_csv(table), "utf-8", newline="")
        parquet.write_table(_arrow(table), folder / f"{name}.parquet")
    (folder / "answer.json").write_bytes(canonical_json(write_answer(answer)))
    return (*written, folder / "answer.json")


def _arrow(table: Table) -> pa.Table:
    columns = zip(*table.rows, strict=True)
    return pa.table(dict(zip(table.columns, map(list, columns), strict=True)))


def _facts_text(file: PortfolioFile) -> str | None:
    return None if file.facts is None else canonical_json(file.facts).decode()


def _file(row: dict[str, Any]) -> PortfolioFile:
    changed: dict[str, Any] = {
        "facts": None if row["facts"] is None else orjson.loads(row["facts"]),
        "works": None if row["works"] is None else tuple(row["works"]),
        "reason_codes": tuple(row["reason_codes"]),
    }
    return PortfolioFile(**{**row, **changed})
