"""One row group of a portfolio in Parquet, as the arrays of the numeric core."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode
from energiehuis.simulation.energy_assumptions import (
    BURNS_IN_A_BOILER,
    HEATING,
    SIZE_CLASS,
    UNKNOWN_DWELLING,
)
from energiehuis.simulation.loan_columns import ENERGY_NAMES, FIRST_DUE_ON, NIS_CODE, REQUIRED
from energiehuis.simulation.loan_file import read_group
from savings_model.arrays import AnyArray, BoolArray, IntArray
from savings_model.dwelling_types import area_scale_for, dwellings_of_types, type_index
from savings_model.heating_systems import heating_systems
from savings_model.measure_figures import MEASURE_OF_WORKS, Measure
from savings_model.portfolio import LoanBook, Portfolio, RateClass

_UNKNOWN = -1
_TYPES, _CARRIERS = tuple(DwellingType), tuple(HeatingCarrier)
_KINDS = tuple(BorrowerKind)


@dataclass(frozen=True, slots=True)
class Money:
    """What schedules need, each array of shape (loans,).

    Attributes
    ----------
    start_month : ndarray of int, shape (loans,)
        The month before the first instalment, since January 1970. [months]
    group_index : ndarray of int, shape (loans,)
        Row of `nis_codes`.
    nis_codes : tuple of str
        Municipalities of the row group, sorted.
    """

    book: LoanBook
    group_index: IntArray
    nis_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Homes:
    """What the energy model needs, each array of shape (loans,) or (loans, measures); -1 unknown.

    Attributes
    ----------
    works_known : ndarray of bool, shape (loans,)
        Works, their cost and the dwelling are all known.
    """

    works: BoolArray
    works_known: BoolArray
    dwelling_type: IntArray
    build_year: IntArray
    floor_area_m2: IntArray
    heating_carrier: IntArray
    is_priority: BoolArray


def read_money(source: parquet.ParquetFile, group: int, names: tuple[str, ...]) -> Money:
    """Read the loans of a row group of a checked file."""
    optional = ("borrower_kind", "is_priority", "requested_cents", "works_cost_cents")
    wanted = (*(c.name for c in REQUIRED), *(name for name in optional if name in names))
    return money_of(read_group(source, group, wanted))


def money_of(table: pa.Table) -> Money:
    """Give the loans of a table of a checked file."""
    principal = _whole(table, "principal_cents")
    rates = _whole(table, "rate_basis_points") / 10_000
    first_due = pc.cast(table.column(FIRST_DUE_ON), pa.int32()).to_numpy()
    months = first_due.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    nis_codes, group_index = _places(table.column(NIS_CODE))
    cost = _whole(table, "works_cost_cents")
    requested = _whole(table, "requested_cents")
    return Money(
        LoanBook(
            has_loan=np.ones(principal.size, dtype=np.bool_),
            principal_cents=principal,
            requested_cents=np.where(requested >= 0, requested, principal),
            works_cost_cents=np.where(cost > 0, cost, np.maximum(principal, 1)),
            rate_class=_rate_class(table),
            rate_per_year=rates,
            term_months=_whole(table, "term_months"),
            start_month=months - 1,
        ),
        group_index,
        nis_codes,
    )


def read_homes(source: parquet.ParquetFile, group: int, names: tuple[str, ...]) -> Homes:
    """Read dwellings and works of a row group of a checked file that has all their columns."""
    wanted = (*ENERGY_NAMES, *(name for name in ("is_priority",) if name in names))
    return homes_of(read_group(source, group, wanted))


def homes_of(table: pa.Table) -> Homes:
    """Give the dwellings and works of a table of a checked file."""
    kind = _codes(table, "dwelling_type", _TYPES)
    carrier = _codes(table, "heating_carrier", _CARRIERS)
    year, area = _whole(table, "build_year"), _whole(table, "floor_area_m2")
    works = table.column("works").combine_chunks()
    modelled = np.array([c in HEATING for c in _CARRIERS])
    known = (kind >= 0) & (carrier >= 0) & (year >= 0) & (area >= 0) & modelled[carrier]
    has_works = pc.fill_null(pc.greater(pc.list_value_length(works), 0), fill_value=False)
    cost = _whole(table, "works_cost_cents")
    return Homes(
        works=_works_table(works, carrier),
        works_known=known & np.asarray(has_works) & (cost > 0),
        dwelling_type=np.where(known, kind, _TYPES.index(UNKNOWN_DWELLING[0])),
        build_year=np.where(known, year, UNKNOWN_DWELLING[1]),
        floor_area_m2=np.where(known, area, UNKNOWN_DWELLING[2]),
        heating_carrier=np.where(known, carrier, _CARRIERS.index(UNKNOWN_DWELLING[3])),
        is_priority=_flags(table, "is_priority") == 1,
    )


def portfolio_of(money: Money, homes: Homes, part: slice) -> Portfolio:
    """Put a stretch of loans and dwellings side by side, as the model takes them.

    Parameters
    ----------
    money : Money
        Loans of the row group.
    homes : Homes
        Dwellings of the row group.
    part : slice
        Which of them: the wide arrays of dwellings are made for a stretch at a time.

    Returns
    -------
    Portfolio
        One element a loan of the stretch.
    """
    types = _type_indices(homes.dwelling_type[part], homes.build_year[part])
    rows = [HEATING.get(carrier, HEATING[UNKNOWN_DWELLING[3]]) for carrier in _CARRIERS]
    generators, carriers = (np.array([int(row[place]) for row in rows]) for place in (0, 1))
    carrier = homes.heating_carrier[part]
    return Portfolio(
        loans=book_part(money.book, part),
        dwellings=dwellings_of_types(types, area_scale_for(types, homes.floor_area_m2[part])),
        systems=heating_systems(generators[carrier], carriers[carrier]),
        works=homes.works[part],
        works_known=homes.works_known[part],
        priority=homes.is_priority[part],
        group_index=money.group_index[part],
        group_names=money.nis_codes,
    )


def whole_portfolio(path: Path, names: tuple[str, ...]) -> Portfolio:
    """Read a whole checked file, with all columns of dwellings; for what fits in memory."""
    table = parquet.read_table(path, columns=list(names))
    return portfolio_of(money_of(table), homes_of(table), slice(None))


def book_part(book: LoanBook, part: slice) -> LoanBook:
    """Give a stretch of the loans."""
    return LoanBook(*(getattr(book, name)[part] for name in LoanBook.__dataclass_fields__))


def _type_indices(kind: IntArray, year: IntArray) -> IntArray:
    pairs, place = np.unique(np.stack([kind, year], axis=1), axis=0, return_inverse=True)
    rows = [type_index(SIZE_CLASS[_TYPES[k]], int(y)) for k, y in pairs]
    return np.array(rows, dtype=np.int64)[place.reshape(-1)]


def _works_table(works: pa.ListArray, carrier: IntArray) -> BoolArray:
    """Set the columns of all works; new heating is a boiler where one was burnt in."""
    table = np.zeros((len(works), len(Measure)), dtype=np.bool_)
    rows = pc.list_parent_indices(works).to_numpy(zero_copy_only=False)
    words = pc.dictionary_encode(pc.list_flatten(works).cast(pa.string()))
    codes = words.dictionary.to_pylist()
    measures = np.array([MEASURE_OF_WORKS.get(code, _UNKNOWN) for code in codes], dtype=np.int64)
    indices = words.indices.to_numpy(zero_copy_only=False)
    columns = measures[indices] if len(codes) else np.zeros(0, dtype=np.int64)
    burns = np.array([c in BURNS_IN_A_BOILER for c in _CARRIERS])[carrier] & (carrier >= 0)
    is_heating = np.array([code == WorkCode.HEATING for code in codes], dtype=np.bool_)
    if len(codes):
        columns = np.where(is_heating[indices] & burns[rows], Measure.CONDENSING_BOILER, columns)
    table[rows[columns >= 0], columns[columns >= 0]] = True
    return table


def _rate_class(table: pa.Table) -> IntArray:
    """Give the class of each borrower; general where unknown, which no scenario may then turn."""
    kind, flag = _codes(table, "borrower_kind", _KINDS), _flags(table, "is_priority")
    natural = np.where(flag == 1, RateClass.PRIORITY, RateClass.GENERAL)
    legal = (kind >= 0) & (kind != _KINDS.index(BorrowerKind.NATURAL_PERSON))
    return np.where(legal, RateClass.LEGAL_PERSON, natural).astype(np.int64)


def _whole(table: pa.Table, name: str) -> IntArray:
    """Give whole numbers, -1 where there is none."""
    if name not in table.column_names:
        return np.full(table.num_rows, _UNKNOWN, dtype=np.int64)
    filled = pc.fill_null(table.column(name).cast(pa.int64()), _UNKNOWN)
    return np.asarray(filled.to_numpy(), dtype=np.int64)


def _flags(table: pa.Table, name: str) -> IntArray:
    if name not in table.column_names:
        return np.full(table.num_rows, _UNKNOWN, dtype=np.int64)
    return np.asarray(pc.fill_null(table.column(name).cast(pa.int64()), _UNKNOWN).to_numpy())


def _codes(table: pa.Table, name: str, words: tuple[str, ...]) -> IntArray:
    """Give the place of each word in a list, -1 for null."""
    if name not in table.column_names:
        return np.full(table.num_rows, _UNKNOWN, dtype=np.int64)
    values = _encoded(table.column(name))
    places = [words.index(word) for word in values.dictionary.to_pylist()]
    return _looked_up(values, np.array([*places, _UNKNOWN], dtype=np.int64))


def _places(column: pa.ChunkedArray) -> tuple[tuple[str, ...], IntArray]:
    """Give the distinct words in order, and the place of each row among those that occur."""
    values = _encoded(column)
    words = values.dictionary.to_pylist()
    indices = values.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    present = np.unique(indices)
    ordered = sorted(present, key=lambda place: words[place])
    rank = np.zeros(len(words) + 1, dtype=np.int64)
    rank[ordered] = np.arange(len(ordered))
    return tuple(words[place] for place in ordered), rank[indices]


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    values = column.unify_dictionaries().combine_chunks()
    if not pa.types.is_dictionary(values.type):
        return pc.dictionary_encode(values.cast(pa.string()))
    return values


def _looked_up(values: pa.DictionaryArray, table: AnyArray) -> IntArray:
    """Look the indices up in a table whose last entry stands for null."""
    indices = pc.fill_null(values.indices, len(table) - 1).to_numpy(zero_copy_only=False)
    found: IntArray = table[indices]
    return found
