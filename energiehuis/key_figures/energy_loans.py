"""The formulas of the energy loans: applications and decisions counted, then told one by one."""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.loans.models import LoanApplication, LoanDecision


@dataclass(frozen=True, slots=True)
class LoanCounts:
    """Applications of a period, and the decisions of that period that approve."""

    applications: int
    priority: int
    unknown_priority: int
    approvals: int
    approved_cents: int

    @property
    def known_priority(self) -> int:
        """Give the applications of which the group is known."""
        return self.applications - self.unknown_priority


LOAN_FORMULAS: dict[str, Callable[[LoanCounts], Measured]] = {
    "eh.applications": lambda c: Measured(c.applications, cells=(c.applications,)),
    "eh.priority_share": lambda c: Measured(
        c.priority,
        c.known_priority,
        unknown=c.unknown_priority,
        cells=(c.priority, c.known_priority - c.priority),
    ),
    "eh.approved_amount": lambda c: Measured(c.approved_cents, cells=(c.approvals,)),
}


def measure_energy_loans(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count applications and decisions and give each figure by id."""
    return loan_figures(count_loans(session, area, period))


def loan_figures(counts: LoanCounts) -> dict[str, Measured]:
    """Give each figure by id of what was counted."""
    return {figure: formula(counts) for figure, formula in LOAN_FORMULAS.items()}


def count_loans(session: Session, area: Area, period: Period) -> LoanCounts:
    """Count applications by their day and decisions by theirs, in two questions."""
    return add_counts(count_loans_by_municipality(session, area, period).values())


def add_counts(counts: Iterable[LoanCounts]) -> LoanCounts:
    """Add up what was counted of several municipalities; an application is of one of them."""
    total = [0, 0, 0, 0, 0]
    for one in counts:
        total = [so_far + more for so_far, more in zip(total, astuple(one), strict=True)]
    return LoanCounts(*total)


def count_loans_by_municipality(
    session: Session, area: Area, period: Period
) -> dict[str, LoanCounts]:
    """Count for each municipality of an area that has any, in two questions."""
    inside = (
        LoanApplication.organisation_id == area.organisation_id,
        LoanApplication.nis_code.in_(area.nis_codes),
    )
    is_priority = LoanApplication.is_priority
    applications = session.execute(
        select(
            LoanApplication.nis_code,
            func.count(LoanApplication.id),
            func.sum(case((is_priority.is_(True), 1), else_=0)),
            func.sum(case((is_priority.is_(None), 1), else_=0)),
        )
        .where(
            *inside,
            LoanApplication.applied_on >= period.from_on,
            LoanApplication.applied_on < period.to_on,
        )
        .group_by(LoanApplication.nis_code)
    )
    approvals = session.execute(
        select(LoanApplication.nis_code, func.count(), func.sum(LoanDecision.amount_cents))
        .select_from(LoanDecision)
        .join(LoanApplication, LoanApplication.id == LoanDecision.application_id)
        .where(
            *inside,
            LoanDecision.outcome == "approved",
            LoanDecision.decided_at >= period.from_at,
            LoanDecision.decided_at < period.to_at,
        )
        .group_by(LoanApplication.nis_code)
    )
    applied = {nis: [int(count) for count in counts] for nis, *counts in applications}
    approved = {nis: [int(count or 0) for count in counts] for nis, *counts in approvals}
    return {
        nis: LoanCounts(*applied.get(nis, (0, 0, 0)), *approved.get(nis, (0, 0)))
        for nis in applied.keys() | approved.keys()
    }
