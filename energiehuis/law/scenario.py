"""The law as it would be: the same rows with some values changed, for a what-if."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from energiehuis.law.errors import NoSuchRuleError
from energiehuis.law.model import Ground, Product, Source, Threshold, Value, Values
from energiehuis.law.vocabulary import Unit

SCENARIO = Source("SCENARIO", "scenario", None, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LawOverrides:
    """What a scenario changes; None and empty leave the law as it is.

    `product_ids` and `parameters` say which rows change (empty: all that may be chosen, all
    ceilings). `income_limit_factor` multiplies limit and addition for each dependent.
    `readings` names another reading of a ground, such as `{"increased_allowance": "all_adults"}`.
    """

    rate_per_year: Decimal | None = None
    minimum_cents: int | None = None
    maximum_cents: int | None = None
    longest_term_months: int | None = None
    income_limit_factor: Decimal | None = None
    product_ids: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)

    def of_products(self, rows: tuple[Product, ...]) -> tuple[Product, ...]:
        """Give the products as this scenario has them."""
        _require(self.product_ids, {row.id for row in rows})
        return tuple(_product(row, self) for row in rows)

    def of_thresholds(self, rows: tuple[Threshold, ...]) -> tuple[Threshold, ...]:
        """Give the income ceilings as this scenario has them."""
        _require(self.parameters, {row.parameter for row in rows})
        return tuple(_threshold(row, self) for row in rows)

    def of_grounds(self, rows: tuple[Ground, ...]) -> tuple[Ground, ...]:
        """Give the grounds in the readings of this scenario."""
        _require(self.readings, {row.id for row in rows})
        return tuple(_ground(row, self.readings) for row in rows)


def _require(names: Mapping[str, str] | frozenset[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise NoSuchRuleError(name)


def _product(row: Product, overrides: LawOverrides) -> Product:
    if not row.can_be_chosen or (overrides.product_ids and row.id not in overrides.product_ids):
        return row
    changes: dict[str, tuple[int | Decimal | None, Unit]] = {
        "rate_per_year": (overrides.rate_per_year, Unit.SHARE_PER_YEAR),
        "minimum_amount": (overrides.minimum_cents, Unit.EUR),
        "maximum_amount": (overrides.maximum_cents, Unit.EUR),
        "longest_term": (overrides.longest_term_months, Unit.MONTHS),
    }
    basis = replace(row.basis, source_ids=(SCENARIO.id,))
    changed = {
        name: Value(name, content, unit, basis)
        for name, (content, unit) in changes.items()
        if content is not None
    }
    by_name = MappingProxyType({**row.values.by_name, **changed})
    return replace(row, values=Values(row.id, by_name)) if changed else row


def _threshold(row: Threshold, overrides: LawOverrides) -> Threshold:
    factor = overrides.income_limit_factor
    if factor is None or (overrides.parameters and row.parameter not in overrides.parameters):
        return row
    basis = replace(row.basis, source_ids=(SCENARIO.id,))
    changed = {
        name: replace(value, content=_times(value.content, factor), basis=basis)
        for name, value in row.values.by_name.items()
        if name in ("limit", "per_dependent")
    }
    by_name = MappingProxyType({**row.values.by_name, **changed})
    return replace(row, values=Values(row.values.row_id, by_name))


def _times(amount_cents: object, factor: Decimal) -> int:
    if not isinstance(amount_cents, int):
        raise NoSuchRuleError(str(amount_cents))
    return int((amount_cents * factor).to_integral_value(ROUND_HALF_EVEN))


def _ground(row: Ground, readings: Mapping[str, str]) -> Ground:
    wanted = readings.get(row.id)
    if wanted is None:
        return row
    _require(frozenset({wanted}), {reading.id for reading in row.readings})
    chosen = tuple(replace(reading, is_chosen=reading.id == wanted) for reading in row.readings)
    return replace(row, readings=chosen)
