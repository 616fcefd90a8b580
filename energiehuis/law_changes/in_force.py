"""The law in force in a database: the rule files, with the scheduled drafts laid over them.

A process asks the database at most every half minute. A draft is scheduled for the day after
tomorrow at the earliest, so every process has it long before it matters.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import monotonic

from sqlalchemy.orm import Session

from energiehuis.db.engine import TransactionKind
from energiehuis.db.unit_of_work import Database
from energiehuis.identifiers import digest
from energiehuis.law.law import Law
from energiehuis.law.loader import law_given_by, law_of_files
from energiehuis.law.overlay import Overlay, lay_over, read_overlay
from energiehuis.law_changes.queries import LawDraft, list_scheduled

ASKED_AGAIN_AFTER_SECONDS = 30.0
_KEPT = "law_in_force"


@dataclass(frozen=True, slots=True)
class _Kept:
    asked_at: float
    digests: tuple[str, ...]
    law: Law


def use_law_of(database: Database) -> AbstractContextManager[None]:
    """Let `load_law` give the law of a database inside the `with` block."""
    return law_given_by(lambda: law_in_force(database))


def law_in_force(database: Database) -> Law:
    """Give the law of a database; read again when its drafts may have changed."""
    kept = database.attachments.get(_KEPT)
    if isinstance(kept, _Kept) and monotonic() - kept.asked_at < ASKED_AGAIN_AFTER_SECONDS:
        return kept.law
    with database.unit_of_work(TransactionKind.READ) as session:
        scheduled = list_scheduled(session)
    digests = tuple(draft.digest for draft in scheduled)
    # The same law object keeps what was worked out for its days.
    is_same = isinstance(kept, _Kept) and kept.digests == digests
    law = kept.law if is_same and isinstance(kept, _Kept) else law_with(scheduled)
    database.attachments[_KEPT] = _Kept(monotonic(), digests, law)
    return law


def forget_law(database: Database) -> None:
    """Ask again at the next occasion, after this process changed something."""
    database.attachments.pop(_KEPT, None)


def law_with(drafts: tuple[LawDraft, ...]) -> Law:
    """Give the law of the rule files with drafts laid over it.

    Raises
    ------
    LawFileError
        When the drafts do not fit together.
    """
    return lay_over(law_of_files(), overlays_of(drafts)) if drafts else law_of_files()


def overlays_of(drafts: tuple[LawDraft, ...]) -> list[Overlay]:
    """Read what drafts change."""
    return [read_overlay(draft.file_name, draft.text) for draft in drafts]


def overlays_beside(session: Session, text: str) -> list[Overlay]:
    """Read what the scheduled drafts change, without the one of this very text."""
    drafts = list_scheduled(session)
    return overlays_of(tuple(draft for draft in drafts if draft.digest != digest(text)))
