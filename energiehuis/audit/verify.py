"""Checking the audit trail: every hash, every place in its chain, every chain that was named."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.audit.chain import CHAIN_OPENED, GENESIS, line_hash
from energiehuis.audit.models import AuditLine

_COLUMNS = AuditLine.__table__.columns


@dataclass(frozen=True, slots=True)
class Verification:
    """How many lines were read, and what was found wrong, each in a sentence."""

    lines: int
    chains: int
    faults: tuple[str, ...]


def verify(session: Session) -> Verification:
    """Read the whole trail and say what does not fit."""
    heads: dict[UUID, tuple[int, str]] = {}
    hashes: dict[tuple[str, int], str] = {}
    faults: list[str] = []
    named: list[tuple[str, int, str]] = []
    count = 0
    for row in _lines(session):
        count += 1
        faults.extend(_faults_of(row, heads.get(row["chain_id"])))
        heads[row["chain_id"]] = (row["chain_position"], row["hash"])
        hashes[str(row["chain_id"]), row["chain_position"]] = row["hash"]
        if row["action"] == CHAIN_OPENED:
            named.extend((c, p, h) for c, (p, h) in row["details"]["heads"].items())
    faults.extend(
        f"chain {chain}: line {position} is gone or was changed"
        for chain, position, expected in named
        if hashes.get((chain, position)) != expected
    )
    return Verification(count, len(heads), tuple(dict.fromkeys(faults)))


def _lines(session: Session) -> Iterator[dict]:  # type: ignore[type-arg]
    query = select(AuditLine.__table__).order_by(_COLUMNS.chain_id, _COLUMNS.chain_position)
    for row in session.execute(query.execution_options(yield_per=5_000)):
        yield dict(row._mapping)  # noqa: SLF001


def _faults_of(row: dict, head: tuple[int, str] | None) -> Iterator[str]:  # type: ignore[type-arg]
    position, previous = head or (-1, GENESIS)
    place = f"chain {row['chain_id']}, line {row['chain_position']}"
    if row["chain_position"] != position + 1:
        yield f"{place}: a line before it is missing"
    elif row["previous_hash"] != previous:
        yield f"{place}: does not continue the line before it"
    if row["hash"] != line_hash(row):
        yield f"{place}: was changed"
