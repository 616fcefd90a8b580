"""Read all rule files once, and check what only shows when rows stand side by side."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from energiehuis.law.errors import LawFileError
from energiehuis.law.law import Law
from energiehuis.law.model import Condition, Ground, Period, Product, Threshold, Work
from energiehuis.law.parsing import Context, parse_sources
from energiehuis.law.reader import Block, read_block
from energiehuis.law.rows import (
    parse_condition,
    parse_ground,
    parse_product,
    parse_thresholds,
    parse_work,
)

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file as it was read: its name below the folder, and its bytes."""

    name: str
    text: str


_in_force: ContextVar[Callable[[], Law] | None] = ContextVar("law_in_force", default=None)


def load_law() -> Law:
    """Give the law in force: the rule files, with what the database lays over them if one is open.

    See `law_given_by`; without it the law is that of the files alone.
    """
    give = _in_force.get()
    return law_of_files() if give is None else give()


@cache
def law_of_files() -> Law:
    """Give the law that the package carries; it is read once."""
    return read_law(package_files())


def package_files() -> list[RuleFile]:
    """Read the rule files that the package carries."""
    return rule_files(files("energiehuis.law").joinpath("data"))


@contextmanager
def law_given_by(give: Callable[[], Law]) -> Iterator[None]:
    """Let `load_law` ask somebody else inside the `with` block; asked only when it is needed."""
    token = _in_force.set(give)
    try:
        yield
    finally:
        _in_force.reset(token)


def rule_files(folder: Traversable) -> list[RuleFile]:
    """Read the rule files of a folder, in the order of their names."""
    return sorted(_walk(folder, ""), key=lambda file: file.name)


def read_law(rules: Sequence[RuleFile]) -> Law:
    """Read a law from rule files.

    Raises
    ------
    LawFileError
        At the first thing that is wrong, with file, line and key.
    """
    blocks = {file.name: read_block(file.name, file.text) for file in rules}
    sources = parse_sources(blocks["sources.yaml"])
    reader = _Reader(blocks, frozenset(sources))
    products, thresholds, grounds = reader.products(), reader.thresholds(), reader.grounds()
    conditions = reader.conditions()
    _check_conditions(products, conditions)
    _check_ground_thresholds(grounds, thresholds)
    return Law(
        products=tuple(row for _, row in products),
        thresholds=tuple(row for _, row in thresholds),
        grounds=tuple(row for _, row in grounds),
        conditions=MappingProxyType(conditions),
        works=tuple(row for _, row in reader.works()),
        sources=MappingProxyType(sources),
        files_version=_digest_of(rules),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    blocks: dict[str, Block]
    source_ids: frozenset[str]

    def products(self) -> list[tuple[Block, Product]]:
        found = []
        for block in self._below("products/"):
            block.only({"checked_on", "products"}, set())
            found += [
                (row, parse_product(row, self._of(block))) for row in block.blocks("products")
            ]
        _check_series((row, product.series, product.period) for row, product in found)
        _check_unique((row, product.id) for row, product in found)
        return found

    def thresholds(self) -> list[tuple[Block, Threshold]]:
        found = []
        for block in self._below("parameters/"):
            rows = parse_thresholds(block, self._of(block))
            _check_series(
                ((row, value.parameter, value.period) for row, value in rows),
                may_have_gaps=block.text("gaps") != "refused",
            )
            found += rows
        return found

    def grounds(self) -> list[tuple[Block, Ground]]:
        block = self.blocks["grounds.yaml"]
        block.only({"checked_on", "grounds"}, set())
        found = [(row, parse_ground(row, self._of(block))) for row in block.blocks("grounds")]
        _check_unique((row, ground.id) for row, ground in found)
        return found

    def conditions(self) -> dict[str, Condition]:
        block = self.blocks["conditions.yaml"]
        block.only({"checked_on", "conditions"}, set())
        context = self._of(block)
        rows = block.named_blocks("conditions")
        return {name: parse_condition(name, row, context) for name, row in rows}

    def works(self) -> list[tuple[Block, Work]]:
        block = self.blocks["works.yaml"]
        block.only({"checked_on", "works"}, set())
        found = [(row, parse_work(row, self._of(block))) for row in block.blocks("works")]
        _check_series((row, work.code, work.period) for row, work in found)
        return found

    def _below(self, folder: str) -> list[Block]:
        return [block for name, block in self.blocks.items() if name.startswith(folder)]

    def _of(self, block: Block) -> Context:
        return Context(self.source_ids, block.day("checked_on"))


def _walk(folder: Traversable, prefix: str) -> Iterator[RuleFile]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield RuleFile(prefix + entry.name, entry.read_text("utf-8"))


def _digest_of(rules: Iterable[RuleFile]) -> str:
    total = hashlib.sha256()
    for file in rules:
        total.update(f"{file.name}\0{file.text}\0".encode())
    return total.hexdigest()


def _check_unique(rows: Iterable[tuple[Block, str]]) -> None:
    seen = set()
    for block, row_id in rows:
        if row_id in seen:
            raise block.refuse("same_id", "id", id=row_id)
        seen.add(row_id)


def _check_series(rows: Iterable[tuple[Block, str, Period]], *, may_have_gaps: bool = True) -> None:
    by_series: dict[str, list[tuple[date, Block, Period]]] = defaultdict(list)
    for block, series, period in rows:
        by_series[series].append((period.valid_from, block, period))
    for members in by_series.values():
        ordered = sorted(members, key=lambda member: member[0])
        for (_, _, before), (_, block, after) in pairwise(ordered):
            _check_neighbours(block, before, after, may_have_gaps=may_have_gaps)


def _check_neighbours(block: Block, before: Period, after: Period, *, may_have_gaps: bool) -> None:
    if before.valid_from == after.valid_from:
        raise block.refuse("same_day", "valid_from", day=after.valid_from)
    if before.valid_until is None or before.valid_until > after.valid_from:
        raise block.refuse("overlap", "valid_from", before=before.valid_from)
    if before.valid_until < after.valid_from and not may_have_gaps:
        raise block.refuse("gap", "valid_from", before=before.valid_until)


def _check_conditions(
    products: Iterable[tuple[Block, Product]], conditions: dict[str, Condition]
) -> None:
    for block, product in products:
        for name in product.conditions:
            if name not in conditions:
                raise block.refuse("unknown_condition", "conditions", name=name)


def _check_ground_thresholds(
    grounds: Iterable[tuple[Block, Ground]], thresholds: Iterable[tuple[Block, Threshold]]
) -> None:
    starts: dict[str, date] = {}
    for _, row in thresholds:
        starts[row.parameter] = min(row.period.valid_from, starts.get(row.parameter, date.max))
    for block, ground in grounds:
        if ground.threshold is None:
            continue
        if ground.threshold not in starts or starts[ground.threshold] > ground.period.valid_from:
            raise block.refuse("no_threshold", "threshold", name=ground.threshold)


__all__ = [
    "LawFileError",
    "RuleFile",
    "law_given_by",
    "law_of_files",
    "load_law",
    "package_files",
    "read_law",
    "rule_files",
]
