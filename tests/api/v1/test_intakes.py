from copy import deepcopy
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from marshmallow import RAISE

from api.schemas.woonclub_outputs import (
    FileHeadSchema,
    FileOutSchema,
    SessionOutSchema,
    VisitOutSchema,
)
from energiehuis.cases.models import Case, Intake
from energiehuis.idempotency.models import IdempotencyKey
from tests.applications import new_key
from tests.intakes import KORTRIJK, envelope_json, file_json, session_json

HOME = "/api/v1/intakes/woonclub"
HOUSED = {
    "outcome": "housed",
    "date": "2018-11-12",
    "tenure": "private_rent",
    "nis": KORTRIJK,
    "rent": "690.00",
}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


@pytest.fixture
def post(client, worker):
    def send(path, body, **headers):
        return client.post(f"{HOME}{path}", json=body, headers={**worker, **new_key(), **headers})

    return send


@pytest.fixture
def get(client, worker):
    return lambda path: client.get(f"{HOME}{path}", headers=worker)


def errors(response):
    return {(e["field"], e["code"]) for e in response.get_json()["errors"]}


def fits(schema, body):
    return schema(unknown=RAISE).validate(body) == {}


def visit_json(session_id, visitor=None, **changes):
    return {**envelope_json(), "payload": {"session_id": session_id, "visitor": visitor}, **changes}


def test_a_file_is_opened_read_and_closed(post, get, client, worker):
    contact = {"given_name": "Jo", "family_name": "Verzonnen", "birth_date": "1990-02-01"}
    opened = post("/files", file_json(subject={"contact": contact}))
    assert opened.status_code == 201, opened.get_json()
    assert opened.headers["ETag"] == '"v1"'
    assert fits(FileHeadSchema, opened.get_json())
    read = client.get(opened.headers["Location"], headers=worker)
    assert read.status_code == 200
    assert read.headers["ETag"] == '"v1"'
    body = read.get_json()
    assert fits(FileOutSchema, body)
    assert body["status"] == "searching"
    assert body["members"][0]["family_name"] == "Verzonnen"
    assert body["composition"] == {"adults": 1, "children": 2, "type": "single"}
    closed = post(f"/files/{body['id']}/outcome", HOUSED, **{"If-Match": '"v1"'})
    assert closed.status_code == 201, closed.get_json()
    assert closed.headers["ETag"] == '"v2"'
    outcome = get(f"/files/{body['id']}").get_json()["outcome"]
    assert outcome == {**HOUSED}


def test_a_session_is_planned_held_and_visited(post, get, client, worker):
    planned = post("/sessions", session_json(status="planned"))
    assert planned.status_code == 201, planned.get_json()
    assert fits(SessionOutSchema, planned.get_json())
    address = planned.headers["Location"]
    held = client.patch(
        address, json={"status": "held"}, headers={**worker, **new_key(), "If-Match": '"v1"'}
    )
    assert (held.status_code, held.headers["ETag"]) == (200, '"v2"')
    assert client.get(address, headers=worker).get_json()["status"] == "held"
    visit = post("/visits", visit_json(planned.get_json()["id"], {"alias": "rode fiets"}))
    assert visit.status_code == 201, visit.get_json()
    assert fits(VisitOutSchema, visit.get_json())
    assert client.get(visit.headers["Location"], headers=worker).get_json() == visit.get_json()


def test_nobody_needs_to_be_named(post):
    held = post("/sessions", session_json()).get_json()
    visits = [post("/visits", visit_json(held["id"])) for _ in range(2)]
    assert [visit.get_json()["visitor_id"] for visit in visits] == [None, None]


def test_the_visitor_of_before_is_known_by_number(post):
    held = post("/sessions", session_json()).get_json()
    first = post("/visits", visit_json(held["id"], {"given_name": "Jo", "family_name": "V"}))
    visitor = {"person_id": first.get_json()["visitor_id"]}
    response = post("/visits", visit_json(held["id"], visitor))
    assert response.status_code == 409
    assert response.get_json()["code"] == "visit.visitor_came_already"


