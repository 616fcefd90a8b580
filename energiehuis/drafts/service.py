"""Keeping, finding and emptying drafts of the application form.

Whoever holds the token of a draft may read and change it; there is no other way to it, also not
for staff. Nothing is written to the audit trail, since nobody's file exists yet.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.drafts.models import ApplicationDraft

DRAFT_LASTS = timedelta(hours=24)
Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers by the name of their form field, as they were typed; sent drafts hold none."""

    answers: Answers = field(default_factory=dict)
    sent_reference: str | None = None


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def find_draft(session: Session, token: str, *, for_update: bool = False) -> Draft | None:
    """Give the draft of a token, or None when there is none or it is too old.

    With `for_update` a second request for the same draft waits until this one is done.
    """
    query = select(ApplicationDraft.answers, ApplicationDraft.sent_reference).where(
        ApplicationDraft.token_digest == _digest(token), ApplicationDraft.expires_at > clock.now()
    )
    row = session.execute(query.with_for_update() if for_update else query).first()
    return None if row is None else Draft(dict(row.answers), row.sent_reference)


def save_draft(session: Session, token: str, answers: Mapping[str, str]) -> None:
    """Keep the answers for a day from now; what is older than a day goes away."""
    values = {
        "answers": dict(answers),
        "updated_at": clock.now(),
        "expires_at": clock.now() + DRAFT_LASTS,
    }
    mine = ApplicationDraft.token_digest == _digest(token)
    changed = session.execute(update(ApplicationDraft).where(mine).values(values))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        drop_expired_drafts(session)
        session.execute(insert(ApplicationDraft).values(token_digest=_digest(token), **values))


def mark_sent(session: Session, token: str, reference: str) -> None:
    """Empty a draft and remember only which application came of it."""
    session.execute(
        update(ApplicationDraft)
        .where(ApplicationDraft.token_digest == _digest(token))
        .values(answers={}, sent_reference=reference, updated_at=clock.now())
    )


def drop_draft(session: Session, token: str) -> None:
    """Forget a draft; forgetting it twice is fine."""
    session.execute(delete(ApplicationDraft).where(ApplicationDraft.token_digest == _digest(token)))


def drop_expired_drafts(session: Session) -> None:
    """Forget all drafts that are too old."""
    session.execute(delete(ApplicationDraft).where(ApplicationDraft.expires_at <= clock.now()))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
