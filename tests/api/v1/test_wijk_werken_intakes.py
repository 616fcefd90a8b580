"""Every kind of intake of wijk-werken over HTTP: what is written, and what is refused and where."""

from uuid import uuid4

import pytest

from energiehuis.programmes.wijk_werken.kinds import PROGRAMME
from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake

HOME = "wijk-werken"
JO = {"given_name": "Jo", "family_name": "Verzonnen", "birth_date": "1980-05-17"}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


@pytest.fixture
def send(client, worker):
    def post(kind, body, headers=None):
        return post_intake(client, headers or worker, f"{HOME}/{kind}", body)

    return post


def candidate(subject=None, changes=None, **envelope):
    payload = {
        "referrer": "vdab",
        "consent_form": {"reference": "map 12", "signed_on": "2019-06-03"},
        "regime": "wijk_werk",
        **(changes or {}),
    }
    return intake_json(payload, {"person": subject or JO}, **envelope)


def user(**changes):
    payload = {
        "kind": "school",
        "organisation": {"name": "School De Nok", "address": "Nokstraat 1"},
        "activities": ["school_supervision"],
        "fee_paid_on": "2019-01-07",
        **changes,
    }
    return intake_json({name: value for name, value in payload.items() if value is not None})


def performance(worker_id, user_id, **changes):
    payload = {
        "worker": worker_id,
        "user": user_id,
        "date": "2019-06-04",
        "hours": 2,
        "cheque_nos": ["WW000001", "WW000002"],
        **changes,
    }
    return intake_json(payload)


@pytest.fixture
def active(client, send, worker):
    """Give the file of an active worker and a user who paid."""
    case_id = send("candidates", candidate()).get_json()["case_id"]
    moved = client.patch(
        f"/api/v1/cases/{case_id}",
        json={"status": "active"},
        headers={**worker, "If-Match": '"v1"', "Idempotency-Key": str(uuid4())},
    )
    assert moved.status_code == 200, moved.get_json()
    return case_id, send("users", user()).get_json()["id"]


def hours(count, prefix="WX"):
    return {"hours": count, "cheque_nos": [f"{prefix}{number:06d}" for number in range(count)]}


def test_each_kind_is_written_and_read_back(client, send, worker, active):
    case_id, user_id = active
    coach = send("coaches", intake_json({"coach": "Wim W.", "from_on": "2018-01-01"}))
    ended = {"assignment": coach.get_json()["id"], "until_on": "2019-06-01"}
    sent = {
        "candidates": send("candidates", candidate({"given_name": "Bo", "family_name": "Zolder"})),
        "users": send("users", user(kbo=None)),
        "fees": send("fees", intake_json({"user": user_id, "paid_on": "2019-06-05"})),
        "performances": send("performances", performance(case_id, user_id)),
        "coaches": coach,
        "coach-ends": send("coach-ends", intake_json(ended)),
    }
    assert set(sent) == {kind.name for kind in PROGRAMME.kinds}
    for answer in sent.values():
        assert answer.status_code == 201, answer.get_json()
        read = client.get(answer.headers["Location"], headers=worker)
        assert read.status_code == 200
    last = client.get(sent["coaches"].headers["Location"], headers=worker).get_json()
    assert last["said"]["until_on"] == "2019-06-01"
    read = client.get(sent["performances"].headers["Location"], headers=worker)
    assert read.get_json() == sent["performances"].get_json()
    assert sent["performances"].get_json()["said"]["hours"] == 2
    assert sent["fees"].get_json()["said"]["amount"] == "7.50"
    assert sent["fees"].get_json()["said"]["covers_until"] == "2020-06-05"


