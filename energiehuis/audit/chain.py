"""How audit lines hang together: one hash chain for each process that writes.

A chain for the whole database would make all writers wait for each other's disk. So each process
opens a chain of its own and keeps the last hash in memory. The first line of a chain names the
last line of every chain that stood open, so a chain that is cut short or removed leaves a gap
that `verify` finds as long as a later chain exists.
"""

import hashlib
import os
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, aliased

from energiehuis import clock
from energiehuis.audit.models import AuditLine
from energiehuis.db.unit_of_work import before_commit, database_of
from energiehuis.identifiers import canonical_json, new_id

GENESIS = "0" * 64
CHAIN_OPENED = "audit.chain_opened"
_INSERT = insert(AuditLine.__table__)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Entry:
    """An act that is to be written down."""

    actor: str
    role: str
    action: str
    subject_type: str
    subject_id: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass
class Chain:
    """The chain of this process on one database: where it stands."""

    chain_id: UUID | None = None
    process_id: int = 0
    position: int = -1
    last_hash: str = GENESIS
    lock: threading.Lock = field(default_factory=threading.Lock)


def line_hash(row: dict[str, object]) -> str:
    """Give the SHA-256 of everything that a line says, and of the line before it."""
    said = {key: _text(value) for key, value in row.items() if key not in {"hash", "id"}}
    return hashlib.sha256(canonical_json(said)).hexdigest()


def append(session: Session, entry: Entry) -> None:
    """Let an entry be written when the unit of work ends, in the same transaction."""
    session.info.setdefault("audit_entries", []).append(entry)
    before_commit(session, _write_entries)


def _write_entries(session: Session, held: ExitStack) -> None:
    entries: list[Entry] = session.info.pop("audit_entries", [])
    if not entries:
        return
    database = database_of(session)
    chain = database.attachments.setdefault("audit_chain", Chain())
    if not isinstance(chain, Chain):
        raise TypeError("audit_chain is taken")
    held.enter_context(chain.lock)
    start = _opened(session, chain)
    rows = list(_chained(start, entries))
    session.connection().execute(_INSERT, rows)
    held.push(_Advance(chain, start.chain_id, rows[-1]))


@dataclass(slots=True)
class _Advance:
    """Moves the chain when the commit went well; leaves it for a new one when that is unsure."""

    chain: Chain
    chain_id: UUID | None
    last: dict[str, object]

    def __enter__(self) -> None:
        """Nothing to open."""

    def __exit__(self, failure: object, *_rest: object) -> None:
        """Note where the chain stands; after a failed commit nobody knows, so start anew."""
        if failure is not None:
            self.chain.chain_id = None
            return
        self.chain.chain_id, self.chain.process_id = self.chain_id, os.getpid()
        self.chain.position = int(str(self.last["chain_position"]))
        self.chain.last_hash = str(self.last["hash"])


def _opened(session: Session, chain: Chain) -> Chain:
    if chain.chain_id is not None and chain.process_id == os.getpid():
        return chain
    opened = Chain(chain_id=new_id())
    entry = Entry("system", "system", CHAIN_OPENED, "audit", str(opened.chain_id), _heads(session))
    row = next(iter(_chained(opened, [entry])))
    session.connection().execute(_INSERT, [row])
    return Chain(chain_id=opened.chain_id, position=0, last_hash=str(row["hash"]))


def _heads(session: Session) -> dict[str, object]:
    chains = select(AuditLine.chain_id).where(AuditLine.chain_position == 0).subquery()
    line = aliased(AuditLine)
    last = (
        select(func.max(line.chain_position))
        .where(line.chain_id == chains.c.chain_id)
        .scalar_subquery()
    )
    heads = session.execute(
        select(AuditLine.chain_id, AuditLine.chain_position, AuditLine.hash).join(
            chains,
            (AuditLine.chain_id == chains.c.chain_id) & (AuditLine.chain_position == last),
        )
    )
    return {"heads": {str(head.chain_id): [head.chain_position, head.hash] for head in heads}}


def _chained(chain: Chain, entries: Iterable[Entry]) -> Iterable[dict[str, object]]:
    previous, position, at = chain.last_hash, chain.position, clock.now()
    for entry in entries:
        position += 1
        row: dict[str, object] = {
            "chain_id": chain.chain_id,
            "chain_position": position,
            "at": at,
            "actor": entry.actor,
            "role": entry.role,
            "action": entry.action,
            "subject_type": entry.subject_type,
            "subject_id": entry.subject_id,
            "details": entry.details,
            "previous_hash": previous,
        }
        previous = row["hash"] = line_hash(row)
        yield row


def _text(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
