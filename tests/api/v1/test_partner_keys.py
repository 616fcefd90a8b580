"""A partner's key sends what is open to partners in its scope, reads back its own, nothing else."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.access.api_keys import PREFIX
from energiehuis.access.models import PartnerKey
from energiehuis.cases.models import Intake
from energiehuis.programmes.energy_desk.vocabulary import RenovationWish
from tests.partners import QUESTIONS, bearer, fresh, new_key, new_partner, question
from tests.programme_intakes import faults, post_intake

WISHES = [next(iter(RenovationWish)).value]
# The same in each run: it stands in the names of the tests.
SOMEBODY = "0e819018-9f24-46f6-aba2-1abbec2ccacb"


@pytest.fixture
def manager(as_role):
    return as_role("programme_coordinator")


@pytest.fixture
def partner_id(database):
    return new_partner(database)


@pytest.fixture
def key(client, manager, partner_id):
    return new_key(client, manager, partner_id, "energy")


def send(client, key, **changes):
    return post_intake(client, bearer(key), QUESTIONS, question(**changes))


def rotate(client, manager, key, old_until, version=1):
    return client.post(
        f"/api/v1/partner-keys/{key['id']}/rotations",
        json={"old_until": old_until.isoformat()},
        headers={**manager, **fresh(), "If-Match": f'"v{version}"'},
    )


def revoke(client, manager, key, version=1):
    headers = {**manager, **fresh(), "If-Match": f'"v{version}"'}
    return client.delete(f"/api/v1/partner-keys/{key['id']}", headers=headers)


def test_a_key_sends_for_its_partner_and_the_intake_lands_with_the_association(
    client, database, key, partner_id, organisation_id
):
    sent = send(client, key)
    assert sent.status_code == 201, sent.get_json()
    with database.unit_of_work() as session:
        row = session.scalars(sa.select(Intake)).one()
    assert (row.organisation_id, row.operator_organisation_id) == (organisation_id, partner_id)
    assert row.recorded_by == f"key:{key['id']}"


def test_a_key_reads_back_its_own_record_and_no_other(client, key, manager, database, as_role):
    sent = send(client, key)
    read = client.get(sent.headers["Location"], headers=bearer(key))
    assert (read.status_code, read.get_json()) == (200, sent.get_json())
    other = new_key(client, manager, new_partner(database), "energy")
    assert client.get(sent.headers["Location"], headers=bearer(other)).status_code == 404
    of_staff = post_intake(client, as_role("programme_worker"), QUESTIONS, question())
    assert client.get(of_staff.headers["Location"], headers=bearer(key)).status_code == 404


def test_only_digests_are_kept_and_the_same_request_gives_the_same_token(
    client, database, manager, partner_id
):
    body = {"name": "desk", "partner_id": str(partner_id), "programmes": ["energy"]}
    headers = {**manager, **fresh()}
    made, again = (
        client.post("/api/v1/partner-keys", json=body, headers=headers).get_json() for _ in "12"
    )
    assert made == again
    assert made["key"].startswith(PREFIX)
    with database.engine().connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        everything = "".join(
            str(connection.execute(sa.text(f"SELECT * FROM {table}")).all())  # noqa: S608
            for table in tables
        )
    assert made["id"] in everything or made["id"].replace("-", "") in everything
    assert made["key"] not in everything
    shown = client.get(f"/api/v1/partner-keys/{made['id']}", headers=manager).get_json()
    assert "key" not in shown


def test_that_a_key_was_used_is_shown(client, key, manager):
    assert key["last_used_at"] is None
    send(client, key)
    (listed,) = client.get("/api/v1/partner-keys", headers=manager).get_json()["items"]
    assert listed["last_used_at"] is not None


def test_after_a_rotation_both_tokens_work_until_the_day_is_over(client, key, manager):
    now = clock.now()
    rotated = rotate(client, manager, key, clock.today() + timedelta(days=3))
    assert rotated.status_code == 201, rotated.get_json()
    new = rotated.get_json()
    assert new["key"] != key["key"]
    assert [send(client, each).status_code for each in (key, new)] == [201, 201]
    with clock.frozen(now + timedelta(days=3)):
        assert send(client, key).status_code == 201
    with clock.frozen(now + timedelta(days=4)):
        assert [send(client, each).status_code for each in (key, new)] == [401, 201]


def test_a_second_rotation_stops_the_oldest_token_at_once(client, key, manager):
    soon = clock.today() + timedelta(days=3)
    second = rotate(client, manager, key, soon).get_json()
    third = rotate(client, manager, key, soon, version=2).get_json()
    assert [send(client, each).status_code for each in (key, second, third)] == [401, 201, 201]


@pytest.mark.parametrize("days", [-1, 91])
def test_an_old_token_does_not_work_for_ever(client, key, manager, days):
    refused = rotate(client, manager, key, clock.today() + timedelta(days=days))
    assert faults(refused) == {"old_until": "partner.old_until_out_of_range"}


def test_a_revoked_key_stops_at_once_and_stays_so(client, key, manager):
    assert revoke(client, manager, key).status_code == 200
    refused = send(client, key)
    assert (refused.status_code, refused.get_json()["code"]) == (401, "access.key_not_valid")
    assert rotate(client, manager, key, clock.today(), version=2).status_code == 409
    assert revoke(client, manager, key, version=1).status_code == 412


@pytest.mark.parametrize("token", [PREFIX, PREFIX + "x" * 43])
def test_a_token_that_was_never_given_is_refused(client, token):
    assert send(client, token).status_code == 401


def test_a_key_is_refused_for_a_programme_outside_its_scope(client, key):
    duo = {"wish": "single", "themes": ["papers"]}
    body = question(payload=duo, subject={"person": {"alias": "A"}})
    refused = post_intake(client, bearer(key), "biz/duos", body)
    assert (refused.status_code, refused.get_json().get("code")) == (403, "access.other_programme")


def test_a_kind_that_is_not_open_to_partners_is_refused(client, key):
    body = question(
        payload={
            "name": "Groepsaankoop isolatie",
            "opens_on": "2019-01-01",
            "closes_on": "2019-12-31",
            "lots": WISHES,
        }
    )
    refused = post_intake(client, bearer(key), "energy/campaigns", body)
    assert refused.status_code == 403, refused.get_json()
    assert refused.get_json()["code"] == "partner.kind_not_open"


def test_a_key_may_not_send_in_the_name_of_another(client, key, database, partner_id):
    assert send(client, key, operator_org=str(partner_id)).status_code == 201
    other = send(client, key, operator_org=str(new_partner(database)))
    assert faults(other) == {"operator_org": "partner.operator_not_own"}


def test_a_key_may_not_name_households_or_people_by_our_numbers(client, key):
    payload = {"address": "Zolderdreef 1, 8530 Harelbeke", "tenure": "owner", "wishes": WISHES}
    for subject, field in (
        ({"household_id": str(uuid4())}, "subject.household_id"),
        ({"contact": {"person_id": str(uuid4())}}, "subject.contact.person_id"),
    ):
        body = question(payload=payload, subject=subject)
        refused = post_intake(client, bearer(key), "energy/coaching", body)
        assert faults(refused) == {field: "partner.id_of_ours"}, refused.get_json()
    named = {"contact": {"given_name": "An", "family_name": "Voorbeeld"}}
    taken = post_intake(
        client, bearer(key), "energy/coaching", question(payload=payload, subject=named)
    )
    assert taken.status_code == 201, taken.get_json()
    # What a role sees is its classes, and a partner's are none: names are not told back.
    assert "Voorbeeld" not in taken.get_data(as_text=True)


def test_a_municipality_that_is_not_served_is_refused_to_a_key(client, key):
    assert faults(send(client, key, nis="11002"))["nis"] == "intake.municipality_not_served"


def routes(app):
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/"):
            continue
        view = app.view_functions[rule.endpoint]
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            handler = getattr(getattr(view, "view_class", None), method.lower(), view)
            if getattr(handler, "required_permission", None) is not None:
                yield method, rule.rule


def test_every_other_route_is_shut_to_a_key(app, client, key):
    answered, tried = set(), 0
    for method, rule in routes(app):
        address = re.sub(r"<uuid:\w+>", str(uuid4()), rule)
        address = address.replace("<string:programme>/<string:kind>", "energy/questions")
        if "<" in address:
            continue
        tried += 1
        headers = {**bearer(key), **fresh(), "If-Match": '"v1"'}
        code = client.open(address, method=method, json={}, headers=headers).status_code
        # A body of another kind, or that does not fit, is refused before the guard.
        if code not in (403, 415, 422):
            answered.add((method, address))
    assert tried > 130
    assert {method for method, _ in answered} == {"GET"}
    assert {each for _, each in answered if not each.startswith("/api/v1/intakes/energy/")} == set()
    assert len(answered) > 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/cases?programme=energy"),
        ("GET", "/api/v1/partner-keys"),
        ("GET", "/api/v1/webhook-endpoints"),
        ("GET", "/api/v1/referrals?direction=in"),
        ("GET", f"/api/v1/referrals/{SOMEBODY}"),
        ("GET", f"/api/v1/consents/{SOMEBODY}"),
        ("GET", f"/api/v1/cases/{SOMEBODY}/notes"),
        ("GET", f"/api/v1/intakes/woonclub/sessions/{SOMEBODY}"),
    ],
)
def test_nothing_else_is_read_with_a_key(client, key, method, path):
    refused = client.open(path, method=method, headers=bearer(key))
    assert (refused.status_code, refused.get_json()["code"]) == (403, "access.not_for_partners")


def test_the_older_intakes_of_the_woonclub_are_shut_to_a_key_of_that_programme(
    client, manager, partner_id
):
    from tests.intakes import session_json

    key = new_key(client, manager, partner_id, "woonclub")
    headers = {**bearer(key), **fresh()}
    sent = client.post("/api/v1/intakes/woonclub/sessions", json=session_json(), headers=headers)
    assert (sent.status_code, sent.get_json()["code"]) == (403, "access.not_for_partners")


def test_an_account_with_the_role_of_a_partner_is_no_key(client, as_role):
    assert post_intake(client, as_role("partner"), QUESTIONS, question()).status_code == 401


def test_a_key_in_the_cookie_of_the_pages_signs_nobody_in(app, key):
    from api.authentication import COOKIE

    client = app.test_client()
    client.set_cookie(COOKIE, key["key"])
    assert client.get("/nl/dossiers").status_code in (302, 303, 401)


@pytest.mark.parametrize("role", ["programme_worker", "partner", "auditor", "counsellor"])
def test_only_who_manages_partners_sees_and_makes_keys(client, as_role, role, partner_id):
    headers = as_role(role)
    assert client.get("/api/v1/partner-keys", headers=headers).status_code == 403
    body = {"name": "x", "partner_id": str(partner_id), "programmes": ["energy"]}
    made = client.post("/api/v1/partner-keys", json=body, headers={**headers, **fresh()})
    assert made.status_code == 403


def test_a_manager_of_one_programme_makes_and_sees_keys_of_that_programme_only(
    client, as_role, manager, partner_id, key
):
    narrow = as_role("programme_coordinator", only_programme="food_act")
    body = {"name": "x", "partner_id": str(partner_id), "programmes": ["food_act", "energy"]}
    made = client.post("/api/v1/partner-keys", json=body, headers={**narrow, **fresh()})
    assert faults(made) == {"programmes.1": "partner.programme_not_run"}
    assert client.get("/api/v1/partner-keys", headers=narrow).get_json() == {"items": []}
    assert client.get(f"/api/v1/partner-keys/{key['id']}", headers=narrow).status_code == 404
    assert revoke(client, narrow, key).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": ""}, "name", "field.required"),
        ({"programmes": []}, "programmes", "field.list_length"),
        ({"programmes": ["moon"]}, "programmes.0", "field.choice"),
        ({"partner_id": str(uuid4())}, "partner_id", "partner.unknown"),
    ],
)
def test_what_is_wrong_with_a_key_is_named(client, manager, partner_id, changes, field, code):
    body = {"name": "x", "partner_id": str(partner_id), "programmes": ["energy"], **changes}
    made = client.post("/api/v1/partner-keys", json=body, headers={**manager, **fresh()})
    assert faults(made) == {field: code}


def test_the_association_itself_and_the_partner_of_another_get_no_key(
    client, manager, database, organisation_id
):
    rival = new_partner(database, "association")
    theirs = new_partner(database, registered_by_id=rival)
    for who in (organisation_id, theirs):
        body = {"name": "x", "partner_id": str(who), "programmes": ["energy"]}
        made = client.post("/api/v1/partner-keys", json=body, headers={**manager, **fresh()})
        assert faults(made) == {"partner_id": "partner.unknown"}


def test_two_changes_of_one_version_are_one_change(client, key, manager, database):
    assert rotate(client, manager, key, clock.today()).status_code == 201
    assert rotate(client, manager, key, clock.today()).status_code == 412
    with database.unit_of_work() as session:
        assert session.scalars(sa.select(PartnerKey.token_number)).one() == 2


class TestLimit:
    @pytest.fixture
    def settings(self, settings):
        return replace(settings, key_requests_per_minute=3)

    def test_a_key_that_asks_too_much_must_wait_and_another_need_not(
        self, client, key, manager, partner_id
    ):
        answers = [send(client, key) for _ in range(9)]
        refused = [answer for answer in answers if answer.status_code == 429]
        # The minute may turn in the middle, which gives three more.
        assert 3 <= len(refused) <= 6
        assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
        assert refused[0].get_json()["code"] == "partner.too_many"
        other = new_key(client, manager, partner_id, "energy")
        assert send(client, other).status_code == 201