def test_the_same_key_and_body_get_the_same_answer_and_one_file(post, database):
    key, body = new_key(), file_json()
    first, again = post("/files", body, **key), post("/files", body, **key)
    assert (first.status_code, first.data) == (again.status_code, again.data)
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


def test_the_same_key_with_another_body_is_refused(post):
    key = new_key()
    post("/files", file_json(), **key)
    response = post("/files", file_json(), **key)
    assert (response.status_code, response.get_json()["code"]) == (422, "idempotency.key_reused")


def test_the_same_key_on_another_version_is_refused(post):
    opened = post("/files", file_json()).get_json()
    key = new_key()
    post(f"/files/{opened['id']}/outcome", HOUSED, **key, **{"If-Match": '"v1"'})
    response = post(f"/files/{opened['id']}/outcome", HOUSED, **key, **{"If-Match": '"v2"'})
    assert (response.status_code, response.get_json()["code"]) == (422, "idempotency.key_reused")


def test_a_key_is_needed(client, worker):
    response = client.post(f"{HOME}/files", json=file_json(), headers=worker)
    assert response.status_code == 422
    assert errors(response) == {("Idempotency-Key", "idempotency.key_required")}


def test_an_answer_that_is_kept_with_its_key_holds_no_name(post, database):
    contact = {"given_name": "Jo", "family_name": "Verzonnen"}
    post("/files", file_json(subject={"contact": contact}))
    with database.unit_of_work() as session:
        answers = session.scalars(sa.select(IdempotencyKey.answer)).all()
    assert len(answers) == 1
    assert "Verzonnen" not in str(answers)


def test_one_intake_does_not_come_in_twice_under_two_keys(post):
    body = file_json()
    post("/files", body)
    response = post("/files", body)
    assert (response.status_code, response.get_json()["code"]) == (409, "intake.id_taken")


def test_a_change_names_its_version(post):
    opened = post("/files", file_json()).get_json()
    path = f"/files/{opened['id']}/outcome"
    assert post(path, HOUSED).status_code == 428
    assert post(path, HOUSED, **{"If-Match": '"v9"'}).status_code == 412
    assert post(path, HOUSED, **{"If-Match": "odd"}).status_code == 412


def test_a_file_that_is_not_there_is_not_found(post, get):
    nowhere = uuid4()
    assert get(f"/files/{nowhere}").status_code == 404
    assert get(f"/visits/{nowhere}").status_code == 404
    assert get(f"/sessions/{nowhere}").status_code == 404
    assert post(f"/files/{nowhere}/outcome", HOUSED, **{"If-Match": '"v1"'}).status_code == 404


def test_somebody_of_another_municipality_finds_no_file(post, client, as_role):
    opened = post("/files", file_json()).get_json()
    headers = as_role("programme_worker", KORTRIJK)
    assert client.get(f"{HOME}/files/{opened['id']}", headers=headers).status_code == 404


@pytest.mark.parametrize("path", ["/sessions", "/visits", "/files"])
def test_who_is_not_signed_in_writes_nothing(client, path):
    response = client.post(f"{HOME}{path}", json=file_json(), headers=new_key())
    assert response.status_code in {401, 422}
    signed_out = {**new_key(), "Authorization": "Bearer none"}
    response = client.post(f"{HOME}{path}", json=session_json(), headers=signed_out)
    assert response.status_code in {401, 422}


@pytest.mark.parametrize("role", ["counsellor", "policymaker", "administrator"])
def test_other_roles_may_not(client, as_role, role):
    headers = {**as_role(role), **new_key()}
    response = client.post(f"{HOME}/files", json=file_json(), headers=headers)
    assert response.status_code == 403
    assert client.get(f"{HOME}/files/{uuid4()}", headers=as_role(role)).status_code == 403


