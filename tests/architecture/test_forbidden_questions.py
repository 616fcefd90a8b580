"""Nothing that a credit form may not ask is asked: WER art. VII.69.

Race or ethnic descent, sexual life, politics, membership of a trade union or of a health fund, and
belief. Read are all words of all catalogues in three languages, all templates, all inputs of the
forms, and every request of the JSON interface.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.pages import file_forms
from api.pages.application.fields import Kind
from api.pages.application.questions import TOGETHER
from api.pages.application.steps import questions_of
from energiehuis.config import Settings
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.i18n import LANGUAGES, catalogue
from energiehuis.law.vocabulary import BorrowerKind

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "origin": r"ras|rassen|etnisch\w*|afkomst|afstamming|huidskleur|"
    r"race|raciale?s?|ethni\w*|ethnique\w*|couleur de peau|racial|skin colou?r|descent",
    "sexual life": r"seksu\w*|geaardheid|sexu\w*|sex life",
    "politics": r"politieke?|partijkaart|political|politics|"
    r"(?:opinions?|convictions?|parti|affiliation) politiques?",
    "trade union": r"vakbond\w*|syndica\w*|syndicats?|trade unions?|labou?r unions?|"
    r"union member\w*|ACV|ABVV|ACLVB|CSC|FGTB|CGSLB",
    "health fund": r"ziekenfonds\w*|mutualiteit\w*|klevertje\w*|mutuelles?|mutualité\w*|"
    r"health ?funds?|sickness funds?|health insurer\w*",
    "belief": r"geloof\w*|godsdienst\w*|religi\w*|levensbeschouw\w*|croyances?|confession\w*|"
    r"belief\w*|faith|philosophi\w*|filosofi\w*",
}
PATTERNS = {
    subject: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for subject, words in FORBIDDEN.items()
}
# Each text that may hold such a word, with the reason.
ALLOWED = {
    # It says where the status can be seen; the question itself is yes, no or unknown.
    ("apply.q.facts.increased_allowance.hint", "health fund"),
    # It tells staff not to write down which fund.
    ("facts.names_health_fund", "health fund"),
    # It tells the applicant what is never asked.
    ("pages.privacy.what.text", "belief"),
}
# Free texts that a request about a loan may hold. In a new one anything can be typed.
FREE_TEXTS = {
    *("given_name", "family_name", "name", "email", "street", "house_number", "box"),
    *("enterprise_number", "phone", "postcode", "reference", "secret"),
    *("evidence", "note", "explanation"),
}


def found_in(text: str) -> set[str]:
    """Name the subjects that a text touches; the parts of an identifier count as words."""
    plain = text.replace("_", " ").replace("-", " ")
    return {subject for subject, pattern in PATTERNS.items() if pattern.search(plain)}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    nowhere = Settings(database_url="sqlite:///nowhere.db", secret_key="x" * 40, log_level="ERROR")
    return create_app(nowhere).test_client().get("/api/v1/openapi.json").get_json()


def requests(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give every property of every request body and every parameter, with its path."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if not isinstance(operation, dict):
                continue
            label = f"{method} {path}"
            for parameter in [*item.get("parameters", []), *operation.get("parameters", [])]:
                yield f"{label}: {parameter.get('name')}", parameter
            for media in operation.get("requestBody", {}).get("content", {}).values():
                yield from properties(media["schema"], document, f"{label}:", ())


def properties(
    schema: Mapping[str, Any], document: Mapping[str, Any], path: str, seen: tuple[str, ...]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk a schema through its references, groups and lists."""
    reference = schema.get("$ref")
    if reference is not None:
        if reference not in seen:
            name = reference.rsplit("/", 1)[-1]
            inner = document["components"]["schemas"][name]
            yield path, {"title": name, "description": inner.get("description", "")}
            yield from properties(inner, document, path, (*seen, reference))
        return
    for name, inner in schema.get("properties", {}).items():
        yield f"{path} {name}", inner
        yield from properties(inner, document, f"{path} {name}", seen)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from properties(schema[key], document, path, seen)
    for key in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(key, ()):
            yield from properties(inner, document, path, seen)


def all_inputs() -> Iterator[Any]:
    """Give every question that the form can ask, whatever was answered before."""
    for kind in [*BorrowerKind, TOGETHER]:
        for role in ("landlord", "tenant", "owner_occupier"):
            yield from questions_of({"borrower": str(kind), "facts.dwelling_role": role})


