"""From counted records to the value of a figure; plain functions."""

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from uuid import UUID

from energiehuis.clock import BRUSSELS
from energiehuis.key_figures.definitions import DECIMALS, Kind
from energiehuis.money import format_plain

# The smallest count that may leave the house in a table for everybody (key-figure catalogue).
SMALLEST_PUBLIC_COUNT = 5


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first on, up to but without the last."""

    from_on: date
    to_on: date

    @property
    def from_at(self) -> datetime:
        """Give the instant at which it begins in Brussels."""
        return datetime.combine(self.from_on, time(), BRUSSELS)

    @property
    def to_at(self) -> datetime:
        """Give the instant at which it has ended in Brussels."""
        return datetime.combine(self.to_on, time(), BRUSSELS)


@dataclass(frozen=True, slots=True)
class Area:
    """Which records are counted: of an organisation, in these municipalities."""

    organisation_id: UUID
    nis_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a formula found.

    Attributes
    ----------
    numerator : int
        Count, sum, or cents.
    denominator : int or None
        What it is divided by; None for a count or sum.
    unknown : int
        Records that could not be told apart; neither counted as yes nor as no.
    cells : tuple of int
        Numbers of people, households or files that the figure gives away, by itself or by
        subtracting it from another one of the same table.
    parts : tuple of (str, int)
        The counts of a distribution or matrix, each under its name; the numerator is their sum.
    beside : tuple of (str, int)
        Counts told beside it to who may read the files, such as the donors by chain; in no table.
    undated : tuple of str
        Asked for the records of an earlier day: the tables of which nobody can tell that.
    """

    numerator: int
    denominator: int | None = None
    unknown: int = 0
    cells: tuple[int, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    beside: tuple[tuple[str, int], ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def has_records(self) -> bool:
        """Say whether there is anything to divide by."""
        return self.denominator is None or self.denominator != 0


def value_text(kind: Kind, measured: Measured) -> str | None:
    """Write the value exactly; None where there are no records to divide by.

    Rounded half to even on the exact fraction.

    Examples
    --------
    >>> value_text(Kind.RATIO, Measured(33, 61))
    '0.5410'
    >>> value_text(Kind.RATIO, Measured(0, 0)) is None
    True
    """
    if not measured.has_records:
        return None
    if kind is Kind.MONEY:
        return format_plain(measured.numerator)
    decimals = DECIMALS[kind]
    scaled = round(Fraction(measured.numerator, measured.denominator or 1) * 10**decimals)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


def is_small(count: int) -> bool:
    """Say whether a count points at people: somebody, but fewer than five."""
    return 0 < count < SMALLEST_PUBLIC_COUNT


def must_be_suppressed(measured: Measured) -> bool:
    """Say whether a figure gives a small count away."""
    return any(is_small(cell) for cell in (*measured.cells, *(n for _name, n in measured.parts)))
