"""The shapes of the rule files: products, ceilings, grounds, conditions and works."""

from energiehuis.law.model import (
    Condition,
    Document,
    Ground,
    Product,
    Reading,
    Requirement,
    Threshold,
    Work,
)
from energiehuis.law.parsing import (
    BASIS_KEYS,
    PERIOD_KEYS,
    PERIOD_OPTIONS,
    Context,
    parse_basis,
    parse_decimal,
    parse_facts,
    parse_period,
    parse_source_ids,
    parse_values,
    parse_word,
)
from energiehuis.law.reader import Block
from energiehuis.law.vocabulary import BorrowerKind, IncomeNotion, Standing, Unit

_PRODUCT_KEYS = BASIS_KEYS | PERIOD_KEYS
_PRODUCT_KEYS |= {"id", "family", "series", "standing", "precedence", "borrower_kinds"}
_PRODUCT_KEYS |= {"needs_priority", "conditions", "values"}
_TERMS = ("rate_per_year", "maximum_amount", "longest_term", "instalment_rounding")
PRODUCT_VALUES = {
    *_TERMS,
    "minimum_amount",
    "minimum_amount_diy_roof",
    "minimum_amount_appliances",
    "maximum_per_unit",
    "maximum_house_a",
    "maximum_house_b",
    "maximum_house_c",
    "maximum_apartment_a",
    "maximum_apartment_b",
    "shortest_term",
    "tranches",
    "parallel_loans",
    "repaid_first_if_granted_before",
    "income_limit_single",
    "income_limit_couple",
    "income_limit_per_dependent",
}
THRESHOLD_VALUES = {"limit", "per_dependent", "extra_cadastral_income_factor"}
_WORK_FLAGS = {
    "may_be_done_by_owner",
    "only_with_other_work",
    "priority_only",
    "needs_energy_scan",
}
_WORK_OPTIONS = PERIOD_OPTIONS | _WORK_FLAGS | {"owner_readings", "requirements"}


def parse_product(block: Block, context: Context) -> Product:
    """Read one row of a product.

    Raises
    ------
    LawFileError
        When a term of a product that may be chosen is neither given nor expected.
    """
    block.only(_PRODUCT_KEYS, PERIOD_OPTIONS | {"end_readings"})
    row_id, basis = block.text("id"), parse_basis(block, context)
    product = Product(
        id=row_id,
        family=block.text("family"),
        series=block.text("series"),
        standing=parse_word(block, "standing", Standing),
        precedence=block.whole("precedence"),
        borrower_kinds=_parse_kinds(block),
        needs_priority=block.truth("needs_priority"),
        conditions=block.texts("conditions"),
        period=parse_period(block),
        basis=basis,
        values=parse_values(
            block, row_id=row_id, names=PRODUCT_VALUES, basis=basis, context=context
        ),
        end_readings=_parse_readings(block, "end_readings", context),
    )
    _require_terms(block, product)
    _require_chosen_end(block, product)
    return product


def parse_thresholds(block: Block, context: Context) -> list[tuple[Block, Threshold]]:
    """Read the dated rows of one income ceiling, each with its place."""
    block.only({"checked_on", "parameter", "notion", "gaps", "rows"}, {"income_years_back"})
    return [(row, _parse_threshold(block, row, context)) for row in block.blocks("rows")]


def parse_ground(block: Block, context: Context) -> Ground:
    """Read one ground of the priority group."""
    required = BASIS_KEYS | PERIOD_KEYS | {"id", "readings", "documents"}
    block.only(required, PERIOD_OPTIONS | {"threshold"})
    return Ground(
        id=block.text("id"),
        threshold=block.find_text("threshold"),
        period=parse_period(block),
        basis=parse_basis(block, context),
        documents=tuple(_parse_document(entry, context) for entry in block.blocks("documents")),
        readings=_parse_readings(block, "readings", context),
    )


