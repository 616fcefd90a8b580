"""What may be asked and approved, once the law of the day is known: limits of amount and term."""

from dataclasses import dataclass, replace

from energiehuis.errors import FieldError
from energiehuis.money import format_plain


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a product for one borrower; None where no source states one.

    `running_cents` is what still runs on the dwelling and counts within the maximum.
    """

    minimum_cents: int | None
    maximum_cents: int | None
    longest_term_months: int | None
    running_cents: int = 0

    @property
    def left_cents(self) -> int | None:
        """Highest amount that may still be lent; None where there is no highest."""
        if self.maximum_cents is None:
            return None
        return max(self.maximum_cents - self.running_cents, 0)

    def when_asked(self) -> "Limits":
        """Give the limits of an application that comes in.

        Where too little is left to lend at all, it is no fault of the form: who asks all the same
        has a right to a decision.
        """
        left, least = self.left_cents, self.minimum_cents or 1
        return replace(self, running_cents=0) if left is not None and left < least else self


def limit_errors(
    limits: Limits, amount_cents: int, *, term_months: int, works_cost_cents: int
) -> list[FieldError]:
    """List what is wrong with an amount and a term.

    Never more than the works cost: a loan pays an investment (sources S24 and S33 of the rule
    files).
    """
    errors = []
    if limits.maximum_cents is not None and amount_cents > limits.maximum_cents:
        errors.append(_amount("loan.amount_above_ceiling", maximum=limits.maximum_cents))
    elif limits.left_cents is not None and amount_cents > limits.left_cents:
        errors.append(_with_running(limits))
    if limits.minimum_cents is not None and amount_cents < limits.minimum_cents:
        errors.append(_amount("loan.amount_below_minimum", minimum=limits.minimum_cents))
    if amount_cents > works_cost_cents:
        errors.append(_amount("loan.amount_above_works_cost", cost=works_cost_cents))
    longest = limits.longest_term_months
    if longest is not None and term_months > longest:
        errors.append(FieldError("term_months", "loan.term_too_long", {"longest": longest}))
    return errors


def _with_running(limits: Limits) -> FieldError:
    return _amount(
        "loan.amount_with_running_above_ceiling",
        running=limits.running_cents,
        maximum=limits.maximum_cents or 0,
        left=limits.left_cents or 0,
    )


def _amount(code: str, **limit_cents: int) -> FieldError:
    return FieldError("amount", code, {k: format_plain(v) for k, v in limit_cents.items()})
