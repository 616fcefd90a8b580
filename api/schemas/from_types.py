"""Schemas made from the dataclasses of intakes, so that what may come in is written once.

The type says what a field is, `energiehuis.cases.specs` in its annotation what may stand in it. A
field whose default is None may be null or left out; one with another default may be left out.
"""

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from marshmallow import Schema
from marshmallow import fields as ma

from api.schemas.fields import (
    Choice,
    Day,
    Flag,
    Group,
    Many,
    Money,
    StrictSchema,
    Text,
    Whole,
)
from api.schemas.intakes import (
    EnvelopeSchema,
    Identifier,
    IdentitySchema,
    Moment,
    as_envelope,
    as_identity,
    nis_code_field,
)
from api.schemas.quantities import Number
from energiehuis.cases import specs
from energiehuis.cases.kinds import Incoming, IntakeKind
from energiehuis.people.commands import Alias, KnownPerson, Named

_IDENTITY = {Named, Alias, KnownPerson}


_SCHEMAS: dict[type[Any], type[Schema]] = {}


def schema_of(kind: type[Any]) -> type[Schema]:
    """Give the schema of a dataclass; the same class each time."""
    if kind not in _SCHEMAS:
        _SCHEMAS[kind] = _schema_for(kind)
    return _SCHEMAS[kind]


def _schema_for(kind: type[Any]) -> type[Schema]:
    made = {json_name(part): _field_of(kind, part) for part in fields(kind)}
    return type(f"{kind.__name__}Schema", (StrictSchema,), {**made, "__doc__": kind.__doc__})


def json_name(part: Field[Any]) -> str:
    """Give the name of a field outside: amounts lose their `_cents`, `from_` its last sign."""
    return part.name.removesuffix("_cents").removesuffix("_")


def command_of(kind: type[Any], data: Mapping[str, Any]) -> Any:  # noqa: ANN401  the dataclass asked for
    """Turn data that its schema checked into the dataclass."""
    hints = get_type_hints(kind, include_extras=True)
    return kind(
        **{part.name: _value(hints[part.name], data[json_name(part)]) for part in fields(kind)}
    )


@cache
def intake_schema_of(kind: IntakeKind) -> type[Schema]:
    """Make the schema of a whole intake: the envelope, its subject and its payload."""
    name = "".join(word.capitalize() for word in kind.code.replace(".", "_").split("_"))
    subject = schema_of(kind.subject)
    # A subject that asks nothing may be left out.
    asks = any(part.default is NO_DEFAULT for part in fields(kind.subject))
    given: dict[str, Any] = (
        {"required": True} if asks else {"load_default": lambda: subject().load({})}
    )
    made = {
        "programme": Choice((kind.programme,), load_default=kind.programme),
        "subject": Group(subject, **given),
        "payload": Group(schema_of(kind.payload), required=True),
        "__doc__": kind.payload.__doc__,
    }
    return type(f"{name}IntakeSchema", (EnvelopeSchema,), made)


def incoming_of(kind: IntakeKind, data: Mapping[str, Any]) -> Incoming[Any, Any]:
    """Turn an intake that its schema checked into what the service takes."""
    return Incoming(
        as_envelope(dict(data)),
        command_of(kind.subject, data["subject"]),
        command_of(kind.payload, data["payload"]),
    )


def _field_of(kind: type[Any], part: Field[Any]) -> ma.Field[Any]:
    hint = get_type_hints(kind, include_extras=True)[part.name]
    options: dict[str, Any] = {}
    if part.default is NO_DEFAULT and part.default_factory is NO_DEFAULT:
        options["required"] = True
    else:
        made = part.default_factory if part.default is NO_DEFAULT else lambda: part.default
        options["load_default"] = made
    bare, is_optional, spec = unwrapped(hint)
    if is_optional:
        options["allow_none"] = True
    return _made(bare, spec, options)


def unwrapped(hint: Any) -> tuple[Any, bool, Any]:  # noqa: ANN401  any type
    """Give the bare type, whether it may be None, and its spec."""
    spec = None
    if get_origin(hint) is Annotated:
        hint, spec = get_args(hint)[:2]
    is_optional = False
    if get_origin(hint) in (Union, types.UnionType):
        members = [member for member in get_args(hint) if member is not type(None)]
        is_optional = len(members) < len(get_args(hint))
        if set(members) == _IDENTITY:
            return Named, is_optional, spec
        if len(members) != 1:
            raise TypeError(f"{hint} is no field of an intake")
        inner, _, inner_spec = unwrapped(members[0])
        return inner, is_optional, spec or inner_spec
    return hint, is_optional, spec


def _made(bare: Any, spec: Any, options: dict[str, Any]) -> ma.Field[Any]:  # noqa: ANN401, PLR0911, C901, PLR0912
    if isinstance(spec, specs.NisCode):
        return nis_code_field(**options)
    if isinstance(spec, specs.Amount):
        limits = {"minimum_cents": spec.minimum_cents, "maximum_cents": spec.maximum_cents}
        return Money(**limits, **options)
    if isinstance(spec, specs.Whole):
        return Whole(spec.minimum, spec.maximum, **options)
    if isinstance(spec, specs.Quantity):
        return Number(spec, **options)
    if isinstance(spec, specs.Text):
        return Text(spec.most, pattern=spec.pattern, **options)
    if bare is Named:
        return Group(IdentitySchema, **options)
    if get_origin(bare) is tuple:
        return _list_of(bare, spec, options)
    if isinstance(bare, type) and is_dataclass(bare):
        return Group(schema_of(bare), **options)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return Choice(bare, **options)
    simple = {UUID: Identifier, dt.date: Day, dt.datetime: Moment, bool: Flag}
    if bare in simple:
        made: ma.Field[Any] = simple[bare](**options)
        return made
    raise TypeError(f"{bare} needs a spec to be a field of an intake")


def _list_of(bare: Any, spec: Any, options: dict[str, Any]) -> ma.Field[Any]:  # noqa: ANN401
    if not isinstance(spec, specs.Items):
        raise TypeError(f"{bare} needs Items(minimum, maximum)")
    inner, _, inner_spec = unwrapped(get_args(bare)[0])
    return Many(_made(inner, inner_spec, {"required": True}), spec.minimum, spec.maximum, **options)


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401, PLR0911  one return a kind of field
    if value is None:
        return None
    bare, _, _ = unwrapped(hint)
    if bare is Named:
        return as_identity(value)
    if get_origin(bare) is tuple:
        inner = get_args(bare)[0]
        return tuple(_value(inner, each) for each in value)
    if is_dataclass(bare) and isinstance(bare, type):
        return command_of(bare, value)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return bare(value)
    return value