def wrong_in_catalogue(texts: Mapping[str, Mapping[str, str]]) -> set[tuple[str, str]]:
    return {
        (key, subject)
        for key, words in texts.items()
        for text in (key, *(words[language] for language in LANGUAGES))
        for subject in found_in(text)
    }


def test_no_word_of_any_catalogue_asks_for_it():
    assert wrong_in_catalogue(catalogue()) - ALLOWED == set()


def test_the_allowed_texts_are_still_needed():
    assert wrong_in_catalogue(catalogue()) >= ALLOWED


def test_no_template_asks_for_it():
    templates = sorted((ROOT / "api" / "templates").rglob("*.html"))
    assert len(templates) > 20
    wrong = {path.name: found_in(path.read_text("utf-8")) for path in templates}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_input_of_the_forms_asks_for_it():
    names = {name for question in all_inputs() for name in question.input_names}
    names |= {answer for question in all_inputs() for answer in question.answers}
    fields = [one for kind in BorrowerKind for one in file_forms.fact_fields(kind)]
    names |= {field.name for field in fields} | {field.word_key for field in fields}
    assert len(names) > 50
    assert {name for name in names if found_in(name)} == set()


def test_no_request_of_the_json_interface_asks_for_it(document):
    asked = list(requests(document))
    assert len(asked) > 100
    wrong = {path for path, inner in asked if found_in(f"{path} {inner}")}
    assert wrong == set()


def test_no_request_can_hold_which_health_fund(document):
    """Facts are yes, no, numbers, days or one of a list; a free text stands in the list above."""
    of_loans = [
        (path, inner)
        for path, inner in requests(document)
        if "loan-application" in path or "eligibility" in path
    ]
    free = {path for path, inner in of_loans if is_free_text(inner)}
    assert {path.rsplit(" ", 1)[-1] for path in free} == FREE_TEXTS
    assert [path for path, _ in of_loans if " facts " in path]
    assert {path for path in free if " facts " in path} == set()


def is_free_text(inner: Mapping[str, Any]) -> bool:
    kinds = inner.get("type")
    is_text = kinds == "string" or (isinstance(kinds, list) and "string" in kinds)
    has_shape = "enum" in inner or "format" in inner or "[0-9]{1,10}" in inner.get("pattern", "")
    return is_text and not has_shape


def test_the_question_of_the_increased_allowance_takes_a_status_only(document):
    named = [inner for path, inner in requests(document) if "increased_allowance" in path]
    assert named
    assert all(inner["type"] in ("boolean", ["boolean", "null"]) for inner in named)
    questions = [one for one in all_inputs() if "increased_allowance" in one.path]
    assert {question.kind for question in questions} == {Kind.FLAG}
    assert all(q.kind is not Kind.TEXT for q in all_inputs() if q.path.startswith("facts."))
    types = HouseholdFacts.__annotations__
    assert types["increased_allowance"] == bool | None


@pytest.mark.parametrize(
    ("subject", "texts"),
    [
        ("origin", ("Wat is uw etnische afkomst?", "Votre origine ethnique ?", "your race")),
        ("sexual life", ("uw seksuele geaardheid", "orientation sexuelle", "sexual orientation")),
        ("politics", ("uw politieke voorkeur", "vos opinions politiques", "political views")),
        ("trade union", ("Bent u lid van een vakbond?", "un syndicat", "trade_union")),
        ("health fund", ("Welk ziekenfonds hebt u?", "Quelle mutuelle ?", "health_fund")),
        ("belief", ("Wat is uw geloof?", "Vos croyances", "religion")),
    ],
)
def test_such_a_question_would_be_found(subject, texts):
    for text in texts:
        assert subject in found_in(text)
    planted = {"apply.q.new": {"nl": texts[0], "fr": texts[1], "en": texts[2]}}
    assert ("apply.q.new", subject) in wrong_in_catalogue({**catalogue(), **planted}) - ALLOWED


def test_such_a_field_would_be_found_in_a_nested_schema():
    field = {"type": "string"}
    group = {"type": "object", "properties": {"health_fund": field}}
    body = {"properties": {"people": {"type": "array", "items": {"$ref": "#/x/Group"}}}}
    operation = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    planted = {"paths": {"/x": {"post": operation}}, "components": {"schemas": {"Group": group}}}
    asked = list(requests(planted))
    assert any(found_in(path) == {"health fund"} for path, _ in asked)
    assert is_free_text(field)
