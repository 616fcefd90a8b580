"""The manners that intakes of all programmes share, shown on a question at the energy desk."""

from uuid import uuid4

import pytest

from tests.programme_intakes import faults, intake_json, post_intake

QUESTIONS = "energy/questions"


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


def question(**changes):
    return intake_json({"theme": "heating", "answer": "answered"}, **changes)


def test_an_intake_is_written_down_and_read_back(client, worker):
    sent = post_intake(client, worker, QUESTIONS, question())
    assert sent.status_code == 201, sent.get_json()
    assert sent.headers["ETag"] == '"v1"'
    read = client.get(sent.headers["Location"], headers=worker)
    assert read.get_json() == sent.get_json()
    assert read.get_json()["said"]["theme"] == "heating"


def test_the_same_key_gives_the_same_answer_and_one_record(client, worker, database):
    from sqlalchemy import func, select

    from energiehuis.cases.models import Contact

    body, headers = question(), {**worker, "Idempotency-Key": str(uuid4())}
    address = f"/api/v1/intakes/{QUESTIONS}"
    first = client.post(address, json=body, headers=headers)
    again = client.post(address, json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count(Contact.id))) == 1
    other = client.post(address, json=question(), headers=headers)
    assert other.status_code == 422


def test_an_intake_id_that_came_before_is_refused(client, worker):
    body = question()
    assert post_intake(client, worker, QUESTIONS, body).status_code == 201
    assert post_intake(client, worker, QUESTIONS, body).status_code == 409


def test_without_a_key_nothing_is_written(client, worker):
    sent = client.post(f"/api/v1/intakes/{QUESTIONS}", json=question(), headers=worker)
    assert sent.status_code in (400, 422)
    assert "Idempotency-Key" in faults(sent)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"nis": "99999"}, "nis", "field.pattern"),
        ({"nis": "11002"}, "nis", "intake.municipality_not_served"),
        ({"received_at": "2099-01-01T09:00:00+01:00"}, "received_at", "intake.received_in_future"),
        ({"legal_basis": "because"}, "legal_basis", "intake.legal_basis_unknown"),
        ({"channel": "pigeon"}, "channel", "field.choice"),
        ({"programme": "woonclub"}, "programme", "field.choice"),
        ({"operator_org": str(uuid4())}, "operator_org", "organisation.unknown"),
        ({"payload": {}}, "payload.theme", "field.required"),
        ({"payload": {"theme": "heating", "answer": "maybe"}}, "payload.answer", "field.choice"),
        (
            {"payload": {"theme": "heating", "answer": "answered", "name": "An"}},
            "payload.name",
            "field.unknown",
        ),
        (
            {"payload": {"theme": "heating", "answer": "answered", "minutes": 601}},
            "payload.minutes",
            "field.number_out_of_range",
        ),
    ],
)
def test_what_is_wrong_is_named(client, worker, changes, field, code):
    sent = post_intake(client, worker, QUESTIONS, {**question(), **changes})
    assert sent.status_code == 422
    assert faults(sent)[field] == code


def test_a_worker_of_another_programme_may_not_write_here(client, as_role):
    headers = as_role("programme_worker", only_programme="food_act")
    assert post_intake(client, headers, QUESTIONS, question()).status_code == 403


def test_a_worker_of_another_municipality_may_not_write_or_read_here(client, as_role, worker):
    elsewhere = as_role("programme_worker", only_nis_code="34022")
    refused = post_intake(client, elsewhere, QUESTIONS, question())
    assert faults(refused)["nis"] == "intake.municipality_not_served"
    sent = post_intake(client, worker, QUESTIONS, question())
    assert client.get(sent.headers["Location"], headers=elsewhere).status_code == 404


@pytest.mark.parametrize("role", ["counsellor", "policymaker", "council_member", "auditor"])
def test_a_role_without_the_right_is_refused(client, as_role, role):
    assert post_intake(client, as_role(role), QUESTIONS, question()).status_code == 403
