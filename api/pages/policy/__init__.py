"""The policymaker's page: levers, sentences, tables and charts."""

from flask import Flask

from api.pages.policy import views


def register_policy(app: Flask) -> None:
    """Give an application the policymaker's pages."""
    app.register_blueprint(views.blueprint)
