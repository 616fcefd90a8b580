"""Amounts and rates as people type them in an option: refused with the option and the limit."""

from decimal import Decimal, InvalidOperation

import click

from energiehuis.money import format_plain, parse_belgian_cents
from savings_model.loan_terms import HIGHEST_PRINCIPAL_CENTS
from savings_model.month_rates import HIGHEST_RATE_PER_YEAR

_HIGHEST_PERCENT = int(HIGHEST_RATE_PER_YEAR * 100)


def cents_above_zero(_: click.Context, __: click.Parameter, text: str) -> int:
    """Read an amount such as `15000`, `15.000,00` or `15000.50` into cents.

    Raises
    ------
    click.BadParameter
        For anything else, for nothing, and for more than the model takes.
    """
    try:
        cents = parse_belgian_cents(text)
    except ValueError:
        cents = 0
    if not 1 <= cents <= HIGHEST_PRINCIPAL_CENTS:
        highest = format_plain(HIGHEST_PRINCIPAL_CENTS)
        limit = f"must be an amount from 0.01 to {highest} euro, two decimals at most"
        raise click.BadParameter(f"{limit}, is {text!r}")
    return cents


def basis_points(_: click.Context, __: click.Parameter, text: str) -> int:
    """Read a rate a year such as `0`, `1`, `1,25` or `1.25 %` into hundredths of a percent.

    Raises
    ------
    click.BadParameter
        For anything else, and for a rate that is negative, above 100 or too fine.
    """
    try:
        percent = Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        percent = Decimal("NaN")
    hundredths = percent * 100
    allowed = percent.is_finite() and 0 <= percent <= _HIGHEST_PERCENT
    if not allowed or hundredths != int(hundredths):
        limit = f"must be a percentage from 0 to {_HIGHEST_PERCENT}, two decimals at most"
        raise click.BadParameter(f"{limit}, is {text!r}")
    return int(hundredths)
