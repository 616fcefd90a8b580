"""Files of the portfolio as plain rows: read within what the actor may see, without any name.

A file is an application with its loan, an application without one, or a loan that was imported
without an application. Two statements read them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.identifiers import digest
from energiehuis.loans.commands import Channel
from energiehuis.loans.models import Loan, LoanApplication, LoanDecision
from energiehuis.loans.queries import scope_of


@dataclass(frozen=True, slots=True)
class PortfolioFile:
    """One file; None is unknown, and no loan where `principal_cents` is None.

    Attributes
    ----------
    id : str
        Of the application, or of the loan where there is none; orders the portfolio.
    applied_on : date
        Day whose law decides; for an imported loan the day it was granted.
    status : str
        Of the application; `imported` where there is none.
    reason_codes : tuple of str
        Why it was refused.
    facts : dict or None
        What decides on eligibility; None for an imported loan.
    works : tuple of str or None
        Codes of the works; None when nobody knows them.
    is_demo : bool
        Invented: drawn for the demo region.
    """

    id: str
    nis_code: str
    applied_on: date
    status: str
    reason_codes: tuple[str, ...]
    borrower_kind: str
    is_priority: bool | None
    facts: dict[str, Any] | None
    requested_cents: int | None
    works_cost_cents: int | None
    principal_cents: int | None
    rate_basis_points: int | None
    term_months: int
    first_due_on: date | None
    works: tuple[str, ...] | None
    dwelling_type: str | None
    build_year: int | None
    floor_area_m2: int | None
    heating_carrier: str | None
    is_demo: bool = False


_A, _L, _D = LoanApplication, Loan, LoanDecision
_OF_APPLICATIONS = (
    select(
        _A.id,
        _A.nis_code,
        _A.applied_on,
        _A.status,
        _A.channel,
        _D.reason_codes,
        _A.borrower_kind,
        _A.is_priority,
        _A.facts,
        _A.amount_cents.label("requested_cents"),
        _A.works_cost_cents,
        _L.principal_cents,
        _L.rate_basis_points,
        _A.term_months.label("asked_term_months"),
        _L.term_months.label("granted_term_months"),
        _L.first_due_on,
        _A.works,
        _A.dwelling_type,
        _A.build_year,
        _A.floor_area_m2,
        _A.heating_carrier,
    )
    .outerjoin(_L, _L.application_id == _A.id)
    .outerjoin(_D, _D.application_id == _A.id)
)
_OF_IMPORTED = select(
    _L.id,
    _L.nis_code,
    _L.granted_on,
    _L.borrower_kind,
    _L.is_priority,
    _L.principal_cents,
    _L.rate_basis_points,
    _L.term_months,
    _L.first_due_on,
    _L.works,
    _L.works_cost_cents,
    _L.dwelling_type,
    _L.build_year,
    _L.floor_area_m2,
    _L.heating_carrier,
).where(_L.application_id.is_(None))
_SHARED = (
    "nis_code",
    "borrower_kind",
    "is_priority",
    "works_cost_cents",
    "principal_cents",
    "rate_basis_points",
    "first_due_on",
    "dwelling_type",
    "build_year",
    "floor_area_m2",
    "heating_carrier",
)


def read_portfolio(session: Session, actor: Actor) -> tuple[PortfolioFile, ...]:
    """Read all files that the actor may see, in the order of their ids."""
    applications = session.execute(_OF_APPLICATIONS.where(scope_of(actor, _A)))
    imported = session.execute(_OF_IMPORTED.where(scope_of(actor, _L)))
    files = [_of_application(row) for row in applications]
    files += [_of_import(row) for row in imported]
    return in_order(files)


def in_order(files: Iterable[PortfolioFile]) -> tuple[PortfolioFile, ...]:
    """Put files in the one order that they are simulated in: draws belong to places."""
    return tuple(sorted(files, key=lambda file: file.id))


def portfolio_digest(files: tuple[PortfolioFile, ...]) -> str:
    """Give the digest of everything that a run takes from the files."""
    return digest(files)


FILE_FIELDS = tuple(part.name for part in fields(PortfolioFile))


def _of_application(row: Any) -> PortfolioFile:  # noqa: ANN401
    return PortfolioFile(
        id=str(row.id),
        applied_on=row.applied_on,
        status=row.status,
        reason_codes=tuple(row.reason_codes or ()),
        facts=row.facts,
        requested_cents=row.requested_cents,
        term_months=row.granted_term_months or row.asked_term_months,
        works=work_codes(row.works),
        is_demo=row.channel == Channel.DEMO,
        **{name: getattr(row, name) for name in _SHARED},
    )


def _of_import(row: Any) -> PortfolioFile:  # noqa: ANN401
    return PortfolioFile(
        id=str(row.id),
        applied_on=row.granted_on,
        status="imported",
        reason_codes=(),
        facts=None,
        requested_cents=None,
        term_months=row.term_months,
        works=work_codes(row.works),
        **{name: getattr(row, name) for name in _SHARED},
    )


def work_codes(works: list[dict[str, Any]] | None) -> tuple[str, ...] | None:
    """Give the codes of the works; no works at all is no knowledge of them either."""
    return tuple(str(work["work"]) for work in works) if works else None
