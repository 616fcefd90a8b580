"""Agreements and referrals over HTTP: what is asked, who answers, and what is shared."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.audit.models import AuditLine
from energiehuis.outbox.models import Message
from energiehuis.referrals.models import Referral, ReferralEvent
from tests.programme_intakes import faults
from tests.referrals import (
    consent_json,
    give_consent,
    key,
    open_woonclub_case,
    post_referral,
    referral_json,
    step,
)


@pytest.fixture
def woonclub(as_role):
    return as_role("programme_worker", only_programme="woonclub")


@pytest.fixture
def biz(as_role):
    return as_role("programme_worker", only_programme="biz")


@pytest.fixture
def case_id(client, woonclub):
    return open_woonclub_case(client, woonclub)["id"]


@pytest.fixture
def sent(client, woonclub, case_id):
    """A referral of names and household to BudgetInZicht."""
    consent_id = give_consent(client, woonclub, case_id)
    body = referral_json(case_id, consent_id, share=["A", "B"])
    answer = post_referral(client, woonclub, body)
    assert answer.status_code == 201, answer.get_json()
    return {**answer.get_json(), "consent_id": consent_id}


def read(client, headers, referral_id):
    return client.get(f"/api/v1/referrals/{referral_id}", headers=headers)


def withdraw(client, headers, consent_id):
    address = f"/api/v1/consents/{consent_id}/withdrawal"
    return client.post(address, json={}, headers={**headers, **key()})


def test_the_receiver_sees_exactly_what_was_shared(client, biz, sent):
    answer = read(client, biz, sent["id"])
    assert answer.headers["ETag"] == '"v1"'
    shared = answer.get_json()["shared"]
    assert shared["classes"] == ["A", "B"]
    assert shared["people"][0]["family_name"] == "Verzonnen"
    assert shared["details"]["children"] == 2
    # Income and rent are class C: agreed to, but not shared.
    assert not {"main_income", "max_rent", "reason"} & shared["details"].keys()


def test_the_sender_sees_where_it_stands_and_the_case_stays_closed_to_the_receiver(
    client, woonclub, biz, sent, case_id
):
    assert read(client, woonclub, sent["id"]).get_json()["shared"] is None
    assert client.get(f"/api/v1/cases/{case_id}", headers=biz).status_code == 404


def test_a_referral_goes_to_its_end_step_by_step(client, biz, woonclub, sent):
    for version, state in enumerate(("accepted", "first_contact", "done"), start=1):
        answer = step(client, biz, sent["id"], state=state, version=version)
        assert answer.status_code == 200, answer.get_json()
        assert answer.headers["ETag"] == f'"v{version + 1}"'
    changes = read(client, woonclub, sent["id"]).get_json()["changes"]
    assert [c["to_state"] for c in changes] == ["sent", "accepted", "first_contact", "done"]


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        ("refused", None, (422, "referral.refusal_needs_reason")),
        ("accepted", "full", (422, "referral.reason_only_when_refused")),
        ("done", None, (409, "referral.move_not_allowed")),
        ("withdrawn", None, (422, "field.choice")),
    ],
)
def test_a_step_that_cannot_be_is_refused(client, biz, sent, state, reason, expected):
    answer = step(client, biz, sent["id"], state=state, version=1, reason=reason)
    assert answer.status_code == expected[0]
    assert expected[1] in answer.text


def test_only_the_receiver_takes_steps_on_the_version_it_read(client, biz, woonclub, sent):
    assert step(client, woonclub, sent["id"], state="accepted", version=1).status_code == 404
    assert step(client, biz, sent["id"], state="accepted", version=7).status_code == 412
    without = client.post(
        f"/api/v1/referrals/{sent['id']}/steps",
        json={"state": "accepted"},
        headers={**biz, **key()},
    )
    assert without.status_code == 428


def test_after_a_refusal_nothing_is_shared(client, biz, sent):
    assert (
        step(client, biz, sent["id"], state="refused", version=1, reason="full").status_code == 200
    )
    assert read(client, biz, sent["id"]).get_json()["shared"] is None


@pytest.mark.parametrize("steps", [[], ["accepted"], ["accepted", "first_contact"]])
def test_an_agreement_taken_back_ends_the_sharing(client, biz, woonclub, sent, steps):
    for version, state in enumerate(steps, start=1):
        step(client, biz, sent["id"], state=state, version=version)
    assert read(client, biz, sent["id"]).get_json()["shared"] is not None
    assert withdraw(client, woonclub, sent["consent_id"]).status_code == 200
    after = read(client, biz, sent["id"]).get_json()
    assert after["shared"] is None
    assert after["state"] == ("first_contact" if len(steps) == 2 else "withdrawn")
    again = withdraw(client, woonclub, sent["consent_id"])
    assert (again.status_code, again.get_json()["code"]) == (409, "consent.withdrawn_already")


def test_the_answer_of_a_step_holds_nothing_that_could_be_given_again(client, biz, woonclub, sent):
    headers = {**biz, **key(), "If-Match": '"v1"'}
    address, body = f"/api/v1/referrals/{sent['id']}/steps", {"state": "accepted"}
    first = client.post(address, json=body, headers=headers)
    withdraw(client, woonclub, sent["consent_id"])
    again = client.post(address, json=body, headers=headers)
    assert first.get_json() == again.get_json()
    assert "Verzonnen" not in again.text


@pytest.mark.parametrize(
    ("consent", "referral", "wrong"),
    [
        ({}, {"agreement_id": str(uuid4())}, ("agreement_id", "referral.agreement_unknown")),
        ({}, {"agreement_id": None}, ("agreement_id", "field.required")),
        (
            {"to_programme": "energy"},
            {},
            ("agreement_id", "referral.agreement_other_programme"),
        ),
        ({"purpose": "journey"}, {}, ("agreement_id", "referral.agreement_other_purpose")),
        ({"classes": ["A"]}, {"share": ["A", "C"]}, ("share", "referral.class_not_agreed")),
        ({}, {"share": ["A", "D"]}, ("share", "referral.class_not_agreed")),
        ({}, {"share": []}, ("share", "field.list_length")),
        ({}, {"reason": "because"}, ("reason", "field.choice")),
        ({}, {"to_programme": "bank"}, ("to_programme", "field.choice")),
    ],
)
def test_a_referral_that_no_agreement_covers_is_refused(
    client, woonclub, case_id, consent, referral, wrong
):
    consent_id = give_consent(client, woonclub, case_id, **consent)
    answer = post_referral(client, woonclub, referral_json(case_id, consent_id, **referral))
    assert answer.status_code == 422
    assert faults(answer)[wrong[0]] == wrong[1]
    assert client.get("/api/v1/referrals?direction=out", headers=woonclub).get_json()["items"] == []


def test_an_agreement_of_another_client_or_one_taken_back_covers_nothing(client, woonclub, case_id):
    other = {"contact": {"alias": "de andere"}}
    other_case = client.post(
        "/api/v1/intakes/woonclub/files",
        json={**_file(), "subject": other},
        headers={**woonclub, **key()},
    ).get_json()["id"]
    theirs = give_consent(client, woonclub, other_case)
    answer = post_referral(client, woonclub, referral_json(case_id, theirs))
    assert faults(answer) == {"agreement_id": "referral.agreement_unknown"}
    mine = give_consent(client, woonclub, case_id)
    withdraw(client, woonclub, mine)
    answer = post_referral(client, woonclub, referral_json(case_id, mine))
    assert faults(answer) == {"agreement_id": "referral.agreement_withdrawn"}


def _file():
    from tests.intakes import file_json

    return file_json()


def test_class_d_needs_writing_and_is_never_shared_by_default(client, woonclub, biz, case_id):
    body = consent_json(case_id, classes=["A", "D"], proof="oral_noted")
    refused = client.post("/api/v1/consents", json=body, headers={**woonclub, **key()})
    assert faults(refused) == {"classes": "consent.sensitive_in_writing"}
    consent_id = give_consent(client, woonclub, case_id, classes=["A", "D"])
    answer = post_referral(client, woonclub, referral_json(case_id, consent_id))
    assert answer.get_json()["share"] == ["A"]


def test_notes_are_not_shared_even_with_class_d(client, woonclub, biz, case_id):
    client.post(
        f"/api/v1/cases/{case_id}/notes",
        json={"text": "een vertrouwelijk woord"},
        headers={**woonclub, **key()},
    )
    consent_id = give_consent(client, woonclub, case_id, classes=["A", "D"])
    body = referral_json(case_id, consent_id, share=["A", "D"])
    sent = post_referral(client, woonclub, body).get_json()
    answer = read(client, biz, sent["id"])
    assert answer.get_json()["shared"]["classes"] == ["A", "D"]
    assert "vertrouwelijk" not in answer.text
    assert client.get(f"/api/v1/cases/{case_id}/notes", headers=biz).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"given_on": "2099-01-01"}, "given_on", "consent.given_in_future"),
        ({"to_programme": "woonclub"}, "to_programme", "consent.same_programme"),
        ({"to_org": str(uuid4())}, "to_org", "organisation.unknown"),
        ({"classes": []}, "classes", "field.list_length"),
        ({"proof": "a nod"}, "proof", "field.choice"),
    ],
)
def test_what_is_wrong_with_an_agreement_is_named(client, woonclub, case_id, changes, field, code):
    body = consent_json(case_id, **changes)
    answer = client.post("/api/v1/consents", json=body, headers={**woonclub, **key()})
    assert faults(answer)[field] == code


def test_one_referral_runs_at_a_time_and_the_same_key_sends_one(client, woonclub, sent, case_id):
    body = referral_json(case_id, sent["consent_id"])
    assert post_referral(client, woonclub, body).status_code == 409
    other = give_consent(client, woonclub, case_id, to_programme="energy")
    body = referral_json(case_id, other, to_programme="energy", reason="energy")
    headers = {**woonclub, **key()}
    first, again = (client.post("/api/v1/referrals", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()


def test_who_sits_between_two_chairs_is_listed(client, woonclub, biz, sent, database):
    address = "/api/v1/referrals?direction={}&state=lost_in_between"
    assert client.get(address.format("in"), headers=biz).get_json()["items"] == []
    long_ago = clock.now() - timedelta(days=31)
    with database.unit_of_work() as session:
        session.execute(sa.update(Referral).values(sent_at=long_ago))
    for direction, headers in (("in", biz), ("out", woonclub)):
        items = client.get(address.format(direction), headers=headers).get_json()["items"]
        assert [item["id"] for item in items] == [sent["id"]]
        assert items[0]["is_lost_in_between"] is True
    assert client.get(address.format("in"), headers=woonclub).get_json()["items"] == []
    step(client, biz, sent["id"], state="accepted", version=1)
    assert client.get(address.format("in"), headers=biz).get_json()["items"] == []


@pytest.mark.parametrize(
    "query", ["", "?direction=up", "?direction=in&state=x", "?direction=in&a=b"]
)
def test_a_list_that_is_not_asked_well_is_refused(client, biz, query):
    assert client.get(f"/api/v1/referrals{query}", headers=biz).status_code == 422


def test_each_act_and_each_read_is_written_down(client, woonclub, biz, sent, database):
    read(client, biz, sent["id"])
    withdraw(client, woonclub, sent["consent_id"])
    with database.unit_of_work() as session:
        lines = session.execute(sa.select(AuditLine.action, AuditLine.role, AuditLine.details))
        said = {line.action: line for line in lines}
    assert {"consent.given", "referral.sent", "referral.read", "consent.withdrawn"} <= said.keys()
    reading = said["referral.read"]
    assert reading.role == "programme_worker"
    assert reading.details == {"purpose": "referral:biz", "classes": ["A", "B"]}


def test_events_only_grow(client, sent, database):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.unit_of_work() as session:
        session.execute(sa.update(ReferralEvent).values(actor="x"))


def test_each_change_is_put_in_the_outbox_without_anything_of_the_client(
    client, woonclub, biz, sent, database
):
    step(client, biz, sent["id"], state="accepted", version=1)
    withdraw(client, woonclub, sent["consent_id"])
    with database.unit_of_work() as session:
        messages = session.execute(
            sa.select(Message.topic, Message.payload).order_by(Message.created_at, Message.position)
        ).all()
    said = {message.topic: message.payload for message in messages}
    assert {"referral.sent", "referral.accepted", "consent.withdrawn"} <= said.keys()
    assert said["referral.accepted"] == {
        "referral_id": sent["id"],
        "from_programme": "woonclub",
        "to_programme": "biz",
        "state": "accepted",
    }
