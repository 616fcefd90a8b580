"""Units of work of a request: who asks, one session, one commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar, cast

from flask import current_app, g, request

from api.authentication import current_token
from api.guards import check_actor
from api.limits import limit_key
from energiehuis.access.actor import CITIZEN, Actor
from energiehuis.access.api_keys import actor_of_key, is_key, note_use
from energiehuis.access.service import actor_of_token
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.db.unit_of_work import Database
from energiehuis.errors import Conflict, DomainError, FieldError, InvalidInput, StaleVersion
from energiehuis.idempotency.service import Answer, RacedKey, Request, answer_once, find_answer
from energiehuis.identifiers import digest

Ready = TypeVar("Ready")
_KEY_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def database() -> Database:
    """Give the database of the application."""
    return cast(Database, current_app.extensions["database"])


@contextmanager
def unit_of_work(kind: TransactionKind) -> Iterator[tuple[Session, Actor]]:
    """Open a unit of work for whoever asks; it commits once at its end, or not at all."""
    with database().unit_of_work(kind) as session:
        actor = _actor(session)
        if actor.partner_id is not None and kind is not TransactionKind.READ:
            note_use(session, actor)
        yield session, actor


class Prepared(Generic[Ready]):
    """What can be worked out before a transaction opens, so that nobody waits for it.

    A refusal is kept and raised inside: a request that was answered before gets that answer again.
    """

    def __init__(self, prepare: Callable[[], Ready]) -> None:
        self._error: DomainError | None = None
        try:
            self._ready = prepare()
        except DomainError as error:
            self._error = error

    def get(self) -> Ready:
        """Give what was worked out, or raise its refusal."""
        if self._error is not None:
            raise self._error
        return self._ready


def write_once(operation: str, payload: object, work: Callable[[Session, Actor], Answer]) -> Answer:
    """Do something once for the Idempotency-Key of the request; see `energiehuis.idempotency`.

    Raises
    ------
    InvalidInput
        When the key is missing or has an odd form.
    """
    key = _idempotency_key()
    body = digest({"path": request.path, "body": payload})
    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            asked = Request(actor.name, key, operation, body)
            return answer_once(session, asked, lambda: work(session, actor))
    except (RacedKey, Conflict, StaleVersion):
        # The same request may have committed while this one waited; then its answer counts.
        earlier = _earlier_answer(key, operation, body)
        if earlier is None:
            raise
        return earlier


def _earlier_answer(key: str, operation: str, body: str) -> Answer | None:
    with unit_of_work(TransactionKind.READ) as (session, actor):
        return find_answer(session, Request(actor.name, key, operation, body))


def _actor(session: Session) -> Actor:
    token = current_token()
    if token is None:
        check_actor(CITIZEN)
        return CITIZEN
    if request.path.startswith("/api/") and is_key(token):
        actor = actor_of_key(session, token)
        limit_key(actor.name)
    else:
        actor = actor_of_token(session, token)
    check_actor(actor)
    g.actor = actor
    return actor


def _idempotency_key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not 8 <= len(key) <= 64 or not _KEY_SIGNS.issuperset(key):
        raise InvalidInput([FieldError("Idempotency-Key", "idempotency.key_required")])
    return key
