"""Work placements over HTTP: begun, ended, and refused field by field."""

from uuid import uuid4

import pytest

from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake

AN = {"person": {"given_name": "An", "family_name": "Dakpanne"}}
PLACEMENT = {
    "statute": "TWE",
    "referrer": "ocmw",
    "start": "2019-03-01",
    "planned_end": "2020-03-01",
    "function": "chauffeur",
    "works_in": "food_act",
}


class Work:
    """A worker who places people."""

    def __init__(self, client, headers):
        self.client, self.headers = client, headers

    def place(self, subject=AN, **changes):
        return self._send("placements", {**PLACEMENT, **changes}, subject)

    def end(self, placement_id, date="2019-05-01", end_reason="job"):
        said = {"placement_id": placement_id, "date": date, "end_reason": end_reason}
        return self._send("placement-ends", said, None)

    def case(self, case_id):
        return self.client.get(f"/api/v1/cases/{case_id}", headers=self.headers).get_json()

    def _send(self, kind, payload, subject):
        body = intake_json(payload, subject)
        return post_intake(self.client, self.headers, f"work/{kind}", body)


@pytest.fixture
def work(client, as_role):
    return Work(client, as_role("programme_worker", only_programme="work"))


def somebody(work):
    """Place somebody and give the person, known from then on."""
    sent = work.place()
    assert sent.status_code == 201, sent.get_json()
    people = work.case(sent.get_json()["case_id"])["people"]
    return sent, {"person": {"person_id": people[0]["id"]}}


def test_a_placement_opens_a_file_of_the_person_and_is_read_back(work):
    sent, _ = somebody(work)
    read = work.client.get(sent.headers["Location"], headers=work.headers)
    assert read.get_json() == sent.get_json()
    said = read.get_json()["said"]
    assert (said["statute"], said["works_in"], said["date"]) == ("TWE", "food_act", None)
    case = work.case(sent.get_json()["case_id"])
    assert (case["programme"], case["status"]) == ("work", "intake")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"planned_end": "2019-03-01"}, "payload.planned_end", "work.end_before_start"),
        ({"planned_end": "2018-03-01"}, "payload.planned_end", "work.end_before_start"),
        ({"statute": "slave"}, "payload.statute", "field.choice"),
        ({"referrer": "neighbour"}, "payload.referrer", "field.choice"),
        ({"works_in": "elsewhere"}, "payload.works_in", "field.choice"),
        ({"start": "morgen"}, "payload.start", "field.day"),
        ({"function": "x" * 121}, "payload.function", "field.too_long"),
        ({"wage": 1}, "payload.wage", "field.unknown"),
    ],
)
def test_what_is_wrong_with_a_placement_is_named(work, changes, field, code):
    sent = work.place(**changes)
    assert sent.status_code == 422
    assert faults(sent)[field] == code


@pytest.mark.parametrize("name", ["statute", "referrer", "start", "planned_end", "function"])
def test_what_a_placement_lacks_is_named(work, name):
    body = intake_json({key: value for key, value in PLACEMENT.items() if key != name}, AN)
    sent = post_intake(work.client, work.headers, "work/placements", body)
    assert faults(sent)[f"payload.{name}"] == "field.required"


def test_a_placement_is_of_somebody(work):
    assert "subject" in str(faults(work.place(subject=None)))
    unknown = work.place(subject={"person": {"person_id": str(uuid4())}})
    assert faults(unknown) == {"subject.person.person_id": "person.unknown"}


@pytest.mark.parametrize(
    ("start", "planned_end"),
    [("2019-02-01", "2019-03-02"), ("2020-02-29", "2021-01-01"), ("2019-04-01", "2019-05-01")],
)
def test_placements_of_one_statute_do_not_overlap(work, start, planned_end):
    _, known = somebody(work)
    sent = work.place(known, start=start, planned_end=planned_end)
    assert (sent.status_code, sent.get_json()["code"]) == (409, "work.overlap")


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "2020-03-01", "planned_end": "2020-06-01"},
        {"start": "2019-02-01", "planned_end": "2019-03-01"},
        {"statute": "volunteer"},
    ],
)
def test_what_follows_or_has_another_statute_may_stand_beside(work, changes):
    first, known = somebody(work)
    second = work.place(known, **changes)
    assert second.status_code == 201, second.get_json()
    assert second.get_json()["case_id"] == first.get_json()["case_id"]


