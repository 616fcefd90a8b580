"""Every word that a page can ask for is in the catalogue, in all three languages."""

import re
from pathlib import Path

import pytest

from api.pages.application.fields import Kind
from api.pages.application.steps import STEPS
from api.pages.file_forms import fact_fields
from energiehuis.access.permissions import Role
from energiehuis.i18n import LANGUAGES, catalogue, has_text
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.commands import Channel
from energiehuis.loans.states import ApplicationStatus, Move
from energiehuis.loans.vocabulary import RefusalReason

ROOT = Path(__file__).parents[3]
PLAIN_KEY = re.compile(r'\b(?:t|text)\(\s*"([a-z_0-9]+(?:\.[a-z_0-9]+)+)"\s*[,)]')
ANSWERS = (
    {
        "borrower": "natural_person_together",
        "facts.dwelling_role": "landlord",
        "facts.new_build": "yes",
    },
    {"borrower": "owners_association"},
)


def test_every_word_named_in_a_template_or_view_exists():
    files = [*(ROOT / "api/templates").rglob("*.html"), *(ROOT / "api/pages").rglob("*.py")]
    named = {key for path in files for key in PLAIN_KEY.findall(path.read_text())}
    assert len(named) > 100
    assert {key for key in named if not has_text(key)} == set()


@pytest.mark.parametrize("answers", ANSWERS)
def test_every_question_and_answer_has_words(answers):
    missing = set()
    for step in STEPS:
        for group in step.ask(answers):
            keys = [group.key] if group.key else []
            for question in group.questions:
                keys.append(question.text_key)
                if question.kind in (Kind.CHOICE, Kind.SELECT):
                    named = [a for a in question.answers if a != "unknown"]
                    keys += [f"{question.answer_key}.{answer}" for answer in named]
            missing |= {key for key in keys if not has_text(key)}
    assert missing == set()


def test_every_state_reason_role_channel_and_move_has_words():
    keys = [
        *(f"word.status.{status}" for status in ApplicationStatus),
        *(f"status.explain.{status}" for status in ApplicationStatus),
        *(f"word.refusal.{reason}" for reason in RefusalReason),
        *(f"word.role.{role}" for role in Role),
        *(f"word.channel.{channel}" for channel in Channel),
        *(f"word.borrower.{kind}" for kind in BorrowerKind),
        *(f"staff.event.{move}" for move in Move if move not in (Move.APPROVE, Move.REFUSE)),
    ]
    assert [key for key in keys if not has_text(key)] == []


def test_every_fact_that_staff_can_change_has_words():
    kinds = [kind.value for kind in BorrowerKind]
    keys = {field.word_key for kind in kinds for field in fact_fields(kind)}
    assert {key for key in keys if not has_text(key)} == set()


def test_dutch_french_and_english_are_not_copies_of_one_another():
    texts = [
        words
        for key, words in catalogue().items()
        if key.startswith(("apply.", "review.", "staff.")) and len(words["nl"].split()) > 4
    ]
    assert len(texts) > 80
    for language in LANGUAGES[1:]:
        assert [words["nl"] for words in texts if words["nl"] == words[language]] == []
