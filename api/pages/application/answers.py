"""From what was typed to the document that the JSON interface takes.

Answers keep the text as it was typed, by the name of the input. A text that cannot be read goes
into the document as it is, so that the one validation refuses it with its own words.
"""

from collections.abc import Mapping
from typing import Any

from api.pages.application.facts_of_day import income_year
from api.pages.application.fields import DAY_PARTS, UNKNOWN, Kind, Question
from api.pages.application.questions import TOGETHER, count_rows
from api.pages.application.steps import Step, questions_of
from energiehuis.drafts.service import Answers
from energiehuis.eligibility.facts import DwellingRole
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.money import format_plain, parse_belgian_cents

MOST_SIGNS = 500
_ABSENT = object()
_FLAGS: dict[str, bool | None] = {
    "yes": True,
    "no": False,
    "contractor": True,
    "self": False,
    UNKNOWN: None,
}


def take_answers(answers: Answers, step: Step, form: Mapping[str, str]) -> Answers:
    """Give the answers with those of one page replaced by what was sent."""
    if "works.rows" in form:
        answers = {**answers, "works.rows": form["works.rows"][:2]}
    kept = dict(answers)
    for question in step.questions(answers):
        for name in question.input_names:
            kept.pop(name, None)
            if text := form.get(name, "").strip()[:MOST_SIGNS]:
                kept[name] = text
    return close_gaps(kept) if step.name == "works" else kept


def close_gaps(answers: Answers) -> Answers:
    """Move the filled rows of works to the top, so that row and place in the document agree."""
    rows = [_row(answers, number) for number in range(count_rows(answers))]
    kept = {name: text for name, text in answers.items() if not name.startswith("works.")}
    kept["works.rows"] = str(count_rows(answers))
    for number, row in enumerate(row for row in rows if _is_filled(row)):
        kept.update({f"works.{number}.{part}": text for part, text in row.items()})
    return kept


def document_of(answers: Answers, language: str) -> dict[str, Any]:
    """Give the document of an application as far as it is answered."""
    document: dict[str, Any] = {"facts": {}, "works": [], "language": language}
    for question in questions_of(answers):
        group, dot, _ = question.path.partition(".")
        if dot and group != "works":
            # An empty group, so that each of its questions is refused and not the group.
            document.setdefault(group, {})
        if (value := _value(question, answers)) is not _ABSENT:
            _put(document, question.path, value)
    document["works"] = [work for work in document["works"] if "work" in work or "cost" in work]
    _add_implied(document["facts"])
    if "borrower" in document:
        kind = document.pop("borrower")
        document["borrower_kind"] = BorrowerKind.NATURAL_PERSON.value if kind == TOGETHER else kind
    return document


def _add_implied(facts: dict[str, Any]) -> None:
    """Add what follows from an answer, so that nobody is asked for it again."""
    if facts.get("dwelling_role") in (DwellingRole.OWNER_OCCUPIER, DwellingRole.TENANT):
        facts["lets_through_social_rental_agency"] = False
    if facts.get("joint_taxable_income") is not None:
        facts["joint_taxable_income_year"] = income_year()


def _value(question: Question, answers: Answers) -> object:
    text = answers.get(question.path, "")
    if question.kind is Kind.DAY:
        return _day(question, answers)
    if question.kind in (Kind.FLAG, Kind.CHOICE, Kind.SELECT):
        return _choice(question, text)
    if answers.get(f"{question.path}.{UNKNOWN}"):
        return text or None
    if not text:
        return _ABSENT
    readers = {Kind.MONEY: _money, Kind.WHOLE: _whole}
    return readers.get(question.kind, str)(text)


def _choice(question: Question, text: str) -> object:
    if not text:
        return _ABSENT
    if question.kind is Kind.FLAG or question.path.endswith("by_contractor"):
        return _FLAGS.get(text, text)
    return None if text == UNKNOWN and question.has_unknown else text


def _day(question: Question, answers: Answers) -> object:
    parts = [answers.get(f"{question.path}.{part}", "") for part in DAY_PARTS]
    if not any(parts):
        return _ABSENT
    day, month, year = parts
    return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"


def _money(text: str) -> str:
    try:
        return format_plain(parse_belgian_cents(text))
    except ValueError:
        return text


def _whole(text: str) -> int | str:
    return int(text) if text.isdecimal() and len(text) < 10 else text


def _put(document: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    place: Any = document
    for parent in parents:
        if isinstance(place, list):
            number = int(parent)
            place.extend({} for _ in range(number + 1 - len(place)))
            place = place[number]
        else:
            place = place.setdefault(parent, {})
    place[last] = value


def _row(answers: Answers, number: int) -> dict[str, str]:
    parts = ("work", "cost", "by_contractor")
    named = ((part, answers.get(f"works.{number}.{part}", "")) for part in parts)
    return {part: text for part, text in named if text}


def _is_filled(row: dict[str, str]) -> bool:
    return "work" in row or "cost" in row
