"""From what was typed in a form to the JSON document that its schema checks.

What is left empty is left out, so that the schema says whether it is missed; what cannot be read
goes on as it was typed, so that the schema says what is wrong with it.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from api.pages.programmes.inputs import Group, Input, Node, Rows, Shape
from energiehuis import clock
from energiehuis.money import format_plain, parse_belgian_cents

DAY_PARTS = ("day", "month", "year")
_NOTHING = object()
_MOST_DIGITS = 10
_TRUTHS: dict[str, object] = {"yes": True, "no": False, "unknown": None}
_TIME = re.compile(r"([01]?\d|2[0-3])[:.uh]([0-5]\d)")


class Answers:
    """What was typed, by the name of the input; a list has several values."""

    def __init__(self, single: dict[str, str], many: dict[str, list[str]] | None = None) -> None:
        self.single = single
        self.many = many or {}

    @classmethod
    def of_form(cls, form: Any) -> "Answers":  # noqa: ANN401  a MultiDict
        """Take what a browser sent; it ends its lines with two signs."""
        lists = {
            name: [value.replace("\r\n", "\n") for value in form.getlist(name)] for name in form
        }
        return cls({name: values[0] for name, values in lists.items()}, lists)

    def get(self, name: str) -> str:
        """Give one value without the white space around it."""
        return self.single.get(name, "").strip()

    def list(self, name: str) -> list[str]:
        """Give all values."""
        return self.many.get(name, [])


def version_of(answers: Answers) -> int:
    """Give the version that a page put in its form; 0, which nothing has, where it is not there."""
    written = answers.get("version")
    return int(written) if written.isdecimal() and len(written) < _MOST_DIGITS else 0


def document_of(nodes: Sequence[Node], answers: Answers) -> dict[str, Any]:
    """Give the document of a form; a dotted path is a field of a field."""
    document: dict[str, Any] = {}
    for node in nodes:
        value = _value(node, answers)
        if value is not _NOTHING:
            document[node.path.rsplit(".", 1)[-1]] = value
    return document


def _value(node: Node, answers: Answers) -> object:
    if isinstance(node, Input):
        return _typed(node, answers)
    if isinstance(node, Rows):
        return _rows(node, answers)
    inside = document_of(node.parts, answers)
    if not inside and (node.is_identity or not node.is_required):
        return _NOTHING
    return inside


def _rows(node: Rows, answers: Answers) -> object:
    filled = [document_of(row.parts, answers) for row in node.rows]
    if not any(filled):
        # One empty line, so that what it needs is named field by field.
        return [{}] if node.is_required and not node.rows[0].is_identity else _NOTHING
    # A line in between keeps its place, so that errors stand at what was typed.
    last = max(number for number, row in enumerate(filled) if row)
    return filled[: last + 1]


def _typed(node: Input, answers: Answers) -> object:  # noqa: PLR0911  one a shape
    if node.shape is Shape.CHECKS:
        chosen = [value for value in answers.list(node.path) if value]
        # Written by hand, where the list was too long to choose from.
        values = [part for value in chosen for part in value.split()] if node.source else chosen
        return values or _NOTHING
    if node.shape is Shape.DAY:
        return _day(node.path, answers)
    if node.shape is Shape.MOMENT:
        return _moment(node.path, answers)
    text = answers.get(node.path)
    if not text:
        return _NOTHING
    if node.shape is Shape.LINES:
        return [line.strip() for line in text.split("\n") if line.strip()]
    return _scalar(node.shape, text)


def _scalar(shape: Shape, text: str) -> object:  # noqa: PLR0911  one a shape
    if shape is Shape.FLAG:
        return _TRUTHS.get(text, text)
    if shape is Shape.WHOLE:
        bare = text.replace(" ", "")
        return int(bare) if re.fullmatch(r"-?\d{1,9}", bare) else text
    if shape is Shape.NUMBER:
        return text.replace(".", "").replace(" ", "").replace(",", ".") if "," in text else text
    if shape is Shape.MONEY:
        try:
            return format_plain(parse_belgian_cents(text))
        except ValueError:
            return text
    return text


def _day(path: str, answers: Answers) -> object:
    day, month, year = (answers.get(f"{path}.{part}") for part in DAY_PARTS)
    if not (day or month or year):
        return _NOTHING
    return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"


def _moment(path: str, answers: Answers) -> object:
    day, time = _day(path, answers), answers.get(f"{path}.time")
    if day is _NOTHING and not time:
        return _NOTHING
    found = _TIME.fullmatch(time)
    if found is None:
        return f"{day} {time}"
    try:
        on = dt.date.fromisoformat(str(day))
    except ValueError:
        return f"{day} {time}"
    at = dt.time(int(found[1]), int(found[2]), tzinfo=clock.BRUSSELS)
    return dt.datetime.combine(on, at).isoformat()


def group_is_touched(node: Group, answers: Answers) -> bool:
    """Say whether anything was typed in a group."""
    return bool(document_of(node.parts, answers))
