"""The wrong answers of a page, with the input to go to and a sentence.

The document is validated by the schema of the JSON interface; only two things are asked here
alone, because a page can be sent with nothing chosen: an answer where "I do not know" exists, and
not both an amount and "I do not know".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.application.answers import document_of
from api.pages.application.facts_of_day import words_for_today
from api.pages.application.fields import UNKNOWN, Kind, Question
from api.pages.application.steps import Step, steps_for
from api.problem import field_errors
from api.schemas.applications import ApplicationSchema
from energiehuis.drafts.service import Answers
from energiehuis.errors import FieldError
from energiehuis.i18n import has_text, translate
from energiehuis.money import format_number

_AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}")
_PATHS = {"borrower_kind": "borrower", "works": "works.0.work"}


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """One wrong answer; `path` is that of the question, `input_name` where the link goes.

    `about` says which question, for the list at the top of the page where the sentence alone
    would not; it ends with its own mark and a space.
    """

    path: str
    input_name: str
    sentence: str
    about: str = ""


def wrong_answers(answers: Answers, step: Step, language: str) -> tuple[WrongAnswer, ...]:
    """Give what is wrong on one page, in the order of its questions, one error a question."""
    found = {error.field: error for error in reversed(list(_errors(answers, language)))}
    asked = step.questions(answers)
    for question in asked:
        if (code := _unanswered(question, answers)) is not None:
            found[question.path] = FieldError(question.path, code)
    return tuple(
        WrongAnswer(
            question.path,
            question.first_input,
            sentence(found[question.path], language),
            _about(question, found[question.path], language),
        )
        for question in asked
        if question.path in found
    )


def first_unfinished(answers: Answers, language: str) -> Step | None:
    """Give the first step with something wrong or missing, or None when all is well."""
    steps = steps_for(answers)
    return next((step for step in steps if wrong_answers(answers, step, language)), None)


def sentence(error: FieldError, language: str) -> str:
    """Say what is wrong in the words of the pages, else in those of the JSON interface."""
    for key in (_own_key(error), f"apply.e.{error.code}", error.code):
        if has_text(key):
            return translate(key, language, **_for_people(error.params, language))
    return translate("field.invalid", language)


def _own_key(error: FieldError) -> str:
    path = ".".join(part for part in error.field.split(".") if not part.isdecimal())
    return f"apply.e.{path.replace('co_applicant', 'applicant')}.{error.code}"


def _about(question: Question, error: FieldError, language: str) -> str:
    group, row = question.path.split(".")[0], question.path.split(".")[1:2]
    about = ""
    if group == "co_applicant":
        about = f"{translate('apply.g.co_applicant', language)}: "
    elif group == "works":
        about = f"{translate('apply.g.work', language, number=int(row[0]) + 1)}: "
    if has_text(_own_key(error)):
        return about
    label = translate(question.text_key, language, **words_for_today({}))
    return f"{about}{label} " if label.endswith("?") else f"{about}{label}: "


def _for_people(params: dict[str, object], language: str) -> dict[str, object]:
    """Write amounts such as `15000.00` with the separators of the language."""
    return {
        name: format_number(float(value), language, decimals=0 if value.endswith(".00") else 2)
        if isinstance(value, str) and _AMOUNT.fullmatch(value)
        else value
        for name, value in params.items()
    }


def _errors(answers: Answers, language: str) -> Iterator[FieldError]:
    for error in field_errors(ApplicationSchema().validate(document_of(answers, language))):
        yield FieldError(_PATHS.get(error.field, error.field), error.code, error.params)


def _unanswered(question: Question, answers: Answers) -> str | None:
    has_answer = bool(answers.get(question.path))
    if question.kind in (Kind.FLAG, Kind.CHOICE):
        return None if has_answer else "choose"
    if not (question.has_unknown and question.kind in (Kind.WHOLE, Kind.MONEY)):
        return None
    says_unknown = bool(answers.get(f"{question.path}.{UNKNOWN}"))
    if has_answer and says_unknown:
        return "both"
    return None if has_answer or says_unknown else "fill_or_unknown"
