"""Keys of partners: made, rotated, revoked, and who an actor with a key is.

A token is derived from the key of the installation (docs/decisions/0005-secrets-are-derived.md):
the same answer can be given again for the same Idempotency-Key, and only its digest is kept.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation, PartnerKey
from energiehuis.access.permissions import Permission, Role
from energiehuis.access.queries import served_municipalities
from energiehuis.access.service_areas import list_service_areas
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import (
    Conflict,
    FieldError,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    StaleVersion,
)
from energiehuis.identifiers import new_id

PREFIX = "ehk_"
MOST_NAME_SIGNS = 80
MOST_DAYS_BESIDE = 90
USE_NOTED_EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class AddKey:
    """A new key: what it is called, which partner holds it, for which programmes."""

    name: str
    partner_id: UUID
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RotateKey:
    """A new token for a key; the one before works to the end of a day."""

    key_id: UUID
    version: int
    old_until: date


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as its managers see it; never its token."""

    id: UUID
    version: int
    name: str
    partner_id: UUID
    programmes: tuple[str, ...]
    token_number: int
    old_until: date | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def key_token(secret_key: str, key_id: UUID, token_number: int) -> str:
    """Give a token of a key, 256 bits after its prefix."""
    said = f"partner-key:{key_id}:{token_number}".encode()
    mac = hmac.digest(secret_key.encode(), said, "sha256")
    return PREFIX + base64.urlsafe_b64encode(mac).decode().rstrip("=")


def add_key(session: Session, actor: Actor, command: AddKey, *, secret_key: str) -> KeyView:
    """Add a key for a partner; its token is `key_token` of what this gives.

    Needs `partner:manage`, for each of the programmes.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `field.required`, `field.too_long`, `partner.unknown`, `partner.programme_not_run`.
    """
    require(actor, Permission.PARTNER_MANAGE)
    errors = list(_errors(session, actor, command))
    if errors:
        raise InvalidInput(errors)
    key_id = new_id()
    row = {
        "id": key_id,
        "version": 1,
        "organisation_id": actor.organisation_id,
        "partner_id": command.partner_id,
        "name": command.name.strip(),
        "programmes": sorted(set(command.programmes)),
        "token_number": 1,
        "token_digest": _digest(key_token(secret_key, key_id, 1)),
        "created_at": clock.now(),
        "created_by": actor.name,
    }
    session.execute(insert(PartnerKey).values(row))
    _say(session, actor, "partner_key.added", key_id)
    return get_key(session, actor, key_id)


def list_keys(session: Session, actor: Actor) -> tuple[KeyView, ...]:
    """List the keys that an actor manages, newest first. Needs `partner:manage`."""
    require(actor, Permission.PARTNER_MANAGE)
    mine = PartnerKey.organisation_id == actor.organisation_id
    rows = session.scalars(select(PartnerKey).where(mine).order_by(PartnerKey.id.desc()))
    return tuple(_view(row) for row in rows if _manages(actor, row))


def get_key(session: Session, actor: Actor, key_id: UUID) -> KeyView:
    """Give a key that an actor manages. Needs `partner:manage`.

    Raises
    ------
    NotFound
    """
    require(actor, Permission.PARTNER_MANAGE)
    query = select(PartnerKey).where(
        PartnerKey.id == key_id, PartnerKey.organisation_id == actor.organisation_id
    )
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None or not _manages(actor, row):
        raise NotFound("request.not_found")
    return _view(row)


def rotate_key(session: Session, actor: Actor, command: RotateKey, *, secret_key: str) -> KeyView:
    """Give a key a new token; the one before works to the end of a day. Needs `partner:manage`.

    A token that was still on its way out stops at once.

    Raises
    ------
    PermissionDenied, NotFound, StaleVersion
    InvalidInput
        `partner.old_until_out_of_range`.
    Conflict
        `partner.key_revoked`.
    """
    key = get_key(session, actor, command.key_id)
    today = clock.today()
    last = today + timedelta(days=MOST_DAYS_BESIDE)
    if not today <= command.old_until <= last:
        limits: dict[str, object] = {"first": today.isoformat(), "last": last.isoformat()}
        raise InvalidInput([FieldError("old_until", "partner.old_until_out_of_range", limits)])
    number = key.token_number + 1
    changes = {
        "token_number": number,
        "token_digest": _digest(key_token(secret_key, key.id, number)),
        "old_token_digest": PartnerKey.token_digest,
        "old_until": command.old_until,
    }
    _change(session, key, command.version, changes)
    _say(session, actor, "partner_key.rotated", key.id)
    return get_key(session, actor, key.id)


