"""Do something once per key: the same key and request get the first answer again.

The answer is written in the transaction of the work, so it exists exactly when the work does.
Two requests with one key at the same moment: the later waits for the row of the earlier and is
then answered from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import orjson
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.errors import IdempotencyKeyReused
from energiehuis.idempotency.models import IdempotencyKey
from energiehuis.identifiers import canonical_json

Answer = dict[str, object]
_TABLE = IdempotencyKey.__table__
# Statements that every request runs are built once; SQLAlchemy then finds them compiled.
_FIND = select(_TABLE.c.operation, _TABLE.c.request_hash, _TABLE.c.answer).where(
    _TABLE.c.scope == bindparam("scope"), _TABLE.c.key == bindparam("key")
)
_INSERT = insert(_TABLE)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Request:
    """What makes a request the same one: who, which key, which act, which body."""

    scope: str
    key: str
    operation: str
    request_hash: str


class RacedKey(Exception):
    """Another request with this key committed first; ask for its answer in a new transaction."""


def find_answer(session: Session, request: Request) -> Answer | None:
    """Give the answer that the key got before, or None.

    Raises
    ------
    IdempotencyKeyReused
        When the key came with another act or body.
    """
    row = session.connection().execute(_FIND, {"scope": request.scope, "key": request.key}).first()
    if row is None:
        return None
    if (row.operation, row.request_hash) != (request.operation, request.request_hash):
        raise IdempotencyKeyReused("idempotency.key_reused", field="Idempotency-Key")
    return dict(row.answer)


def answer_once(session: Session, request: Request, work: Callable[[], Answer]) -> Answer:
    """Give the earlier answer, or do the work and keep its answer.

    Raises
    ------
    IdempotencyKeyReused
        When the key came with another act or body.
    RacedKey
        When another transaction took the key meanwhile; nothing of this one may be kept.
    """
    if (earlier := find_answer(session, request)) is not None:
        return earlier
    # In the form in which it is kept, so that the first answer and the later ones are one text.
    answer: Answer = orjson.loads(canonical_json(work()))
    row = {
        "scope": request.scope,
        "key": request.key,
        "operation": request.operation,
        "request_hash": request.request_hash,
        "answer": answer,
        "created_at": clock.now(),
    }
    try:
        session.connection().execute(_INSERT, row)
    except IntegrityError as error:
        raise RacedKey(request.key) from error
    return answer
