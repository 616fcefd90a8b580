"""What staff do with a file through the JSON interface."""

from uuid import UUID

import pytest

from energiehuis.audit.verify import verify
from energiehuis.identifiers import digest
from tests.applications import application, new_key


@pytest.fixture
def sent(client):
    response = client.post("/api/v1/loan-applications", json=application(), headers=new_key())
    return response.get_json()


def decide(client, sent, headers, version="1", **body):
    made = {"outcome": "approved", "amount": "12000.00", "term_months": 120, **body}
    etag = {} if version is None else {"If-Match": f'"v{version}"'}
    return client.post(
        f"/api/v1/loan-applications/{sent['id']}/decision",
        json=made,
        headers={**headers, **new_key(), **etag},
    )


def test_a_counsellor_approves_and_the_loan_has_an_exact_schedule(client, sent, as_role):
    headers = as_role("counsellor")
    response = decide(client, sent, headers)
    body = response.get_json()
    schedule = client.get(f"/api/v1/loans/{body['loan_id']}/schedule", headers=headers).get_json()
    assert response.status_code == 201
    assert response.headers["ETag"] == '"v2"'
    assert body["status"] == "approved"
    assert len(schedule["rows"]) == 120
    assert schedule["total"] == "12000.00"
    assert schedule["rows"][-1]["balance"] == "0.00"
    assert schedule["rows"][0]["due_on"] is not None


def test_a_decision_without_a_version_is_refused(client, sent, as_role):
    response = decide(client, sent, as_role("counsellor"), version=None)
    assert (response.status_code, response.get_json()["code"]) == (428, "version.required")


def test_a_decision_on_an_old_version_is_refused(client, sent, as_role):
    headers = as_role("counsellor")
    client.post(
        f"/api/v1/loan-applications/{sent['id']}/moves",
        json={"move": "take_up"},
        headers={**headers, **new_key(), "If-Match": '"v1"'},
    )
    response = decide(client, sent, headers)
    assert (response.status_code, response.get_json()["code"]) == (412, "version.stale")


def test_a_decided_file_cannot_be_decided_again(client, sent, as_role):
    headers = as_role("counsellor")
    decide(client, sent, headers)
    response = decide(client, sent, headers, version="2")
    assert (response.status_code, response.get_json()["code"]) == (
        409,
        "application.move_not_allowed",
    )


def test_a_refusal_needs_a_reason_and_a_sentence(client, sent, as_role):
    response = decide(
        client, sent, as_role("counsellor"), outcome="refused", amount=None, term_months=None
    )
    codes = {error["code"] for error in response.get_json()["errors"]}
    assert codes == {"decision.reasons_needed", "decision.explanation_needed"}


def test_a_refusal_makes_no_loan(client, sent, as_role):
    response = decide(
        client,
        sent,
        as_role("counsellor"),
        outcome="refused",
        amount=None,
        term_months=None,
        reason_codes=["repayment_capacity"],
        explanation="De maandlast is te hoog voor het gezin.",
    )
    assert response.get_json()["loan_id"] is None
    assert response.get_json()["status"] == "refused"


def test_more_than_was_asked_for_cannot_be_approved(client, sent, as_role):
    response = decide(client, sent, as_role("counsellor"), amount="12000.01")
    assert response.get_json()["errors"][0]["code"] == "decision.amount_above_wish"


def test_an_undetermined_file_is_approved_only_after_its_facts_are_filled_in(client, as_role):
    body = application()
    body["facts"] = {"main_residence": True, "new_build": False}
    sent = client.post("/api/v1/loan-applications", json=body, headers=new_key()).get_json()
    headers = as_role("counsellor")
    early = decide(client, sent, headers)
    changed = client.patch(
        f"/api/v1/loan-applications/{sent['id']}/facts",
        json={
            "facts": {"protected_customer": True},
            "evidence": "factuur met sociaal tarief van 1 november",
        },
        headers={**headers, **new_key(), "If-Match": '"v1"'},
    )
    unchecked = decide(client, sent, headers, version="2")
    late = decide(client, sent, headers, version="2", confirms_open_points=True)
    assert early.get_json()["code"] == "decision.undetermined"
    # Nobody said what still runs on the dwelling.
    assert (unchecked.status_code, unchecked.get_json()["code"]) == (422, "decision.open_points")
    assert changed.get_json()["outcome"] == "eligible"
    assert late.status_code == 201


def test_the_seal_is_the_digest_of_facts_law_and_result(client, sent, as_role, database):
    from energiehuis.loans.models import LoanDecision

    seal = decide(client, sent, as_role("counsellor")).get_json()["decision"]["seal"]
    with database.unit_of_work() as session:
        row = session.get(LoanDecision, UUID(sent["id"]))
        assert digest(row.sealed) == seal
        assert row.sealed["assessment"]["law_version"] == sent["assessment"]["law_version"]
        assert row.sealed["application"]["facts"]["joint_taxable_income_cents"] == 2450000


def test_a_counsellor_of_another_municipality_does_not_see_the_file(client, sent, as_role):
    elsewhere = as_role("counsellor", "34022")
    read = client.get(f"/api/v1/loan-applications/{sent['id']}", headers=elsewhere)
    unknown = client.get(
        "/api/v1/loan-applications/00000000-0000-7000-8000-000000000000", headers=elsewhere
    )
    worklist = client.get("/api/v1/loan-applications", headers=elsewhere)
    assert (read.status_code, unknown.status_code) == (404, 404)
    assert read.get_json()["code"] == unknown.get_json()["code"]
    assert worklist.get_json()["items"] == []
    assert decide(client, sent, elsewhere).status_code == 404


@pytest.mark.parametrize("role", ["policymaker", "programme_worker", "administrator"])
def test_a_role_without_the_right_reads_no_file(client, sent, as_role, role):
    response = client.get(f"/api/v1/loan-applications/{sent['id']}", headers=as_role(role))
    assert response.status_code == 403


def test_nobody_reads_a_file_without_signing_in(client, sent):
    for token in ({}, {"Authorization": "Bearer wrong"}):
        response = client.get(f"/api/v1/loan-applications/{sent['id']}", headers=token)
        assert response.status_code == 401
        assert "WWW-Authenticate" in response.headers


def test_each_look_at_a_file_leaves_a_line_and_the_chain_holds(client, sent, as_role, database):
    from sqlalchemy import func, select

    from energiehuis.audit.models import AuditLine

    headers = as_role("counsellor")
    for _ in range(3):
        client.get(f"/api/v1/loan-applications/{sent['id']}", headers=headers)
    with database.unit_of_work() as session:
        looks = session.scalar(
            select(func.count()).where(
                AuditLine.action == "application.read", AuditLine.subject_id == sent["id"]
            )
        )
        assert looks == 3
        assert verify(session).faults == ()
