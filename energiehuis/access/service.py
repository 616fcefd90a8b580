"""Accounts, signing in and out, and who an actor is.

A password is hashed with argon2id (64 MiB a try), so tries are counted first: per account and per
address, in a window. A stranger who tries many passwords slows the account's owner down by some
minutes, but cannot shut him out.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access import queries
from energiehuis.access.actor import SYSTEM, Actor, require
from energiehuis.access.models import Account, FailedSignIn, SignIn
from energiehuis.access.permissions import Permission, Role
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import FieldError, InvalidInput, NotAuthenticated, TooManyAttempts
from energiehuis.identifiers import new_id

SIGN_IN_LASTS = timedelta(hours=9)
WINDOW = timedelta(minutes=10)
MOST_FAILURES = 8
SHORTEST_PASSWORD = 12
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class AddAccount:
    """A new account: who, which role, for which organisation and municipality."""

    email: str
    display_name: str
    role: Role
    organisation_code: str
    password: str
    only_nis_code: str | None = None
    only_programme: str | None = None


def add_account(session: Session, actor: Actor, command: AddAccount) -> UUID:
    """Add an account. Needs `account:manage`.

    Raises
    ------
    InvalidInput
        `account.password_too_short`, `account.email_taken`.
    """
    require(actor, Permission.ACCOUNT_MANAGE)
    email = command.email.strip().lower()
    if len(command.password) < SHORTEST_PASSWORD:
        raise InvalidInput(
            [FieldError("password", "account.password_too_short", {"minimum": SHORTEST_PASSWORD})]
        )
    if session.scalar(select(func.count()).where(Account.email == email)):
        raise InvalidInput([FieldError("email", "account.email_taken")])
    account_id = new_id()
    session.execute(
        insert(Account).values(
            id=account_id,
            email=email,
            display_name=command.display_name,
            role=command.role.value,
            organisation_id=queries.get_organisation_id(session, command.organisation_code),
            only_nis_code=command.only_nis_code,
            only_programme=command.only_programme,
            password_hash=_HASHER.hash(command.password),
        )
    )
    append(session, Entry(actor.name, actor.role_name, "account.added", "account", str(account_id)))
    return account_id


def require_tries_left(session: Session, subjects: tuple[str, ...]) -> None:
    """Refuse a try when an account or an address failed too often lately.

    Raises
    ------
    TooManyAttempts
        With `retry_after_seconds`.
    """
    since = clock.now() - WINDOW
    for subject in subjects:
        failures, last = session.execute(
            select(func.count(), func.min(FailedSignIn.at)).where(
                FailedSignIn.subject_digest == _digest(subject), FailedSignIn.at > since
            )
        ).one()
        if failures >= MOST_FAILURES:
            wait = last + WINDOW - clock.now()
            raise TooManyAttempts(
                "access.too_many_attempts", retry_after_seconds=max(1, int(wait.total_seconds()))
            )


def check_password(session: Session, email: str, password: str) -> UUID | None:
    """Give the id of the account that the password opens, or None.

    An unknown account costs as much time as a wrong password.
    """
    row = session.execute(
        select(Account.id, Account.password_hash).where(
            Account.email == email.strip().lower(), Account.disabled_at.is_(None)
        )
    ).first()
    try:
        _HASHER.verify(row.password_hash if row else _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return row.id if row else None


def note_failure(session: Session, subjects: tuple[str, ...]) -> None:
    """Remember a failed try for each of its subjects, and write it down."""
    session.execute(
        insert(FailedSignIn),
        [{"subject_digest": _digest(subject), "at": clock.now()} for subject in subjects],
    )
    append(session, Entry("citizen", "citizen", "access.sign_in_failed", "sign_in", "-"))


def open_sign_in(session: Session, account_id: UUID) -> str:
    """Open a session for an account and give its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.execute(
        insert(SignIn).values(
            token_digest=_digest(token),
            account_id=account_id,
            created_at=now,
            expires_at=now + SIGN_IN_LASTS,
        )
    )
    role = session.scalar(select(Account.role).where(Account.id == account_id)) or "-"
    append(session, Entry(str(account_id), role, "access.signed_in", "account", str(account_id)))
    return token


def close_sign_in(session: Session, token: str) -> None:
    """End the session of a token; ending it twice is fine."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_digest == _digest(token), SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def actor_of_token(session: Session, token: str) -> Actor:
    """Give the actor of a signed-in session.

    Raises
    ------
    NotAuthenticated
        When the session is unknown, ended or expired, or its account disabled.
    """
    row = queries.find_account_of_token(session, _digest(token), clock.now())
    if row is None:
        raise NotAuthenticated("access.sign_in_expired")
    return Actor(
        name=str(row.id),
        role=Role(row.role),
        organisation_id=row.organisation_id,
        municipalities=queries.municipalities_of(session, row.organisation_id, row.only_nis_code),
        programmes=None if row.only_programme is None else frozenset({row.only_programme}),
        display_name=row.display_name,
    )


def system_actor_for(session: Session, organisation_code: str) -> Actor:
    """Give the system as it works for an organisation: a command line, a job.

    It sees the municipalities that the organisation ever served up to today, as its staff do.

    Raises
    ------
    NotFound
        `organisation.not_found`.
    """
    organisation_id = queries.get_organisation_id(session, organisation_code)
    return replace(
        SYSTEM,
        organisation_id=organisation_id,
        municipalities=queries.municipalities_of(session, organisation_id, None),
    )


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
