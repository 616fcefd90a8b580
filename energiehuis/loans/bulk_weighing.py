"""What runs on the dwelling of each entry when it is decided: kept loans, and those of the list."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.loans.assessment import assess
from energiehuis.loans.bulk_checks import WeighedEntry
from energiehuis.loans.bulk_entries import Approval
from energiehuis.loans.running import GrantedLoan, list_granted, still_running, with_running
from energiehuis.loans.schedule import first_due_day
from energiehuis.loans.weighing import Weighed, weigh_works

Dated = tuple[datetime, GrantedLoan]
Granted = Mapping[tuple[UUID, str], Sequence[Dated]]
# A loan that is kept counts from its own day; one of the list from the instant of its decision.
_ALWAYS = datetime.min.replace(tzinfo=UTC)


def granted_on_dwellings(session: Session, weighed: Sequence[WeighedEntry]) -> Granted:
    """Give the loans of each dwelling with the instant from which they count, by house and key."""
    found: dict[tuple[UUID, str], list[Dated]] = {}
    for house in {one.organisation_id for one in weighed}:
        keys = {_key(one) for one in weighed if one.organisation_id == house}
        for key, loans in list_granted(session, sorted(keys), organisation_id=house).items():
            found[house, key] = [(_ALWAYS, loan) for loan in loans]
    for one in weighed:
        if isinstance(one.entry.decision, Approval):
            dated = (one.entry.decision.decided_at, _loan_of(one, one.entry.decision))
            found.setdefault((one.organisation_id, _key(one)), []).append(dated)
    return found


def weigh_decided(
    one: WeighedEntry, works: Sequence[Mapping[str, Any]], granted: Granted, *, at: datetime
) -> Weighed:
    """Weigh an entry at the instant of its decision, as `weighing.weigh_file` does a file."""
    loans = [
        loan for since, loan in granted.get((one.organisation_id, _key(one)), ()) if since < at
    ]
    running = still_running(loans, clock.day_of(at))
    facts = with_running(one.entry.command.facts, running)
    assessment = assess(facts, one.applied_on) if running else one.assessment
    return Weighed(facts, assessment, weigh_works(works, one.applied_on, assessment), running)


def _key(one: WeighedEntry) -> str:
    return one.entry.command.dwelling.key


def _loan_of(one: WeighedEntry, approval: Approval) -> GrantedLoan:
    """Give the loan that an approval of the list makes."""
    granted_on = clock.day_of(approval.decided_at)
    return GrantedLoan(
        number="",
        principal_cents=approval.amount_cents,
        rate_basis_points=one.assessment.rate_basis_points or 0,
        term_months=approval.term_months,
        rounding=one.assessment.rounding,
        granted_on=granted_on,
        first_due_on=first_due_day(granted_on),
    )