def test_a_user_is_registered_until_the_fee_is_paid_and_expires(send):
    unpaid = send("users", user(fee_paid_on=None)).get_json()
    assert (unpaid["said"]["status"], unpaid["said"]["paid_until"]) == ("registered", None)
    paid = send("users", user()).get_json()
    assert (paid["said"]["status"], paid["said"]["paid_until"]) == ("expired", "2020-01-07")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (candidate(changes={"consent_form": None}), "payload.consent_form", "field.required"),
        (
            candidate(changes={"consent_form": {"reference": "", "signed_on": "2019-06-03"}}),
            "payload.consent_form.reference",
            "field.required",
        ),
        (
            candidate(changes={"consent_form": {"reference": "x", "signed_on": "2019-06-06"}}),
            "payload.consent_form.signed_on",
            "wijk_werken.consent_after_intake",
        ),
        (candidate(changes={"regime": "article_60"}), "payload.regime", "field.choice"),
        (candidate(changes={"referrer": "friend"}), "payload.referrer", "field.choice"),
        (candidate({"person_id": str(uuid4())}), "subject.person.person_id", "person.unknown"),
        (candidate(nis="11002"), "nis", "intake.municipality_not_served"),
    ],
)
def test_what_is_wrong_with_a_candidate_is_named(send, body, field, code):
    sent = send("candidates", body)
    assert sent.status_code == 422
    assert faults(sent)[field] == code


def test_a_candidate_has_one_open_file_and_a_number_one_worker(send):
    known = candidate(changes={"platform_number": "V-1"})
    first = send("candidates", known)
    assert first.status_code == 201
    number = send("candidates", candidate(changes={"platform_number": "V-1"}))
    assert (number.status_code, number.get_json()["code"]) == (409, "wijk_werken.number_taken")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kind": "bank"}, "payload.kind", "field.choice"),
        ({"activities": []}, "payload.activities", "field.list_length"),
        ({"activities": ["surgery"]}, "payload.activities.0", "field.choice"),
        (
            {"activities": ["seasonal_work"]},
            "payload.activities.0",
            "wijk_werken.activity_not_allowed",
        ),
        ({"organisation": None}, "payload.person", "wijk_werken.person_or_organisation"),
        (
            {"kind": "private", "activities": ["errands"]},
            "payload.organisation",
            "wijk_werken.kind_does_not_fit",
        ),
        (
            {"organisation": {"name": "x", "address": "y", "kbo": "0630.835.638"}},
            "payload.organisation.kbo",
            "wijk_werken.kbo_number",
        ),
        ({"fee_paid_on": "2019-06-06"}, "payload.fee_paid_on", "wijk_werken.paid_in_future"),
    ],
)
def test_what_is_wrong_with_a_user_is_named(send, changes, field, code):
    sent = send("users", user(**changes))
    assert sent.status_code == 422
    assert faults(sent)[field] == code


def test_a_fee_is_of_somebody_and_paid_once(send, active):
    unknown = send("fees", intake_json({"user": str(uuid4()), "paid_on": "2019-06-05"}))
    assert faults(unknown) == {"payload.user": "wijk_werken.user_unknown"}
    again = send("fees", intake_json({"user": active[1], "paid_on": "2019-01-07"}))
    assert (again.status_code, again.get_json()["code"]) == (409, "wijk_werken.fee_paid_already")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        (hours(9), "payload.hours", "wijk_werken.too_many_hours_day"),
        (hours(24), "payload.hours", "wijk_werken.too_many_hours_day"),
        ({"hours": 631}, "payload.hours", "field.number_out_of_range"),
        ({"hours": 61}, "payload.hours", "field.number_out_of_range"),
        ({"hours": 0}, "payload.hours", "field.number_out_of_range"),
        ({"hours": 3}, "payload.hours", "wijk_werken.hours_not_cheques"),
        ({"hours": 1.5}, "payload.hours", "wijk_werken.hours_not_cheques"),
        ({"hours": "many"}, "payload.hours", "field.number"),
        ({"cheque_nos": ["WW000001", "WW000001"]}, "payload.cheque_nos", "field.twice"),
        ({"cheque_nos": []}, "payload.cheque_nos", "field.list_length"),
        ({"cheque_nos": ["a b", "c d"]}, "payload.cheque_nos.0", "field.pattern"),
        ({"date": "2019-06-02"}, "payload.date", "wijk_werken.before_consent"),
        ({"date": "2099-06-02"}, "payload.date", "wijk_werken.worked_in_future"),
        ({"worker": str(uuid4())}, "payload.worker", "wijk_werken.worker_unknown"),
        ({"user": str(uuid4())}, "payload.user", "wijk_werken.user_unknown"),
    ],
)
def test_what_is_wrong_with_hours_is_named(send, active, changes, field, code):
    sent = send("performances", performance(*active, **changes))
    assert sent.status_code == 422, sent.get_json()
    assert faults(sent)[field] == code