def revoke_key(session: Session, actor: Actor, key_id: UUID, *, version: int) -> KeyView:
    """End a key at once, for good. Needs `partner:manage`.

    Raises
    ------
    PermissionDenied, NotFound, StaleVersion
    Conflict
        `partner.key_revoked`, when it was before.
    """
    key = get_key(session, actor, key_id)
    _change(session, key, version, {"revoked_at": clock.now()})
    _say(session, actor, "partner_key.revoked", key_id)
    return get_key(session, actor, key_id)


def is_key(token: str) -> bool:
    """Say whether a token is one of a partner's key rather than of a signed-in session."""
    return token.startswith(PREFIX)


def actor_of_key(session: Session, token: str) -> Actor:
    """Give the partner who sends with a key, scoped to its programmes.

    What comes in lands with the association that runs them.

    Raises
    ------
    NotAuthenticated
        `access.key_not_valid`: unknown, revoked, or rotated longer ago than it might work.
    """
    given, today = _digest(token), clock.today()
    is_old = (PartnerKey.old_token_digest == given) & (PartnerKey.old_until >= today)
    row = session.scalar(
        select(PartnerKey).where(
            or_(PartnerKey.token_digest == given, is_old), PartnerKey.revoked_at.is_(None)
        )
    )
    if row is None:
        raise NotAuthenticated("access.key_not_valid")
    return Actor(
        name=f"key:{row.id}",
        role=Role.PARTNER,
        organisation_id=row.organisation_id,
        municipalities=served_municipalities(session, row.organisation_id, today),
        programmes=frozenset(row.programmes),
        display_name=row.name,
        partner_id=row.partner_id,
    )


def key_id_of(actor: Actor) -> UUID:
    """Give the id of the key with which an actor sends.

    Raises
    ------
    NotAuthenticated
        `access.key_needed`, for whoever signed in otherwise.
    """
    if actor.partner_id is None:
        raise NotAuthenticated("access.key_needed")
    return UUID(actor.name.removeprefix("key:"))


def note_use(session: Session, actor: Actor) -> None:
    """Remember when a key was last used, to the quarter of an hour."""
    now = clock.now()
    is_due = PartnerKey.last_used_at.is_(None) | (PartnerKey.last_used_at < now - USE_NOTED_EVERY)
    session.execute(
        update(PartnerKey)
        .where(PartnerKey.id == key_id_of(actor), is_due)
        .values(last_used_at=now)
        .execution_options(synchronize_session=False)
    )


def _errors(session: Session, actor: Actor, command: AddKey) -> Iterator[FieldError]:
    name = command.name.strip()
    if not name:
        yield FieldError("name", "field.required")
    if len(name) > MOST_NAME_SIGNS:
        yield FieldError("name", "field.too_long", {"most": MOST_NAME_SIGNS})
    partner = session.get(Organisation, command.partner_id)
    owners = {None, actor.organisation_id}
    if (
        partner is None
        or partner.kind == OrganisationKind.ASSOCIATION
        or partner.registered_by_id not in owners
    ):
        yield FieldError("partner_id", "partner.unknown")
    run = {
        area.programme
        for area in list_service_areas(session)
        if area.organisation_id == actor.organisation_id and area.holds_on(clock.today())
    }
    if not command.programmes:
        yield FieldError("programmes", "field.required")
    for index, programme in enumerate(command.programmes):
        if programme not in run or not actor.works_for(programme):
            said: dict[str, object] = {"programme": programme}
            yield FieldError(f"programmes.{index}", "partner.programme_not_run", said)


def _change(session: Session, key: KeyView, version: int, changes: dict[str, object]) -> None:
    if key.version != version:
        raise StaleVersion("version.stale")
    if key.revoked_at is not None:
        raise Conflict("partner.key_revoked")
    statement = (
        update(PartnerKey)
        .where(PartnerKey.id == key.id, PartnerKey.version == version)
        .values(version=version + 1, **changes)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")


def _manages(actor: Actor, row: PartnerKey) -> bool:
    return all(actor.works_for(programme) for programme in row.programmes)


def _view(row: PartnerKey) -> KeyView:
    said = {name: getattr(row, name) for name in KeyView.__slots__}
    return KeyView(**{**said, "programmes": tuple(row.programmes)})


def _say(session: Session, actor: Actor, action: str, key_id: UUID) -> None:
    append(session, Entry(actor.name, actor.role_name, action, "partner_key", str(key_id)))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
