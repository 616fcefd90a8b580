"""Konekti over HTTP: each kind of intake, what it refuses, and who may see what."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis.access.models import Organisation
from tests.programme_intakes import HARELBEKE, KORTRIJK, faults, intake_json, post_intake

FAMILIES = "konekti/families"
AGREED = {"purposes": ["konekti"], "proof": "signed", "given_on": "2019-06-04"}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker", only_programme="konekti")


@pytest.fixture
def school(database, organisation_id):
    """A partner that refers."""
    partner_id = uuid4()
    row = {"id": partner_id, "code": "clb", "name": "CLB De Zolder", "kind": "partner"}
    with database.unit_of_work() as session:
        session.execute(sa.insert(Organisation).values(row))
    return str(partner_id)


@pytest.fixture
def family(school):
    """Give a family as its referrer sends it, with some of its payload or envelope changed."""

    def make(payload=None, **changes):
        said = {
            "members": [
                {
                    "person": {"given_name": "An", "family_name": "Nokbalke"},
                    "birth_date": "1984-02-01",
                    "role": "parent",
                },
                {"person": {"alias": "jongste"}, "birth_date": "2009-05-06", "role": "child"},
            ],
            "request_text": "Ruzie in huis, en op school gaat het niet meer.",
        }
        envelope = {"channel": "partner", "agreement": AGREED, "referrer": {"org": school}}
        return intake_json({**said, **(payload or {})}, **{**envelope, **changes})

    return make


@pytest.fixture
def known(client, worker, family):
    """A family that was referred, by the number of its case."""
    sent = post_intake(client, worker, FAMILIES, family())
    assert sent.status_code == 201, sent.get_json()
    return sent.get_json()["id"]


@pytest.fixture
def as_sent(client, worker, family, school):
    """Send an intake with something wrong in it."""

    def send(path, payload, *about, **changes):
        if path == FAMILIES:
            body = family(payload, **changes)
        elif path == "konekti/plans":
            body = plan(about[0], school, payload)
        else:
            make, person = about
            body = make(person, payload)
        return post_intake(client, worker, path, body)

    return send


def contact(case_id, day="2019-06-20", **changes):
    received = {"received_at": "2019-07-01T10:00:00+02:00", **changes}
    return intake_json({"family_case": case_id, "date": day}, **received)


def plan(case_id, partner, payload=None):
    said = {
        "family_case": case_id,
        "agreed_on": "2019-06-25",
        "goals": [{"goal": "Elke week samen eten", "partner": partner}],
        "partners": [partner],
    }
    received_at = "2019-07-01T10:00:00+02:00"
    return intake_json({**said, **(payload or {})}, received_at=received_at)


def test_a_family_is_written_down_with_the_day_on_which_its_month_is_over(client, worker, family):
    sent = post_intake(client, worker, FAMILIES, family())
    assert sent.status_code == 201, sent.get_json()
    said = sent.get_json()["said"]
    assert (said["due_on"], said["first_contact_on"]) == ("2019-07-05", None)
    assert said["members"] == ["parent 1984-02-01", "child 2009-05-06"]
    assert client.get(sent.headers["Location"], headers=worker).get_json() == sent.get_json()


@pytest.mark.parametrize(
    ("payload", "changes", "field", "code"),
    [
        ({}, {"referrer": None}, "referrer.org", "konekti.referrer_needed"),
        ({}, {"referrer": {"worker": "An"}}, "referrer.org", "konekti.referrer_needed"),
        ({}, {"referrer": {"org": str(uuid4())}}, "referrer.org", "organisation.unknown"),
        ({}, {"agreement": None}, "agreement", "konekti.agreement_needed"),
        ({"request_text": None}, {}, "payload.request_text", "field.required"),
        ({"members": []}, {}, "payload.members", "field.list_length"),
        (
            {
                "members": [
                    {"person": {"alias": "oma"}, "birth_date": "1994-06-05", "role": "other"}
                ]
            },
            {},
            "payload.members",
            "konekti.nobody_young",
        ),
        (
            {
                "members": [
                    {"person": {"alias": "kind"}, "birth_date": "2019-06-06", "role": "child"}
                ]
            },
            {},
            "payload.members.0.birth_date",
            "konekti.born_later",
        ),
        (
            {
                "members": [
                    {
                        "person": {
                            "given_name": "An",
                            "family_name": "Dakpanne",
                            "birth_date": "2010-01-01",
                        },
                        "birth_date": "2010-01-02",
                        "role": "child",
                    }
                ]
            },
            {},
            "payload.members.0.birth_date",
            "konekti.birth_date_differs",
        ),
        (
            {"members": [{"person": {"alias": "kind"}, "role": "child"}]},
            {},
            "payload.members.0.birth_date",
            "field.required",
        ),
        (
            {
                "members": [
                    {
                        "person": {"person_id": str(uuid4())},
                        "birth_date": "2010-01-01",
                        "role": "child",
                    }
                ]
            },
            {},
            "payload.members.0.person.person_id",
            "person.unknown",
        ),
    ],
)
def test_a_family_that_cannot_be_is_refused_by_field(as_sent, payload, changes, field, code):
    sent = as_sent(FAMILIES, payload, **changes)
    assert sent.status_code == 422, sent.get_json()
    assert faults(sent)[field] == code


def test_somebody_of_24_is_young_enough(client, worker, family):
    last_day = [{"person": {"alias": "oudste"}, "birth_date": "1994-06-06", "role": "child"}]
    assert post_intake(client, worker, FAMILIES, family({"members": last_day})).status_code == 201


def test_a_family_comes_back_in_its_household(client, worker, family, known):
    member = {"person": {"alias": "jongste"}, "birth_date": "2009-05-06", "role": "child"}
    sent = post_intake(client, worker, FAMILIES, family({"members": [member]}))
    assert sent.status_code == 409
    stranger = {"household_id": str(uuid4())}
    sent = post_intake(client, worker, FAMILIES, family(subject=stranger))
    assert faults(sent)["subject.household_id"] == "household.unknown"


def test_a_family_is_heard_helped_by_one_plan_and_closed(client, worker, known, school):
    sent = post_intake(client, worker, "konekti/first-contacts", contact(known))
    assert sent.status_code == 201, sent.get_json()
    assert client.get(f"/api/v1/cases/{known}", headers=worker).get_json()["status"] == "intake"
    first = post_intake(client, worker, "konekti/plans", plan(known, school))
    assert first.headers["ETag"] == '"v1"'
    goals = {"goals": [{"goal": "Elke week samen eten", "is_reached": True}]}
    second = post_intake(client, worker, "konekti/plans", plan(known, school, goals))
    assert second.headers["ETag"] == '"v2"'
    case = client.get(f"/api/v1/cases/{known}", headers=worker).get_json()
    assert case["status"] == "active"
    said = {"status": "closed", "outcome": "completed", "outcome_on": "2019-11-01"}
    key = {"Idempotency-Key": str(uuid4()), "If-Match": f'"v{case["version"]}"'}
    closed = client.patch(f"/api/v1/cases/{known}", json=said, headers={**worker, **key})
    assert closed.status_code == 200, closed.get_json()
    late = post_intake(client, worker, "konekti/plans", plan(known, school))
    assert faults(late)["payload.family_case"] == "konekti.family_closed"


def test_there_is_one_first_contact_and_it_has_its_time(client, worker, known):
    for day in ("2019-06-04", "2019-07-02"):
        early = post_intake(client, worker, "konekti/first-contacts", contact(known, day))
        assert faults(early)["payload.date"] == "konekti.contact_out_of_time"
    nobody = post_intake(client, worker, "konekti/first-contacts", contact(str(uuid4())))
    assert faults(nobody)["payload.family_case"] == "konekti.family_unknown"
    assert post_intake(client, worker, "konekti/first-contacts", contact(known)).status_code == 201
    again = post_intake(client, worker, "konekti/first-contacts", contact(known))
    assert (again.status_code, again.get_json()["code"]) == (409, "konekti.contact_made_already")


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({"agreed_on": "2019-06-04"}, "payload.agreed_on", "konekti.plan_out_of_time"),
        ({"partners": [str(uuid4())]}, "payload.partners.0", "organisation.unknown"),
        ({"partners": [str(uuid4())]}, "payload.goals.0.partner", "konekti.goal_of_stranger"),
        ({"goals": []}, "payload.goals", "field.list_length"),
        ({}, "payload.family_case", "konekti.contact_needed"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(as_sent, known, payload, field, code):
    sent = as_sent("konekti/plans", payload, known)
    assert faults(sent)[field] == code


def registers(school):
    """Give a valid intake of each register of the team."""
    return {
        "partners": {"organisation": school, "keeps_secrecy": True},
        "mandates": {"organisation": school, "body": "steering_group", "holder": "Directeur"},
        "secondments": {"employer": school, "worker": "Bo", "function": "verbinder"},
        "targets": {"families_per_year": 200, "decision": "Besluit van 2018"},
    }


@pytest.mark.parametrize("kind", ["partners", "mandates", "secondments", "targets"])
def test_the_team_and_its_partners_are_written_down(client, worker, school, kind):
    body = intake_json({**registers(school)[kind], "from": "2019-01-01"})
    sent = post_intake(client, worker, f"konekti/{kind}", body)
    assert sent.status_code == 201, sent.get_json()
    assert client.get(sent.headers["Location"], headers=worker).get_json() == sent.get_json()
    ended = intake_json({**registers(school)[kind], "from": "2019-01-01", "to": "2019-01-01"})
    refused = post_intake(client, worker, f"konekti/{kind}", ended)
    assert faults(refused)["payload.to"].endswith("ends_before_it_begins")


def test_a_partner_is_one_known_or_one_named_and_is_so_once(client, worker, school):
    both = {"organisation": school, "name": "Nieuw", "keeps_secrecy": True, "from": "2019-01-01"}
    sent = post_intake(client, worker, "konekti/partners", intake_json(both))
    assert faults(sent)["payload.organisation"] == "field.one_of_these_only"
    known = {"organisation": school, "keeps_secrecy": True, "from": "2019-01-01"}
    assert post_intake(client, worker, "konekti/partners", intake_json(known)).status_code == 201
    again = post_intake(client, worker, "konekti/partners", intake_json(known))
    assert (again.status_code, again.get_json()["code"]) == (409, "partnership.exists")
    new = {"name": "Huis van het Kind", "keeps_secrecy": False, "from": "2019-01-01"}
    sent = post_intake(client, worker, "konekti/partners", intake_json(new))
    assert sent.get_json()["said"]["name"] == "Huis van het Kind"
    nobody = {"organisation": str(uuid4()), "keeps_secrecy": True, "from": "2019-01-01"}
    sent = post_intake(client, worker, "konekti/partners", intake_json(nobody))
    assert faults(sent)["payload.organisation"] == "organisation.unknown"


def test_a_verbinder_is_of_the_team_and_follows_the_one_before(client, worker, known, school):
    lent = {"employer": school, "worker": "Bo", "function": "verbinder", "from": "2019-01-01"}
    sent = post_intake(client, worker, "konekti/secondments", intake_json(lent))
    secondment = sent.get_json()["id"]
    said = {"family_case": known, "secondment": secondment, "from": "2019-06-10"}
    for day in ("2019-06-10", "2019-08-01"):
        body = intake_json({**said, "from": day})
        assert post_intake(client, worker, "konekti/verbinders", body).status_code == 201
    early = intake_json({**said, "from": "2018-12-31"})
    refused = post_intake(client, worker, "konekti/verbinders", early)
    assert faults(refused)["payload.secondment"] == "konekti.not_in_team"
    case = client.get(f"/api/v1/cases/{known}", headers=worker).get_json()
    assert "Bo" in str(case)


@pytest.fixture
def talk(known):
    """Give a question to the psychologist."""

    def make(person=None, payload=None, **changes):
        said = {"family_case": known, "age": 10, "question": "Slaapt slecht sinds de scheiding."}
        subject = {"person": person or {"alias": "jongste"}}
        return intake_json({**said, **(payload or {})}, subject, **changes)

    return make


def test_a_question_to_the_psychologist_waits_on_the_list(client, worker, talk):
    sent = post_intake(client, worker, "konekti/elp", talk())
    assert sent.status_code == 201, sent.get_json()
    case = client.get(f"/api/v1/cases/{sent.get_json()['id']}", headers=worker).get_json()
    assert case["status"] == "waiting"
    again = post_intake(client, worker, "konekti/elp", talk())
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("person", "payload", "field", "code"),
    [
        (None, {"family_case": str(uuid4())}, "payload.family_case", "konekti.family_unknown"),
        (None, {"age": 121}, "payload.age", "field.number_out_of_range"),
        (None, {"question": None}, "payload.question", "field.required"),
        (
            {"given_name": "Bo", "family_name": "Nokbalke", "birth_date": "2009-06-06"},
            {"age": 10},
            "payload.age",
            "konekti.age_differs",
        ),
    ],
)
def test_a_question_that_cannot_be_is_refused(as_sent, talk, person, payload, field, code):
    sent = as_sent("konekti/elp", payload, talk, person)
    assert faults(sent)[field] == code


def test_notes_of_the_psychologist_are_closed_even_to_the_verbinder(client, worker, as_role, talk):
    psychologist = as_role("psychologist", only_programme="konekti")
    other = as_role("psychologist", only_programme="konekti")
    case_id = post_intake(client, psychologist, "konekti/elp", talk()).get_json()["id"]
    address = f"/api/v1/cases/{case_id}/notes"

    def write(headers):
        key = {"Idempotency-Key": str(uuid4())}
        body = {"text": "Eerste gesprek.", "is_closed": False}
        return client.post(address, json=body, headers={**headers, **key})

    refused = write(worker)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "case.notes_kept_to_role")
    assert write(psychologist).status_code == 201
    seen = [len(client.get(address, headers=h).get_json()["items"]) for h in (psychologist, other)]
    assert seen == [1, 0]
    assert client.get(address, headers=worker).get_json()["items"] == []


def test_the_coordinator_reads_no_request_and_others_nothing(client, as_role, known, worker):
    address = f"/api/v1/intakes/{FAMILIES}/{known}"
    coordinator = as_role("programme_coordinator", only_programme="konekti")
    assert "request_text" not in client.get(address, headers=coordinator).get_json()["said"]
    for role, scope, status in (
        ("programme_worker", {"only_nis_code": KORTRIJK}, 404),
        ("programme_worker", {"only_programme": "woonclub"}, 404),
        ("council_member", {}, 403),
        ("counsellor", {}, 403),
    ):
        assert client.get(address, headers=as_role(role, **scope)).status_code == status


def test_a_worker_of_another_municipality_or_programme_writes_nothing(client, as_role, family):
    elsewhere = as_role("programme_worker", only_nis_code=KORTRIJK)
    refused = post_intake(client, elsewhere, FAMILIES, family())
    assert faults(refused)["nis"] == "intake.municipality_not_served"
    stranger = as_role("programme_worker", only_programme="woonclub")
    assert post_intake(client, stranger, FAMILIES, family()).status_code == 403


def test_every_register_lists_its_newest(database, actor_with, client, worker, known):
    from energiehuis.programmes.registry import BY_CODE

    actor = actor_with("programme_worker")
    with database.unit_of_work() as session:
        listed = {kind.name: kind.list_recent(session, actor) for kind in BY_CODE["konekti"].kinds}
    assert [str(record.id) for record in listed["families"]] == [known]
    assert listed["plans"] == ()
    assert HARELBEKE in str(client.get(f"/api/v1/cases/{known}", headers=worker).get_json())
