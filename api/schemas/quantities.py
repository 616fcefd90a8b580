"""Numbers with a unit and decimals: kilogrammes, hours, kWh."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import ValidationError, fields

from api.schemas.fields import Code, messages
from energiehuis.cases.specs import Quantity

_MOST_SIGNS = 20


class Number(fields.Field[Decimal]):
    """A JSON number such as `12.5`, exact inside; more decimals than allowed are refused."""

    default_error_messages = messages(invalid=Code("field.number"))

    def __init__(self, spec: Quantity, **kwargs: Any) -> None:  # noqa: ANN401
        self.spec = spec
        limits = {
            "minimum": json.loads(spec.minimum),
            "maximum": json.loads(spec.maximum),
            "description": f"[{spec.unit}]",
        }
        super().__init__(metadata={**limits, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:  # noqa: ANN401, ARG002
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise self.make_error("invalid")
        # What JSON wrote as 12.1 is meant as 12.1, not as the float nearest to it.
        written = str(value)
        try:
            number = Decimal(written) if len(written) <= _MOST_SIGNS else None
        except InvalidOperation as error:
            raise self.make_error("invalid") from error
        if number is None or not number.is_finite():
            raise self.make_error("invalid")
        self._check(number)
        return number

    def _check(self, number: Decimal) -> None:
        spec = self.spec
        if not Decimal(spec.minimum) <= number <= Decimal(spec.maximum):
            limits = {"minimum": spec.minimum, "maximum": spec.maximum}
            raise ValidationError(Code("field.number_out_of_range", **limits))
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > spec.decimals:
            raise ValidationError(Code("field.too_many_decimals", decimals=spec.decimals))

    def _serialize(
        self,
        value: Decimal | None,
        attr: str | None,  # noqa: ARG002
        obj: Any,  # noqa: ANN401, ARG002
        **kwargs: Any,  # noqa: ANN401, ARG002
    ) -> float | None:
        return None if value is None else float(value)
