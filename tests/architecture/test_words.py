"""Every code that can be answered has its sentence, with the same places in each language."""

import re
from pathlib import Path

import pytest

from api.errors import STATUS
from energiehuis import errors, i18n

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"\{(\w+)[^}]*\}")
RAISED = re.compile(
    r"(?:NotFound|PermissionDenied|NotAuthenticated|TooManyAttempts|StaleVersion|VersionRequired|"
    r"Conflict|IdempotencyKeyReused|RuleViolation|Code)\(\s*\"([a-z_]+\.[a-z_.]+)\""
)
IN_FIELD = re.compile(r"FieldError\(\s*(?:f?\"[^\"]*\"|\w+),\s*\"([a-z_]+\.[a-z_.]+)\"")


def test_every_refusal_has_a_status():
    kinds = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.DomainError)
        and kind is not errors.DomainError
    }
    assert kinds == set(STATUS)


@pytest.mark.parametrize("key", sorted(i18n.catalogue()))
def test_a_text_has_the_same_places_in_each_language(key):
    texts = i18n.catalogue()[key]
    places = {language: set(PLACE.findall(text)) for language, text in texts.items()}
    assert places["nl"] == places["fr"] == places["en"]


def test_every_code_in_the_source_has_a_sentence():
    missing = {
        (str(path.relative_to(ROOT)), code)
        for folder in ("api", "energiehuis")
        for path in (ROOT / folder).rglob("*.py")
        for pattern in (RAISED, IN_FIELD)
        for code in pattern.findall(path.read_text())
        if not i18n.has_text(code)
    }
    assert missing == set()
