from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis.outbox.models import Message
from energiehuis.outbox.service import enqueue
from tests.partners import QUESTIONS, bearer, fresh, new_key, new_partner, question
from tests.programme_intakes import faults, intake_json, post_intake

HOME = "/api/v1/webhook-endpoints"
BODY = {"url": "https://partner.example/hook", "topics": ["case.moved"]}


@pytest.fixture
def manager(as_role):
    return as_role("programme_coordinator")


@pytest.fixture
def endpoint(client, manager):
    made = client.post(HOME, json=BODY, headers={**manager, **fresh()})
    assert made.status_code == 201, made.get_json()
    return made.get_json()


def test_an_endpoint_is_added_and_its_secret_told_once(client, manager, endpoint):
    assert endpoint["secret"].startswith("whsec_")
    read = client.get(f"{HOME}/{endpoint['id']}", headers=manager).get_json()
    assert read == {name: value for name, value in endpoint.items() if name != "secret"}
    assert client.get(HOME, headers=manager).get_json() == {"items": [read]}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"url": "http://partner.example/hook"}, "url", "webhook.url"),
        ({"topics": ["Case"]}, "topics.0", "field.pattern"),
        ({"topics": []}, "topics", "field.list_length"),
    ],
)
def test_what_is_wrong_is_named(client, manager, changes, field, code):
    made = client.post(HOME, json={**BODY, **changes}, headers={**manager, **fresh()})
    assert faults(made) == {field: code}


def test_what_waits_is_shown_and_a_removed_endpoint_is_gone(
    client, manager, endpoint, database, organisation_id
):
    with database.unit_of_work() as session:
        enqueue(session, organisation_id, "case.moved", {"case_id": "x"})
    address = f"{HOME}/{endpoint['id']}"
    assert client.get(address, headers=manager).get_json()["waiting"] == 1
    assert client.get(f"{address}/tries", headers=manager).get_json() == {"items": []}
    again = client.post(
        f"{address}/replays",
        json={"since": "2019-01-01T00:00:00Z"},
        headers={**manager, **fresh()},
    )
    # Nothing arrived yet, so nothing is sent again.
    assert (again.status_code, again.get_json()) == (201, {"messages": 0})
    headers = {**manager, **fresh(), "If-Match": '"v1"'}
    assert client.delete(address, headers=headers).status_code == 204
    assert client.get(address, headers=manager).status_code == 404


def test_others_neither_see_nor_add_endpoints(client, as_role, endpoint):
    for role in ("programme_worker", "auditor"):
        headers = as_role(role)
        assert client.get(HOME, headers=headers).status_code == 403
        made = client.post(HOME, json=BODY, headers={**headers, **fresh()})
        assert made.status_code == 403


def test_an_intake_of_a_partner_is_told_by_ids_only(client, manager, database):
    key = new_key(client, manager, new_partner(database), "energy")
    sent = post_intake(client, bearer(key), QUESTIONS, question())
    with database.unit_of_work() as session:
        message = session.scalars(sa.select(Message)).one()
        assert message.topic == "partner_intake.recorded"
        assert message.payload == {
            "kind": "energy.questions",
            "record_id": sent.get_json()["id"],
            "case_id": None,
            "partner_id": key["partner_id"],
        }


def test_a_partner_hears_what_became_of_its_client_and_no_other_partner_does(
    client, manager, as_role, database
):
    ours, theirs = new_partner(database), new_partner(database)
    topics = ["partner_intake.recorded", "partner_case.moved"]
    waiting = {}
    for name, partner_id in (("house", None), ("ours", ours), ("theirs", theirs)):
        body = {**BODY, "topics": topics, "partner_id": partner_id and str(partner_id)}
        made = client.post(HOME, json=body, headers={**manager, **fresh()})
        assert made.status_code == 201, made.get_json()
        assert made.get_json()["partner_id"] == body["partner_id"]
        waiting[name] = made.get_json()["id"]

    key = new_key(client, manager, ours, "biz")
    somebody = {"person": {"given_name": "An", "family_name": "Nokbalke"}}
    body = intake_json({"wish": "family", "themes": ["papers"]}, channel="partner")
    sent = post_intake(client, bearer(key), "biz/duos", {**body, "subject": somebody})
    assert sent.status_code == 201, sent.get_json()
    case_id, worker = sent.get_json()["case_id"], as_role("programme_worker")
    closed = {"status": "closed", "outcome": "goal_reached", "outcome_on": "2019-09-01"}
    for version, move in enumerate(({"status": "intake"}, closed), start=1):
        headers = {**worker, **fresh(), "If-Match": f'"v{version}"'}
        moved = client.patch(f"/api/v1/cases/{case_id}", json=move, headers=headers)
        assert moved.status_code == 200, moved.get_json()

    with database.unit_of_work() as session:
        told = [m.payload for m in session.scalars(sa.select(Message).order_by(Message.position))]
    assert [one.get("status") for one in told] == [None, "intake", "closed"]
    assert told[-1] == {
        "kind": "biz.duos",
        "record_id": sent.get_json()["id"],
        "case_id": case_id,
        "partner_id": str(ours),
        "from_status": "intake",
        "status": "closed",
    }, "why it ended stays in the house"
    counts = {
        name: client.get(f"{HOME}/{one}", headers=manager).get_json()["waiting"]
        for name, one in waiting.items()
    }
    assert counts == {"house": 3, "ours": 3, "theirs": 0}


def test_a_case_that_no_partner_sent_is_told_to_nobody(client, as_role, database):
    worker = as_role("programme_worker")
    somebody = {"person": {"given_name": "An", "family_name": "Nokbalke"}}
    body = {**intake_json({"wish": "family", "themes": ["papers"]}), "subject": somebody}
    case_id = post_intake(client, worker, "biz/duos", body).get_json()["case_id"]
    headers = {**worker, **fresh(), "If-Match": '"v1"'}
    moved = client.patch(f"/api/v1/cases/{case_id}", json={"status": "intake"}, headers=headers)
    assert moved.status_code == 200, moved.get_json()
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Message)) == 0


def test_an_endpoint_of_a_partner_that_nobody_knows_is_refused(client, manager):
    body = {**BODY, "topics": ["partner_case.moved"], "partner_id": str(uuid4())}
    made = client.post(HOME, json=body, headers={**manager, **fresh()})
    assert faults(made) == {"partner_id": "organisation.unknown"}


def test_a_topic_of_which_a_partner_would_hear_nothing_is_refused(client, manager, database):
    topics = ["partner_case.moved", "referral.accepted"]
    body = {**BODY, "topics": topics, "partner_id": str(new_partner(database))}
    made = client.post(HOME, json=body, headers={**manager, **fresh()})
    assert faults(made) == {"topics.1": "webhook.topic_of_house"}
