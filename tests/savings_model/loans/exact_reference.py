"""A schedule by plain Decimal arithmetic of sixty digits: slow, independent, and exact.

The rate is taken as the decimal that is written, never as the nearest float.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

CENT = Decimal(1)


class Month(NamedTuple):
    instalment: int
    interest: int
    principal: int
    balance: int


def exact_month_rate(rate: str, convention: str) -> Decimal:
    yearly = Decimal(rate)
    if convention == "nominal":
        return yearly / 12
    return (1 + yearly) ** (Decimal(1) / 12) - 1


def exact_instalment(
    principal: int, rate: str, term: int, *, rounding: str, convention: str
) -> int:
    with localcontext() as context:
        context.prec = 60
        monthly = exact_month_rate(rate, convention)
        factor = monthly / (1 - (1 + monthly) ** -term) if monthly else 1 / Decimal(term)
        rule = ROUND_DOWN if rounding == "down" else ROUND_HALF_UP
        return int((principal * factor).quantize(Decimal("1e-40")).quantize(CENT, rule))


def exact_interest(balance: int, rate: str, convention: str) -> int:
    """Round half up; a nominal rate is a fraction, so that ties are ties."""
    if convention == "nominal":
        exact = balance * Fraction(rate) / 12
        return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return int((balance * exact_month_rate(rate, convention)).quantize(CENT, ROUND_HALF_UP))


def exact_schedule(
    principal: int, rate: str, term: int, *, rounding: str = "down", convention: str = "actuarial"
) -> list[Month]:
    due = exact_instalment(principal, rate, term, rounding=rounding, convention=convention)
    with localcontext() as context:
        context.prec = 60
        monthly = exact_month_rate(rate, convention)
        balance, months = principal, []
        floor = exact_interest(principal, rate, convention) > due
        for month in range(1, term + 1):
            interest = _interest(balance, rate, monthly, convention=convention)
            interest = due if floor else interest
            paid = balance if month == term else min(due - interest, balance)
            balance -= paid
            months.append(Month(interest + paid, interest, paid, balance))
    return months


def _interest(balance: int, rate: str, monthly: Decimal, *, convention: str) -> int:
    if convention == "nominal":
        return exact_interest(balance, rate, convention)
    return int((balance * monthly).quantize(CENT, ROUND_HALF_UP))
