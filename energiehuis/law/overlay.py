"""Changes of the law that are laid over the rule files: new values for rules that exist.

An overlay is one YAML file with a first day, its own sources, and the values that change. From
that day on the rule in force is split: what was before stays as it was, word for word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from energiehuis.identifiers import digest
from energiehuis.law.law import Law
from energiehuis.law.model import Overlaid, Period, Product, Source, Threshold, Value, Values
from energiehuis.law.parsing import BASIS_KEYS, Context, parse_basis, parse_values
from energiehuis.law.reader import Block, read_block
from energiehuis.law.rows import PRODUCT_VALUES, THRESHOLD_VALUES

_HEAD = {"name", "title", "valid_from", "checked_on", "cases"}
_OPTIONS = {"sources", "parameters", "products", "ceilings"}
_Row = TypeVar("_Row", Product, Threshold)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A change of the law as its file says it; `block` knows every line of it."""

    name: str
    title: str
    valid_from: date
    text: str
    block: Block

    @property
    def digest(self) -> str:
        """Digest of the file."""
        return digest(self.text)


def read_overlay(file: str, text: str) -> Overlay:
    """Read the head of an overlay; its values are read when it is laid over a law.

    Raises
    ------
    LawFileError
        For what is wrong in the file, with its line.
    """
    block = read_block(file, text)
    block.only(_HEAD, _OPTIONS)
    if not (block.has("parameters") or block.has("products")):
        raise block.refuse("nothing_changes", "parameters")
    return Overlay(
        name=block.text("name"),
        title=block.text("title"),
        valid_from=block.day("valid_from"),
        text=text,
        block=block,
    )


def lay_over(law: Law, overlays: Sequence[Overlay]) -> Law:
    """Give the law with changes, in the order of their first days.

    Raises
    ------
    LawFileError
        `unknown_rule`, `rule_not_in_force`, `same_day`, `nothing_changes`, and all that is
        refused in rule files.
    """
    for overlay in sorted(overlays, key=lambda one: (one.valid_from, one.name)):
        law = _lay_one(law, overlay)
    return law


def _lay_one(law: Law, overlay: Overlay) -> Law:
    sources = {**law.sources, **_own_sources(overlay.block, law.sources)}
    context = Context(frozenset(sources), overlay.block.day("checked_on"))
    thresholds, products = list(law.thresholds), list(law.products)
    for name, entry in _named(overlay.block, "parameters"):
        old = _row_in_force(entry, name, thresholds, overlay.valid_from)
        _split(thresholds, old, _changed(old, entry, context, THRESHOLD_VALUES, overlay))
    for name, entry in _named(overlay.block, "products"):
        row = _row_in_force(entry, name, products, overlay.valid_from)
        _split(products, row, _changed(row, entry, context, PRODUCT_VALUES, overlay))
    return Law(
        products=tuple(products),
        thresholds=tuple(thresholds),
        grounds=law.grounds,
        conditions=law.conditions,
        works=law.works,
        sources=MappingProxyType(sources),
        files_version=digest([law.files_version, overlay.digest]),
        overlays=(*law.overlays, Overlaid(overlay.name, overlay.valid_from, overlay.text)),
    )


def _own_sources(block: Block, listed: Mapping[str, Source]) -> dict[str, Source]:
    found = {}
    for name, entry in _named(block, "sources"):
        if name in listed:
            raise entry.refuse("same_id", "who", id=name)
        entry.only({"who", "url", "dated"}, set())
        found[name] = Source(name, entry.text("who"), entry.find_text("url"), entry.text("dated"))
    return found


def _named(block: Block, key: str) -> Iterator[tuple[str, Block]]:
    return block.named_blocks(key) if block.has(key) else iter(())


def _row_in_force(entry: Block, name: str, rows: Sequence[_Row], day: date) -> _Row:
    of_name = [row for row in rows if _id_of(row) == name]
    if not of_name:
        raise entry.refuse("unknown_rule", "values", name=name)
    for row in of_name:
        if row.period.valid_from == day:
            raise entry.refuse("same_day", "values", day=day)
        if row.period.holds_on(day):
            return row
    raise entry.refuse("rule_not_in_force", "values", name=name, day=day)


def _changed(old: _Row, entry: Block, context: Context, names: set[str], overlay: Overlay) -> _Row:
    entry.only(BASIS_KEYS | {"values"}, set())
    basis = parse_basis(entry, context)
    row_id = old.values.row_id
    given = parse_values(entry, row_id=row_id, names=names, basis=basis, context=context)
    before = old.values.by_name
    if all(name in before and before[name].content == v.content for name, v in _items(given)):
        raise entry.refuse("nothing_changes", "values")
    values = Values(row_id, MappingProxyType({**before, **given.by_name}))
    period = Period(overlay.valid_from, old.period.valid_until)
    return replace(old, values=values, basis=basis, period=period)


def _items(values: Values) -> Iterator[tuple[str, Value]]:
    return iter(values.by_name.items())


def _split(rows: list[_Row], old: _Row, new: _Row) -> None:
    """End the old row where the new one begins; the new one stands last, so places stay."""
    period = replace(old.period, valid_until=new.period.valid_from)
    rows[rows.index(old)] = replace(old, period=period)
    rows.append(new)


def _id_of(row: Product | Threshold) -> str:
    return row.id if isinstance(row, Product) else row.parameter
