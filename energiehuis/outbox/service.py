"""Writing messages with the work that they tell of, and the endpoints that they go to."""

import base64
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import FieldError, InvalidInput, NotFound, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.outbox.models import Delivery, Endpoint, Message, Try

MOST_URL_SIGNS = 500
MOST_TOPICS = 20
MOST_LISTED = 50
TOPIC = r"[a-z_]{1,29}\.[a-z_]{1,29}"
# So begins what is about one partner; of anything else an endpoint of a partner would hear nothing.
ABOUT_PARTNER = "partner_"


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint as its managers see it; `waiting` messages have not arrived."""

    id: UUID
    version: int
    partner_id: UUID | None
    url: str
    topics: tuple[str, ...]
    created_at: datetime
    failures: int
    next_try_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class TryView:
    """A try to send a message: the status that was answered, or else the fault."""

    message_id: UUID
    topic: str
    at: datetime
    milliseconds: int
    status: int | None
    fault: str | None


def enqueue(
    session: Session,
    organisation_id: UUID,
    topic: str,
    payload: Mapping[str, object],
    *,
    partner_id: UUID | None = None,
) -> None:
    """Write a message in the transaction of the work that it tells of; call it last.

    The payload holds ids and states, never a name: it leaves the house. What is about a partner
    (`partner_id`) goes to the endpoints of that partner and of the house, and to no other partner.
    """
    if re.fullmatch(TOPIC, topic) is None:
        raise ValueError(f"{topic!r} is no topic")
    if topic.startswith(ABOUT_PARTNER) is not (partner_id is not None):
        raise ValueError(f"{topic!r} and its partner do not go together")
    endpoints = session.execute(
        select(Endpoint.id, Endpoint.topics).where(
            Endpoint.organisation_id == organisation_id,
            Endpoint.removed_at.is_(None),
            or_(Endpoint.partner_id.is_(None), Endpoint.partner_id == partner_id),
        )
    ).all()
    goes_to = [endpoint.id for endpoint in endpoints if topic in endpoint.topics]
    if goes_to and session.connection().dialect.name == "postgresql":
        # Until the commit, so that a lower position never becomes visible after a higher one.
        lock = organisation_id.int & (2**63 - 1)
        session.execute(select(func.pg_advisory_xact_lock(lock)))
    row = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "topic": topic,
        "payload": dict(payload),
        "created_at": clock.now(),
    }
    position = session.scalar(insert(Message).values(row).returning(Message.position))
    if goes_to:
        rows = [{"endpoint_id": each, "position": position} for each in goes_to]
        session.execute(insert(Delivery), rows)


def webhook_secret(secret_key: str, endpoint_id: UUID) -> str:
    """Give the secret with which messages to an endpoint are signed; it is kept nowhere."""
    mac = hmac.digest(secret_key.encode(), f"webhook:{endpoint_id}".encode(), "sha256")
    return "whsec_" + base64.urlsafe_b64encode(mac).decode().rstrip("=")


def add_endpoint(
    session: Session,
    actor: Actor,
    url: str,
    topics: tuple[str, ...],
    *,
    allow_private: bool,
    partner_id: UUID | None = None,
) -> EndpointView:
    """Let messages of some topics go to an address from now on. Needs `partner:manage`.

    With a partner it gets only what is about that partner.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `webhook.url`, `field.list_length`, `webhook.topic`, `webhook.topic_of_house`,
        `organisation.unknown`.
    """
    require(actor, Permission.PARTNER_MANAGE)
    errors = list(_errors(url, topics, allow_private=allow_private))
    if partner_id is not None:
        errors += _partner_errors(session, partner_id, topics)
    if errors:
        raise InvalidInput(errors)
    row = {
        "id": new_id(),
        "version": 1,
        "organisation_id": actor.organisation_id,
        "partner_id": partner_id,
        "url": url,
        "topics": sorted(set(topics)),
        "created_at": clock.now(),
        "created_by": actor.name,
        "failures": 0,
    }
    session.execute(insert(Endpoint).values(row))
    _say(session, actor, "webhook.added", row["id"])
    return get_endpoint(session, actor, row["id"])  # type: ignore[arg-type]


def list_endpoints(session: Session, actor: Actor) -> tuple[EndpointView, ...]:
    """List the endpoints of the organisation, newest first. Needs `partner:manage`."""
    require(actor, Permission.PARTNER_MANAGE)
    rows = session.scalars(
        select(Endpoint)
        .where(Endpoint.organisation_id == actor.organisation_id, Endpoint.removed_at.is_(None))
        .order_by(Endpoint.id.desc())
    )
    return tuple(_view(session, row) for row in rows)


def get_endpoint(session: Session, actor: Actor, endpoint_id: UUID) -> EndpointView:
    """Give an endpoint of the organisation. Needs `partner:manage`.

    Raises
    ------
    NotFound
    """
    require(actor, Permission.PARTNER_MANAGE)
    query = select(Endpoint).where(
        Endpoint.id == endpoint_id,
        Endpoint.organisation_id == actor.organisation_id,
        Endpoint.removed_at.is_(None),
    )
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound("request.not_found")
    return _view(session, row)


def remove_endpoint(session: Session, actor: Actor, endpoint_id: UUID, *, version: int) -> None:
    """Send nothing more to an endpoint, what waits neither. Needs `partner:manage`.

    Raises
    ------
    PermissionDenied, NotFound, StaleVersion
    """
    if get_endpoint(session, actor, endpoint_id).version != version:
        raise StaleVersion("version.stale")
    session.execute(
        update(Endpoint)
        .where(Endpoint.id == endpoint_id)
        .values(removed_at=clock.now(), version=version + 1)
    )
    _say(session, actor, "webhook.removed", endpoint_id)


def list_tries(session: Session, actor: Actor, endpoint_id: UUID) -> tuple[TryView, ...]:
    """List the newest tries to send to an endpoint. Needs `partner:manage`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    get_endpoint(session, actor, endpoint_id)
    rows = session.execute(
        select(Message.id, Message.topic, Try.at, Try.milliseconds, Try.status, Try.fault)
        .join_from(Try, Message, Message.position == Try.position)
        .where(Try.endpoint_id == endpoint_id)
        .order_by(Try.id.desc())
        .limit(MOST_LISTED)
    )
    return tuple(TryView(*row) for row in rows)


