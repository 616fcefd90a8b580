"""Each method of each route says who may use it, or stands in the list of what is open to all."""

import pytest

from api.app import create_app
from energiehuis.config import Settings

OPEN_JSON = {
    ("POST", "/api/v1/loan-applications"),
    ("POST", "/api/v1/loan-application-statuses"),
    ("POST", "/api/v1/eligibility-checks"),
    ("POST", "/api/v1/repayment-schedules"),
    ("POST", "/api/v1/sign-ins"),
    ("DELETE", "/api/v1/sign-ins"),
}
# Made by flask-smorest and Flask themselves; they show nothing of anybody.
FRAMEWORK = {"api-docs.openapi_json", "static"}


@pytest.fixture(scope="module")
def app():
    settings = Settings(database_url="sqlite:///nowhere.db", secret_key="x" * 40, log_level="ERROR")
    return create_app(settings)


def guarded_methods(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint in FRAMEWORK or rule.endpoint.endswith(".static"):
            continue
        view = app.view_functions[rule.endpoint]
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            kind = getattr(view, "view_class", None)
            handler = getattr(kind, method.lower()) if kind else view
            yield method, rule.rule, handler


def test_every_route_says_who_may_use_it(app):
    silent = [
        (method, rule)
        for method, rule, handler in guarded_methods(app)
        if not hasattr(handler, "required_permission")
    ]
    assert silent == []


def test_only_these_json_routes_are_open_to_all(app):
    open_to_all = {
        (method, rule)
        for method, rule, handler in guarded_methods(app)
        if rule.startswith("/api/v1/") and getattr(handler, "required_permission", 1) is None
    }
    assert open_to_all == OPEN_JSON


def test_every_guarded_route_answers_401_to_a_stranger(app):
    client = app.test_client()
    answers = {}
    for method, rule, handler in guarded_methods(app):
        if not rule.startswith("/api/v1/") or handler.required_permission is None:
            continue
        address = rule
        for name, value in {
            "<uuid:application_id>": "00000000-0000-7000-8000-000000000000",
            "<uuid:loan_id>": "00000000-0000-7000-8000-000000000000",
        }.items():
            address = address.replace(name, value)
        if "<" in address:
            continue
        answers[method, rule] = client.open(address, method=method, json={}).status_code
    assert answers
    # A body that does not fit may be refused before the guard; nothing else is answered.
    assert set(answers.values()) <= {401, 422}
