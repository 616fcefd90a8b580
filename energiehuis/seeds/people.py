"""Invented applicants and addresses; nobody of them lives anywhere."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np

from energiehuis.loans.commands import Applicant
from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.seeds.tables import distribution, read_table
from energiehuis.seeds.volume import Intake

_AGES_DAYS = (25 * 365, 78 * 365)
_NUMBERS_A_STREET = 240


@dataclass(frozen=True, slots=True)
class Address:
    """A street that does not exist in a municipality that does."""

    street: str
    house_number: str
    postcode: str
    nis_code: str


@dataclass(frozen=True, slots=True)
class People:
    """Language, applicant, partner and address of each application."""

    languages: tuple[str, ...]
    applicants: tuple[Applicant, ...]
    partners: tuple[Applicant, ...]
    addresses: tuple[Address, ...]


def draw_people(intake: Intake, rng: np.random.Generator, *, first_number: int = 1) -> People:
    """Draw applicants with addresses of which no two are the same.

    Parameters
    ----------
    intake : Intake
        Days and municipalities. [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    first_number : int
        Lowest house number, so that two portfolios need not share a dwelling. [-]
    """
    nis_codes = intake.nis_codes.tolist()
    french = distribution("french_share")
    shares = np.array([french.get(nis_code, french["other"]) for nis_code in nis_codes])
    languages = np.where(rng.random(len(shares)) < shares, "fr", "nl").tolist()
    days = intake.days.tolist()
    return People(
        languages=tuple(languages),
        applicants=tuple(_applicants(languages, days, rng)),
        partners=tuple(_applicants(languages, days, rng)),
        addresses=tuple(_addresses(nis_codes, rng, first_number)),
    )


def _applicants(
    languages: Sequence[str], days: Sequence[date], rng: np.random.Generator
) -> Iterator[Applicant]:
    words = read_table("words")
    given, family = words["given_names"], words["family_names"]
    dice = rng.random((len(days), 2)).tolist()
    ages = rng.integers(*_AGES_DAYS, size=len(days)).tolist()
    for row, (language, day, age) in enumerate(zip(languages, days, ages, strict=True)):
        first = _pick(given[language], dice[row][0])
        last = _pick(family[language], dice[row][1])
        yield Applicant(
            given_name=first,
            family_name=last,
            email=f"{_ascii(first)}.{_ascii(last)}@example.org",
            phone=f"056 00 00 {row % 100:02d}",
            birth_date=day - timedelta(days=age),
        )


def _addresses(
    nis_codes: Sequence[str], rng: np.random.Generator, first_number: int
) -> Iterator[Address]:
    free = {
        nis_code: _free_addresses(nis_code, nis_codes.count(nis_code), rng, first_number)
        for nis_code in sorted(set(nis_codes))
    }
    for nis_code in nis_codes:
        yield next(free[nis_code])


def _free_addresses(
    nis_code: str, needed: int, rng: np.random.Generator, first_number: int
) -> Iterator[Address]:
    """Give addresses of a municipality in a random order, street by street when many are needed."""
    streets = read_table("words")["streets"]["nl"]
    places = list(product(get_municipality(nis_code).postcodes, streets))
    longest = max(_NUMBERS_A_STREET, -(-needed // len(places)) + 1)
    order = rng.permutation(len(places) * longest)[:needed].tolist()
    for place, number in (divmod(index, longest) for index in order):
        postcode, street = places[place]
        yield Address(street, str(first_number + number), postcode, nis_code)


def _pick(words: Sequence[str], die: float) -> str:
    return words[int(die * len(words))]


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "")
