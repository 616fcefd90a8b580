"""What a form asks for an intake, made from the dataclasses that say what may come in.

A form is a tree: an `Input` is answered, a `Group` holds more of them, `Rows` a group as often as
there are lines. Every part has the path of its field in the JSON document, which is also the name
of its input.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from api.schemas.from_types import json_name, unwrapped
from energiehuis.cases import specs
from energiehuis.money import format_plain
from energiehuis.people.commands import Named

MOST_ROWS = 60


class Shape(StrEnum):
    """How an input is answered."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    CHECKS = "checks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing that is asked.

    `words` names the enum whose words the choices have; `source` where choices are looked up: a
    kind of rows, `nis`, or nothing. `default` is what it is when nothing is said.
    """

    path: str
    name: str
    shape: Shape
    is_required: bool = False
    choices: tuple[str, ...] = ()
    words: str = ""
    source: str = ""
    unit: str = ""
    most: int = 0
    has_unknown: bool = False
    default: str = ""

    @property
    def first_input(self) -> str:
        """Give the id to which an error links."""
        return f"{self.path}.day" if self.shape in (Shape.DAY, Shape.MOMENT) else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Inputs that belong together; left empty, an optional one is nobody or nothing."""

    path: str
    name: str
    parts: "tuple[Node, ...]"
    is_required: bool = True
    is_identity: bool = False

    @property
    def first_input(self) -> str:
        """Give the id to which an error links."""
        return self.parts[0].first_input if self.parts else self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A group as often as there are lines; empty lines do not count."""

    path: str
    name: str
    rows: tuple[Group, ...]
    is_required: bool = False

    @property
    def first_input(self) -> str:
        """Give the id to which an error links."""
        return self.rows[0].first_input


Node = Input | Group | Rows
Typed = Mapping[str, str]


def parts_of(kind: type[Any], path: str, typed: Typed) -> tuple[Node, ...]:
    """Give what is asked for a dataclass; `typed` says how many lines a list has."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_node(part, hints[part.name], path, typed) for part in fields(kind))


def inputs_of(nodes: tuple[Node, ...]) -> Iterator[Input]:
    """Walk all inputs of a form, in their order."""
    for node in nodes:
        if isinstance(node, Input):
            yield node
        else:
            yield from inputs_of(node.parts if isinstance(node, Group) else node.rows)


def _node(part: Field[Any], hint: Any, above: str, typed: Typed) -> Node:  # noqa: ANN401
    bare, is_optional, spec = unwrapped(hint)
    name = json_name(part)
    is_required = part.default is MISSING and part.default_factory is MISSING
    # What must be said but may be null is answered by leaving it empty.
    about = {
        "path": f"{above}.{name}",
        "name": name,
        "is_required": is_required and not is_optional,
    }
    default = None if part.default is MISSING else part.default
    return _made(bare, spec, about, typed=typed, is_optional=is_optional, default=default)


def _made(
    bare: Any,  # noqa: ANN401
    spec: Any,  # noqa: ANN401
    about: dict[str, Any],
    *,
    typed: Typed,
    is_optional: bool = False,
    default: object = None,
) -> Node:
    if bare is Named:
        return _identity(**about)
    if get_origin(bare) is tuple:
        return _list(bare, spec, about, typed)
    if is_dataclass(bare) and isinstance(bare, type):
        needed = about["is_required"] or not (is_optional or default is None)
        parts = parts_of(bare, about["path"], typed)
        return Group(**{**about, "is_required": needed}, parts=parts)
    return _input(bare, spec, about, is_optional=is_optional, default=default)


def _input(  # noqa: C901, PLR0911, PLR0912  one return a kind of field
    bare: Any,  # noqa: ANN401
    spec: Any,  # noqa: ANN401
    about: dict[str, Any],
    *,
    is_optional: bool,
    default: object,
) -> Input:
    if isinstance(spec, specs.NisCode):
        return Input(**about, shape=Shape.CHOICE, source="nis", default=_text(default))
    if isinstance(spec, specs.Amount):
        shown = format_plain(default).replace(".", ",") if isinstance(default, int) else ""
        return Input(**about, shape=Shape.MONEY, default=shown)
    if isinstance(spec, specs.Whole):
        return Input(**about, shape=Shape.WHOLE, most=spec.maximum, default=_text(default))
    if isinstance(spec, specs.Quantity):
        shown = _text(default).replace(".", ",")
        return Input(**about, shape=Shape.NUMBER, unit=spec.unit, default=shown)
    if isinstance(spec, specs.Text):
        shape = Shape.LONG if spec.is_long else Shape.TEXT
        return Input(**about, shape=shape, most=spec.most, default=_text(default))
    if bare is bool:
        default_word = {True: "yes", False: "no"}.get(default, "")  # type: ignore[call-overload]
        return Input(**about, shape=Shape.FLAG, has_unknown=is_optional, default=default_word)
    if bare is UUID:
        source = spec.kind if isinstance(spec, specs.Of) else about["name"].removesuffix("_id")
        return Input(**about, shape=Shape.CHOICE, source=source)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        choices, words = tuple(value.value for value in bare), snake(bare.__name__)
        return Input(
            **about, shape=Shape.CHOICE, choices=choices, words=words, default=_text(default)
        )
    if bare in (dt.date, dt.datetime):
        return Input(**about, shape=Shape.DAY if bare is dt.date else Shape.MOMENT)
    raise TypeError(f"{bare} is no field of a form")


def _list(bare: Any, spec: Any, about: dict[str, Any], typed: Typed) -> Node:  # noqa: ANN401
    inner, _, inner_spec = unwrapped(get_args(bare)[0])
    about = {**about, "is_required": about["is_required"] and spec.minimum > 0}
    one = {"path": about["path"], "name": about["name"], "is_required": True}
    if inner is Named or (is_dataclass(inner) and isinstance(inner, type)):
        most = min(spec.maximum, MOST_ROWS)
        rows = tuple(
            _made(inner, inner_spec, {**one, "path": f"{one['path']}.{number}"}, typed=typed)
            for number in range(_row_count(typed, one["path"], most))
        )
        return Rows(**about, rows=rows)  # type: ignore[arg-type]  # groups all
    part = _input(inner, inner_spec, one, is_optional=False, default=None)
    if part.shape is Shape.CHOICE:
        return Input(
            **about,
            shape=Shape.CHECKS,
            choices=part.choices,
            words=part.words,
            source=part.source,
        )
    return Input(**about, shape=Shape.LINES, most=spec.maximum)


def _row_count(typed: Typed, path: str, most: int) -> int:
    text = typed.get(f"{path}.rows", "")
    count = int(text) if text.isdecimal() and len(text) < 4 else 1
    return max(1, min(count, most))


def _identity(path: str, name: str, *, is_required: bool) -> Group:
    def one(part: str, shape: Shape = Shape.TEXT) -> Input:
        return Input(path=f"{path}.{part}", name=f"identity.{part}", shape=shape, most=80)

    parts = (
        one("given_name"),
        one("family_name"),
        one("birth_date", Shape.DAY),
        one("alias"),
        one("person_id"),
    )
    return Group(path=path, name=name, parts=parts, is_required=is_required, is_identity=True)


def snake(name: str) -> str:
    """Write the name of a class as in a key: `HouseholdType` becomes `household_type`."""
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")


def _text(value: object) -> str:
    return "" if value is None or value is MISSING else str(value)