def parse_condition(name: str, block: Block, context: Context) -> Condition:
    """Read one condition, as clauses of which each needs one fact."""
    block.only(BASIS_KEYS | {"clauses"}, set())
    clauses = tuple(parse_facts(block, "clauses", clause) for clause in block.text_lists("clauses"))
    return Condition(name, clauses, parse_basis(block, context))


def parse_work(block: Block, context: Context) -> Work:
    """Read one work that may be financed."""
    block.only(BASIS_KEYS | PERIOD_KEYS | {"code"}, _WORK_OPTIONS)
    return Work(
        code=block.text("code"),
        period=parse_period(block),
        basis=parse_basis(block, context),
        **{flag: block.has(flag) and block.truth(flag) for flag in sorted(_WORK_FLAGS)},
        requirements=tuple(
            _parse_requirement(entry, context) for entry in block.blocks("requirements")
        ),
        owner_readings=_parse_readings(block, "owner_readings", context),
    )


def _parse_kinds(block: Block) -> frozenset[BorrowerKind]:
    try:
        return frozenset(BorrowerKind(text) for text in block.texts("borrower_kinds"))
    except ValueError as error:
        allowed = ", ".join(BorrowerKind)
        raise block.refuse("unknown_word", "borrower_kinds", allowed=allowed) from error


def _parse_threshold(block: Block, row: Block, context: Context) -> Threshold:
    row.only(BASIS_KEYS | PERIOD_KEYS | {"values"}, PERIOD_OPTIONS)
    parameter, basis, period = block.text("parameter"), parse_basis(row, context), parse_period(row)
    row_id = f"{parameter} {period.valid_from.isoformat()}"
    values = parse_values(row, row_id=row_id, names=THRESHOLD_VALUES, basis=basis, context=context)
    has_years = block.has("income_years_back")
    return Threshold(
        parameter=parameter,
        notion=parse_word(block, "notion", IncomeNotion),
        income_years_back=block.whole("income_years_back") if has_years else None,
        period=period,
        basis=basis,
        values=values,
    )


def _parse_document(block: Block, context: Context) -> Document:
    block.only({"id", "counts_for_months", "sources"}, set())
    node = block.nodes["counts_for_months"]
    months = None if node.value == "unknown" else block.whole("counts_for_months")
    return Document(block.text("id"), months, parse_source_ids(block, context))


def _parse_readings(block: Block, key: str, context: Context) -> tuple[Reading, ...]:
    readings = tuple(_parse_reading(entry, context) for entry in block.blocks(key))
    if readings and sum(reading.is_chosen for reading in readings) != 1:
        raise block.refuse("one_reading_chosen", key)
    return readings


def _parse_reading(block: Block, context: Context) -> Reading:
    block.only({"id", "chosen", "sources"}, {"valid_until", "all_of"})
    return Reading(
        id=block.text("id"),
        is_chosen=block.truth("chosen"),
        source_ids=parse_source_ids(block, context),
        valid_until=block.find_day("valid_until"),
        all_of=parse_facts(block, "all_of", block.texts("all_of")),
    )


def _parse_requirement(block: Block, context: Context) -> Requirement:
    block.only(PERIOD_KEYS | {"quantity", "comparison", "value", "unit", "sources"}, set())
    if block.text("comparison") not in ("at_least", "at_most"):
        raise block.refuse("unknown_word", "comparison", allowed="at_least, at_most")
    return Requirement(
        quantity=block.text("quantity"),
        comparison=block.text("comparison"),
        threshold=parse_decimal(block, "value"),
        unit=parse_word(block, "unit", Unit),
        period=parse_period(block),
        source_ids=parse_source_ids(block, context),
    )


def _require_terms(block: Block, product: Product) -> None:
    for name in _TERMS if product.can_be_chosen else ():
        if name not in product.values.by_name:
            raise block.refuse("missing_key", f"values.{name}")


def _require_chosen_end(block: Block, product: Product) -> None:
    for reading in product.end_readings:
        if reading.is_chosen and reading.valid_until != product.period.valid_until:
            raise block.refuse("one_reading_chosen", "end_readings")
