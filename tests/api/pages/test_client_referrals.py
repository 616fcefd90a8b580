"""The page on which a client sees referrals and takes an agreement back."""

import re

import pytest
import sqlalchemy as sa

from energiehuis.audit.models import AuditLine
from tests.pages import Visitor, words_of
from tests.referrals import give_consent, open_woonclub_case, post_referral, referral_json

PAGE = "/nl/doorverwijzingen"


@pytest.fixture
def visitor(client):
    return Visitor(client)


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker", only_programme="woonclub")


@pytest.fixture
def sent(client, worker):
    case_id = open_woonclub_case(client, worker)["id"]
    consent_id = give_consent(client, worker, case_id)
    body = referral_json(case_id, consent_id, share=["A", "B"])
    return post_referral(client, worker, body).get_json()


def typed(sent):
    return {"reference": sent["reference"].lower(), "secret": f" {sent['client_code']} "}


def test_the_client_sees_to_whom_what_was_shared_and_takes_it_back(
    client, visitor, as_role, sent, database
):
    page = visitor.send(PAGE, typed(sent))
    assert page.status_code == 200
    words = words_of(page)
    assert "BudgetInZicht" in words
    assert "samenstelling van het gezin" in words
    assert "inkomen, schulden" not in words
    assert "Verzonnen" not in words
    consent_id = re.search(r'name="consent_id" value="([^"]+)"', page.text)[1]
    page = visitor.send(
        f"{PAGE}/intrekken", {**typed(sent), "consent_id": consent_id}, seen_at=PAGE
    )
    assert page.status_code == 200
    assert "Uw toestemming is ingetrokken" in words_of(page)
    assert "Toestemming intrekken" not in words_of(page)
    biz = as_role("programme_worker", only_programme="biz")
    seen = client.get(f"/api/v1/referrals/{sent['id']}", headers=biz).get_json()
    assert (seen["shared"], seen["state"]) == (None, "withdrawn")
    with database.unit_of_work() as session:
        lines = session.execute(
            sa.select(AuditLine.action, AuditLine.actor).where(AuditLine.actor == "citizen")
        ).all()
    assert ("consent.withdrawn", "citizen") in lines
    assert ("referral.status", "citizen") in lines


def test_without_the_token_of_the_form_nothing_is_taken_back(client, visitor, sent):
    answer = client.post(f"{PAGE}/intrekken", data={**typed(sent), "consent_id": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "wrong", [{"secret": "2222-2222-2222-2222"}, {"reference": "DV-2222-2222"}]
)
def test_a_wrong_code_opens_nothing(visitor, sent, wrong):
    assert visitor.send(PAGE, {**typed(sent), **wrong}).status_code == 422
    answer = visitor.send(
        f"{PAGE}/intrekken", {**typed(sent), **wrong, "consent_id": sent["id"]}, seen_at=PAGE
    )
    assert answer.status_code == 422


def test_a_code_takes_no_agreement_of_another_case_back(client, visitor, worker, sent):
    from tests.intakes import file_json
    from tests.referrals import key

    other = client.post(
        "/api/v1/intakes/woonclub/files",
        json=file_json(subject={"contact": {"alias": "een ander"}}),
        headers={**worker, **key()},
    ).get_json()["id"]
    theirs = give_consent(client, worker, other)
    post_referral(client, worker, referral_json(other, theirs))
    form = {**typed(sent), "consent_id": theirs}
    assert visitor.send(f"{PAGE}/intrekken", form, seen_at=PAGE).status_code == 422
    consent = client.get(f"/api/v1/consents/{theirs}", headers=worker).get_json()
    assert consent["withdrawn_at"] is None
