"""Loans that still run on a dwelling, as far as this house granted them.

Payments are not kept here, so what is left of a loan is what its plan says on a day. A citizen is
never told of them: who types an address would learn of the debts behind its door.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.loans.models import Loan, LoanApplication
from energiehuis.loans.schedule import plan_repayment

_KEYS_A_QUERY = 500
_LOANS, _APPLICATIONS = Loan.__table__, LoanApplication.__table__
_NAMES = (
    "number",
    "principal_cents",
    "rate_basis_points",
    "term_months",
    "rounding",
    "granted_on",
    "first_due_on",
)


@dataclass(frozen=True, slots=True)
class GrantedLoan:
    """What fixes the plan of a loan that was granted."""

    number: str
    principal_cents: int
    rate_basis_points: int
    term_months: int
    rounding: str
    granted_on: date
    first_due_on: date

    def balance_cents(self, day: date) -> int:
        """Give what its plan leaves to be repaid after the instalments due up to a day."""
        plan = plan_repayment(
            self.principal_cents,
            self.rate_basis_points,
            term_months=self.term_months,
            rounding=self.rounding,
            first_due_on=self.first_due_on,
        )
        due = [row for row in plan.rows if row.due_on is not None and row.due_on <= day]
        return due[-1].balance_cents if due else self.principal_cents


@dataclass(frozen=True, slots=True)
class RunningLoan:
    """A loan of which something is left on a day."""

    number: str
    granted_on: date
    balance_cents: int

    def as_document(self) -> dict[str, object]:
        """Give it as a sealed decision keeps it."""
        return {
            "number": self.number,
            "granted_on": self.granted_on.isoformat(),
            "balance_cents": self.balance_cents,
        }


def list_granted(
    session: Session,
    dwelling_keys: Sequence[str],
    *,
    organisation_id: UUID,
    but_of: UUID | None = None,
) -> dict[str, list[GrantedLoan]]:
    """Give the loans that a house granted on dwellings, by the key of the dwelling.

    `but_of` is the application whose own loan does not count beside itself.
    """
    found: dict[str, list[GrantedLoan]] = {}
    for start in range(0, len(dwelling_keys), _KEYS_A_QUERY):
        rows = session.execute(
            select(_APPLICATIONS.c.dwelling_key, *(_LOANS.c[name] for name in _NAMES))
            .join_from(_LOANS, _APPLICATIONS, _LOANS.c.application_id == _APPLICATIONS.c.id)
            .where(
                _APPLICATIONS.c.dwelling_key.in_(dwelling_keys[start : start + _KEYS_A_QUERY]),
                _LOANS.c.organisation_id == organisation_id,
                *([] if but_of is None else [_LOANS.c.application_id != but_of]),
            )
            .order_by(_LOANS.c.granted_on, _LOANS.c.number)
        )
        for key, *values in rows:
            found.setdefault(key, []).append(GrantedLoan(*values))
    return found


def still_running(loans: Iterable[GrantedLoan], day: date) -> tuple[RunningLoan, ...]:
    """Give the loans that were granted by a day and of which something is left on it."""
    granted = (loan for loan in loans if loan.granted_on <= day)
    running = (RunningLoan(one.number, one.granted_on, one.balance_cents(day)) for one in granted)
    return tuple(loan for loan in running if loan.balance_cents > 0)


def with_running(facts: HouseholdFacts, loans: Sequence[RunningLoan]) -> HouseholdFacts:
    """Give the facts with what is known to run on the dwelling, where that is more than was told.

    More told than is known means a loan of another house, of which the day is only known when the
    applicant told it.
    """
    if not loans:
        return facts
    known_cents = sum(loan.balance_cents for loan in loans)
    told_cents, told_on = facts.outstanding_cents, facts.outstanding_granted_on
    oldest = min(loan.granted_on for loan in loans)
    if told_on is not None:
        oldest = min(told_on, oldest)
    elif told_cents is not None and told_cents > known_cents:
        return facts
    return replace(
        facts,
        outstanding_cents=max(told_cents or 0, known_cents),
        outstanding_granted_on=oldest,
    )
