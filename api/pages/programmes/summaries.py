"""What a record says on its page and in a list, in words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from api.pages.context import first_capital
from api.pages.programmes import words
from api.pages.programmes.inputs import snake
from api.pages.programmes.kinds import kinds_of
from api.schemas.from_types import unwrapped
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.i18n import catalogue, has_text
from energiehuis.programmes.registry import BY_CODE

_MOST_PARTS = 4
_ENUMS: dict[type[Any], dict[str, str]] = {}
_NAMES_OF_THINGS = ("name", "title", "place", "address")
_SHARED_ENUMS = {"household_type": "household_type", "main_income": "main_income"}
# Some programmes call it a state.
_SAME = {"status": ("status", "state"), "type": ("type", "kind")}
_WORD_AND_DAY = re.compile(r"[a-z_]+ \d{4}-\d{2}-\d{2}")
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a record says; `lines` where it is a list of lines."""

    label: str
    value: str
    lines: tuple[str, ...] = ()


def said_of(kind: IntakeKind, record: Recorded, names: Names) -> tuple[Said, ...]:
    """Give all that a record says; a row that it names is named by `names`, or left out."""
    return tuple(
        _said(kind, name, value, names)
        for name, value in record.body.items()
        if not words.is_id(value) or str(value) in names
    )


def summary(kind: IntakeKind, record: Recorded, names: Names | None = None) -> str:
    """Name a record in a list: by what it is, never by whom it is about."""
    parts = list(_plain_parts(kind, record, names or {}))[:_MOST_PARTS]
    return first_capital(", ".join(parts) or f"… {str(record.id)[-6:]}")


def short_name(kind: IntakeKind, record: Recorded) -> str:
    """Name a record where another one points at it: by its own name when it has one."""
    given = record.body.get("name")
    is_about_somebody = kind.data_class is not DataClass.COUNT and bool(fields(kind.subject))
    said = str(given) if given and not is_about_somebody else summary(kind, record)
    return first_capital(said)


def value_in_words(kind: IntakeKind, name: str, value: object) -> str:
    """Give a value of a field of a kind, in words."""
    if isinstance(value, list) and value and all(_WORD_AND_DAY.fullmatch(str(v)) for v in value):
        return "; ".join(_with_day(kind, str(one)) for one in value)
    enum = enum_of(kind, name, value)
    return words.shown(value, name=name, programme=kind.programme, enum=enum)


def _with_day(kind: IntakeKind, said: str) -> str:
    """Say a word of a closed list and its day: who a member of a family is, and when born."""
    word, day = said.split(" ")
    enum = next(iter(_enums_with(kind.programme, word)), "")
    return f"{words.value_word(kind.programme, enum, word)}, {words.shown(day)}"


def details_in_words(programme: str, details: Iterable[Detail]) -> list[dict[str, str]]:
    """Give what is known of a case, each with its label, in the words of the programme."""
    kinds = kinds_of(BY_CODE[programme])
    return [_detail(kinds, one) for one in details if not words.is_id(one.value)]


def _detail(kinds: tuple[IntakeKind, ...], detail: Detail) -> dict[str, str]:
    name = detail.name.removesuffix("_cents")
    owners = (one for one in kinds if has_text(f"intake.{one.code}.{name}"))
    owner = next(owners, kinds[0])
    value = value_in_words(owner, detail.name, detail.value)
    return {"label": words.label(owner, name), "value": value}


def enum_of(kind: IntakeKind, name: str, value: object) -> str:
    """Give the enum of a field as in the keys of words, or nothing where it has none."""
    known = enum_names(kind.payload).get(name) or _SHARED_ENUMS.get(name)
    if known:
        return known
    one = value[0] if isinstance(value, list | tuple) and value else value
    if not isinstance(one, str) or not one.isascii() or " " in one:
        return ""
    near = kind.name.split("-")[0].rstrip("s")
    found = [enum for enum in _enums_with(kind.programme, one) if enum.endswith(_ends(name))]
    return next((enum for enum in found if enum.startswith(near)), found[0] if found else "")


def enum_names(payload: type[Any]) -> dict[str, str]:
    """Give the enum of each field of a dataclass and of its lines, as in the keys of words."""
    if payload in _ENUMS:
        return _ENUMS[payload]
    found: dict[str, str] = {}
    hints = get_type_hints(payload, include_extras=True)
    for part in fields(payload):
        bare, _, _ = unwrapped(hints[part.name])
        if get_origin(bare) is tuple:
            bare, _, _ = unwrapped(get_args(bare)[0])
        if isinstance(bare, type) and issubclass(bare, StrEnum):
            found[part.name] = snake(bare.__name__)
        elif isinstance(bare, type) and is_dataclass(bare):
            found = {**enum_names(bare), **found}
    _ENUMS[payload] = found
    return found


def _said(kind: IntakeKind, name: str, value: object, names: Names) -> Said:
    label = words.label(kind, name.removesuffix("_cents"))
    if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        return Said(label, "", tuple(_line(kind, line, names) for line in value))
    if isinstance(value, Mapping):
        return Said(label, "", tuple(_line(kind, {key: one}, names) for key, one in value.items()))
    return Said(label, names.get(str(value)) or value_in_words(kind, name, value))


def _line(kind: IntakeKind, line: Mapping[str, object], names: Names) -> str:
    """Write a line of a record: `Categorie: brood; Kilogram: 40`."""
    said = [
        (words.label(kind, name.removesuffix("_cents")), names.get(str(value)), name, value)
        for name, value in line.items()
        if not words.is_id(value) or str(value) in names
    ]
    return "; ".join(
        f"{label}: {named or value_in_words(kind, name, value)}"
        for label, named, name, value in said
    )


def _plain_parts(kind: IntakeKind, record: Recorded, names: Names) -> Iterator[str]:
    is_about_somebody = kind.data_class is not DataClass.COUNT and bool(fields(kind.subject))
    for name, value in record.body.items():
        if str(value) in names and not is_about_somebody:
            yield names[str(value)]
        elif value in (None, "", (), []) or words.is_id(value):
            continue
        elif isinstance(value, int) and not isinstance(value, bool):
            label = words.label(kind, name.removesuffix("_cents"))
            yield f"{label}: {value_in_words(kind, name, value)}"
        elif isinstance(value, str) and _may_stand_in_a_list(kind, name, value, is_about_somebody):
            yield value_in_words(kind, name, value)


def _may_stand_in_a_list(kind: IntakeKind, name: str, value: str, is_about_somebody: bool) -> bool:  # noqa: FBT001
    is_day = len(value) == 10 and value[4:5] == "-"
    is_thing = name in _NAMES_OF_THINGS and not is_about_somebody
    return is_day or is_thing or bool(enum_of(kind, name, value))


def _ends(name: str) -> tuple[str, ...]:
    last = name.rsplit("_", 1)[-1]
    return _SAME.get(last, (last,))


@cache
def _enums_with(programme: str, value: str) -> tuple[str, ...]:
    """Give the enums of a programme, then the shared ones, that have a word for a value."""
    own, end = f"word.{programme}.", f".{value}"
    keys = [key for key in catalogue() if key.startswith("word.") and key.endswith(end)]
    found = [key[len(own) : -len(end)] for key in keys if key.startswith(own)]
    shared = [key[5 : -len(end)] for key in keys if key.count(".") == 2]
    return tuple(one for one in (*found, *shared) if "." not in one)