def test_hours_need_a_fee_and_an_active_worker(send, active):
    unpaid = send("users", user(fee_paid_on=None)).get_json()["id"]
    sent = send("performances", performance(active[0], unpaid))
    assert faults(sent) == {"payload.user": "wijk_werken.user_registered"}
    waiting = send("candidates", candidate({"given_name": "Bo", "family_name": "Nok"})).get_json()
    sent = send("performances", performance(waiting["id"], active[1]))
    assert faults(sent) == {"payload.worker": "wijk_werken.worker_not_active"}


def test_a_cheque_is_used_once_and_61_hours_do_not_fit_in_a_month(send, active):
    assert send("performances", performance(*active)).status_code == 201
    again = send("performances", performance(*active, date="2019-06-05"))
    assert (again.status_code, again.get_json()["code"]) == (409, "wijk_werken.cheque_used")
    for day in range(5, 12):
        said = {"date": f"2019-06-{day:02d}", **hours(8, f"D{day:02d}")}
        assert send("performances", performance(*active, **said)).status_code == 201
    said = {"date": "2019-06-20", **hours(3, "Z")}
    sent = send("performances", performance(*active, **said))
    assert faults(sent) == {"payload.hours": "wijk_werken.too_many_hours_month"}
    assert "2 uur" in sent.get_json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({"coach": "", "from_on": "2018-01-01"}, "payload.coach", "field.required"),
        (
            {"coach": "Wim", "from_on": "2018-01-01", "until_on": "2018-01-01"},
            "payload.until_on",
            "wijk_werken.ends_before_it_begins",
        ),
    ],
)
def test_what_is_wrong_with_a_coach_is_named(send, payload, field, code):
    assert faults(send("coaches", intake_json(payload)))[field] == code


def test_a_coach_ends_once_and_after_the_beginning(send):
    assignment = send("coaches", intake_json({"coach": "Wim", "from_on": "2018-01-01"})).get_json()
    end = {"assignment": assignment["id"], "until_on": "2018-01-01"}
    early = send("coach-ends", intake_json(end))
    assert faults(early) == {"payload.until_on": "wijk_werken.ends_before_it_begins"}
    unknown = send("coach-ends", intake_json({**end, "assignment": str(uuid4())}))
    assert faults(unknown) == {"payload.assignment": "wijk_werken.coach_unknown"}
    end["until_on"] = "2019-01-01"
    assert send("coach-ends", intake_json(end)).status_code == 201
    assert send("coach-ends", intake_json(end)).status_code == 409


def test_who_works_elsewhere_or_for_another_programme_sees_nothing(client, as_role, send, active):
    elsewhere = as_role("programme_worker", only_nis_code=KORTRIJK)
    other = as_role("programme_worker", only_programme="woonclub")
    sent = send("performances", performance(*active))
    coach = send("coaches", intake_json({"coach": "Wim", "from_on": "2018-01-01"}))
    places = [sent.headers["Location"], coach.headers["Location"]]
    places += [f"/api/v1/intakes/{HOME}/candidates/{active[0]}"]
    places += [f"/api/v1/intakes/{HOME}/users/{active[1]}"]
    for place in places:
        assert client.get(place, headers=elsewhere).status_code == 404
        assert client.get(place, headers=other).status_code == 404
    refused = send("performances", performance(*active, **hours(1, "QQ")), elsewhere)
    assert faults(refused)["payload.worker"] == "wijk_werken.worker_unknown"
    assert send("candidates", candidate(), other).status_code == 403
    assert send("performances", performance(*active), other).status_code == 403


@pytest.mark.parametrize("role", ["counsellor", "council_member", "finance", "auditor"])
def test_a_role_without_the_right_is_refused(send, as_role, role):
    assert send("candidates", candidate(), as_role(role)).status_code == 403


def test_the_newest_of_each_kind_are_listed_within_reach(database, actor_with, send, active):
    send("performances", performance(*active))
    send("coaches", intake_json({"coach": "Wim", "from_on": "2018-01-01"}))
    near, far = (actor_with("programme_worker", nis) for nis in ("34013", KORTRIJK))
    for kind in PROGRAMME.kinds:
        if kind.list_recent is None:
            continue
        with database.unit_of_work() as session:
            assert len(list(kind.list_recent(session, near))) == 1, kind.name
            assert list(kind.list_recent(session, far)) == []
