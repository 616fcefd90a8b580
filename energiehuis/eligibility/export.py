"""A trace as JSON: amounts as text such as `15000.00`, days as ISO, truths as words."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from energiehuis.eligibility.lines import FactLine, Trace
from energiehuis.eligibility.truth import Truth
from energiehuis.money import format_plain

_TRUTHS = {Truth.YES: "holds", Truth.NO: "does_not_hold", Truth.UNKNOWN: "cannot_be_told"}
_CENTS = "_cents"


def trace_as_dict(trace: Trace) -> dict[str, object]:
    """Give the trace as plain values.

    What is in cents becomes text in euros and loses its `_cents`, also in names of facts.
    """
    document = _mapping(trace)
    document["missing"] = [name.removesuffix(_CENTS) for name in trace.missing]
    question = trace.next_question
    document["next_question"] = None if question is None else question.removesuffix(_CENTS)
    return document


def _mapping(value: object) -> dict[str, object]:
    parts = fields(value) if is_dataclass(value) else ()
    return dict(_pair(part.name, getattr(value, part.name)) for part in parts)


def _pair(name: str, value: object) -> tuple[str, object]:
    if name.endswith(_CENTS):
        text = format_plain(value) if isinstance(value, int) else None
        return name.removesuffix(_CENTS), text
    return name, _plain(value)


def _plain(value: object) -> object:
    for kind, convert in _CONVERT.items():
        if isinstance(value, kind):
            return convert(value)
    return _mapping(value) if is_dataclass(value) else value


def _fact(line: FactLine) -> dict[str, object]:
    name, value = _pair(line.name, line.value)
    return {"name": name, "value": value}


def _list(items: tuple[object, ...]) -> list[object]:
    return [_plain(item) for item in items]


_CONVERT: Mapping[type, Callable[..., object]] = {
    Truth: _TRUTHS.__getitem__,
    date: date.isoformat,
    Decimal: str,
    FactLine: _fact,
    tuple: _list,
}
