"""The repayment of one loan under any contract that the core knows, as a plan.

An energy loan repays in equal instalments from the first month on; `loans.schedule` serves
those. Here a loan may also repay equal principal or start slowly, to compare with others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from energiehuis.loans.schedule import ROUNDINGS, Instalment, RepaymentPlan, add_months
from savings_model.apr import annual_percentage_rate, flow_annual_percentage_rate
from savings_model.contract_schedule import contract_schedule
from savings_model.contracts import Repayment, check_contracts
from savings_model.loan_terms import check_loan_terms
from savings_model.month_rates import MonthRate, annuity_factor, month_rate
from savings_model.repayment import Schedule

REPAYMENTS = {
    "constant": Repayment.EQUAL_INSTALMENT,
    "equal-principal": Repayment.EQUAL_PRINCIPAL,
}
CONVENTIONS = {convention.value: convention for convention in MonthRate}


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What fixes the repayment: amount in cents, rate in basis points, months and rules."""

    principal_cents: int
    rate_basis_points: int
    term_months: int
    rounding: str = "down"
    repayment: str = "constant"
    grace_months: int = 0
    interest_only_months: int = 0
    convention: str = "actuarial"

    @property
    def rate_per_year(self) -> float:
        """The rate as a share of one."""
        return self.rate_basis_points / 10_000

    @property
    def repays_alike(self) -> bool:
        """Whether all instalments but the last are the same."""
        slow_start = self.grace_months + self.interest_only_months
        return self.repayment == "constant" and slow_start == 0


def plan_contract(terms: ContractTerms, first_due_on: date | None = None) -> RepaymentPlan:
    """Make the schedule of one loan.

    Parameters
    ----------
    terms : ContractTerms
        The contract.
    first_due_on : date, optional
        Day of the first instalment; the others fall on the same day of later months. [-]

    Returns
    -------
    RepaymentPlan
        Rows and totals in whole cents; the instalment is the first after a slow start. [-]

    Raises
    ------
    savings_model.validation.ModelInputError
        For a number outside the limits of the model.
    OverflowError
        For days after the year 9999.
    """
    loan = check_loan_terms(
        np.array([terms.principal_cents]),
        np.array([terms.rate_per_year]),
        term_months=np.array([terms.term_months]),
        rounding=ROUNDINGS[terms.rounding],
        convention=CONVENTIONS[terms.convention],
    )
    contract = check_contracts(
        loan,
        repayment=REPAYMENTS[terms.repayment],
        grace_months=terms.grace_months,
        interest_only_months=terms.interest_only_months,
    )
    schedule = contract_schedule(contract).schedule
    rows = tuple(_rows(schedule, first_due_on))
    return RepaymentPlan(
        principal_cents=terms.principal_cents,
        rate_basis_points=terms.rate_basis_points,
        term_months=terms.term_months,
        rounding=terms.rounding,
        instalment_cents=rows[terms.grace_months + terms.interest_only_months].instalment_cents,
        last_instalment_cents=int(schedule.last_instalment_cents[0]),
        total_cents=int(schedule.total_cents[0]),
        total_interest_cents=int(schedule.total_interest_cents[0]),
        annual_percentage_rate=float(annual_percentage_rate(schedule)[0]),
        rows=rows,
    )


def month_rate_of(terms: ContractTerms) -> float:
    """Give the rate of one month, as a share of one. [1/month]."""
    return float(month_rate(terms.rate_per_year, CONVENTIONS[terms.convention]))


def unrounded_instalment_cents(terms: ContractTerms) -> float | None:
    """Give the equal instalment before it is rounded, where all are alike. [cents]."""
    if not terms.repays_alike:
        return None
    if terms.rate_basis_points == 0:
        return terms.principal_cents / terms.term_months
    rate, months = np.array([month_rate_of(terms)]), np.array([terms.term_months])
    return terms.principal_cents * float(annuity_factor(rate, months)[0])


def rate_by_day(plan: RepaymentPlan, drawn_on: date) -> float:
    """Give the JKP with each instalment on its own day instead of in equal months.

    Parameters
    ----------
    plan : RepaymentPlan
        With the day of each instalment.
    drawn_on : date
        Day on which the whole loan is paid out.

    Returns
    -------
    float
        JKP as a share, with 365 days in a year. [1/year]
    """
    days = [0, *((row.due_on - drawn_on).days for row in plan.rows if row.due_on)]
    amounts = [plan.principal_cents, *(-row.instalment_cents for row in plan.rows)]
    return flow_annual_percentage_rate(amounts, days)


def _rows(schedule: Schedule, first_due_on: date | None) -> Iterable[Instalment]:
    columns = (
        schedule.instalment_cents[:, 0].tolist(),
        schedule.interest_cents[:, 0].tolist(),
        schedule.principal_cents[:, 0].tolist(),
        schedule.balance_cents[:, 0].tolist(),
    )
    for place, cells in enumerate(zip(*columns, strict=True)):
        yield Instalment(place + 1, _due_on(first_due_on, place), *cells)


def _due_on(first: date | None, place: int) -> date | None:
    if first is None:
        return None
    try:
        return add_months(first, place)
    except ValueError as error:
        raise OverflowError("days after the year 9999") from error
