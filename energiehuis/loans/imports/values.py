"""How one cell is read: Belgian numbers and days, words, works. What cannot be is refused.

Nothing is rounded and nothing is guessed. Limits are wide: they catch slips of the pen, the law of
a day is for those who decided then.
"""

import re
from dataclasses import dataclass
from datetime import date

from energiehuis.loans.imports.words import find_nis_code, load_words
from energiehuis.money import format_plain, parse_belgian_cents

LOWEST_CENTS = 1_00
HIGHEST_CENTS = 1_000_000_00
HIGHEST_RATE_BASIS_POINTS = 2_000
# Below a tenth of a percent somebody wrote 0,01 and meant 1 %.
LOWEST_RATE_BASIS_POINTS = 10
LONGEST_TERM_MONTHS = 480
FIRST_DAY = date(2000, 1, 1)
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?")
_WHOLE = re.compile(r"\d{1,6}(?:[.,]0{1,2})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class CellError(Exception):
    """A cell that cannot be read, with a code of the catalogue and what its sentence needs."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class ImportedWork:
    """A work that a loan paid for; the cost is None when the list does not say it."""

    work: str
    cost_cents: int | None

    def as_row(self) -> dict[str, object]:
        """Give the work as the JSON column keeps it."""
        return {"work": self.work, "cost_cents": self.cost_cents, "by_contractor": None}


def read_number(text: str) -> str:
    """Read the number of a loan: letters, digits and . / _ - as the house gave it."""
    if not _NUMBER.fullmatch(text):
        raise CellError("import.number_form")
    return text


def read_municipality(text: str) -> str:
    """Read a municipality by name, NIS code or postcode."""
    found = find_nis_code(text)
    if found is None:
        raise CellError("import.municipality_unknown")
    return found


def read_amount(text: str) -> int:
    """Read an amount in euros into cents: `15.000,50`, `15 000,50`, `15000.50`."""
    # Excel puts a hard space between thousands.
    plain = re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", text)
    try:
        cents = parse_belgian_cents(plain)
    except ValueError as error:
        raise CellError("import.amount") from error
    if not LOWEST_CENTS <= cents <= HIGHEST_CENTS:
        raise CellError(
            "field.amount_out_of_range",
            minimum=format_plain(LOWEST_CENTS),
            maximum=format_plain(HIGHEST_CENTS),
        )
    return cents


def read_rate(text: str) -> int:
    """Read a rate in percent a year into hundredths of a percent: `1`, `2,25`, `0 %`."""
    found = _PERCENT.fullmatch(text.removesuffix("%").rstrip())
    if found is None:
        raise CellError("import.rate")
    decimals = (found[2] or "").rstrip("0")
    if len(decimals) > 2:
        raise CellError("import.rate_decimals")
    basis_points = int(found[1]) * 100 + int(decimals.ljust(2, "0"))
    if basis_points > HIGHEST_RATE_BASIS_POINTS:
        raise CellError("import.rate_range", maximum=HIGHEST_RATE_BASIS_POINTS // 100)
    if 0 < basis_points < LOWEST_RATE_BASIS_POINTS:
        raise CellError("import.rate_is_share")
    return basis_points


def read_term(text: str) -> int:
    """Read a term in months."""
    return _whole(text, 1, LONGEST_TERM_MONTHS)


def read_build_year(text: str) -> int:
    """Read the year in which a dwelling was built."""
    return _whole(text, 1500, 2100)


def read_area(text: str) -> int:
    """Read a floor area in whole square metres."""
    return _whole(re.sub(r"\s*m[²2]$", "", text), 10, 5000)


def read_day(text: str) -> date:
    """Read a day, day first or year first: `31/12/2018`, `31-12-2018`, `2018-12-31`."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise CellError("import.day")
    try:
        read = date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellError("import.day") from error
    if read < FIRST_DAY:
        raise CellError("import.day_too_early", day=FIRST_DAY.isoformat())
    return read


def read_choice(field: str, text: str) -> str:
    """Read a word of a closed list into its code."""
    words = load_words()
    code = words.code(field, text)
    if code is None:
        raise CellError("field.choice", choices=words.main_words(field))
    return code


def read_works(text: str) -> tuple[ImportedWork, ...]:
    """Read works with `+` between them, each with its cost after `:` when that is known."""
    works = tuple(_read_work(part) for part in text.split("+"))
    if len({work.work for work in works}) < len(works):
        raise CellError("import.work_twice")
    return works


def _read_work(part: str) -> ImportedWork:
    name, colon, cost = part.partition(":")
    code = load_words().code("works", name)
    if code is None:
        choices = load_words().main_words("works")
        raise CellError("import.work_unknown", work=name.strip()[:40], choices=choices)
    return ImportedWork(code, read_amount(cost.strip()) if colon else None)


def _whole(text: str, minimum: int, maximum: int) -> int:
    if not _WHOLE.fullmatch(text):
        raise CellError("field.whole_number")
    number = int(re.split("[.,]", text)[0])
    if not minimum <= number <= maximum:
        raise CellError("field.number_out_of_range", minimum=minimum, maximum=maximum)
    return number
