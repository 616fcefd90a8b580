"""What the law files hold once read: frozen values that know their source and their days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from energiehuis.law.errors import NoSuchRuleError, ValueNotPublishedError
from energiehuis.law.vocabulary import BorrowerKind, Confidence, IncomeNotion, Standing, Unit


@dataclass(frozen=True, slots=True)
class Source:
    """A page, act or commission that says what a value is; `dated` as the page dates itself."""

    id: str
    who: str
    url: str | None
    dated: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a row holds: the legal reference, the sources, how sure, and when it was last checked."""

    reference: str
    source_ids: tuple[str, ...]
    confidence: Confidence
    checked_on: date


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which a row holds; `valid_until` is the first day on which it no longer does.

    `is_start_chosen` marks a first day that no source states and that was chosen with a reason.
    `last_confirmed_on` is the last day for which a source confirms a row that has no end.
    """

    valid_from: date
    valid_until: date | None
    is_start_chosen: bool = False
    last_confirmed_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the row holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def is_stale_on(self, day: date) -> bool:
        """Say whether the day lies after the last day that a source confirms."""
        return self.last_confirmed_on is not None and day > self.last_confirmed_on


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its unit and sources; `content` is None while it is announced only.

    Amounts are whole cents, rates a decimal share, months and factors whole numbers, days dates.
    """

    name: str
    content: int | Decimal | str | date | None
    unit: Unit
    basis: Basis


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one row, by name."""

    row_id: str
    by_name: Mapping[str, Value]

    def value(self, name: str) -> Value:
        """Give a value with its sources.

        Raises
        ------
        ValueNotPublishedError
            When it is announced but not known, or when the row does not hold it.
        """
        found = self.by_name.get(name)
        if found is None or found.content is None:
            raise ValueNotPublishedError(self.row_id, name)
        return found

    def has(self, name: str) -> bool:
        """Say whether the value is known."""
        found = self.by_name.get(name)
        return found is not None and found.content is not None

    def whole(self, name: str) -> int:
        """Give a value in whole cents, months or times."""
        content = self.value(name).content
        if not isinstance(content, int):
            raise ValueNotPublishedError(self.row_id, name)
        return content

    def decimal(self, name: str) -> Decimal:
        """Give a rate or a physical quantity."""
        content = self.value(name).content
        if not isinstance(content, Decimal):
            raise ValueNotPublishedError(self.row_id, name)
        return content

    def day(self, name: str) -> date:
        """Give a day."""
        content = self.value(name).content
        if not isinstance(content, date):
            raise ValueNotPublishedError(self.row_id, name)
        return content

    def text(self, name: str) -> str:
        """Give the name of a rule."""
        return str(self.value(name).content)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what sources say differently; exactly one of them is chosen."""

    id: str
    is_chosen: bool
    source_ids: tuple[str, ...]
    valid_until: date | None = None
    all_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """One row of a loan product: who may have it, under which conditions, and its figures."""

    id: str
    family: str
    series: str
    standing: Standing
    precedence: int
    borrower_kinds: frozenset[BorrowerKind]
    needs_priority: bool
    conditions: tuple[str, ...]
    period: Period
    basis: Basis
    values: Values
    end_readings: tuple[Reading, ...] = ()

    @property
    def can_be_chosen(self) -> bool:
        """Say whether this Energiehuis may lend under this row."""
        return self.standing in (Standing.LEGAL, Standing.OWN)

    @property
    def has_terms(self) -> bool:
        """Say whether rate, highest amount and longest term are all known."""
        names = ("rate_per_year", "maximum_amount", "longest_term")
        return all(self.values.has(name) for name in names)

    @property
    def rate_per_year(self) -> Decimal:
        """Rate as a decimal share; raises ValueNotPublishedError while it is unknown."""
        return self.values.decimal("rate_per_year")

    @property
    def minimum_cents(self) -> int | None:
        """Lowest amount in cents; None when no source states one."""
        has_one = self.values.has("minimum_amount")
        return self.values.whole("minimum_amount") if has_one else None

    @property
    def lowest_minimum_cents(self) -> int | None:
        """Lowest amount for whichever works, in cents; None when no source states one."""
        names = ("minimum_amount", "minimum_amount_diy_roof", "minimum_amount_appliances")
        known = [self.values.whole(name) for name in names if self.values.has(name)]
        return min(known) if known else None

    @property
    def maximum_cents(self) -> int:
        """Highest amount in cents, before an addition per unit."""
        return self.values.whole("maximum_amount")

    @property
    def maximum_per_unit_cents(self) -> int:
        """Addition to the highest amount for each unit of an owners' association, in cents."""
        has_one = self.values.has("maximum_per_unit")
        return self.values.whole("maximum_per_unit") if has_one else 0

    @property
    def longest_term_months(self) -> int:
        """Longest term in months."""
        return self.values.whole("longest_term")

    @property
    def instalment_rounding(self) -> str:
        """Name of the rounding rule of the instalment: `down` or `half_up`."""
        return self.values.text("instalment_rounding")


