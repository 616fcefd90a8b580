"""Rows of applications, their events and decisions, and of loans.

`facts` holds what decides on eligibility, by the names that the rule files use; null means that a
fact is not known, which is neither zero nor no. What proves a ground stands in a table of its own.
Who applies for which dwelling stands in `form`.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, Document, Instant, SerialKey, one_of
from energiehuis.loans.states import OPEN_STATUSES, ApplicationStatus
from energiehuis.loans.vocabulary import ProofStatus

_IS_OPEN = text("status IN ({})".format(", ".join(f"'{s}'" for s in OPEN_STATUSES)))


class LoanApplication(Base):
    """An application for an energy loan."""

    __tablename__ = "loan_applications"
    __table_args__ = (
        CheckConstraint(one_of("status", ApplicationStatus), "status"),
        CheckConstraint("amount_cents > 0", "amount"),
        CheckConstraint("term_months BETWEEN 1 AND 1200", "term"),
        # One dwelling, one open application: the database keeps it, whoever writes.
        Index(
            "uq_loan_applications_open_dwelling",
            "dwelling_key",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        # The worklist: newest first, within an organisation and a state.
        Index("ix_loan_applications_worklist", "organisation_id", "status", "received_at", "id"),
        Index("ix_loan_applications_received", "organisation_id", "received_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    channel: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(30))
    status_since: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    applied_on: Mapped[date]
    applicant_name: Mapped[str] = mapped_column(String(200))
    dwelling_key: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(Cents)
    term_months: Mapped[int]
    works_cost_cents: Mapped[int] = mapped_column(Cents)
    form: Mapped[dict[str, object]] = mapped_column(Document)
    works: Mapped[list[dict[str, object]]] = mapped_column(Document)

    borrower_kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, object]] = mapped_column(Document)

    # What the law of the application day says of them.
    law_version: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(20))
    product_code: Mapped[str | None] = mapped_column(String(60))
    rate_basis_points: Mapped[int | None]
    is_priority: Mapped[bool | None]

    # For the energy model; NULL is unknown.
    dwelling_type: Mapped[str | None] = mapped_column(String(30))
    build_year: Mapped[int | None]
    floor_area_m2: Mapped[int | None]
    heating_carrier: Mapped[str | None] = mapped_column(String(30))


class ApplicationEvent(Base):
    """Something that happened to an application after it came in; never changed."""

    __tablename__ = "application_events"
    __table_args__ = (Index("ix_application_events_application", "application_id", "id"),)

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(LoanApplication.id))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(30))
    details: Mapped[dict[str, object]] = mapped_column(Document)


class EligibilityProof(Base):
    """A proof of a ground that somebody saw; never changed, and no part of the credit file."""

    __tablename__ = "eligibility_proofs"
    __table_args__ = (
        CheckConstraint(one_of("status", ProofStatus), "status"),
        Index("ix_eligibility_proofs_application", "application_id", "id"),
    )

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(LoanApplication.id))
    ground: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    document: Mapped[str | None] = mapped_column(String(60))
    seen_on: Mapped[date]
    seen_by_role: Mapped[str] = mapped_column(String(30))
    evidence_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class LoanDecision(Base):
    """The decision on an application, sealed: facts, law and result with their digest."""

    __tablename__ = "loan_decisions"

    application_id: Mapped[UUID] = mapped_column(ForeignKey(LoanApplication.id), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(String(80))
    amount_cents: Mapped[int | None] = mapped_column(Cents)
    term_months: Mapped[int | None]
    reason_codes: Mapped[list[str]] = mapped_column(Document)
    explanation: Mapped[str] = mapped_column(Text)
    sealed: Mapped[dict[str, object]] = mapped_column(Document)
    seal: Mapped[str] = mapped_column(String(64))


class Loan(Base):
    """A loan that was granted, here or, when imported, before this system existed."""

    __tablename__ = "loans"
    __table_args__ = (
        CheckConstraint("principal_cents > 0", "principal"),
        CheckConstraint("term_months BETWEEN 1 AND 1200", "term"),
        CheckConstraint("rate_basis_points BETWEEN 0 AND 10000", "rate"),
        Index("ix_loans_area", "organisation_id", "nis_code"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey(LoanApplication.id), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    source: Mapped[str] = mapped_column(String(20))
    borrower_kind: Mapped[str] = mapped_column(String(40))
    is_priority: Mapped[bool | None]
    product_code: Mapped[str | None] = mapped_column(String(60))
    principal_cents: Mapped[int] = mapped_column(Cents)
    rate_basis_points: Mapped[int]
    term_months: Mapped[int]
    rounding: Mapped[str] = mapped_column(String(10))
    granted_on: Mapped[date]
    first_due_on: Mapped[date]
    # NULL: nobody knows which works it paid for.
    works: Mapped[list[dict[str, object]] | None] = mapped_column(Document)
    works_cost_cents: Mapped[int | None] = mapped_column(Cents)
    dwelling_type: Mapped[str | None] = mapped_column(String(30))
    build_year: Mapped[int | None]
    floor_area_m2: Mapped[int | None]
    heating_carrier: Mapped[str | None] = mapped_column(String(30))
