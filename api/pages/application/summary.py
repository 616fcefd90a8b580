"""All answers in words, step by step, to be checked before sending."""

from dataclasses import dataclass
from datetime import date

from api.languages import requested_language
from api.pages.application.answers import document_of
from api.pages.application.fields import UNKNOWN, Kind, Question
from api.pages.application.steps import Step, steps_for
from api.pages.context import day as write_day
from api.pages.context import first_capital, text
from energiehuis.drafts.service import Answers
from energiehuis.money import format_euro, parse_cents


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer."""

    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one group of a step, with where they can be changed."""

    title: str
    slug: str
    rows: tuple[Row, ...]


def sections_of(answers: Answers, words: dict[str, object]) -> tuple[Section, ...]:
    """Give all answers of an application, in the order of the form."""
    document = document_of(answers, requested_language())
    return tuple(
        section
        for step in steps_for(answers)
        for section in _sections(step, answers, document, words)
    )


def _sections(
    step: Step, answers: Answers, document: dict[str, object], words: dict[str, object]
) -> list[Section]:
    if step.name == "works":
        return [Section(text("apply.step.works"), step.slug, _works(document))]
    found = []
    for group in step.ask(answers):
        title = text(group.key or f"apply.step.{step.name}")
        rows = tuple(
            Row(text(question.text_key, **words), _words(question, answers, document))
            for question in group.questions
        )
        found.append(Section(title, step.slug, rows))
    return found


def _works(document: dict[str, object]) -> tuple[Row, ...]:
    works = document["works"]
    assert isinstance(works, list)  # noqa: S101  made by document_of
    return tuple(
        Row(
            first_capital(text(f"eligibility.work.{work['work']}")),
            f"{_euro(work['cost'])}, {_by(work)}",
        )
        for work in works
    )


def _by(work: dict[str, object]) -> str:
    answer = {
        True: "apply.q.works.by_contractor.contractor",
        False: "apply.q.works.by_contractor.self",
    }
    said = work.get("by_contractor")
    key = "review.by_unknown" if not isinstance(said, bool) else answer[said]
    return text(key).lower()


def _words(question: Question, answers: Answers, document: dict[str, object]) -> str:
    value = _value(question, document)
    if value is None:
        asked = answers.get(question.path) or answers.get(f"{question.path}.{UNKNOWN}")
        return text("apply.unknown" if asked else "review.empty")
    if question.kind is Kind.FLAG:
        return text("apply.flag.yes" if value else "apply.flag.no")
    if question.kind is Kind.CHOICE:
        return text(f"{question.answer_key}.{answers[question.path]}")
    return _typed_words(question, str(value))


def _typed_words(question: Question, value: str) -> str:
    if question.kind is Kind.MONEY:
        return _euro(value)
    if question.kind is Kind.DAY:
        return write_day(date.fromisoformat(value), requested_language())
    return f"{value} {text(question.suffix)}" if question.suffix else value


def _value(question: Question, document: dict[str, object]) -> object:
    if question.path == "borrower":
        return document.get("borrower_kind")
    place: object = document
    for part in question.path.split("."):
        place = place.get(part) if isinstance(place, dict) else None
    return place


def _euro(amount: str) -> str:
    return format_euro(parse_cents(amount), requested_language())
