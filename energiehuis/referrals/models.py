"""Rows of agreements to share and of referrals.

An agreement is never changed: taking it back is a row of its own. The state of a referral only
changes by an event; its instants say the same once more, for questions and for figures.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case
from energiehuis.cases.vocabulary import Proof
from energiehuis.db.base import Base
from energiehuis.db.types import Instant, SerialKey, one_of
from energiehuis.people.models import Household, Person
from energiehuis.referrals.states import RUNNING, ReferralState
from energiehuis.referrals.vocabulary import Purpose, ReferralReason, RefusalReason

_RUNS = text("state IN ({})".format(", ".join(f"'{state}'" for state in RUNNING)))


class Consent(Base):
    """A client agreed that one programme shares classes of data with another, for a purpose.

    It covers the files of that household or person, and nobody else's.
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint(one_of("purpose", Purpose), "purpose"),
        CheckConstraint(one_of("proof", Proof), "proof"),
        CheckConstraint("(household_id IS NULL) <> (person_id IS NULL)", "one_subject"),
        CheckConstraint("from_programme <> to_programme", "two_programmes"),
        CheckConstraint("classes <> ''", "classes"),
        # What is most private is not shared on a word that somebody wrote down.
        CheckConstraint("classes NOT LIKE '%D%' OR proof <> 'oral_noted'", "sensitive_in_writing"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    nis_code: Mapped[str] = mapped_column(String(5))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey(Household.id), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    from_organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    from_programme: Mapped[str] = mapped_column(String(40))
    to_organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    to_programme: Mapped[str] = mapped_column(String(40))
    # The letters of the classes in order: `AB`.
    classes: Mapped[str] = mapped_column(String(5))
    given_on: Mapped[date]
    proof: Mapped[str] = mapped_column(String(20))
    # Where the paper or the signature is kept; never a name.
    proof_reference: Mapped[str | None] = mapped_column(String(80))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[str] = mapped_column(String(80))


class ConsentWithdrawal(Base):
    """The client took an agreement back; nothing is shared on it from then on."""

    __tablename__ = "consent_withdrawals"

    consent_id: Mapped[UUID] = mapped_column(ForeignKey(Consent.id), primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    # `citizen` when it was done by the client's own code.
    recorded_by: Mapped[str] = mapped_column(String(80))


class Referral(Base):
    """A case is sent on to another programme, on an agreement."""

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint(one_of("state", ReferralState), "state"),
        CheckConstraint(one_of("reason", ReferralReason), "reason"),
        CheckConstraint(one_of("refusal_reason", RefusalReason), "refusal_reason"),
        CheckConstraint("(state = 'refused') = (refused_at IS NOT NULL)", "refused"),
        CheckConstraint("(refused_at IS NULL) = (refusal_reason IS NULL)", "refused_with_reason"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", "withdrawn"),
        CheckConstraint("state <> 'sent' OR accepted_at IS NULL", "sent"),
        CheckConstraint("first_contact_at IS NULL OR accepted_at IS NOT NULL", "contact"),
        CheckConstraint("done_at IS NULL OR first_contact_at IS NOT NULL", "done"),
        CheckConstraint("from_programme <> to_programme", "two_programmes"),
        # Sent twice at once, two people would call the same client.
        Index(
            "uq_referrals_running",
            "from_case_id",
            "to_programme",
            unique=True,
            sqlite_where=_RUNS,
            postgresql_where=_RUNS,
        ),
        Index("ix_referrals_out", "organisation_id", "from_programme", "sent_at"),
        Index("ix_referrals_in", "to_organisation_id", "to_programme", "sent_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    # With it and a code the client finds the referral.
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    from_case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id))
    from_programme: Mapped[str] = mapped_column(String(40))
    to_organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    to_programme: Mapped[str] = mapped_column(String(40))
    consent_id: Mapped[UUID] = mapped_column(ForeignKey(Consent.id), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    classes: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    refused_at: Mapped[datetime | None] = mapped_column(Instant)
    refusal_reason: Mapped[str | None] = mapped_column(String(20))
    first_contact_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class ReferralEvent(Base):
    """A change of the state of a referral; never changed itself."""

    __tablename__ = "referral_events"
    __table_args__ = (Index("ix_referral_events_referral", "referral_id", "id"),)

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    referral_id: Mapped[UUID] = mapped_column(ForeignKey(Referral.id))
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(80))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
