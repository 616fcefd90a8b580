"""What a record says on its page and in a list, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from api.pages.programmes import words
from api.pages.programmes.inputs import snake
from api.schemas.from_types import unwrapped
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, Recorded

_MOST_PARTS = 4
_ENUMS: dict[type[Any], dict[str, str]] = {}
_NAMES_OF_THINGS = ("name", "title", "place", "address")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a record says."""

    label: str
    value: str


def said_of(kind: IntakeKind, record: Recorded) -> tuple[Said, ...]:
    """Give all that a record says."""
    return tuple(
        Said(words.label(kind, name.removesuffix("_cents")), _shown(kind, name, value))
        for name, value in record.body.items()
        if not words.is_id(value)
    )


def summary(kind: IntakeKind, record: Recorded) -> str:
    """Name a record in a list: by what it is, never by whom it is about."""
    parts = list(_plain_parts(kind, record))[:_MOST_PARTS]
    return ", ".join(parts) or f"… {str(record.id)[-6:]}"


def _plain_parts(kind: IntakeKind, record: Recorded) -> Iterator[str]:
    enums = enum_names(kind.payload)
    is_about_somebody = kind.data_class is not DataClass.COUNT and bool(fields(kind.subject))
    for name, value in record.body.items():
        if value in (None, "", (), []) or words.is_id(value):
            continue
        is_closed_list = name in enums or not isinstance(value, str | list | tuple | dict)
        is_day = isinstance(value, str) and len(value) == 10 and value[4:5] == "-"
        is_thing = name in _NAMES_OF_THINGS and not is_about_somebody
        if is_closed_list or is_day or is_thing:
            yield _shown(kind, name, value)


def _shown(kind: IntakeKind, name: str, value: object) -> str:
    enum = enum_names(kind.payload).get(name, "")
    return words.shown(value, name=name, programme=kind.programme, enum=enum)


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
