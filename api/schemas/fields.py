"""Fields that refuse rather than guess, and that answer with codes instead of English.

A message is a `Code`: its text is a key of the catalogue, its params fill the places of the
sentence. The edge translates.
"""

import datetime as dt
import re
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from energiehuis.money import format_plain, parse_cents

MOST_CENTS = 10_000_000_00
# No control signs: they have no place in a name, and PostgreSQL refuses NUL.
_PRINTABLE = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# Half a sign, which JSON can spell and UTF-8 cannot; no dialect of patterns agrees on it.
_HALF_SIGN = re.compile(r"[\ud800-\udfff]")


class Code(str):
    """A key of the catalogue with what its sentence needs."""

    __slots__ = ("params",)
    params: dict[str, object]

    def __new__(cls, key: str, **params: object) -> "Code":
        """Make the key and keep the params beside it."""
        code = super().__new__(cls, key)
        code.params = params
        return code


Messages = dict[str, str | list[Any] | dict[Any, Any]]


def messages(**own: str) -> Messages:
    """Give a code for each fault of a field; a field adds what it says in its own words."""
    return {
        "required": Code("field.required"),
        "null": Code("field.required"),
        "invalid": Code("field.invalid"),
        "validator_failed": Code("field.invalid"),
        "unknown": Code("field.unknown"),
        "type": Code("field.not_an_object"),
        **own,
    }


class StrictSchema(Schema):
    """A schema that refuses what it does not know."""

    error_messages = {  # noqa: RUF012
        "unknown": Code("field.unknown"),
        "type": Code("field.not_an_object"),
    }

    class Meta:
        """Refuse unknown fields, with their names."""

        unknown = RAISE


class Text(fields.String):
    """Text of a limited length, without control signs, stripped of outer white space."""

    default_error_messages = messages(invalid=Code("field.text"))

    def __init__(self, most: int, *, pattern: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        least = 1 if kwargs.get("required") else 0
        shape = pattern or rf"^{_PRINTABLE}*$"
        self._shape = re.compile(shape)
        self.most = most
        metadata = {"pattern": shape, "maxLength": most, "minLength": least}
        super().__init__(metadata={**metadata, **kwargs.pop("metadata", {})}, **kwargs)
        self._least = least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > self.most:
            raise ValidationError(Code("field.too_long", most=self.most))
        if len(text.strip()) < self._least:
            raise ValidationError(Code("field.required"))
        if not self._shape.fullmatch(text) or _HALF_SIGN.search(text):
            raise ValidationError(Code("field.pattern"))
        return text.strip()


class Money(fields.Field[int]):
    """Euros as text such as `"15000.00"`, whole cents inside; a float is refused, none rounded."""

    default_error_messages = messages(invalid=Code("field.money"))

    def __init__(
        self,
        *,
        minimum_cents: int = 0,
        maximum_cents: int = MOST_CENTS,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        self._minimum_cents, self._maximum_cents = minimum_cents, maximum_cents
        metadata = {"pattern": r"^[0-9]{1,10}(\.[0-9]{1,2})?$", "examples": ["15000.00"]}
        super().__init__(metadata={**metadata, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401, ARG002
        if not isinstance(value, str):
            raise self.make_error("invalid")
        try:
            cents = parse_cents(value)
        except ValueError as error:
            raise self.make_error("invalid") from error
        if not self._minimum_cents <= cents <= self._maximum_cents:
            raise ValidationError(
                Code(
                    "field.amount_out_of_range",
                    minimum=format_plain(self._minimum_cents),
                    maximum=format_plain(self._maximum_cents),
                )
            )
        return cents

    def _serialize(
        self,
        value: int | None,
        attr: str | None,  # noqa: ARG002
        obj: Any,  # noqa: ANN401, ARG002
        **kwargs: Any,  # noqa: ANN401, ARG002
    ) -> str | None:
        return None if value is None else format_plain(value)


class Day(fields.Date):
    """A calendar day `2026-11-23` between 1900 and 2100."""

    default_error_messages = messages(invalid=Code("field.day"))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.date:  # noqa: ANN401
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise self.make_error("invalid")
        day: dt.date = super()._deserialize(value, attr, data, **kwargs)
        if not dt.date(1900, 1, 1) <= day <= dt.date(2100, 12, 31):
            raise ValidationError(Code("field.day_out_of_range"))
        return day


class Whole(fields.Integer):
    """A whole number between two limits; `3.0`, `"3"` and `true` are refused."""

    default_error_messages = messages(
        invalid=Code("field.whole_number"), too_large=Code("field.whole_number")
    )

    def __init__(self, minimum: int, maximum: int, **kwargs: Any) -> None:  # noqa: ANN401
        limits = validate.Range(
            minimum,
            maximum,
            error=Code("field.number_out_of_range", minimum=minimum, maximum=maximum),
        )
        super().__init__(strict=True, validate=limits, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return int(super()._deserialize(value, attr, data, **kwargs) or 0)


class Flag(fields.Boolean):
    """`true` or `false`, nothing that looks like it; `null` where unknown is allowed."""

    default_error_messages = messages(invalid=Code("field.flag"))
    truthy = {True}  # noqa: RUF012
    falsy = {False}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ANN401
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return bool(super()._deserialize(value, attr, data, **kwargs))


class Group(fields.Nested):
    """A group of fields."""

    default_error_messages = messages()


class Many(fields.List[Any]):
    """A list of a limited length."""

    default_error_messages = messages(invalid=Code("field.not_a_list"))

    def __init__(self, inner: Any, minimum: int, maximum: int, **kwargs: Any) -> None:  # noqa: ANN401
        error = Code("field.list_length", minimum=minimum, maximum=maximum)
        limits = validate.Length(minimum, maximum, error=error)
        super().__init__(inner, validate=limits, **kwargs)


class Choice(fields.String):
    """One of the values of an enum or a list."""

    default_error_messages = messages(invalid=Code("field.text"))

    def __init__(self, kind: type[StrEnum] | tuple[str, ...], **kwargs: Any) -> None:  # noqa: ANN401
        values = tuple(str(value) for value in kind)
        error = Code("field.choice", choices=", ".join(values))
        super().__init__(validate=validate.OneOf(values, error=error), **kwargs)
