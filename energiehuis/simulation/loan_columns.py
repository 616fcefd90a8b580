"""The columns of a portfolio of loans in Parquet: types, limits, and where nothing may be missing.

The page `docs/how-to/portfolio-parquet.md` says the same for people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode
from energiehuis.simulation.energy_assumptions import EARLIEST_YEAR, FLOOR_AREA_M2, LATEST_YEAR
from savings_model.loan_terms import HIGHEST_PRINCIPAL_CENTS, LONGEST_TERM_MONTHS


class Kind(StrEnum):
    """How a column is read and checked."""

    WHOLE = "whole number"
    DAY = "date"
    WORD = "text"
    WORDS = "list of text"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    limits : tuple of int or None
        Lowest and highest whole number; of a day the years.
    words : frozenset of str or None
        The only words allowed; None for a code of five digits.
    required : bool
        The column must be there, and hold no null.
    """

    name: str
    kind: Kind
    limits: tuple[int, int] | None = None
    words: frozenset[str] | None = None
    required: bool = False


NIS_CODE = "nis_code"
FIRST_DUE_ON = "first_due_on"
DUE_YEARS = (1971, 2199)
COLUMNS = (
    Column("principal_cents", Kind.WHOLE, (0, HIGHEST_PRINCIPAL_CENTS), required=True),
    Column("rate_basis_points", Kind.WHOLE, (0, 10_000), required=True),
    Column("term_months", Kind.WHOLE, (1, LONGEST_TERM_MONTHS), required=True),
    Column(FIRST_DUE_ON, Kind.DAY, DUE_YEARS, required=True),
    Column(NIS_CODE, Kind.WORD, required=True),
    Column("borrower_kind", Kind.WORD, words=frozenset(BorrowerKind)),
    Column("is_priority", Kind.FLAG),
    Column("requested_cents", Kind.WHOLE, (0, HIGHEST_PRINCIPAL_CENTS)),
    Column("works_cost_cents", Kind.WHOLE, (1, HIGHEST_PRINCIPAL_CENTS)),
    Column("works", Kind.WORDS, words=frozenset(WorkCode)),
    Column("dwelling_type", Kind.WORD, words=frozenset(DwellingType)),
    Column("build_year", Kind.WHOLE, (EARLIEST_YEAR, LATEST_YEAR)),
    Column("floor_area_m2", Kind.WHOLE, FLOOR_AREA_M2),
    Column("heating_carrier", Kind.WORD, words=frozenset(HeatingCarrier)),
)
REQUIRED = tuple(column for column in COLUMNS if column.required)
# All of these must be known of a loan before its saving can be.
ENERGY = ("works_cost_cents", "works", "dwelling_type", "build_year", "floor_area_m2")
ENERGY_NAMES = (*ENERGY, "heating_carrier")

_TYPES = {
    "rate_basis_points": pa.int32(),
    "term_months": pa.int16(),
    "build_year": pa.int16(),
    "floor_area_m2": pa.int16(),
}
_TYPE_OF_KIND = {
    Kind.WHOLE: pa.int64(),
    Kind.DAY: pa.date32(),
    Kind.WORD: pa.string(),
    Kind.WORDS: pa.list_(pa.string()),
    Kind.FLAG: pa.bool_(),
}

_TESTS: dict[Kind, tuple[Callable[[pa.DataType], bool], ...]] = {
    Kind.WHOLE: (pa.types.is_integer,),
    Kind.DAY: (pa.types.is_date32,),
    Kind.FLAG: (pa.types.is_boolean,),
    Kind.WORD: (pa.types.is_string, pa.types.is_large_string),
}


def schema_of(columns: tuple[Column, ...] = COLUMNS) -> pa.Schema:
    """Give the schema that the writers write."""
    return pa.schema(
        [
            pa.field(c.name, _TYPES.get(c.name, _TYPE_OF_KIND[c.kind]), nullable=not c.required)
            for c in columns
        ]
    )


def has_kind(found: pa.DataType, kind: Kind) -> bool:
    """Say whether a type of a file can be read as a kind."""
    if pa.types.is_dictionary(found):
        found = found.value_type
    if kind is Kind.WORDS:
        is_list = pa.types.is_list(found) or pa.types.is_large_list(found)
        return is_list and has_kind(found.value_type, Kind.WORD)
    return any(test(found) for test in _TESTS[kind])
