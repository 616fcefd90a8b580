"""Kracht.Wonen over HTTP: each kind of intake, what it refuses, and who may see what."""

from uuid import uuid4

import pytest

from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake

AGREED = {"purposes": ["kracht_wonen"], "proof": "oral_noted", "given_on": "2019-06-04"}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker", only_programme="kracht_wonen")


@pytest.fixture
def write(client, worker):
    """Post an intake that is right, and give what was written down."""

    def post(path, payload, **changes):
        sent = post_intake(client, worker, f"kracht-wonen/{path}", intake_json(payload, **changes))
        assert sent.status_code == 201, sent.get_json()
        return sent.get_json()

    return post


@pytest.fixture
def refused(client, worker):
    """Post an intake that is wrong, and give the code of each field."""

    def post(path, payload, **changes):
        sent = post_intake(client, worker, f"kracht-wonen/{path}", intake_json(payload, **changes))
        assert sent.status_code == 422, sent.get_json()
        return faults(sent)

    return post


@pytest.fixture
def conflict(client, worker):
    """Post an intake that another one is in the way of, and give its code."""

    def post(path, payload, **changes):
        sent = post_intake(client, worker, f"kracht-wonen/{path}", intake_json(payload, **changes))
        assert sent.status_code == 409, sent.get_json()
        return sent.get_json()["code"]

    return post


@pytest.fixture
def partner(write):
    said = {"name": "CAW De Nokbalk", "keeps_secrecy": True, "from": "2019-01-01"}
    return write("partners", said)["said"]["organisation"]


@pytest.fixture
def report(partner):
    """Give a situation as a partner reports it."""

    def make(**changes):
        said = {
            "persons": {"adults": 1, "children": 0, "type": "single", "main_income": None},
            "reporting_org": partner,
            "problem_areas": ["debt", "addiction"],
            "ordinary_ways_tried": ["shelter"],
        }
        return {**said, **changes}

    return make


@pytest.fixture
def dwelling(write, partner):
    """Give a function that puts a dwelling in the pool of 2019."""

    def make(address="Zolderdreef 4"):
        said = {"owner": partner, "address": address, "beds": 2}
        said |= {"from": "2019-01-01", "to": "2020-01-01"}
        return write("dwellings", said)["id"]

    return make


@pytest.fixture
def household(write, report, client, worker):
    """Give a function that makes a household to whom a dwelling is offered."""

    def make(offer="dwelling"):
        case_id = write("situations", report(), agreement=AGREED)["id"]
        said = {"situation": case_id, "decision": "admissible", "date": "2019-06-05"}
        write("decisions", {**said, "offer": offer})
        case = client.get(f"/api/v1/cases/{case_id}", headers=worker).get_json()
        return case["household_id"], case_id

    return make


def test_a_situation_is_written_down_and_read_back(client, worker, report):
    body = intake_json(report(), agreement=AGREED)
    sent = post_intake(client, worker, "kracht-wonen/situations", body)
    assert sent.status_code == 201, sent.get_json()
    assert sent.get_json()["said"]["problem_areas"] == ["addiction", "debt"]
    assert client.get(sent.headers["Location"], headers=worker).get_json() == sent.get_json()


def test_one_problem_area_needs_a_reason(write, refused, report):
    one = report(problem_areas=["debt"])
    code = refused("situations", one, agreement=AGREED)["payload.problem_areas"]
    assert code == "kracht_wonen.areas_or_reason"
    twice = report(problem_areas=["debt", "debt"])
    assert refused("situations", twice, agreement=AGREED)["payload.problem_areas"]
    write("situations", {**one, "reason": "Geen enkele opvang neemt haar op."}, agreement=AGREED)


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({"reporting_org": str(uuid4())}, "payload.reporting_org", "kracht_wonen.not_a_partner"),
        ({"problem_areas": ["boredom"]}, "payload.problem_areas.0", "field.choice"),
        ({"problem_areas": []}, "payload.problem_areas", "field.list_length"),
        ({"ordinary_ways_tried": []}, "payload.ordinary_ways_tried", "field.list_length"),
        (
            {"ordinary_ways_tried": ["shelter", "shelter"]},
            "payload.ordinary_ways_tried",
            "field.twice",
        ),
        (
            {"persons": {"adults": 0, "children": 0, "type": "single"}},
            "payload.persons.adults",
            "field.number_out_of_range",
        ),
        (
            {"persons": {"adults": 2, "children": 0, "type": "single"}},
            "payload.persons.adults",
            "household.single_adults",
        ),
    ],
)
def test_a_situation_that_cannot_be_is_refused(refused, report, payload, field, code):
    assert refused("situations", report(**payload), agreement=AGREED)[field] == code