@dataclass(frozen=True, slots=True)
class Threshold:
    """One dated row of an income ceiling; the ceiling itself is allowed (at most)."""

    parameter: str
    notion: IncomeNotion
    income_years_back: int | None
    period: Period
    basis: Basis
    values: Values

    @property
    def limit_cents(self) -> int:
        """Ceiling without dependents, in cents a year."""
        return self.values.whole("limit")

    @property
    def per_dependent_cents(self) -> int:
        """Addition for each dependent, in cents a year; zero where dependents do not count."""
        has_one = self.values.has("per_dependent")
        return self.values.whole("per_dependent") if has_one else 0

    @property
    def cadastral_factor(self) -> int:
        """How many times cadastral income of other property is added to the income."""
        has_one = self.values.has("extra_cadastral_income_factor")
        return self.values.whole("extra_cadastral_income_factor") if has_one else 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document that proves a ground; `counts_for_months` is None when no source says it."""

    id: str
    counts_for_months: int | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of the priority group: facts that must all hold, and an income ceiling or none."""

    id: str
    threshold: str | None
    period: Period
    basis: Basis
    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]

    @property
    def all_of(self) -> tuple[str, ...]:
        """Facts that must all hold under the chosen reading."""
        return next(reading.all_of for reading in self.readings if reading.is_chosen)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold for a product: each clause needs one of its facts.

    A fact with `not ` before it must be no.
    """

    id: str
    clauses: tuple[tuple[str, ...], ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Requirement:
    """A technical value that a work must reach, as far as a source prints it."""

    quantity: str
    comparison: str
    threshold: Decimal
    unit: Unit
    period: Period
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A work that may be financed, with its conditions."""

    code: str
    period: Period
    basis: Basis
    may_be_done_by_owner: bool
    only_with_other_work: bool
    priority_only: bool
    needs_energy_scan: bool
    requirements: tuple[Requirement, ...]
    owner_readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A change of the law that was laid over the rule files: its first day, and its text."""

    name: str
    valid_from: date
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class LawOfDay:
    """The rules in force during a stretch of days without any change, inside one year.

    `product_ids` and `ground_ids` list all of the law, also what is not in force: the place in
    them is the number that arrays use. `version` is the digest of the rules in force;
    `files_version` that of all rule files. `overlays` holds the texts of the approved changes
    that are in force, so that a sealed decision can carry them.
    """

    first_day: date
    next_change_on: date
    products: tuple[Product, ...]
    thresholds: Mapping[str, Threshold]
    grounds: tuple[Ground, ...]
    works: tuple[Work, ...]
    conditions: Mapping[str, Condition]
    sources: Mapping[str, Source]
    product_ids: tuple[str, ...]
    ground_ids: tuple[str, ...]
    condition_ids: tuple[str, ...]
    version: str
    files_version: str
    overlays: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """Calendar year, from which income years are counted back."""
        return self.first_day.year

    def income_year(self, parameter: str) -> int | None:
        """Give the income year that a ceiling looks at; None for the latest assessment."""
        back = self.thresholds[parameter].income_years_back
        return None if back is None else self.year - back

    def product(self, product_id: str) -> Product:
        """Give a product in force by its id.

        Raises
        ------
        NoSuchRuleError
            When it is not in force on these days.
        """
        for product in self.products:
            if product.id == product_id:
                return product
        raise NoSuchRuleError(product_id)
