"""Rows of organisations, accounts, their signed-in sessions and failed tries."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.permissions import Role
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.db.base import Base
from energiehuis.db.types import Document, Instant, SerialKey, one_of


class Organisation(Base):
    """Whoever works with files, or is registered: W13, an OCMW, a donor of food, a school.

    `registered_by_id` is the organisation whose programme wrote it down; NULL for one that stands
    on its own.
    """

    __tablename__ = "organisations"
    __table_args__ = (CheckConstraint(one_of("kind", OrganisationKind), "kind"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(
        String(20),
        default=OrganisationKind.ASSOCIATION.value,
        server_default=OrganisationKind.ASSOCIATION.value,
    )
    kbo_number: Mapped[str | None] = mapped_column(String(10), index=True)
    nis_code: Mapped[str | None] = mapped_column(String(5))
    address: Mapped[str | None] = mapped_column(String(200))
    registered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))


class ServiceArea(Base):
    """A municipality that an organisation serves for a programme, from a day until another."""

    __tablename__ = "service_areas"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    programme: Mapped[str] = mapped_column(String(40), primary_key=True)
    nis_code: Mapped[str] = mapped_column(String(5), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_until: Mapped[date | None]


class Account(Base):
    """Somebody who may sign in; e-mail in lower case."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint(one_of("role", Role), "role"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    # None: all municipalities that the organisation serves.
    only_nis_code: Mapped[str | None] = mapped_column(String(5))
    # None: all programmes of the organisation.
    only_programme: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)


class SignIn(Base):
    """A signed-in session; only the digest of its token is kept."""

    __tablename__ = "sign_ins"

    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class FailedSignIn(Base):
    """A try that failed; enough of them in a while and the next must wait."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (Index("ix_failed_sign_ins_subject", "subject_digest", "at"),)

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    subject_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(Instant)


class PartnerKey(Base):
    """A key with which a partner's own programs send; only the digests of its tokens are kept.

    `token_number` counts the tokens that the key had: each is derived from it. After a rotation
    the one before works to the end of `old_until`.
    """

    __tablename__ = "partner_keys"
    __table_args__ = (
        CheckConstraint("(old_token_digest IS NULL) = (old_until IS NULL)", "old_token"),
        CheckConstraint("token_number >= 1", "token_number"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    # Whose programmes it sends to, and who sends.
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    name: Mapped[str] = mapped_column(String(80))
    programmes: Mapped[list[str]] = mapped_column(Document)
    token_number: Mapped[int]
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    old_token_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    old_until: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(80))
    # To the quarter of an hour, so that a busy key does not make its requests wait for this row.
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class PartnerSending(Base):
    """What a key sent and was answered, so that it may read back its own and nothing else."""

    __tablename__ = "partner_sendings"
    __table_args__ = (
        Index("ix_partner_sendings_record", "record_id", "key_id"),
        Index("ix_partner_sendings_case", "case_id"),
    )

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    key_id: Mapped[UUID] = mapped_column(ForeignKey(PartnerKey.id))
    kind: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[UUID] = mapped_column(Uuid)
    version: Mapped[int]
    case_id: Mapped[UUID | None] = mapped_column(Uuid)
    body: Mapped[dict[str, object]] = mapped_column(Document)
    sent_at: Mapped[datetime] = mapped_column(Instant)
