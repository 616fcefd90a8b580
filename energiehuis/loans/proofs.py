"""The proof of a ground of the priority group, kept apart from the credit file.

Of a document that a counsellor saw only this stays: for which ground, what it showed, what kind of
document, when, and the role of who saw it. What the counsellor typed about it is not kept, only
its digest: whoever holds the text can show that it was this one. The credit file and the sealed
decision name a proof by its digest alone; reading one needs a right of its own and is written down.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.eligibility.questions import ground_facts
from energiehuis.eligibility.truth import Truth
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.identifiers import digest
from energiehuis.law.loader import load_law
from energiehuis.law.model import Ground
from energiehuis.loans.assessment import Assessment
from energiehuis.loans.commands import ChangeFacts
from energiehuis.loans.models import EligibilityProof
from energiehuis.loans.queries import ApplicationFile, load_application
from energiehuis.loans.vocabulary import ProofStatus

_PROOFS = EligibilityProof.__table__
_STATUSES = {
    Truth.YES: ProofStatus.HOLDS,
    Truth.NO: ProofStatus.DOES_NOT_HOLD,
    Truth.UNKNOWN: ProofStatus.CANNOT_BE_TOLD,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was seen; `document` is None where its kind was not said."""

    ground: str
    status: str
    document: str | None
    seen_on: date
    seen_by_role: str
    evidence_digest: str
    digest: str


_SELECT = select(*(_PROOFS.c[part.name] for part in fields(Proof)))


def document_kinds() -> tuple[str, ...]:
    """List the kinds of documents that prove a ground, of all days."""
    return tuple(dict.fromkeys(d.id for g in load_law().grounds for d in g.documents))


def proof_rows(
    file: ApplicationFile, command: ChangeFacts, *, assessment: Assessment, actor: Actor
) -> list[dict[str, Any]]:
    """Give a row for each ground that the changed facts decide on; none for facts of the credit.

    Raises
    ------
    InvalidInput
        `facts.document_of_another_ground`, when the document proves none of these grounds.
    """
    grounds = _grounds_of(file, command.changes)
    proven = {document.id for ground in grounds for document in ground.documents}
    if command.document is not None and command.document not in proven:
        raise InvalidInput([FieldError("document", "facts.document_of_another_ground")])
    return [_row(file, command, ground, assessment=assessment, actor=actor) for ground in grounds]


def add_proofs(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep the proofs."""
    if rows:
        session.connection().execute(insert(_PROOFS), rows)  # type: ignore[arg-type]


def list_proof_digests(session: Session, application_id: UUID) -> list[str]:
    """Give the digests by which a sealed decision names the proofs, oldest first."""
    query = select(_PROOFS.c.digest).where(_PROOFS.c.application_id == application_id)
    return list(session.scalars(query.order_by(_PROOFS.c.id)))


def list_proofs(session: Session, actor: Actor, application_id: UUID) -> list[Proof]:
    """Give the proofs of a file, and write down that they were read. Needs `proof:read`.

    Raises
    ------
    NotFound, PermissionDenied
    """
    require(actor, Permission.PROOF_READ)
    file = load_application(session, actor, application_id)
    query = _SELECT.where(_PROOFS.c.application_id == file.id).order_by(_PROOFS.c.id)
    proofs = [Proof(*row) for row in session.execute(query)]
    append(session, Entry(actor.name, actor.role_name, "proof.read", "application", str(file.id)))
    return proofs


def _grounds_of(file: ApplicationFile, changed: Collection[str]) -> list[Ground]:
    law = load_law().on(file.applied_on)
    return [
        ground for ground in law.grounds if not set(changed).isdisjoint(ground_facts(law, ground))
    ]


def _row(
    file: ApplicationFile,
    command: ChangeFacts,
    ground: Ground,
    *,
    assessment: Assessment,
    actor: Actor,
) -> dict[str, Any]:
    is_of_ground = command.document in {document.id for document in ground.documents}
    row: dict[str, Any] = {
        "application_id": file.id,
        "ground": ground.id,
        "status": _STATUSES[Truth(assessment.grounds[ground.id])].value,
        "document": command.document if is_of_ground else None,
        "seen_on": clock.today(),
        "seen_by_role": actor.role_name,
        # With the file in it, equal texts of two files cannot be told to be equal.
        "evidence_digest": digest([str(file.id), command.evidence.strip()]),
    }
    return {**row, "digest": digest({name: str(value) for name, value in row.items()})}
