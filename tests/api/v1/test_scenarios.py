"""Scenarios as JSON: only aggregates, pinned, kept, and refused with a remedy."""

import pytest

from api.schemas.scenarios import ScenarioRunSchema
from energiehuis.access.permissions import Role
from energiehuis.simulation import service
from tests.applications import new_key
from tests.portfolios import register_region

URL = "/api/v1/scenarios"
SCENARIO = {
    "name": "Lager plafond",
    "levers": {"ceiling": "5000.00", "general_rate_percent": "1.50", "longest_term_months": 60},
    "draws": 4,
}


@pytest.fixture
def policymaker(database, client, as_role):
    register_region(database)
    return as_role(Role.POLICYMAKER)


def test_a_scenario_is_computed_kept_and_shown_again(client, policymaker):
    made = client.post(URL, json=SCENARIO, headers={**policymaker, **new_key()})
    body = made.get_json()
    assert made.status_code == 201, body
    assert ScenarioRunSchema().validate(body) == {}
    assert made.headers["Location"] == f"{URL}/{body['id']}"
    shown = client.get(made.headers["Location"], headers=policymaker)
    assert (shown.status_code, shown.get_json()) == (200, body)


def test_the_body_says_what_it_was_asked_and_what_it_hangs_on(client, policymaker):
    body = client.post(URL, json=SCENARIO, headers={**policymaker, **new_key()}).get_json()
    assert body["levers"]["ceiling"] == "5000.00"
    assert body["levers"]["general_rate_percent"] == "1.50"
    assert body["levers"]["priority_rate_percent"] is None
    assert (body["pins"]["draws"], body["pins"]["seed"]) == (4, 1)
    assert len(body["municipalities"]) == 14
    assert float(body["total"]["scenario"]["lent"]) < float(body["total"]["baseline"]["lent"])
    saved = body["total"]["baseline"]["kwh_per_year"]
    assert saved["realised"]["point"] < saved["calculated"]["point"]
    printed = {row["figure"]: row["printed"] for row in body["printed"]}
    # W13, presentation to the municipal council of Harelbeke, spring 2019.
    assert printed["approved"] == 1_869_752.0


def test_the_same_key_gives_the_same_run_again(client, policymaker):
    headers = {**policymaker, **new_key()}
    first = client.post(URL, json=SCENARIO, headers=headers)
    again = client.post(URL, json=SCENARIO, headers=headers)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    other = client.post(URL, json={**SCENARIO, "seed": 2}, headers=headers)
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency.key_reused")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ceiling": "10.00"}, "levers.ceiling"),
        ({"ceiling": 5000.0}, "levers.ceiling"),
        ({"longest_term_months": 3}, "levers.longest_term_months"),
        ({"longest_term_months": "60"}, "levers.longest_term_months"),
        ({"general_rate_percent": "11"}, "levers.general_rate_percent"),
        ({"general_rate_percent": "-1"}, "levers.general_rate_percent"),
        ({"general_rate_percent": 1.5}, "levers.general_rate_percent"),
        ({"income_limit_percent": 301}, "levers.income_limit_percent"),
        ({"emission_factors": "y1900"}, "levers.emission_factors"),
        ({"energy_prices": "y1900"}, "levers.energy_prices"),
        ({"wind": 1}, "levers.wind"),
    ],
)
def test_a_lever_that_cannot_be_turned_so_far_is_refused_by_name(
    client, policymaker, changes, field
):
    body = {"name": "Proef", "levers": changes}
    answer = client.post(URL, json=body, headers={**policymaker, **new_key()})
    assert answer.status_code == 422
    problem = answer.get_json()
    assert [error["field"] for error in problem["errors"]] == [field]
    assert problem["errors"][0]["message"] != problem["errors"][0]["code"]


def test_a_scenario_needs_a_name_and_a_key(client, policymaker):
    nameless = client.post(URL, json={"levers": {}}, headers={**policymaker, **new_key()})
    assert [error["field"] for error in nameless.get_json()["errors"]] == ["name"]
    keyless = client.post(URL, json=SCENARIO, headers=policymaker)
    assert [error["field"] for error in keyless.get_json()["errors"]] == ["Idempotency-Key"]


def test_who_may_not_run_scenarios_is_refused_before_anything_is_computed(
    client, as_role, monkeypatch
):
    monkeypatch.setattr(service, "read_portfolio", None)
    assert client.post(URL, json=SCENARIO, headers=new_key()).status_code == 401
    headers = {**as_role(Role.COUNSELLOR), **new_key()}
    assert client.post(URL, json=SCENARIO, headers=headers).status_code == 403


def test_a_run_of_nobody_does_not_exist(client, policymaker):
    answer = client.get(f"{URL}/00000000-0000-7000-8000-000000000000", headers=policymaker)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "scenario.run_not_found")


def test_an_empty_portfolio_is_a_refusal_with_a_remedy(client, as_role):
    headers = {**as_role(Role.POLICYMAKER), **new_key(), "Accept-Language": "nl"}
    answer = client.post(URL, json=SCENARIO, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "scenario.portfolio_empty")
    assert "Voer eerst een lijst in" in answer.get_json()["title"]
