"""The words of forms and records: labels of fields, words of values, the names of programmes.

Words come from the keys that each programme writes; where one is missing, its own name is made
readable, and a test names the key that misses.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from babel.dates import format_date

from api.languages import requested_language
from api.pages.context import day as day_in_words
from api.pages.context import text
from energiehuis.cases.kinds import IntakeKind
from energiehuis.i18n import has_text
from energiehuis.money import format_euro, format_number
from energiehuis.reference_data.municipalities import get_municipality, list_municipalities

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NIS = frozenset(place.nis_code for place in list_municipalities())
_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_BE"}


def label_keys(kind: IntakeKind | None, name: str) -> Iterator[str]:
    """Give the keys under which the label of a field may stand, the programme's own first."""
    if kind is not None:
        yield f"intake.{kind.code}.{name}"
    yield f"programme_page.q.{name}"


def label(kind: IntakeKind | None, name: str) -> str:
    """Give the label of a field."""
    return _first(label_keys(kind, name), name.rsplit(".", 1)[-1])


def hint(kind: IntakeKind | None, name: str) -> str:
    """Give the hint of a field, or nothing."""
    return _first((f"{key}.hint" for key in label_keys(kind, name)), "")


def value_keys(programme: str, enum: str, value: str) -> Iterator[str]:
    """Give the keys under which the word of a value may stand, the programme's own first."""
    yield f"word.{programme}.{enum}.{value}"
    yield f"word.{enum}.{value}"


def value_word(programme: str, enum: str, value: str) -> str:
    """Give the word of a value of an enum."""
    if enum == "purpose":
        return _purpose(value)
    return _first(value_keys(programme, enum, value), value)


def programme_name(code: str) -> str:
    """Give the name of a programme."""
    return _first((f"programme.{code}",), code)


def kind_title(kind: IntakeKind) -> str:
    """Give the name of a kind of intake."""
    return _first((f"intake.{kind.code}.title",), kind.name)


def status_word(programme: str, status: str) -> str:
    """Give the word of a state of a case, that of the programme first."""
    return value_word(programme, "case_status", status)


def place_name(nis_code: str) -> str:
    """Name a municipality; one that we do not serve by its code."""
    return get_municipality(nis_code).name if nis_code in _NIS else nis_code


def shown(  # noqa: C901, PLR0911  one return a kind of value
    value: object, *, name: str = "", programme: str = "", enum: str = ""
) -> str:
    """Write a plain value of a record for people."""
    language = requested_language()
    if value is None:
        return text("programme_page.unknown")
    if isinstance(value, bool):
        return text("apply.flag.yes" if value else "apply.flag.no")
    if isinstance(value, list | tuple):
        parts = (shown(one, name=name, programme=programme, enum=enum) for one in value)
        return ", ".join(parts) or text("programme_page.nothing")
    if isinstance(value, Mapping):
        return _pairs(value, programme)
    if isinstance(value, int):
        if "year" in name:
            return str(value)
        is_money = name.endswith("_cents")
        return format_euro(value, language) if is_money else format_number(value, language)
    written = str(value)
    if enum:
        return value_word(programme, enum, written)
    if _DAY.fullmatch(written):
        return day_in_words(written, language)
    return place_name(written) if _is_place(name, written) else written


def short_day(value: str) -> str:
    """Write a day short, for a list."""
    language = requested_language()
    return str(format_date(date.fromisoformat(value), "d MMM y", locale=_LOCALES[language]))


def is_id(value: object) -> bool:
    """Say whether a value is the number of a row, which tells people nothing."""
    if isinstance(value, UUID):
        return True
    return isinstance(value, str) and bool(
        re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-.{12}", value)
    )


def readable(name: str) -> str:
    """Make the name of a field readable: `max_rent_cents` becomes `Max rent`."""
    return name.removesuffix("_cents").replace("_", " ").replace("-", " ").capitalize()


def _pairs(value: Mapping[Any, Any], programme: str) -> str:
    return "; ".join(
        f"{readable(str(name))}: {shown(one, name=str(name), programme=programme)}"
        for name, one in value.items()
    )


def _purpose(value: str) -> str:
    verb, _, programme = value.partition(":")
    if programme:
        return text(f"word.purpose.{verb}", programme=programme_name(programme))
    return _first((f"word.purpose.{verb}",), verb)


def _is_place(name: str, value: str) -> bool:
    return value in _NIS and name.removesuffix("_code").endswith(("nis", "municipalities", "in"))


def _first(keys: Any, name: str) -> str:  # noqa: ANN401  an iterable of keys
    return next((text(key) for key in keys if has_text(key)), readable(name) if name else "")
