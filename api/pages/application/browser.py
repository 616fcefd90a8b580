"""The draft that belongs to a browser: its cookie, and reading and keeping its answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, request
from werkzeug.wrappers import Response

from api.unit_of_work import database
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.drafts import service
from energiehuis.drafts.service import DRAFT_LASTS, Answers, Draft

COOKIE = "energiehuis_application"


@contextmanager
def citizen_session(kind: TransactionKind) -> Iterator[Session]:
    """Open a unit of work for a citizen, whoever else may be signed in on this browser."""
    with database().unit_of_work(kind) as session:
        yield session


def current_draft() -> Draft | None:
    """Give the draft of this browser, or None when it has none or it is too old."""
    token = request.cookies.get(COOKIE)
    if token is None:
        return None
    with citizen_session(TransactionKind.READ) as session:
        return service.find_draft(session, token)


def open_answers() -> Answers | None:
    """Give the answers of a draft that was not sent yet, or None."""
    draft = current_draft()
    return None if draft is None or draft.sent_reference else draft.answers


def keep_answers(answers: Answers) -> str:
    """Keep the answers and give the token of their draft, a new one where that is needed."""
    draft = current_draft()
    is_open = draft is not None and draft.sent_reference is None
    token = request.cookies[COOKIE] if is_open else service.new_token()
    with citizen_session(TransactionKind.WRITE) as session:
        service.save_draft(session, token, answers)
    return token


def forget_draft() -> None:
    """Forget what this browser filled in."""
    if token := request.cookies.get(COOKIE):
        with citizen_session(TransactionKind.WRITE) as session:
            service.drop_draft(session, token)


def set_cookie(response: Response, token: str) -> None:
    """Let the browser hold the token for as long as the draft lives, out of reach of scripts."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=DRAFT_LASTS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
