"""Read rule files strictly: every wrong thing is named with its file, line and key.

A block is a mapping of YAML that knows where it stands. Numbers with a point are refused
everywhere, because YAML would make floats of amounts and rates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from energiehuis.law.errors import LawFileError, Place

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
# What is missing has its own sentence where the house asks for it by name.
_MISSING = {
    "unit": "no_unit",
    "sources": "no_source",
    "valid_from": "no_date",
    "checked_on": "no_checked_on",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping in a rule file, with the place where it starts."""

    place: Place
    nodes: dict[str, yaml.Node]

    def only(self, required: set[str], optional: set[str]) -> None:
        """Refuse a missing key and a key that nobody reads."""
        for key, node in self.nodes.items():
            if key not in required | optional:
                allowed = ", ".join(sorted(required | optional))
                raise LawFileError("unknown_key", self._at(key, node), allowed=allowed)
        for key in sorted(required - self.nodes.keys()):
            raise LawFileError(_MISSING.get(key, "missing_key"), self._at(key))

    def has(self, key: str) -> bool:
        """Say whether the key stands here with something other than null."""
        return key in self.nodes and self.nodes[key].tag != f"{_TAG}null"

    def text(self, key: str) -> str:
        """Give a text; a number must stand in quotes."""
        node = self._scalar(key, "str")
        return str(node.value)

    def whole(self, key: str) -> int:
        """Give a whole number."""
        node = self._scalar(key, "int")
        # YAML also counts in twos, eights and sixties; a law does not.
        if not node.value.removeprefix("-").isdecimal():
            raise LawFileError("not_int", self._at(key, node))
        return int(node.value)

    def truth(self, key: str) -> bool:
        """Give true or false."""
        return str(self._scalar(key, "bool").value).lower() == "true"

    def day(self, key: str) -> date:
        """Give a date written as 2017-10-01."""
        node = self._scalar(key, "timestamp")
        try:
            return date.fromisoformat(node.value)
        except ValueError as error:
            raise LawFileError("not_a_date", self._at(key, node)) from error

    def find_day(self, key: str) -> date | None:
        """Give a date, or None when it is absent or null."""
        return self.day(key) if self.has(key) else None

    def find_text(self, key: str) -> str | None:
        """Give a text, or None when it is absent or null."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; absent is empty."""
        return tuple(self._text_of(key, node) for node in self._sequence(key))

    def text_lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Give a list of lists of texts."""
        return tuple(
            tuple(self._text_of(key, item) for item in self._items_of(key, node))
            for node in self._sequence(key)
        )

    def block(self, key: str) -> "Block":
        """Give the mapping under a key."""
        return _block(self.place.file, f"{self.place.key}.{key}".strip("."), self._node(key))

    def blocks(self, key: str) -> Iterator["Block"]:
        """Give the mappings of a list."""
        for index, node in enumerate(self._sequence(key)):
            yield _block(self.place.file, f"{self.place.key}.{key}.{index}".strip("."), node)

    def named_blocks(self, key: str) -> Iterator[tuple[str, "Block"]]:
        """Give the mappings under a mapping, by name."""
        under = self.block(key)
        for name in under.nodes:
            yield name, under.block(name)

    def refuse(self, problem: str, key: str, **params: object) -> LawFileError:
        """Make the error for a value of this block that is wrong."""
        return LawFileError(problem, self._at(key, self.nodes.get(key)), **params)

    def _at(self, key: str, node: yaml.Node | None = None) -> Place:
        line = self.place.line if node is None else node.start_mark.line + 1
        return Place(self.place.file, line, f"{self.place.key}.{key}".strip("."))

    def _node(self, key: str) -> yaml.Node:
        if key not in self.nodes:
            raise LawFileError(_MISSING.get(key, "missing_key"), self._at(key))
        return self.nodes[key]

    def _scalar(self, key: str, kind: str) -> yaml.ScalarNode:
        node = self._node(key)
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TAG + kind:
            raise LawFileError(f"not_{kind}", self._at(key, node))
        return node

    def _sequence(self, key: str) -> list[yaml.Node]:
        return self._items_of(key, self.nodes[key]) if self.has(key) else []

    def _items_of(self, key: str, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise LawFileError("not_a_list", self._at(key, node))
        return list(node.value)

    def _text_of(self, key: str, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}str":
            raise LawFileError("not_str", self._at(key, node))
        return str(node.value)


def read_block(file: str, text: str) -> Block:
    """Read a whole rule file as one block.

    Raises
    ------
    LawFileError
        For text that is no YAML, a duplicate key, or a number with a point outside quotes.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(file, mark.line + 1 if mark else 1, "")
        raise LawFileError("not_yaml", place) from error
    _refuse_floats(file, "", node)
    return _block(file, "", node)


def _block(file: str, key: str, node: yaml.Node | None) -> Block:
    line = 1 if node is None else node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise LawFileError("not_a_mapping", Place(file, line, key))
    nodes: dict[str, yaml.Node] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise LawFileError("not_str", Place(file, name.start_mark.line + 1, key))
        if name.value in nodes:
            place = Place(file, name.start_mark.line + 1, f"{key}.{name.value}".strip("."))
            raise LawFileError("duplicate_key", place)
        nodes[name.value] = value
    return Block(Place(file, line, key), nodes)


def _refuse_floats(file: str, key: str, node: yaml.Node | None) -> None:
    if isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}float":
        raise LawFileError("bare_float", Place(file, node.start_mark.line + 1, key))
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            _refuse_floats(file, f"{key}.{name.value}".strip("."), value)
    if isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _refuse_floats(file, f"{key}.{index}".strip("."), value)
