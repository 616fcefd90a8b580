"""Sending what waits: in order for each endpoint, at least once, one sender an endpoint at a time.

A sender claims an endpoint in a short transaction and sends outside of it, so that nobody waits
in the database for an address that is slow. An endpoint that fails waits longer each time and
keeps its order; the others go on.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, Update, insert, or_, select, update
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.db.unit_of_work import Database
from energiehuis.identifiers import canonical_json, new_id
from energiehuis.outbox.models import Delivery, Endpoint, Message, Try
from energiehuis.outbox.sending import SECONDS_IN_ALL, Sent, send, signature
from energiehuis.outbox.service import webhook_secret

# Longer than the longest try, so that a claim never runs out while its sender waits for an answer.
CLAIM_LASTS = timedelta(seconds=3 * SECONDS_IN_ALL)
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_IN_A_ROW = 100


@dataclass(frozen=True, slots=True)
class Sender:
    """A process that sends: its secret, what it may reach, and how long a try may take."""

    secret_key: str
    allow_private: bool = False
    seconds: float = SECONDS_IN_ALL


@dataclass(frozen=True, slots=True)
class _Waiting:
    endpoint_id: UUID
    url: str
    position: int
    message_id: UUID
    body: bytes


def deliver(database: Database, sender: Sender) -> int:
    """Send what is due to each endpoint; give how many messages arrived."""
    with database.unit_of_work() as session:
        due = list(session.scalars(_due()))
    return sum(_deliver_to(database, sender, endpoint_id) for endpoint_id in due)


def wait_after(failures: int) -> timedelta:
    """Give how long an endpoint waits after so many failures in a row.

    Examples
    --------
    >>> [int(wait_after(n).total_seconds()) for n in (1, 2, 3, 9, 10, 50)]
    [10, 20, 40, 2560, 3600, 3600]
    """
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - 1, 20)))


def _due() -> Select[UUID]:
    now = clock.now()
    waits = select(Delivery.endpoint_id).where(Delivery.delivered_at.is_(None))
    return (
        select(Endpoint.id)
        .where(
            Endpoint.id.in_(waits),
            Endpoint.removed_at.is_(None),
            or_(Endpoint.next_try_at.is_(None), Endpoint.next_try_at <= now),
            or_(Endpoint.claimed_until.is_(None), Endpoint.claimed_until <= now),
        )
        .order_by(Endpoint.id)
    )


def _deliver_to(database: Database, sender: Sender, endpoint_id: UUID) -> int:
    claim = new_id()
    with database.unit_of_work() as session:
        if not _claimed(session, endpoint_id, claim):
            return 0
    arrived = 0
    try:
        while arrived < MOST_IN_A_ROW:
            with database.unit_of_work() as session:
                head = _head(session, endpoint_id, claim)
            if head is None:
                break
            sent = _send(sender, head)
            with database.unit_of_work() as session:
                _note(session, head, sent, claim)
            if not sent.arrived:
                break
            arrived += 1
    finally:
        with database.unit_of_work() as session:
            session.execute(
                _of_claim(endpoint_id, claim).values(claimed_by=None, claimed_until=None)
            )
    return arrived


def _claimed(session: Session, endpoint_id: UUID, claim: UUID) -> bool:
    # Another sender may be at it this very moment: on PostgreSQL its row is skipped, on SQLite
    # writers come one after the other, and the second then finds the claim.
    free = _due().where(Endpoint.id == endpoint_id).with_for_update(skip_locked=True)
    if session.scalar(free) is None:
        return False
    until = clock.now() + CLAIM_LASTS
    session.execute(
        update(Endpoint)
        .where(Endpoint.id == endpoint_id)
        .values(claimed_by=claim, claimed_until=until)
    )
    return True


def _head(session: Session, endpoint_id: UUID, claim: UUID) -> _Waiting | None:
    """Give the first message that waits, and hold the claim for as long as sending it may take."""
    until = clock.now() + CLAIM_LASTS
    held = session.execute(_of_claim(endpoint_id, claim).values(claimed_until=until))
    if held.rowcount != 1:  # type: ignore[attr-defined]
        return None
    row = session.execute(
        select(Endpoint.url, Message)
        .join_from(Delivery, Endpoint, Endpoint.id == Delivery.endpoint_id)
        .join(Message, Message.position == Delivery.position)
        .where(
            Delivery.endpoint_id == endpoint_id,
            Delivery.delivered_at.is_(None),
            Endpoint.removed_at.is_(None),
        )
        .order_by(Delivery.position)
        .limit(1)
    ).first()
    if row is None:
        return None
    url, message = row
    body = {
        "id": str(message.id),
        "position": message.position,
        "topic": message.topic,
        "created_at": message.created_at.isoformat(),
        "payload": message.payload,
    }
    return _Waiting(endpoint_id, url, message.position, message.id, canonical_json(body))


def _send(sender: Sender, head: _Waiting) -> Sent:
    now = int(clock.now().timestamp())
    secret = webhook_secret(sender.secret_key, head.endpoint_id)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "energiehuis",
        "Energiehuis-Message": str(head.message_id),
        "Energiehuis-Signature": signature(secret, now, head.body),
    }
    return send(
        head.url, head.body, headers, allow_private=sender.allow_private, seconds=sender.seconds
    )


def _note(session: Session, head: _Waiting, sent: Sent, claim: UUID) -> None:
    now = clock.now()
    row = {
        "endpoint_id": head.endpoint_id,
        "position": head.position,
        "at": now,
        "milliseconds": sent.milliseconds,
        "status": sent.status,
        "fault": sent.fault,
    }
    session.execute(insert(Try).values(row))
    if sent.arrived:
        session.execute(
            update(Delivery)
            .where(Delivery.endpoint_id == head.endpoint_id, Delivery.position == head.position)
            .values(delivered_at=now)
        )
        session.execute(_of_claim(head.endpoint_id, claim).values(failures=0, next_try_at=None))
        return
    failed = select(Endpoint.failures).where(Endpoint.id == head.endpoint_id)
    failures = (session.scalar(failed) or 0) + 1
    session.execute(
        _of_claim(head.endpoint_id, claim).values(
            failures=failures, next_try_at=now + wait_after(failures)
        )
    )


def _of_claim(endpoint_id: UUID, claim: UUID) -> Update:
    return (
        update(Endpoint)
        .where(Endpoint.id == endpoint_id, Endpoint.claimed_by == claim)
        .execution_options(synchronize_session=False)
    )
