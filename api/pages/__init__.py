"""The pages for people, in Dutch, French and English; each works without a script."""

from flask import Flask

from api.pages import (
    calculator,
    file,
    home,
    language,
    referrals,
    sign_in,
    status,
    worklist,
)
from api.pages.application import sending, views
from api.pages.context import register_context
from api.pages.law import register_law_pages
from api.pages.policy import register_policy
from api.pages.programmes import register_programme_pages
from api.pages.security import register_security

_BLUEPRINTS = (
    home.root,
    home.blueprint,
    views.blueprint,
    sending.blueprint,
    calculator.blueprint,
    status.blueprint,
    referrals.blueprint,
    sign_in.blueprint,
    worklist.blueprint,
    file.blueprint,
)


def register_pages(app: Flask) -> None:
    """Give an application its pages, with their words, their headers and their form tokens."""
    register_context(app)
    language.register_language(app)
    register_security(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_policy(app)
    register_law_pages(app)
    register_programme_pages(app)
