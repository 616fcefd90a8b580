"""Facts that cannot be true together are refused wherever they can come in, with a remedy."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.pages.application.questions import TOGETHER
from api.pages.application.steps import questions_of
from energiehuis.access.actor import SYSTEM
from energiehuis.eligibility.facts import DwellingRole
from energiehuis.errors import InvalidInput
from energiehuis.i18n import translate
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.bulk import register_applications
from energiehuis.loans.bulk_entries import BulkEntry
from energiehuis.loans.commands import Channel
from energiehuis.loans.service import prepare_application
from tests.applications import application, new_key

NAME = "eligibility.contradiction."
CASES = [
    ({"persons": 2, "dependents": 3}, "dependents", "more_dependents_than_persons"),
    ({"joint_taxable_income_year": 2099}, "joint_taxable_income_year", "income_year_in_future"),
    (
        {"latest_assessment_income_year": 2099},
        "latest_assessment_income_year",
        "income_year_in_future",
    ),
    (
        {"dwelling_role": "landlord", "applicant_lives_there": True},
        "dwelling_role",
        "landlord_lives_there",
    ),
    ({"dwelling_role": "tenant", "full_ownership": True}, "full_ownership", "tenant_is_owner"),
]
each_case = pytest.mark.parametrize(
    ("changes", "field", "code"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)


def with_facts(changes):
    return application(facts={**application()["facts"], **changes})


def assert_refused(response, field, code):
    assert response.status_code == 422
    (error,) = response.get_json()["errors"]
    assert (error["field"], error["code"]) == (f"facts.{field}", NAME + code)
    assert error["message"] == translate(NAME + code, "nl")


@each_case
def test_an_application_as_json(client, changes, field, code):
    answer = client.post("/api/v1/loan-applications", json=with_facts(changes), headers=new_key())
    assert_refused(answer, field, code)


@each_case
def test_a_check(client, changes, field, code):
    question = {"borrower_kind": "natural_person", "facts": changes}
    assert_refused(client.post("/api/v1/eligibility-checks", json=question), field, code)


@each_case
def test_a_correction_of_the_facts(client, as_role, changes, field, code):
    sent = client.post(
        "/api/v1/loan-applications", json=application(), headers=new_key()
    ).get_json()
    address = f"/api/v1/loan-applications/{sent['id']}"
    headers = as_role("counsellor")
    body = {"facts": changes, "evidence": "gezinssamenstelling"}
    answer = client.patch(
        f"{address}/facts", json=body, headers={**headers, **new_key(), "If-Match": '"v1"'}
    )
    assert_refused(answer, field, code)
    assert client.get(address, headers=headers).get_json()["version"] == 1


@each_case
def test_a_list_of_applications(database, organisation_id, changes, field, code):
    from api.schemas.applications import ApplicationSchema, as_command

    sound = as_command(ApplicationSchema().load(application("1")), Channel.DESK)
    role = {k: DwellingRole(v) if k == "dwelling_role" else v for k, v in changes.items()}
    wrong = replace(sound, facts=replace(sound.facts, **role))
    at = datetime(2024, 2, 5, 9, 30, tzinfo=UTC)
    with pytest.raises(InvalidInput) as caught, database.unit_of_work() as session:
        register_applications(session, SYSTEM, [BulkEntry(sound, at), BulkEntry(wrong, at)])
    (error,) = caught.value.errors
    assert (error.field, error.code) == (f"entries.1.facts.{field}", NAME + code)


@each_case
def test_what_the_form_sends_goes_through_the_same_gate(changes, field, code):
    from api.schemas.applications import ApplicationSchema, as_command

    command = as_command(ApplicationSchema().load(with_facts(changes)), Channel.WEB)
    with pytest.raises(InvalidInput) as caught:
        prepare_application(command)
    assert [(e.field, e.code) for e in caught.value.errors] == [(f"facts.{field}", NAME + code)]


@pytest.mark.parametrize("borrower", [*BorrowerKind, TOGETHER])
def test_the_form_asks_one_side_only_of_each_contradiction(borrower):
    asked = {question.path for question in questions_of({"borrower": str(borrower)})}
    # The role is one choice, and the year of an income follows from the day: no year is typed.
    years = {"facts.joint_taxable_income_year", "facts.latest_assessment_income_year"}
    assert asked.isdisjoint({"facts.persons", "facts.applicant_lives_there", *years})
    assert "facts.outstanding" in asked
