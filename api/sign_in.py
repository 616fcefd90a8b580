"""Signing in, for the JSON interface and the pages alike."""

from api.unit_of_work import database
from energiehuis.access.actor import Actor
from energiehuis.access.service import (
    actor_of_token,
    check_password,
    note_failure,
    open_sign_in,
    require_tries_left,
)
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import NotAuthenticated


def sign_in(email: str, password: str, address: str) -> tuple[str, Actor]:
    """Give a token and its actor.

    The slow check of the password happens outside a write transaction: nobody else waits for it.

    Raises
    ------
    TooManyAttempts
        When the account or the address failed too often lately.
    NotAuthenticated
        `access.sign_in_failed`.
    """
    subjects = (f"account:{email.strip().lower()}", f"address:{address}")
    with database().unit_of_work(TransactionKind.READ) as session:
        require_tries_left(session, subjects)
        account_id = check_password(session, email, password)
    if account_id is None:
        with database().unit_of_work() as session:
            note_failure(session, subjects)
        raise NotAuthenticated("access.sign_in_failed")
    with database().unit_of_work() as session:
        token = open_sign_in(session, account_id)
        return token, actor_of_token(session, token)
