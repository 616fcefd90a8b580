"""The result of a large run as files: three tables as CSV and Parquet, and what they are pinned to.

Each file appears whole or not at all, the manifest last: where it stands, all others do.
"""

import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
from pyarrow import csv, parquet

from energiehuis.simulation.engine import EngineResult
from energiehuis.simulation.engine_block import COUNTS
from energiehuis.simulation.engine_plan import EPOCH_YEAR, MONTHS_PER_YEAR, EnginePlan
from energiehuis.simulation.kept_blocks import write_whole
from energiehuis.simulation.tables import TOTAL
from savings_model.arrays import AnyArray, FloatArray, IntArray

MANIFEST = "manifest.json"
_UNITS = ("kwh", "co2_t", "eur")
_KINDS = ("calculated", "realised")
_STATISTICS = ("point", "p05", "p50", "p95")


def write_result(
    result: EngineResult,
    plan: EnginePlan,
    folder: Path,
    *,
    pins: dict[str, object],
    blocks: dict[int, str],
) -> tuple[Path, ...]:
    """Write the tables and the manifest, and give their paths."""
    codes = tuple(scenario.code for scenario in plan.scenarios)
    tables = {
        "municipalities": municipality_table(result, codes),
        "months": month_table(result, codes),
        "years": year_table(result, codes),
    }
    digests = {}
    for name, table in tables.items():
        for suffix, content in (("csv", _as_csv(table)), ("parquet", _as_parquet(table))):
            write_whole(folder / f"{name}.{suffix}", content)
            digests[f"{name}.{suffix}"] = hashlib.sha256(content).hexdigest()
    manifest = {
        **pins,
        "files": digests,
        "block_digests": [digest for _, digest in sorted(blocks.items())],
    }
    option = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    write_whole(folder / MANIFEST, orjson.dumps(manifest, option=option))
    return (*(folder / name for name in digests), folder / MANIFEST)


def municipality_table(result: EngineResult, codes: tuple[str, ...]) -> pa.Table:
    """Give a row for each scenario and municipality, and the total: money, savings, counts.

    An empty cell is unknown, not zero.
    """
    names = (*result.nis_codes, TOTAL)
    scenarios = len(codes)
    columns: dict[str, Any] = {
        "scenario": np.repeat(codes, len(names)),
        "nis_code": np.tile(names, scenarios),
        "loans": np.tile(result.loans, scenarios),
        "lent_cents": result.drawn_cents.sum(axis=1).reshape(-1),
        "interest_cents": result.interest_cents.sum(axis=1).reshape(-1),
    }
    columns |= _savings(result.by_group, "saved_{unit}_per_year_{kind}_{statistic}")
    columns |= {f"loans_{n}": result.counts[row].reshape(-1) for row, n in enumerate(COUNTS)}
    return _table(columns)


def month_table(result: EngineResult, codes: tuple[str, ...]) -> pa.Table:
    """Give a row for each scenario, month and municipality, and the total, in whole cents."""
    flows = {
        "drawn_cents": result.drawn_cents,
        "instalment_cents": result.instalment_cents,
        "interest_cents": result.interest_cents,
        "principal_cents": result.principal_cents,
        "balance_cents": result.balance_cents,
    }
    names = (*result.nis_codes, TOTAL)
    scenarios, months, groups = result.drawn_cents.shape
    days = [_first_day(result.first_month + month) for month in range(months)]
    columns: dict[str, Any] = {
        "scenario": np.repeat(codes, months * groups),
        "month": np.tile(np.repeat(np.array(days, dtype="datetime64[D]"), groups), scenarios),
        "nis_code": np.tile(names, scenarios * months),
    }
    return _table(columns | {name: flow.reshape(-1) for name, flow in flows.items()})


def year_table(result: EngineResult, codes: tuple[str, ...]) -> pa.Table:
    """Give a row for each scenario and calendar year of the whole portfolio: money and savings."""
    flows = result.instalment_cents[..., -1], result.balance_cents[..., -1]
    span = _calendar_years(result)
    repaid = np.stack([_by_year(flow, result.first_month, span) for flow in flows[0]])
    owed = np.stack([_at_year_end(flow, result.first_month, span) for flow in flows[1]])
    columns: dict[str, Any] = {
        "scenario": np.repeat(codes, span.size),
        "year": np.tile(span, len(codes)),
        "repaid_cents": repaid.reshape(-1),
        "balance_cents": owed.reshape(-1),
    }
    path = np.full((*result.by_year.shape[:3], span.size, len(_STATISTICS)), np.nan)
    if result.years.size:
        path[:, :, :, np.searchsorted(span, result.years)] = result.by_year
    return _table(columns | _savings(path, "saved_{unit}_{kind}_{statistic}"))


def _savings(values: FloatArray, name: str) -> dict[str, Any]:
    """Give a column for each quantity, kind and statistic of (S, 3, 2, rows, 4)."""
    return {
        name.format(unit=unit, kind=kind, statistic=statistic): values[:, q, k, :, s].reshape(-1)
        for q, unit in enumerate(_UNITS)
        for k, kind in enumerate(_KINDS)
        for s, statistic in enumerate(_STATISTICS)
    }


def _table(columns: dict[str, AnyArray]) -> pa.Table:
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _calendar_years(result: EngineResult) -> IntArray:
    months = result.drawn_cents.shape[1]
    first = EPOCH_YEAR + result.first_month // MONTHS_PER_YEAR
    last = EPOCH_YEAR + (result.first_month + months - 1) // MONTHS_PER_YEAR
    if result.years.size:
        first, last = min(first, int(result.years[0])), max(last, int(result.years[-1]))
    return np.arange(first, last + 1)


def _by_year(flow: IntArray, first_month: int, years: IntArray) -> IntArray:
    place = (first_month + np.arange(flow.size)) // MONTHS_PER_YEAR + EPOCH_YEAR - years[0]
    sums = np.zeros(years.size, dtype=np.int64)
    np.add.at(sums, place, flow)
    return sums


def _at_year_end(balance: IntArray, first_month: int, years: IntArray) -> IntArray:
    december = (years - EPOCH_YEAR) * MONTHS_PER_YEAR + MONTHS_PER_YEAR - 1 - first_month
    inside = (december >= 0) & (december < balance.size)
    return np.where(inside, balance[np.clip(december, 0, balance.size - 1)], 0)


def _first_day(month: int) -> date:
    return date(EPOCH_YEAR + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)


def _as_csv(table: pa.Table) -> bytes:
    target = io.BytesIO()
    csv.write_csv(table, target, csv.WriteOptions(quoting_style="needed"))
    return target.getvalue()


def _as_parquet(table: pa.Table) -> bytes:
    target = io.BytesIO()
    parquet.write_table(table, target, compression="zstd")
    return target.getvalue()