def replay(session: Session, actor: Actor, endpoint_id: UUID, *, since: datetime) -> int:
    """Send again, in order, what an endpoint got since a moment; give how many messages.

    They keep their ids, so a receiver knows them. Needs `partner:manage`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    get_endpoint(session, actor, endpoint_id)
    of_then = select(Message.position).where(Message.created_at >= since)
    again = (
        update(Delivery)
        .where(
            Delivery.endpoint_id == endpoint_id,
            Delivery.delivered_at.is_not(None),
            Delivery.position.in_(of_then),
        )
        .values(delivered_at=None)
        .execution_options(synchronize_session=False)
    )
    count: int = session.execute(again).rowcount  # type: ignore[attr-defined]
    _say(session, actor, "webhook.replayed", endpoint_id)
    return count


def _errors(url: str, topics: tuple[str, ...], *, allow_private: bool) -> Iterator[FieldError]:
    if not is_sendable(url, allow_private=allow_private):
        yield FieldError("url", "webhook.url")
    if not 1 <= len(topics) <= MOST_TOPICS:
        limits: dict[str, object] = {"minimum": 1, "maximum": MOST_TOPICS}
        yield FieldError("topics", "field.list_length", limits)
    for index, topic in enumerate(topics):
        if re.fullmatch(TOPIC, topic) is None:
            yield FieldError(f"topics.{index}", "webhook.topic")


def _partner_errors(
    session: Session, partner_id: UUID, topics: tuple[str, ...]
) -> Iterator[FieldError]:
    if session.get(Organisation, partner_id) is None:
        yield FieldError("partner_id", "organisation.unknown")
    for index, topic in enumerate(topics):
        if not topic.startswith(ABOUT_PARTNER):
            yield FieldError(f"topics.{index}", "webhook.topic_of_house")


def is_sendable(url: str, *, allow_private: bool) -> bool:
    """Say whether an address has a form that may be sent to: https, no name and password in it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    schemes = {"https", "http"} if allow_private else {"https"}
    is_plain = re.fullmatch(r"[!-~]+", url) is not None and len(url) <= MOST_URL_SIGNS
    return is_plain and parts.scheme in schemes and bool(parts.hostname) and "@" not in parts.netloc


def _view(session: Session, row: Endpoint) -> EndpointView:
    waits = (Delivery.endpoint_id == row.id) & Delivery.delivered_at.is_(None)
    waiting = session.scalar(select(func.count()).select_from(Delivery).where(waits)) or 0
    return EndpointView(
        row.id,
        row.version,
        row.partner_id,
        row.url,
        tuple(row.topics),
        row.created_at,
        row.failures,
        row.next_try_at,
        waiting,
    )


def _say(session: Session, actor: Actor, action: str, endpoint_id: object) -> None:
    append(session, Entry(actor.name, actor.role_name, action, "webhook", str(endpoint_id)))
