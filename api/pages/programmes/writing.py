"""Writing what a form sends once, and what was wrong with it in words beside the input."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import request
from marshmallow import ValidationError

from api.errors import STATUS
from api.languages import requested_language
from api.pages.programmes.inputs import Group, Input, Node
from api.problem import field_errors
from api.unit_of_work import unit_of_work
from energiehuis.access.actor import Actor
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.errors import (
    Conflict,
    DomainError,
    FieldError,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    StaleVersion,
)
from energiehuis.i18n import has_text, translate
from energiehuis.idempotency.service import Answer, RacedKey, Request, answer_once, find_answer
from energiehuis.identifiers import digest
from energiehuis.money import format_number

Work = Callable[[Session, Actor], Answer]
Ready = TypeVar("Ready")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong answer: its path, the input that a link leads to, and a sentence."""

    path: str
    input_name: str
    sentence: str
    about: str = ""

    @property
    def url(self) -> str:
        """Give where the line of the summary leads; nothing where no input is to blame."""
        return f"#{self.input_name}" if self.input_name else ""


class Refused(Exception):
    """What was sent cannot be; the form is shown again with the reasons."""

    def __init__(self, status: int, errors: tuple[FieldError, ...]) -> None:
        self.status, self.errors = status, errors
        super().__init__(status)


def write_form(operation: str, key: UUID, payload: object, work: Work) -> Answer:
    """Do what a form asks once for its key, however often the button was pressed.

    Raises
    ------
    Refused
        With what is wrong. Who may not be here, or what is not there, is refused as such.
    """
    body = digest({"path": request.path.split("/", 2)[2], "body": payload})
    try:
        return _once(operation, key, body, work)
    except (NotAuthenticated, NotFound, PermissionDenied):
        raise
    except DomainError as error:
        raise refusal(error) from error


def sent_with_key(prepare: Callable[[], Ready], key: str) -> tuple[Ready, UUID]:
    """Give what a form said, checked, and its key.

    Raises
    ------
    Refused
        With what the schema refuses, or that the form came without what the page put in it.
    """
    try:
        return prepare(), UUID(key)
    except ValidationError as error:
        raise refusal(error) from error
    except ValueError as error:
        raise Refused(422, (FieldError("", "programme_page.form_lost"),)) from error


def refusal(error: DomainError | ValidationError) -> Refused:
    """Turn what the schema or the domain refuses into what the form shows."""
    if isinstance(error, ValidationError):
        return Refused(422, tuple(field_errors(error.messages)))
    found = getattr(error, "errors", ())
    alone = FieldError(error.field or "", error.code, error.params)
    return Refused(STATUS[type(error)], tuple(found) or (alone,))


def wrong_answers(
    nodes: Sequence[Node], errors: Sequence[FieldError], label_of: Callable[[Node], str]
) -> tuple[Wrong, ...]:
    """Say what is wrong in the order of the form, one error an input."""
    order = {node.path: place for place, node in enumerate(_walk(nodes))}
    by_path = {node.path: node for node in _walk(nodes)}
    found: dict[str, Wrong] = {}
    for error in errors:
        path = _nearest(error.field, by_path)
        node = by_path.get(path)
        about = _about(label_of(node)) if node is not None else ""
        target = "" if node is None else node.first_input
        found.setdefault(path, Wrong(path, target, sentence(error), about))
    return tuple(sorted(found.values(), key=lambda wrong: order.get(wrong.path, -1)))


def _about(label: str) -> str:
    return f"{label} " if label.endswith("?") else f"{label}: "


def sentence(error: FieldError) -> str:
    """Say what is wrong in the words of the pages, else in those of the JSON interface."""
    language = requested_language()
    for key in (f"programme_page.e.{error.code}", f"apply.e.{error.code}", error.code):
        if has_text(key):
            return translate(key, language, **_for_people(error.params, language))
    return translate("field.invalid", language)


def _once(operation: str, key: UUID, body: str, work: Work) -> Answer:
    def asked(actor: Actor) -> Request:
        return Request(actor.name, str(key), operation, body)

    try:
        with unit_of_work(TransactionKind.WRITE) as (session, actor):
            return answer_once(session, asked(actor), lambda: work(session, actor))
    except (RacedKey, Conflict, StaleVersion):
        # The same form may have been kept while this one waited; then its answer counts.
        with unit_of_work(TransactionKind.READ) as (session, actor):
            earlier = find_answer(session, asked(actor))
        if earlier is None:
            raise
        return earlier


def _walk(nodes: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        found.append(node)
        if not isinstance(node, Input):
            found += _walk(node.parts if isinstance(node, Group) else node.rows)
    return found


def _nearest(path: str, by_path: dict[str, Node]) -> str:
    """Give the field itself, or the one around it that the form shows."""
    while path and path not in by_path:
        path = path.rpartition(".")[0]
    return path


def _for_people(params: dict[str, object], language: str) -> dict[str, object]:
    def shown(value: object) -> object:
        is_amount = isinstance(value, str) and value.endswith(".00") and value[:-3].isdecimal()
        return format_number(float(str(value)), language) if is_amount else value

    return {name: shown(value) for name, value in params.items()}
