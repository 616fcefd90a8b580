"""The words that a list of loans may use, read from `data/words.yaml`."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml

from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode
from energiehuis.reference_data.municipalities import list_municipalities

_Meaning = TypeVar("_Meaning")
_CODES: dict[str, set[str]] = {
    "is_priority": {"yes", "no"},
    "borrower_kind": set(BorrowerKind),
    "dwelling_type": set(DwellingType),
    "heating_carrier": set(HeatingCarrier),
    "works": set(WorkCode),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: the field that it fills and the headers under which it may stand."""

    field: str
    is_required: bool
    headers: tuple[str, ...]

    @property
    def name(self) -> str:
        """Give the header that the guide names."""
        return self.headers[0]


@dataclass(frozen=True, slots=True)
class Words:
    """All words: columns by header, and codes by word for each field with a closed list."""

    columns: tuple[Column, ...]
    by_header: dict[str, Column]
    choices: dict[str, dict[str, str]]

    def name_of(self, field: str) -> str:
        """Give the header of a field as the guide names it."""
        return next(column.name for column in self.columns if column.field == field)

    def code(self, field: str, text: str) -> str | None:
        """Give the code that a word stands for, or None."""
        return self.choices[field].get(simplified(text))

    def main_words(self, field: str) -> str:
        """List one word for each code, for a message."""
        first: dict[str, str] = {}
        for word, code in self.choices[field].items():
            first.setdefault(code, word)
        return ", ".join(first.values())


def simplified(text: str) -> str:
    """Give a word without the accidents of capitals, accents, spaces and dashes."""
    bare = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"[\s_()./-]+", "_", plain).strip("_")


@cache
def load_words() -> Words:
    """Read the words.

    Raises
    ------
    ValueError
        When a word stands there twice, or a code is none of the house.
    """
    path = files("energiehuis.loans.imports").joinpath("data", "words.yaml")
    table = yaml.safe_load(path.read_text("utf-8"))
    columns = tuple(
        Column(field, said["required"], tuple(said["headers"]))
        for field, said in table["columns"].items()
    )
    by_header = _unique((h, column) for column in columns for h in column.headers)
    choices = {}
    for field, codes in table["choices"].items():
        if set(codes) != _CODES[field]:
            raise ValueError(f"{field}: the words and the codes of the house differ")
        # A code of the house itself is understood as well.
        pairs = [(str(word), code) for code, words in codes.items() for word in [*words, code]]
        choices[field] = _unique(dict.fromkeys(pairs))
    return Words(columns, by_header, choices)


def find_nis_code(text: str) -> str | None:
    """Give the NIS code of a municipality by its name, its code or one of its postcodes."""
    return _places().get(simplified(text))


@cache
def _places() -> dict[str, str]:
    places: dict[str, str] = {}
    for municipality in list_municipalities():
        names = (municipality.name, municipality.nis_code, *municipality.postcodes)
        places |= {simplified(name): municipality.nis_code for name in names}
    return places


def _unique(pairs: Iterable[tuple[str, _Meaning]]) -> dict[str, _Meaning]:
    found: dict[str, _Meaning] = {}
    for word, meaning in pairs:
        if found.setdefault(simplified(word), meaning) != meaning:
            raise ValueError(f"{word!r} stands there twice")
    return found