def test_without_an_agreement_nothing_is_written(refused, report):
    assert refused("situations", report())["agreement"] == "kracht_wonen.agreement_needed"


def test_a_partner_of_another_time_is_none(refused, write, report):
    said = {"name": "Vzw Later", "keeps_secrecy": True, "from": "2019-06-06"}
    later = write("partners", said)["said"]["organisation"]
    wrong = refused("situations", report(reporting_org=later), agreement=AGREED)
    assert wrong["payload.reporting_org"] == "kracht_wonen.not_a_partner"


def test_the_desk_decides_once_and_a_case_follows(client, worker, write, refused, conflict, report):
    case_id = write("situations", report(), agreement=AGREED)["id"]
    said = {"situation": case_id, "decision": "inadmissible", "date": "2019-06-05"}
    wrong = refused("decisions", {**said, "offer": "both"})
    assert wrong["payload.offer"] == "kracht_wonen.offer_when_inadmissible"
    assert wrong["payload.reason"] == "field.required"
    early = refused("decisions", {**said, "date": "2019-06-04", "reason": "x"})
    assert early["payload.date"] == "kracht_wonen.decision_out_of_time"
    nobody = refused("decisions", {**said, "situation": str(uuid4()), "reason": "x"})
    assert nobody["payload.situation"] == "kracht_wonen.situation_unknown"
    write("decisions", {**said, "decision": "admissible", "offer": "coaching"})
    assert conflict("decisions", {**said, "reason": "x"}) == "kracht_wonen.decided_already"
    case = client.get(f"/api/v1/cases/{case_id}", headers=worker).get_json()
    assert (case["status"], case["next_statuses"]) == ("intake", ["waiting", "active", "closed"])


def test_a_case_takes_no_step_before_the_desk_decided(client, worker, write, report):
    case_id = write("situations", report(), agreement=AGREED)["id"]
    key = {"Idempotency-Key": str(uuid4()), "If-Match": '"v1"'}
    sent = client.patch(
        f"/api/v1/cases/{case_id}", json={"status": "intake"}, headers={**worker, **key}
    )
    assert faults(sent)["status"] == "kracht_wonen.decision_needed"


def test_two_stays_in_one_dwelling_may_touch_and_not_overlap(write, conflict, dwelling, household):
    home = dwelling()
    stay = {"dwelling_id": home, "rent": "450.00"}
    first, _ = household()
    second, _ = household("both")
    write("stays", {**stay, "household_id": first, "from": "2019-06-01", "to": "2019-07-01"})
    for begins, ends in (
        ("2019-05-01", "2019-06-02"),
        ("2019-06-30", None),
        ("2019-06-10", "2019-06-11"),
        ("2019-05-01", None),
    ):
        said = {**stay, "household_id": second, "from": begins, "to": ends}
        assert conflict("stays", said) == "kracht_wonen.dwelling_taken"
    write("stays", {**stay, "household_id": second, "from": "2019-07-01", "to": None})
    write_before = {**stay, "household_id": second, "from": "2019-05-01", "to": "2019-06-01"}
    write("stays", write_before)


def test_a_household_lives_in_one_dwelling(write, conflict, dwelling, household):
    one, _ = household()
    write("stays", {"dwelling_id": dwelling(), "household_id": one, "from": "2019-06-01"})
    elsewhere = {"dwelling_id": dwelling("Ketelhof 1"), "household_id": one, "from": "2019-08-01"}
    assert conflict("stays", elsewhere) == "kracht_wonen.household_lives_elsewhere"


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({"dwelling_id": str(uuid4())}, "dwelling_id", "kracht_wonen.dwelling_unknown"),
        ({"household_id": str(uuid4())}, "household_id", "kracht_wonen.no_offer"),
        ({"from": "2018-12-31"}, "from", "kracht_wonen.not_in_pool"),
        ({"from": "2020-01-01"}, "from", "kracht_wonen.not_in_pool"),
        ({"to": "2020-01-02"}, "from", "kracht_wonen.not_in_pool"),
        ({"to": "2019-06-01"}, "to", "kracht_wonen.ends_before_it_begins"),
        ({"rent": "5000.01"}, "rent", "field.amount_out_of_range"),
        ({"from": None}, "from", "field.required"),
    ],
)
def test_a_stay_that_cannot_be_is_refused(as_stay, payload, field, code):
    assert as_stay(payload)[f"payload.{field}"] == code


