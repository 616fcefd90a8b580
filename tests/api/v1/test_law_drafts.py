"""Drafts of law as JSON: who may, once per key, on the version that was seen, and what they do."""

from datetime import UTC, datetime

import pytest

from api.schemas.law_drafts import DraftListSchema, ImpactSchema, LawDraftOutSchema
from energiehuis import clock
from energiehuis.access.permissions import Role
from tests.applications import application, new_key
from tests.law_drafts import draft_text

URL = "/api/v1/law-drafts"
NOBODY = f"{URL}/00000000-0000-7000-8000-000000000000"


@pytest.fixture
def author(client, as_role):
    return as_role(Role.LEAD_COUNSELLOR)


@pytest.fixture
def colleague(client, as_role):
    return as_role(Role.ADMINISTRATOR)


@pytest.fixture
def create(client, author):
    def make(text=None, headers=None):
        body = {"text": draft_text() if text is None else text}
        return client.post(URL, json=body, headers={**author, **new_key(), **(headers or {})})

    return make


@pytest.fixture
def take(client):
    """Take a step on the newest version, or on the one that is given."""

    def step(draft_id, name, who, version=None, key=None):
        version = version or client.get(f"{URL}/{draft_id}", headers=who).headers["ETag"]
        headers = {**who, "If-Match": version, **(key or new_key())}
        return client.post(f"{URL}/{draft_id}/steps", json={"step": name}, headers=headers)

    return step


def test_a_draft_is_kept_word_for_word_and_shown_again(client, create, author):
    # An empty line at the start moves all others: it stays.
    text = "\n\n" + draft_text()
    made = create(text)
    body = made.get_json()
    assert made.status_code == 201, body
    assert LawDraftOutSchema().validate(body) == {}
    assert (body["text"], body["status"], body["is_own"]) == (text, "draft", True)
    assert body["steps"] == ["test", "withdraw"]
    assert (made.headers["Location"], made.headers["ETag"]) == (f"{URL}/{body['id']}", '"v1"')
    shown = client.get(made.headers["Location"], headers=author)
    assert (shown.get_json(), shown.headers["ETag"]) == (body, '"v1"')


def test_a_draft_goes_from_one_state_to_the_next(create, take, author, colleague):
    draft_id = create().get_json()["id"]
    tested = take(draft_id, "test", author).get_json()
    assert (tested["status"], tested["events"][-1]["run"]["failed"]) == ("green", 0)
    assert take(draft_id, "approve", colleague).get_json()["status"] == "approved"
    done = take(draft_id, "schedule", author)
    assert (done.status_code, done.headers["ETag"]) == (200, '"v4"')
    body = done.get_json()
    assert LawDraftOutSchema().validate(body) == {}
    assert [(e["step"], e["role"], e["is_own"]) for e in body["events"]] == [
        ("create", "lead_counsellor", True),
        ("test", "lead_counsellor", True),
        ("approve", "administrator", False),
        ("schedule", "lead_counsellor", True),
    ]


def test_a_draft_is_the_law_of_the_applications_from_its_first_day(
    client, create, take, author, colleague
):
    draft_id = create().get_json()["id"]
    for name, who in (("test", author), ("approve", colleague), ("schedule", author)):
        assert take(draft_id, name, who).status_code == 200
    # One dependent: above 34,700 of S05, below 36,435 of the draft.
    facts = {**application()["facts"], "joint_taxable_income": "35000.00"}
    found = {}
    for day in ((2029, 12, 31), (2030, 1, 1)):
        with clock.frozen(datetime(*day, 10, tzinfo=UTC)):
            body = application(str(day[0]), facts=facts)
            answer = client.post("/api/v1/loan-applications", json=body, headers=new_key())
        found[answer.get_json()["applied_on"]] = answer.get_json()
    before, after = found["2029-12-31"]["assessment"], found["2030-01-01"]["assessment"]
    assert (before["outcome"], before["is_priority"]) != ("eligible", True)
    assert (after["outcome"], after["is_priority"]) == ("eligible", True)
    # The older file keeps the law of its own day when it is opened afterwards.
    kept = client.get(f"/api/v1/loan-applications/{found['2029-12-31']['id']}", headers=author)
    assert kept.get_json()["law_version"] == before["law_version"] != after["law_version"]


def test_the_same_name_again_is_the_next_version_and_the_list_holds_both(client, create, author):
    create()
    create(draft_text(percent=6))
    body = client.get(URL, headers=author).get_json()
    assert DraftListSchema().validate(body) == {}
    assert [(item["name"], item["revision"]) for item in body["items"]] == [
        ("proef", 2),
        ("proef", 1),
    ]
    strange = client.get(f"{URL}?status=draft", headers=author)
    assert [error["field"] for error in strange.get_json()["errors"]] == ["status"]


