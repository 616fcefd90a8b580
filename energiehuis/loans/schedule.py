"""The repayment schedule of one loan, as the file and the contract show it.

One loan is an array of length one: the numbers come from the same core that simulates the region.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from energiehuis.identifiers import digest
from savings_model.apr import annual_percentage_rate
from savings_model.repayment import Schedule, repayment_schedule
from savings_model.rounding import Rounding

# The rule files say `half_up` where the core says `nearest`: one rule, two words.
ROUNDINGS = {"down": Rounding.DOWN, "half_up": Rounding.NEAREST, "nearest": Rounding.NEAREST}


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line of the schedule; `due_on` is None while nobody knows when the loan starts."""

    number: int
    due_on: date | None
    instalment_cents: int
    interest_cents: int
    principal_cents: int
    balance_cents: int


@dataclass(frozen=True, slots=True)
class RepaymentPlan:
    """A loan's schedule with its totals and its annual percentage rate (JKP)."""

    principal_cents: int
    rate_basis_points: int
    term_months: int
    rounding: str
    instalment_cents: int
    last_instalment_cents: int
    total_cents: int
    total_interest_cents: int
    annual_percentage_rate: float
    rows: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """What fixes a schedule: amount in cents, rate in basis points, months, rounding rule."""

    principal_cents: int
    rate_basis_points: int
    term_months: int
    rounding: str


@dataclass(frozen=True, slots=True)
class ScheduleSummary:
    """A schedule as a seal keeps it: terms, totals and the digest of all its rows.

    A row is instalment, interest and balance after it, in whole cents.
    """

    principal_cents: int
    rate_basis_points: int
    term_months: int
    rounding: str
    instalment_cents: int
    last_instalment_cents: int
    total_cents: int
    rows_digest: str


def summarise_schedules(loans: Sequence[LoanTerms]) -> list[ScheduleSummary]:
    """Compute the schedules of many loans at once, one array call for each rounding rule.

    Parameters
    ----------
    loans : sequence of LoanTerms
        Amounts, rates and terms; one loan is a sequence of length one. [-]

    Returns
    -------
    list of ScheduleSummary
        One for each loan, in the order asked. [-]

    Raises
    ------
    savings_model.validation.ModelInputError
        For an amount, rate or term outside the limits of the model.
    """
    order = sorted(range(len(loans)), key=lambda place: loans[place].rounding)
    found: dict[int, ScheduleSummary] = {}
    for _, places in groupby(order, key=lambda place: loans[place].rounding):
        group = list(places)
        found.update(zip(group, _summaries([loans[place] for place in group]), strict=True))
    return [found[place] for place in range(len(loans))]


def plan_repayment(
    principal_cents: int,
    rate_basis_points: int,
    *,
    term_months: int,
    rounding: str = "down",
    first_due_on: date | None = None,
) -> RepaymentPlan:
    """Make the schedule of one loan.

    Parameters
    ----------
    principal_cents : int
        Amount lent. [cents]
    rate_basis_points : int
        Rate a year in hundredths of a percent. [basis points]
    term_months : int
        Number of instalments. [months]
    rounding : str
        Rounding rule of the product: `down` or `half_up`. [-]
    first_due_on : date, optional
        Day of the first instalment; the others fall on the same day of later months. [-]

    Returns
    -------
    RepaymentPlan
        Rows and totals in whole cents. [-]

    Raises
    ------
    savings_model.validation.ModelInputError
        For an amount, rate or term outside the limits of the model.
    """
    schedule = repayment_schedule(
        np.array([principal_cents]),
        np.array([rate_basis_points / 10_000]),
        np.array([term_months]),
        rounding=ROUNDINGS[rounding],
    )
    return RepaymentPlan(
        principal_cents=principal_cents,
        rate_basis_points=rate_basis_points,
        term_months=term_months,
        rounding=rounding,
        instalment_cents=int(schedule.first_instalment_cents[0]),
        last_instalment_cents=int(schedule.last_instalment_cents[0]),
        total_cents=int(schedule.total_cents[0]),
        total_interest_cents=int(schedule.total_interest_cents[0]),
        annual_percentage_rate=float(annual_percentage_rate(schedule)[0]),
        rows=tuple(_rows(schedule, first_due_on)),
    )


def add_months(day: date, months: int) -> date:
    """Give the same day of a later month, or its last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = 31 if month == 11 else (date(year, month + 2, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, length))


def first_due_day(granted_on: date) -> date:
    """Give the day of the first instalment: the first of the month after next.

    A loan granted on 10 March is first due on 1 May, so a whole month passes at least.
    """
    return add_months(granted_on.replace(day=1), 2)


def _summaries(loans: Sequence[LoanTerms]) -> Iterator[ScheduleSummary]:
    schedule = repayment_schedule(
        np.array([loan.principal_cents for loan in loans]),
        np.array([loan.rate_basis_points / 10_000 for loan in loans]),
        np.array([loan.term_months for loan in loans]),
        rounding=ROUNDINGS[loans[0].rounding],
    )
    parts = (schedule.instalment_cents, schedule.interest_cents, schedule.balance_cents)
    cells = np.stack(parts, axis=-1)
    for place, loan in enumerate(loans):
        rows = cells[: loan.term_months, place].tolist()
        yield ScheduleSummary(
            loan.principal_cents,
            loan.rate_basis_points,
            loan.term_months,
            loan.rounding,
            instalment_cents=rows[0][0],
            last_instalment_cents=rows[-1][0],
            total_cents=sum(row[0] for row in rows),
            rows_digest=digest(rows),
        )


def _rows(schedule: Schedule, first_due_on: date | None) -> Iterator[Instalment]:
    columns = (
        schedule.instalment_cents[:, 0].tolist(),
        schedule.interest_cents[:, 0].tolist(),
        schedule.principal_cents[:, 0].tolist(),
        schedule.balance_cents[:, 0].tolist(),
    )
    for number, cells in enumerate(zip(*columns, strict=True)):
        due_on = add_months(first_due_on, number) if first_due_on else None
        yield Instalment(number + 1, due_on, *cells)
