"""The law of the database during a request; asked for only when a view weighs something."""

from flask import Flask, g

from api.unit_of_work import database
from energiehuis.law_changes.in_force import use_law_of


def register_law(app: Flask) -> None:
    """Let every request weigh with the rule files and the drafts that became law."""
    app.before_request(_open_law)
    app.teardown_request(_close_law)


def _open_law() -> None:
    g.law = use_law_of(database())
    g.law.__enter__()


def _close_law(_failure: BaseException | None) -> None:
    law = g.pop("law", None)
    if law is not None:
        law.__exit__(None, None, None)
