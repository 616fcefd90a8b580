import pytest
from marshmallow import RAISE

from api.schemas.key_figures import KeyFiguresSchema
from tests.applications import new_key
from tests.intakes import file_json

ADDRESS = "/api/v1/key-figures"
YEAR = {"nis": "34013", "from": "2018-01-01", "to": "2019-01-01"}


@pytest.fixture
def ask(client, as_role):
    def send(role="programme_worker", query=None, **headers):
        return client.get(ADDRESS, query_string=query or YEAR, headers={**as_role(role), **headers})

    return send


def figure(response, figure_id):
    return next(f for f in response.get_json()["figures"] if f["id"] == figure_id)


def errors(response):
    return {(e["field"], e["code"]) for e in response.get_json()["errors"]}


def test_a_file_that_came_in_is_counted(ask, client, as_role):
    headers = {**as_role("programme_worker"), **new_key()}
    client.post("/api/v1/intakes/woonclub/files", json=file_json(), headers=headers)
    response = ask()
    assert response.status_code == 200
    assert KeyFiguresSchema(unknown=RAISE).validate(response.get_json()) == {}
    assert figure(response, "wc.new_files")["value"] == "1"
    assert figure(response, "wc.persons")["value"] == "3"
    hidden = figure(ask("policymaker"), "wc.new_files")
    assert (hidden["value"], hidden["suppressed"], hidden["reason"]) == (None, True, "suppressed")


def test_without_a_municipality_all_of_them_count_together(ask):
    response = ask(query={"from": "2018-01-01", "to": "2019-01-01"})
    assert response.status_code == 200
    assert response.get_json()["nis"] is None


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "Permanenties"), ("fr", "Permanences"), ("en", "Drop-in sessions")],
)
def test_names_come_in_the_language_that_was_asked_for(ask, language, name):
    response = ask(**{"Accept-Language": language})
    assert figure(response, "wc.sessions")["name"] == name
    assert response.headers["Content-Language"] == language


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"from": None}, ("from", "field.required")),
        ({"to": None}, ("to", "field.required")),
        ({"from": "01/01/2018"}, ("from", "field.pattern")),
        ({"from": "2018-02-30"}, ("from", "field.day")),
        ({"to": "9999-12-31"}, ("to", "field.day_out_of_range")),
        ({"to": "2018-01-01"}, ("to", "key_figures.period_empty")),
        ({"nis": "99999"}, ("nis", "field.pattern")),
        ({"year": "2018"}, ("year", "field.unknown")),
    ],
)
def test_a_question_that_cannot_be_is_refused(ask, change, error):
    query = {name: value for name, value in {**YEAR, **change}.items() if value is not None}
    response = ask(query=query)
    assert response.status_code == 422
    assert errors(response) == {error}


def test_a_municipality_elsewhere_is_refused(ask):
    response = ask(query={**YEAR, "nis": "11002"})
    assert (response.status_code, response.get_json()["code"]) == (403, "key_figures.outside_area")


def test_who_has_no_right_or_is_not_signed_in_sees_nothing(ask, client):
    assert ask("administrator").status_code == 403
    assert client.get(ADDRESS, query_string=YEAR).status_code == 401
