"""Two people who may change the law, and a draft that can be taken through all steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.permissions import Role
from energiehuis.db.unit_of_work import Database
from energiehuis.law_changes.queries import LawDraft, get_draft
from energiehuis.law_changes.service import TakeStep, create_draft, take_step
from energiehuis.law_changes.states import DraftStep
from tests.law_drafts import draft_text

NOW = datetime(2029, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """A database with an author and a colleague."""

    database: Database
    author: Actor
    colleague: Actor

    def create(self, text: str | None = None, actor: Actor | None = None) -> LawDraft:
        with self.database.unit_of_work() as session:
            return create_draft(session, actor or self.author, text or draft_text())

    def take(
        self, draft: LawDraft, step: str, actor: Actor | None = None, version: int | None = None
    ) -> LawDraft:
        command = TakeStep(draft.id, version or self.now(draft).version, DraftStep(step))
        with self.database.unit_of_work() as session:
            return take_step(session, actor or self.author, command)

    def now(self, draft: LawDraft) -> LawDraft:
        with self.database.unit_of_work() as session:
            return get_draft(session, self.author, draft.id)

    def schedule(self, text: str | None = None) -> LawDraft:
        draft = self.create(text)
        self.take(draft, "test")
        self.take(draft, "approve", self.colleague)
        return self.take(draft, "schedule")


@pytest.fixture
def house(database, actor_with: Callable[..., Actor]):
    author, colleague = actor_with(Role.LEAD_COUNSELLOR), actor_with(Role.ADMINISTRATOR)
    with clock.frozen(NOW):
        yield House(database, author, colleague)
