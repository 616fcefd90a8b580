"""The lines of a trace: codes and values that the catalogue turns into words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energiehuis.eligibility.truth import Truth
from energiehuis.law.model import Document
from energiehuis.law.vocabulary import Standing

FactValue = bool | int | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where a value is from, and when a person last checked it."""

    id: str
    who: str
    url: str | None
    dated: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that was used; None is unknown."""

    name: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class Comparison:
    """An income beside its ceiling, in cents a year; None where it cannot be told.

    `income_cents` includes the cadastral income of other property as often as the rule counts
    it; `excess_cents` is what the income is above the ceiling.
    """

    parameter: str
    income_cents: int | None
    income_year: int | None
    cadastral_factor: int
    ceiling_cents: int | None
    limit_cents: int
    per_dependent_cents: int
    dependents: int | None
    excess_cents: int | None
    valid_from: date
    is_start_chosen: bool
    last_confirmed_on: date | None
    is_stale: bool
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class GroundLine:
    """One ground of the priority group in force that day."""

    id: str
    truth: Truth
    reading: str
    valid_from: date
    facts: tuple[FactLine, ...]
    comparison: Comparison | None
    documents: tuple[Document, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition of the products for this kind of borrower."""

    id: str
    truth: Truth
    facts: tuple[FactLine, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product with its figures; amounts in cents, None where no source states one."""

    id: str
    standing: Standing
    rate_per_year: Decimal | None
    minimum_cents: int | None
    maximum_cents: int | None
    longest_term_months: int | None
    valid_from: date
    valid_until: date | None
    end_reading: str | None
    reference: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class WayIn:
    """A change that may turn a refusal: an income that lies this much above a ceiling."""

    ground: str
    excess_cents: int


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A rule that no source confirms on the application day."""

    id: str
    last_confirmed_on: date


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole answer for one household on one day.

    `priority_counts` says whether some product for this kind of borrower asks for a ground.
    """

    day: date
    outcome: str
    priority: Truth
    priority_counts: bool
    wish_fits: Truth
    product: ProductLine | None
    assured_product: ProductLine | None
    grounds: tuple[GroundLine, ...]
    conditions: tuple[ConditionLine, ...]
    reasons: tuple[str, ...]
    open_points: tuple[str, ...]
    missing: tuple[str, ...]
    next_question: str | None
    way_in: tuple[WayIn, ...]
    stale: tuple[StaleLine, ...]
    elsewhere: tuple[ProductLine, ...]
    law_version: str
    files_version: str
