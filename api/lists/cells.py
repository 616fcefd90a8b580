"""From a cell to what JSON would say, by the field that it fills.

What cannot be meant in one way only is passed on as it stands, and the field refuses it.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from marshmallow import fields as ma

from api.lists.table import Cell
from api.schemas.fields import Day, Flag, Money, Whole
from api.schemas.intakes import Moment
from api.schemas.quantities import Number
from energiehuis.clock import BRUSSELS

_BELGIAN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: (\d{1,2}):(\d{2}))?")
_NO_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?")
_FLAGS = {
    **dict.fromkeys(("ja", "oui", "yes", "true", "waar", "vrai", "1"), True),
    **dict.fromkeys(("nee", "neen", "non", "no", "false", "onwaar", "faux", "0"), False),
}


def json_value(cell: Cell, field: ma.Field[object]) -> object:
    """Give the value of a cell as the field takes it from JSON."""
    for kind, read in _READERS:
        if isinstance(field, kind):
            return read(cell)
    return _text(cell)


def _text(cell: Cell) -> object:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return _day(cell)
    return cell.strip() if isinstance(cell, str) else str(cell)


def _whole(cell: Cell) -> object:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and re.fullmatch(r"-?\d{1,18}", cell.strip()):
        return int(cell)
    return cell


def _number(cell: Cell) -> object:
    """Read a decimal comma; a point and a comma together say two things, and are refused."""
    if isinstance(cell, str):
        said = cell.strip().removesuffix("€").removeprefix("€").strip()
        return said.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", said) else said
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return str(cell)
    return f"{Decimal(str(cell)).normalize():f}"


def _flag(cell: Cell) -> object:
    return _FLAGS.get(str(cell).strip().lower(), cell)


def _day(cell: Cell) -> object:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    found = _BELGIAN_DAY.fullmatch(str(cell).strip())
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else str(cell).strip()


def _moment(cell: Cell) -> object:
    """Read an instant; without a zone it is one in Brussels, a day alone its noon."""
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        cell = cell.isoformat()
    said = cell.isoformat(" ") if isinstance(cell, dt.datetime) else str(cell).strip()
    if found := _BELGIAN_DAY.fullmatch(said):
        clock = f" {int(found[4]):02d}:{found[5]}" if found[4] else ""
        said = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}{clock}"
    if not _NO_ZONE.fullmatch(said):
        return said
    try:
        moment = dt.datetime.fromisoformat(said if len(said) > 10 else f"{said} 12:00")
    except ValueError:
        return said
    return moment.replace(tzinfo=BRUSSELS).isoformat()


_READERS: tuple[tuple[type[ma.Field[Any]], Callable[[Cell], object]], ...] = (
    (Whole, _whole),
    (Number, _number),
    (Money, _number),
    (Flag, _flag),
    (Day, _day),
    (Moment, _moment),
)
