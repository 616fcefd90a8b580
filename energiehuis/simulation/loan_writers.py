"""Portfolios of loans written as Parquet: out of the books, or invented from a seed."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode
from energiehuis.simulation.energy_assumptions import EARLIEST_YEAR, FLOOR_AREA_M2, LATEST_YEAR
from energiehuis.simulation.loan_columns import COLUMNS, REQUIRED, schema_of
from energiehuis.simulation.portfolio import PortfolioFile

ROW_GROUP_LOANS = 262_144
# Invented codes: no municipality has one that begins with 9 and ends so high.
_FIRST_INVENTED_CODE = 97_001
_KNOWN_SHARE = 0.95
_RATES = (0, 100, 150, 225, 325)
_RATE_SHARES = (0.45, 0.20, 0.15, 0.10, 0.10)
_PRIORITY_SHARE = 0.3
_CARRIER_SHARES = {HeatingCarrier.NATURAL_GAS: 0.66, HeatingCarrier.HEATING_OIL: 0.30}
_PACKAGES = (
    (WorkCode.ROOF_ATTIC_FLOOR_INSULATION,),
    (WorkCode.HIGH_EFFICIENCY_GLAZING,),
    (WorkCode.HEATING,),
    (WorkCode.HIGH_EFFICIENCY_GLAZING, WorkCode.ROOF_ATTIC_FLOOR_INSULATION),
    (WorkCode.CAVITY_WALL_INSULATION,),
    (WorkCode.PV,),
)


def write_loans(
    files: Sequence[PortfolioFile], path: Path, *, row_group_loans: int = ROW_GROUP_LOANS
) -> int:
    """Write the granted loans of the books, in the order of the files, and give how many.

    No names and no addresses, but still personal data. A floor area or year that the model would
    not believe becomes unknown.
    """
    loans = [file for file in files if file.principal_cents and file.first_due_on]
    batches = (
        pa.Table.from_pylist(
            [_row(file) for file in loans[first : first + row_group_loans]], schema_of()
        )
        for first in range(0, len(loans), row_group_loans)
    )
    _write(batches, path, schema_of())
    return len(loans)


def write_invented_loans(
    path: Path,
    loans: int,
    *,
    seed: int,
    municipalities: int = 13,
    with_dwellings: bool = True,
    row_group_loans: int = ROW_GROUP_LOANS,
) -> None:
    """Invent loans of 1,000 to 60,000 euro over 36 to 120 months from 2015 to 2018.

    Parameters
    ----------
    path : Path
        Where to.
    loans : int
        How many; only one row group is held at a time. [loans]
    seed : int
        Same seed, same file. [-]
    municipalities : int
        How many, with invented codes. [-]
    with_dwellings : bool
        Also write dwellings and works.
    row_group_loans : int
        Loans in a row group. [loans]
    """
    columns = COLUMNS if with_dwellings else REQUIRED
    schema = schema_of(columns)

    def batches() -> Iterator[pa.Table]:
        for group, first in enumerate(range(0, loans, row_group_loans)):
            numbers = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(group,)))
            count = min(row_group_loans, loans - first)
            found = _invented_money(numbers, count, municipalities)
            if with_dwellings:
                found |= _invented_homes(numbers, count, found["principal_cents"])
            yield pa.table([found[name] for name in schema.names], schema=schema)

    _write(batches(), path, schema)


def _write(batches: Iterable[pa.Table], path: Path, schema: pa.Schema) -> None:
    """Write row groups one by one; the file has its name only when it is whole."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_table(batch, row_group_size=max(batch.num_rows, 1))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _row(file: PortfolioFile) -> dict[str, object]:
    row = {column.name: getattr(file, column.name) for column in COLUMNS}
    row["works_cost_cents"] = file.works_cost_cents or None
    row["build_year"] = _within(file.build_year, (EARLIEST_YEAR, LATEST_YEAR))
    row["floor_area_m2"] = _within(file.floor_area_m2, FLOOR_AREA_M2)
    return row


def _within(value: int | None, limits: tuple[int, int]) -> int | None:
    return value if value is not None and limits[0] <= value <= limits[1] else None


def _invented_money(
    numbers: np.random.Generator, count: int, municipalities: int
) -> dict[str, pa.Array]:
    cents = np.clip(numbers.lognormal(13.8, 0.6, count), 100_000, 6_000_000)
    months = numbers.integers(0, 48, count) + 12 * 45
    codes = pa.array([str(_FIRST_INVENTED_CODE + place) for place in range(municipalities)])
    return {
        "principal_cents": pa.array(np.rint(cents).astype(np.int64)),
        "rate_basis_points": pa.array(
            numbers.choice(np.array(_RATES, dtype=np.int32), count, p=_RATE_SHARES)
        ),
        "term_months": pa.array(numbers.integers(36, 121, count, dtype=np.int16)),
        "first_due_on": pa.array(months.astype("datetime64[M]").astype("datetime64[D]")),
        "nis_code": codes.take(pa.array(numbers.integers(0, municipalities, count))),
    }


def _invented_homes(
    numbers: np.random.Generator, count: int, principal_cents: pa.Array
) -> dict[str, pa.Array]:
    unknown = numbers.random(count) >= _KNOWN_SHARE
    factor = numbers.uniform(1.0, 1.5, count)
    cost = np.rint(principal_cents.to_numpy() * factor).astype(np.int64)
    kinds = pa.array([str(kind) for kind in DwellingType])
    heatings = (*_CARRIER_SHARES, HeatingCarrier.ELECTRICITY)
    carriers = pa.array([str(carrier) for carrier in heatings])
    shares = [*_CARRIER_SHARES.values(), 1.0 - sum(_CARRIER_SHARES.values())]
    packages = pa.array([[str(code) for code in codes] for codes in _PACKAGES])
    heated = pa.array(numbers.choice(len(carriers), count, p=shares))
    return {
        "borrower_kind": pa.array(["natural_person"]).take(pa.array(np.zeros(count, np.int8))),
        "is_priority": pa.array(numbers.random(count) < _PRIORITY_SHARE),
        "requested_cents": principal_cents,
        "works_cost_cents": pa.array(cost, mask=unknown),
        "works": packages.take(pa.array(numbers.integers(0, len(packages), count), mask=unknown)),
        "dwelling_type": kinds.take(pa.array(numbers.integers(0, len(kinds), count))),
        "build_year": pa.array(numbers.integers(1900, 2006, count, dtype=np.int16)),
        "floor_area_m2": pa.array(numbers.integers(70, 260, count, dtype=np.int16)),
        "heating_carrier": carriers.take(heated),
    }