def test_the_same_key_makes_one_draft_and_takes_one_step(client, create, take, author):
    key = new_key()
    first, again = create(headers=key), create(headers=key)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert len(client.get(URL, headers=author).get_json()["items"]) == 1
    other = create(draft_text(percent=6), headers=key)
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency.key_reused")
    draft_id, key = first.get_json()["id"], new_key()
    for _ in range(2):
        assert take(draft_id, "test", author, version='"v1"', key=key).headers["ETag"] == '"v2"'


def test_a_step_needs_its_version_and_the_newest_one(client, create, take, author):
    draft_id = create().get_json()["id"]
    without = client.post(
        f"{URL}/{draft_id}/steps", json={"step": "test"}, headers={**author, **new_key()}
    )
    assert (without.status_code, without.get_json()["code"]) == (428, "version.required")
    take(draft_id, "test", author)
    stale = take(draft_id, "test", author, version='"v1"')
    assert (stale.status_code, stale.get_json()["code"]) == (412, "version.stale")


def test_what_may_not_be_is_refused_with_a_sentence(create, take, author, colleague):
    draft_id = create().get_json()["id"]
    early = take(draft_id, "schedule", author)
    assert (early.status_code, early.get_json()["code"]) == (409, "law_draft.step_not_allowed")
    take(draft_id, "test", author)
    own = take(draft_id, "approve", author)
    assert (own.status_code, own.get_json()["code"]) == (422, "law_draft.own_approval")
    unknown = take(draft_id, "create", author)
    assert [error["field"] for error in unknown.get_json()["errors"]] == ["step"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "field.required"),
        ("name: [", "law.file.not_yaml"),
        ("[" * 90_000, "law.file.too_deep"),
        ("#" * 100_001, "field.too_long"),
        (draft_text().replace('"34629.00"', "34629.00"), "law.file.bare_float"),
        (7, "field.text"),
    ],
    ids=["empty", "cut off", "deep", "long", "float", "number"],
)
def test_a_text_that_is_wrong_is_refused_by_its_field(client, create, author, text, code):
    answer = create(text, headers={"Accept-Language": "nl"})
    assert answer.status_code == 422
    (error,) = answer.get_json()["errors"]
    assert (error["field"], error["code"]) == ("text", code)
    assert error["message"] != code
    assert client.get(URL, headers=author).get_json()["items"] == []


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.POLICYMAKER, Role.PROGRAMME_WORKER, None])
def test_who_may_not_change_the_law_is_refused_everywhere(client, create, as_role, role):
    address = f"{URL}/{create().get_json()['id']}"
    who = {} if role is None else as_role(role)
    expected = 401 if role is None else 403
    writing = {**who, **new_key(), "If-Match": '"v1"'}
    answers = [
        client.get(URL, headers=who),
        client.get(address, headers=who),
        client.get(f"{address}/impact", headers=who),
        client.post(URL, json={"text": draft_text()}, headers=writing),
        client.post(f"{address}/steps", json={"step": "test"}, headers=writing),
    ]
    assert [answer.status_code for answer in answers] == [expected] * 5


def test_a_draft_of_nobody_does_not_exist(client, take, author):
    for answer in (
        client.get(NOBODY, headers=author),
        client.get(f"{NOBODY}/impact", headers=author),
        take(NOBODY.rsplit("/", 1)[1], "test", author, version='"v1"'),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (404, "law_draft.not_found")


def test_the_impact_counts_and_names_files_to_who_may_read_them(client, create, author, colleague):
    facts = {**application()["facts"], "joint_taxable_income": "35000.00"}
    for number in range(3):
        body = application(str(number), facts=facts)
        client.post("/api/v1/loan-applications", json=body, headers=new_key())
    address = f"{URL}/{create().get_json()['id']}/impact"
    body = client.get(address, headers=author).get_json()
    assert ImpactSchema().validate(body) == {}
    assert (body["total"]["files"], body["total"]["gains"]) == (3, 3)
    assert [(a["name"], a["gains"]) for a in body["municipalities"]] == [("Harelbeke", 3)]
    assert len(body["to_look_at"]) == 3
    assert client.get(address, headers=colleague).get_json()["to_look_at"] == []
    shared = client.get(f"{address}?public=true", headers=author).get_json()
    assert ImpactSchema().validate(shared) == {}
    assert (shared["total"]["gains"], shared["total"]["loses"]) == (None, 0)
    assert (shared["to_look_at"], shared["is_public"]) == ([], True)
    assert client.get(f"{address}?public=perhaps", headers=author).status_code == 422