def test_two_people_may_work_in_the_same_days(work):
    somebody(work)
    assert work.place().status_code == 201


def test_an_end_that_leads_elsewhere_closes_the_file(work):
    sent, known = somebody(work)
    ended = work.end(sent.get_json()["id"], end_reason="training")
    assert ended.status_code == 201, ended.get_json()
    read = work.client.get(ended.headers["Location"], headers=work.headers)
    assert read.get_json()["said"] == {
        "placement_id": sent.get_json()["id"],
        "date": "2019-05-01",
        "end_reason": "training",
    }
    case = work.case(sent.get_json()["case_id"])
    assert (case["status"], case["outcome"]) == ("closed", "training")
    # The days after the end are free again, in a file of their own.
    again = work.place(known, start="2019-05-01")
    assert again.status_code == 201
    assert again.get_json()["case_id"] != sent.get_json()["case_id"]


def test_after_an_extension_or_beside_another_placement_the_file_stays_open(work):
    sent, known = somebody(work)
    beside = work.place(known, statute="volunteer")
    work.end(beside.get_json()["id"])
    assert work.case(sent.get_json()["case_id"])["status"] == "intake"
    work.end(sent.get_json()["id"], end_reason="extension")
    assert work.case(sent.get_json()["case_id"])["status"] == "intake"
    assert work.place(known, start="2019-05-01").status_code == 201


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"date": "2019-02-28"}, "payload.date", "work.ended_before_start"),
        ({"date": "2019-06-06"}, "payload.date", "work.ended_in_future"),
        ({"end_reason": "bored"}, "payload.end_reason", "field.choice"),
    ],
)
def test_what_is_wrong_with_an_end_is_named(work, changes, field, code):
    sent, _ = somebody(work)
    assert faults(work.end(sent.get_json()["id"], **changes))[field] == code


def test_an_end_is_of_a_placement_and_told_once(work):
    assert faults(work.end(str(uuid4()))) == {"payload.placement_id": "work.placement_unknown"}
    sent, _ = somebody(work)
    work.end(sent.get_json()["id"])
    again = work.end(sent.get_json()["id"], end_reason="stopped")
    assert (again.status_code, again.get_json()["code"]) == (409, "work.already_ended")


def test_a_placement_that_lasts_longer_than_planned_does_not_run_into_the_next(work):
    first, known = somebody(work)
    work.end(first.get_json()["id"], date="2019-03-10", end_reason="extension")
    second = work.place(known, start="2019-03-10", planned_end="2019-04-01")
    third = work.place(known, start="2019-04-01")
    assert third.status_code == 201
    late = work.end(second.get_json()["id"], date="2019-04-02")
    assert (late.status_code, late.get_json()["code"]) == (409, "work.overlap")


def test_a_file_does_not_close_while_somebody_works(work):
    sent, _ = somebody(work)
    case_id = sent.get_json()["case_id"]
    moved = work.client.patch(
        f"/api/v1/cases/{case_id}",
        json={"status": "closed", "outcome": "stopped", "outcome_on": "2019-06-06"},
        headers={**work.headers, "Idempotency-Key": str(uuid4()), "If-Match": '"v1"'},
    )
    assert faults(moved) == {"status": "work.placement_running"}


def test_other_programmes_and_municipalities_stay_outside(work, client, as_role):
    sent, _ = somebody(work)
    other = as_role("programme_worker", only_programme="food_act")
    body = intake_json(PLACEMENT, AN)
    assert post_intake(client, other, "work/placements", body).status_code == 403
    assert client.get(sent.headers["Location"], headers=other).status_code == 404
    elsewhere = Work(client, as_role("programme_worker", only_nis_code=KORTRIJK))
    assert client.get(sent.headers["Location"], headers=elsewhere.headers).status_code == 404
    said = {"placement_id": sent.get_json()["id"], "date": "2019-05-01", "end_reason": "job"}
    refused = post_intake(
        client, elsewhere.headers, "work/placement-ends", intake_json(said, nis=KORTRIJK)
    )
    assert faults(refused) == {"payload.placement_id": "work.placement_unknown"}


@pytest.mark.parametrize("role", ["counsellor", "policymaker", "council_member", "auditor"])
def test_a_role_without_the_right_is_refused(client, as_role, role):
    body = intake_json(PLACEMENT, AN)
    assert post_intake(client, as_role(role), "work/placements", body).status_code == 403