def changed(body, path, value):
    made = deepcopy(body)
    *steps, last = path.split(".")
    target = made
    for step in steps:
        target = target.setdefault(step, {}) if isinstance(target, dict) else target[int(step)]
    if value is KeyError:
        del target[last]
    else:
        target[last] = value
    return made


BAD_FILES = [
    ("intake_id", KeyError, "field.required"),
    ("intake_id", "{" + str(UUID(int=7)) + "}", "field.uuid"),
    ("intake_id", 5, "field.uuid"),
    ("programme", "konekti", "field.choice"),
    ("channel", "pigeon", "field.choice"),
    ("received_at", "2018-06-05T11:15:00", "field.moment"),
    ("received_at", "2018-02-30T11:15:00+01:00", "field.moment"),
    ("received_at", "0001-01-01T00:00:00+14:00", "field.moment"),
    ("received_at", 1528190100, "field.moment"),
    ("received_at", "2098-06-05T11:15:00+02:00", "intake.received_in_future"),
    ("nis", "8530", "field.pattern"),
    ("nis", "11002", "intake.municipality_not_served"),
    ("operator_org", str(UUID(int=7)), "organisation.unknown"),
    ("referrer.org", str(UUID(int=7)), "organisation.unknown"),
    ("referrer.worker", "x" * 81, "field.too_long"),
    ("legal_basis", "because", "intake.legal_basis_unknown"),
    ("legal_basis", "Art. 6", "field.pattern"),
    ("subject.household_id", str(UUID(int=7)), "household.unknown"),
    ("subject.contact.person_id", str(UUID(int=7)), "person.unknown"),
    ("subject.name", "Jo", "field.unknown"),
    ("payload.composition.adults", 0, "field.number_out_of_range"),
    ("payload.composition.adults", 2, "household.single_adults"),
    ("payload.composition.adults", 1.0, "field.whole_number"),
    ("payload.composition.adults", True, "field.whole_number"),
    ("payload.composition.children", -1, "field.number_out_of_range"),
    ("payload.composition.type", "commune", "field.choice"),
    ("payload.main_income", KeyError, "field.required"),
    ("payload.main_income", "lottery", "field.choice"),
    ("payload.municipalities", [], "field.list_length"),
    ("payload.municipalities", ["34013", "34013"], "field.twice"),
    ("payload.municipalities", "34013", "field.not_a_list"),
    ("payload", KeyError, "field.required"),
    ("payload.composition", KeyError, "field.required"),
    ("payload.max_rent", 750.0, "field.money"),
    ("payload.max_rent", "750,00", "field.money"),
    ("payload.max_rent", "0.99", "field.amount_out_of_range"),
    ("payload.max_rent", "5000.01", "field.amount_out_of_range"),
    ("payload.max_rent", "-750.00", "field.amount_out_of_range"),
    ("payload.reason", "just because", "field.choice"),
    ("payload.notice_date", "2018-02-30", "field.day"),
    ("payload.notice_date", "2030-01-01", "woonclub.notice_too_far"),
    ("payload.surprise", 1, "field.unknown"),
]


@pytest.mark.parametrize(("path", "value", "code"), BAD_FILES)
def test_a_file_that_cannot_be_is_refused_with_the_field(post, database, path, value, code):
    response = post("/files", changed(file_json(), path, value))
    assert response.status_code == 422, response.get_json()
    assert response.mimetype == "application/problem+json"
    assert (path, code) in errors(response)
    with database.unit_of_work() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Intake)) == 0


def test_a_couple_is_two(post):
    body = file_json({"composition": {"adults": 1, "children": 0, "type": "couple"}})
    response = post("/files", body)
    assert errors(response) == {("payload.composition.adults", "household.couple_adults")}


