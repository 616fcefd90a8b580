"""The pages of the law: the law of a day, drafts, their steps and what they would do."""

from flask import Flask

from api.pages.law import views


def register_law_pages(app: Flask) -> None:
    """Give an application the pages of the law."""
    app.register_blueprint(views.blueprint)
