"""The columns of a list, made from the schema of an intake: `payload.lines.0.kg`."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema
from marshmallow import fields as ma

from api.schemas.fields import Many
from api.schemas.from_types import intake_schema_of
from energiehuis.cases.kinds import IntakeKind

# What a spreadsheet of one kind need not say.
_LEFT_OUT = frozenset({"programme", "intake_id", "operator_org"})


def template_columns(kind: IntakeKind) -> tuple[str, ...]:
    """Give the columns of an empty list of a kind; of what may repeat, the first."""
    schema = intake_schema_of(kind)()
    return tuple(name for name in _leaves(schema, "") if name not in _LEFT_OUT)


def find_column(kind: IntakeKind, name: str) -> ma.Field[Any] | None:
    """Give the field that a column fills, or None when there is none of that name."""
    field: ma.Field[Any] | None = ma.Nested(intake_schema_of(kind)())
    for step in name.split("."):
        if isinstance(field, ma.Nested):
            field = field.schema.fields.get(step)
        elif isinstance(field, ma.List) and step.isdecimal() and int(step) < _most(field):
            field = field.inner
        else:
            return None
        if field is None:
            return None
    return None if isinstance(field, ma.Nested | ma.List) else field


def _leaves(schema: Schema, path: str) -> Iterator[str]:
    for name, field in schema.fields.items():
        yield from _leaf(field, f"{path}{name}")


def _leaf(field: ma.Field[Any], name: str) -> Iterator[str]:
    if isinstance(field, ma.Nested):
        yield from _leaves(field.schema, f"{name}.")
    elif isinstance(field, ma.List):
        yield from _leaf(field.inner, f"{name}.0")
    else:
        yield name


def _most(field: ma.List[Any]) -> int:
    limits = [getattr(rule, "max", None) for rule in field.validators]
    known = [limit for limit in limits if isinstance(limit, int)]
    return min(known, default=20 if isinstance(field, Many) else 10)