@pytest.fixture
def as_stay(refused, dwelling, household):
    """Send a stay with something wrong in it."""

    def send(payload):
        one, _ = household()
        said = {"dwelling_id": dwelling(), "household_id": one, "from": "2019-06-01", "to": None}
        return refused("stays", {**said, **payload})

    return send


def test_whoever_was_offered_coaching_gets_no_dwelling(refused, dwelling, household):
    coached, _ = household("coaching")
    said = {"dwelling_id": dwelling(), "household_id": coached, "from": "2019-06-01"}
    assert refused("stays", said)["payload.household_id"] == "kracht_wonen.no_offer"


def test_a_case_does_not_close_while_its_household_lives_in_the_pool(
    client, worker, write, dwelling, household
):
    one, case_id = household()
    write("stays", {"dwelling_id": dwelling(), "household_id": one, "from": "2019-05-01"})
    case = client.get(f"/api/v1/cases/{case_id}", headers=worker).get_json()
    assert case["status"] == "active"
    said = {"status": "closed", "outcome": "lasting_home", "outcome_on": "2019-06-05"}
    key = {"Idempotency-Key": str(uuid4()), "If-Match": f'"v{case["version"]}"'}
    sent = client.patch(f"/api/v1/cases/{case_id}", json=said, headers={**worker, **key})
    assert faults(sent)["status"] == "kracht_wonen.still_lives_there"


def test_a_stay_ends_once_and_frees_the_dwelling(write, refused, conflict, dwelling, household):
    home = dwelling()
    one, _ = household()
    stay = write("stays", {"dwelling_id": home, "household_id": one, "from": "2019-05-01"})["id"]
    end = {"stay_id": stay, "date": "2019-06-05", "end_reason": "on_to_social_rent"}
    for day in ("2019-05-01", "2019-06-06"):
        wrong = refused("stay-ends", {**end, "date": day})
        assert wrong["payload.date"] == "kracht_wonen.end_out_of_time"
    wrong = refused("stay-ends", {**end, "stay_id": str(uuid4())})
    assert wrong["payload.stay_id"] == "kracht_wonen.stay_unknown"
    assert refused("stay-ends", {**end, "end_reason": "bored"})["payload.end_reason"]
    write("stay-ends", end)
    assert conflict("stay-ends", end) == "kracht_wonen.stay_ended_already"
    other, _ = household()
    write("stays", {"dwelling_id": home, "household_id": other, "from": "2019-06-05"})


def test_coaches_staff_and_dwellings_are_written_down(write, refused, partner, household):
    _, case_id = household("coaching")
    begun = {"situation": case_id, "from": "2019-06-01"}
    assert write("trajectories", begun)["said"]["is_taken_over"] is False
    wrong = refused("trajectories", {**begun, "situation": str(uuid4()), "to": "2019-06-01"})
    assert wrong == {
        "payload.situation": "kracht_wonen.situation_unknown",
        "payload.to": "kracht_wonen.ends_before_it_begins",
    }
    staff = {"employer": partner, "fte": 0.5, "from": "2019-01-01"}
    assert write("staff", staff)["said"]["fte"] == "0.50"
    wrong = refused("staff", {**staff, "employer": str(uuid4())})
    assert wrong["payload.employer"] == "organisation.unknown"
    assert refused("staff", {**staff, "fte": 0.005})["payload.fte"]
    home = {"owner": str(uuid4()), "address": "Nokstraat 1", "beds": 1, "from": "2019-01-01"}
    assert refused("dwellings", home)["payload.owner"] == "organisation.unknown"
    assert refused("dwellings", {**home, "beds": 0})["payload.beds"]


def test_who_sees_what_of_a_situation(client, as_role, write, report):
    case_id = write("situations", report(), agreement=AGREED)["id"]
    address = f"/api/v1/intakes/kracht-wonen/situations/{case_id}"
    coordinator = as_role("programme_coordinator", only_programme="kracht_wonen")
    assert "problem_areas" not in client.get(address, headers=coordinator).get_json()["said"]
    for role, scope, status in (
        ("programme_worker", {"only_nis_code": KORTRIJK}, 404),
        ("programme_worker", {"only_programme": "konekti"}, 404),
        ("council_member", {}, 403),
        ("psychologist", {}, 403),
    ):
        assert client.get(address, headers=as_role(role, **scope)).status_code == status
    body = intake_json(report(), agreement=AGREED)
    elsewhere = as_role("programme_worker", only_nis_code=KORTRIJK)
    sent = post_intake(client, elsewhere, "kracht-wonen/situations", body)
    assert faults(sent)["nis"] == "intake.municipality_not_served"
    stranger = as_role("programme_worker", only_programme="konekti")
    assert post_intake(client, stranger, "kracht-wonen/situations", body).status_code == 403
