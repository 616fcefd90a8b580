"""The formulas of the energy loans: applications and decisions counted, then told one by one."""

from collections.abc import Callable
from dataclasses import dataclass

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
    counts = count_loans(session, area, period)
    return {figure: formula(counts) for figure, formula in LOAN_FORMULAS.items()}


def count_loans(session: Session, area: Area, period: Period) -> LoanCounts:
    """Count applications by their day and decisions by theirs, in two questions."""
    inside = (
        LoanApplication.organisation_id == area.organisation_id,
        LoanApplication.nis_code.in_(area.nis_codes),
    )
    is_priority = LoanApplication.is_priority
    applications = session.execute(
        select(
            func.count(LoanApplication.id),
            func.coalesce(func.sum(case((is_priority.is_(True), 1), else_=0)), 0),
            func.coalesce(func.sum(case((is_priority.is_(None), 1), else_=0)), 0),
        ).where(
            *inside,
            LoanApplication.applied_on >= period.from_on,
            LoanApplication.applied_on < period.to_on,
        )
    ).one()
    approvals = session.execute(
        select(func.count(), func.coalesce(func.sum(LoanDecision.amount_cents), 0))
        .select_from(LoanDecision)
        .join(LoanApplication, LoanApplication.id == LoanDecision.application_id)
        .where(
            *inside,
            LoanDecision.outcome == "approved",
            LoanDecision.decided_at >= period.from_at,
            LoanDecision.decided_at < period.to_at,
        )
    ).one()
    return LoanCounts(*(int(count) for count in (*applications, *approvals)))
