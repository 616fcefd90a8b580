"""The pages for the workers of all programmes, made from the kinds of intake."""

from flask import Flask

from api.pages.programmes import (
    case_referrals,
    cases,
    doubles,
    forms,
    home,
    journey,
    lists,
    records,
    referrals,
    report,
)
from api.pages.programmes.blueprint import blueprint

__all__ = ["register_programme_pages"]
_VIEWS = (
    home,
    forms,
    lists,
    records,
    cases,
    case_referrals,
    referrals,
    doubles,
    journey,
    report,
)


def register_programme_pages(app: Flask) -> None:
    """Give an application the pages of the programmes."""
    app.register_blueprint(blueprint)
