"""Whole cents inside, text at the edges; the one module that converts and rounds money."""

import re
from decimal import Decimal, InvalidOperation

from babel.numbers import format_currency, format_decimal

_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
# A thousands sign is a point or a space; people paste hard and narrow ones.
_THOUSANDS = "[. \u00a0\u202f]"
_BELGIAN = re.compile(
    rf"-?(?:[0-9]{{1,3}}(?:{_THOUSANDS}[0-9]{{3}})+|[0-9]{{1,12}})(?:,[0-9]{{1,2}})?"
)
_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_BE"}


def parse_cents(text: str) -> int:
    """Read euros such as `1250.00` (a point, at most two decimals) into cents.

    Raises
    ------
    ValueError
        For anything else; nothing is rounded.
    """
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not an amount in euros: {text!r}")
    return int(Decimal(text).scaleb(2))


def parse_belgian_cents(text: str) -> int:
    """Read euros as people write them here: `15.000,50`, `15 000,50`, `€ 15000` or `1250.00`.

    Raises
    ------
    ValueError
        When it is no amount, or when it has more than two decimals.
    """
    bare = text.replace("€", "").replace("EUR", "").strip()
    if _BELGIAN.fullmatch(bare):
        bare = re.sub(_THOUSANDS, "", bare).replace(",", ".")
    return parse_cents(bare)


def format_plain(amount_cents: int) -> str:
    """Write cents as `1250.00`, the form of the JSON interface."""
    sign = "-" if amount_cents < 0 else ""
    euros, cents = divmod(abs(amount_cents), 100)
    return f"{sign}{euros}.{cents:02d}"


def format_euro(amount_cents: int, language: str) -> str:
    """Write cents for people: `€ 15.000,50` in Dutch."""
    value = Decimal(amount_cents).scaleb(-2)
    return str(format_currency(value, "EUR", locale=_LOCALES[language]))


def format_number(value: float, language: str, *, decimals: int = 0) -> str:
    """Write a number for people, with the separators of the language."""
    pattern = "#,##0" if decimals == 0 else "#,##0." + "0" * decimals
    return str(format_decimal(value, pattern, locale=_LOCALES[language]))


def rate_from_percent(text: str) -> Decimal:
    """Turn a percentage such as `1` or `2.25` into a share of one.

    Raises
    ------
    ValueError
        When it is no number.
    """
    try:
        return Decimal(text.replace(",", ".")) / 100
    except InvalidOperation as error:
        raise ValueError(f"not a percentage: {text!r}") from error