def test_an_agreement_that_cannot_be_is_refused(post):
    said = {"purposes": ["referral:energy_scan"], "proof": "paper", "given_on": "2018-06-06"}
    response = post("/files", file_json(agreement=said))
    assert errors(response) == {("agreement.given_on", "intake.agreement_after_intake")}
    response = post("/files", file_json(agreement={**said, "purposes": ["Everything!"]}))
    assert errors(response) == {("agreement.purposes.0", "field.pattern")}


@pytest.mark.parametrize(
    "visitor",
    [
        {},
        {"alias": ""},
        {"alias": "a", "person_id": str(UUID(int=7))},
        {"alias": "a", "given_name": "Jo", "family_name": "V"},
    ],
)
def test_a_visitor_is_named_in_one_way(post, visitor):
    held = post("/sessions", session_json()).get_json()
    response = post("/visits", visit_json(held["id"], visitor))
    assert errors(response) == {("payload.visitor", "field.one_of_these_only")}


@pytest.mark.parametrize(
    ("visitor", "field"),
    [
        ({"given_name": "Jo"}, "payload.visitor.family_name"),
        ({"alias": "a", "family_name": "V"}, "payload.visitor.family_name"),
        ({"alias": "a", "birth_date": "1990-01-01"}, "payload.visitor.given_name"),
    ],
)
def test_a_name_is_whole(post, visitor, field):
    held = post("/sessions", session_json()).get_json()
    response = post("/visits", visit_json(held["id"], visitor))
    assert errors(response) == {(field, "field.required")}


def test_a_visit_says_whether_somebody_was_named(post):
    held = post("/sessions", session_json()).get_json()
    body = visit_json(held["id"])
    del body["payload"]["visitor"]
    assert errors(post("/visits", body)) == {("payload.visitor", "field.required")}


def test_a_visit_to_a_planned_session_is_refused(post):
    planned = post("/sessions", session_json(status="planned")).get_json()
    response = post("/visits", visit_json(planned["id"]))
    assert errors(response) == {("payload.session_id", "visit.session_not_held")}


BAD_SESSIONS = [
    ("nis", "99999", "field.pattern"),
    ("nis", "11002", "intake.municipality_not_served"),
    ("place", "", "field.required"),
    ("place", "x" * 121, "field.too_long"),
    ("date", "05/06/2018", "field.day"),
    ("date", "2099-06-05", "session.held_in_future"),
    ("status", "maybe", "field.choice"),
    ("visitors", 4, "field.unknown"),
]


@pytest.mark.parametrize(("path", "value", "code"), BAD_SESSIONS)
def test_a_session_that_cannot_be_is_refused_with_the_field(post, path, value, code):
    response = post("/sessions", changed(session_json(), path, value))
    assert response.status_code == 422
    assert errors(response) == {(path, code)}


BAD_OUTCOMES = [
    ("date", "2018-06-04", "woonclub.outcome_before_file"),
    ("date", "2099-01-01", "woonclub.outcome_in_future"),
    ("tenure", None, "woonclub.needed_when_housed"),
    ("nis", None, "woonclub.needed_when_housed"),
    ("rent", "5000.01", "field.amount_out_of_range"),
    ("rent", 690, "field.money"),
    ("outcome", "happy", "field.choice"),
    ("note", "free text", "field.unknown"),
]


@pytest.mark.parametrize(("path", "value", "code"), BAD_OUTCOMES)
def test_an_end_that_cannot_be_is_refused_with_the_field(post, path, value, code):
    opened = post("/files", file_json()).get_json()
    body = changed(HOUSED, path, value)
    response = post(f"/files/{opened['id']}/outcome", body, **{"If-Match": '"v1"'})
    assert response.status_code == 422
    assert errors(response) == {(path, code)}


def test_every_refusal_has_a_sentence_in_the_language_that_was_asked_for(post):
    for language in ("nl", "fr", "en"):
        body = file_json({"max_rent": "0.10"})
        response = post("/files", body, **{"Accept-Language": language})
        assert response.headers["Content-Language"] == language
        assert response.get_json()["errors"][0]["message"]
