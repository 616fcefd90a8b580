"""Turn blocks of rule files into rows, and refuse what the house does not accept."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from energiehuis.law.model import Basis, Period, Source, Value, Values
from energiehuis.law.reader import Block
from energiehuis.law.vocabulary import (
    INSTALMENT_ROUNDINGS,
    MONEY_UNITS,
    PARALLEL_RULES,
    TRUTH_FACTS,
    WHOLE_UNITS,
    Confidence,
    Unit,
)
from energiehuis.money import parse_cents

BASIS_KEYS = {"reference", "sources", "confidence"}
PERIOD_KEYS = {"valid_from", "valid_until"}
PERIOD_OPTIONS = {"is_start_chosen", "last_confirmed_on"}
_RULES = {"instalment_rounding": INSTALMENT_ROUNDINGS, "parallel_loans": PARALLEL_RULES}
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Context:
    """What a file knows for all its rows: the listed sources and the day of the last check."""

    source_ids: frozenset[str]
    checked_on: date


def parse_sources(block: Block) -> dict[str, Source]:
    """Read the list of sources; each says who and when, and where unless it is no page."""
    block.only({"checked_on", "sources"}, set())
    sources = {}
    for name, entry in block.named_blocks("sources"):
        entry.only({"who", "url", "dated"}, set())
        sources[name] = Source(name, entry.text("who"), entry.find_text("url"), entry.text("dated"))
    return sources


def parse_basis(block: Block, context: Context) -> Basis:
    """Read reference, sources and confidence of a row."""
    return Basis(
        reference=block.text("reference"),
        source_ids=parse_source_ids(block, context),
        confidence=parse_word(block, "confidence", Confidence),
        checked_on=context.checked_on,
    )


def parse_source_ids(block: Block, context: Context) -> tuple[str, ...]:
    """Read the sources of a row or value; at least one, and each in the list of sources."""
    source_ids = block.texts("sources")
    if not source_ids:
        raise block.refuse("no_source", "sources")
    for source_id in source_ids:
        if source_id not in context.source_ids:
            raise block.refuse("unlisted_source", "sources", source=source_id)
    return source_ids


def parse_period(block: Block) -> Period:
    """Read the days on which a row holds."""
    period = Period(
        valid_from=block.day("valid_from"),
        valid_until=block.find_day("valid_until"),
        is_start_chosen=block.has("is_start_chosen") and block.truth("is_start_chosen"),
        last_confirmed_on=block.find_day("last_confirmed_on"),
    )
    if period.valid_until is not None and period.valid_until <= period.valid_from:
        raise block.refuse("ends_before_start", "valid_until")
    return period


def parse_values(
    block: Block, *, row_id: str, names: set[str], basis: Basis, context: Context
) -> Values:
    """Read the values of a row; each needs a unit and sources of its own."""
    under = block.block("values")
    under.only(set(), names)
    values = {
        name: _parse_value(name, entry, basis, context)
        for name, entry in block.named_blocks("values")
    }
    return Values(row_id, MappingProxyType(values))


def parse_word(block: Block, key: str, words: type[_Word]) -> _Word:
    """Read a word of a closed list."""
    text = block.text(key)
    try:
        return words(text)
    except ValueError as error:
        raise block.refuse("unknown_word", key, allowed=", ".join(words)) from error


def parse_facts(block: Block, key: str, facts: tuple[str, ...]) -> tuple[str, ...]:
    """Check that each fact is one that a household can have; `not ` may stand before it."""
    for fact in facts:
        if fact.removeprefix("not ") not in TRUTH_FACTS:
            raise block.refuse("unknown_fact", key, fact=fact)
    return facts


def parse_decimal(block: Block, key: str) -> Decimal:
    """Read a decimal in quotes, not negative."""
    text = block.text(key)
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise block.refuse("not_a_number", key) from error
    if not number.is_finite() or number < 0:
        raise block.refuse("not_a_number", key)
    return number


def _parse_value(name: str, entry: Block, basis: Basis, context: Context) -> Value:
    entry.only({"unit", "sources"}, {"value", "expected", "confidence", "reference"})
    own_basis = replace(basis, source_ids=parse_source_ids(entry, context))
    if entry.has("confidence"):
        own_basis = replace(own_basis, confidence=parse_word(entry, "confidence", Confidence))
    if entry.has("reference"):
        own_basis = replace(own_basis, reference=entry.text("reference"))
    unit = parse_word(entry, "unit", Unit)
    is_expected = entry.has("expected") and entry.truth("expected")
    if is_expected == entry.has("value"):
        raise entry.refuse("value_or_expected", "value")
    content = None if is_expected else _parse_content(name, entry, unit)
    return Value(name, content, unit, own_basis)


def _parse_content(name: str, entry: Block, unit: Unit) -> int | Decimal | str | date:
    if unit in MONEY_UNITS:
        return _parse_amount(entry)
    if unit in WHOLE_UNITS:
        return entry.whole("value")
    if unit is Unit.RULE:
        return _parse_rule(name, entry)
    if unit is Unit.DAY:
        return entry.day("value")
    number = parse_decimal(entry, "value")
    if unit is Unit.SHARE_PER_YEAR and number >= 1:
        raise entry.refuse("rate_is_percentage", "value")
    return number


def _parse_amount(entry: Block) -> int:
    text = entry.text("value")
    try:
        amount_cents = parse_cents(text)
    except ValueError as error:
        raise entry.refuse("not_an_amount", "value") from error
    if amount_cents < 0:
        raise entry.refuse("not_an_amount", "value")
    return amount_cents


def _parse_rule(name: str, entry: Block) -> str:
    text = entry.text("value")
    allowed = _RULES.get(name, frozenset())
    if text not in allowed:
        raise entry.refuse("unknown_word", "value", allowed=", ".join(sorted(allowed)))
    return text
