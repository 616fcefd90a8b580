"""A fuller contract by a plain loop over its months, in Decimal arithmetic of fifty digits."""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from savings_model.contracts import MoveKind, Repayment
from tests.savings_model.loans.exact_reference import Month, exact_month_rate


@dataclass
class PlainContract:
    principal: int
    rate: str
    term: int
    rounding: str = "down"
    convention: str = "actuarial"
    repayment: int = 0
    grace: int = 0
    interest_only: int = 0
    first_period: float = 1.0
    moves: dict[int, tuple[int, int]] = field(default_factory=dict)


def half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal("1e-30")).quantize(Decimal(1), ROUND_HALF_UP))


def rounded(amount: Decimal, rounding: str) -> int:
    rule = ROUND_DOWN if rounding == "down" else ROUND_HALF_UP
    return int(amount.quantize(Decimal("1e-30")).quantize(Decimal(1), rule))


def first_rate(contract: PlainContract) -> Decimal:
    period = Decimal(contract.first_period)
    if contract.convention == "nominal":
        return Decimal(contract.rate) * period / 12
    return (1 + Decimal(contract.rate)) ** (period / 12) - 1


def due(contract: PlainContract, month: int, balance: int, rate: Decimal) -> int:
    """The instalment that is set before a month, or the principal in it."""
    if month < contract.grace:
        return 0
    if month < contract.grace + contract.interest_only:
        return half_up(balance * rate)
    left = contract.term - month
    if contract.repayment == Repayment.EQUAL_PRINCIPAL:
        return rounded(Decimal(balance) / left, contract.rounding)
    monthly = exact_month_rate(contract.rate, contract.convention)
    if monthly == 0:
        return rounded(Decimal(balance) / left, contract.rounding)
    factor = monthly / (1 - (1 + monthly) ** -left) * (1 + rate) / (1 + monthly)
    return rounded(balance * factor, contract.rounding)


def moved(balance: int, move: tuple[int, int]) -> int:
    kind, amount = move
    if kind == MoveKind.DRAW:
        return balance + amount
    return 0 if kind == MoveKind.WRITE_OFF else max(balance - amount, 0)


def exact_contract(contract: PlainContract) -> list[Month]:
    """List the months; the balance is that of the end of the day, after any move."""
    start = contract.grace + contract.interest_only
    balance, instalment, months = contract.principal, 0, []
    with localcontext() as context:
        context.prec = 50
        monthly = exact_month_rate(contract.rate, contract.convention)
        for month in range(contract.term):
            rate = first_rate(contract) if month == 0 else monthly
            if month in contract.moves:
                balance = moved(balance, contract.moves[month])
                if months:
                    months[-1] = months[-1]._replace(balance=balance)
            if month in {0, contract.grace, start, *contract.moves} or 1 == month < start:
                instalment = due(contract, month, balance, rate)
            interest = half_up(balance * rate)
            paid = principal_paid(contract, month, instalment, interest=interest)
            paid = balance if month == contract.term - 1 else min(paid, balance)
            balance -= paid
            months.append(Month(interest + paid, interest, paid, balance))
    return months


def principal_paid(contract: PlainContract, month: int, instalment: int, *, interest: int) -> int:
    repays = month >= contract.grace + contract.interest_only
    if repays and contract.repayment == Repayment.EQUAL_PRINCIPAL:
        return instalment
    return instalment - interest
