"""Each kind of intake of the energy desk: taken, read back, and refused where it is wrong."""

from uuid import uuid4

import pytest

from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake

SCAN = {
    "address": "Dakpannenlaan 12",
    "tenure": "private_tenant",
    "eligibility_ground": "protected_customer",
    "phone": "056 00 00 12",
}
COACHING = {
    "address": "Dakpannenlaan 12",
    "tenure": "owner",
    "build_year": 1958,
    "epc": 540,
    "wishes": ["roof", "glazing"],
}
CAMPAIGN = {
    "name": "Samen isoleren",
    "lots": ["roof", "walls"],
    "opens_on": "2019-06-01",
    "closes_on": "2019-06-30",
}
LANDLORD = {"given_name": "Gert", "family_name": "Zolderman"}
PREMISES = {"address": "Warmtepad 3", "rooms": 3, "rent": "620.00", "landlord": LANDLORD}
HOUSEHOLD = {"contact": {"given_name": "Kaat", "family_name": "Dakpanne"}}
LATER = {"received_at": "2019-07-10T09:00:00+02:00"}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


@pytest.fixture
def take(client, worker):
    """Post an intake of a kind that must be taken, and give its answer."""

    def run(kind, payload, subject=None, **changes):
        body = intake_json(payload, subject, **changes)
        sent = post_intake(client, worker, f"energy/{kind}", body)
        assert sent.status_code == 201, sent.get_json()
        return sent.get_json()

    return run


@pytest.fixture
def refuse(client, worker):
    """Post an intake of a kind that must be refused, and give its wrong fields."""

    def run(kind, payload, subject=None, **changes):
        body = intake_json(payload, subject, **changes)
        sent = post_intake(client, worker, f"energy/{kind}", body)
        assert sent.status_code in (409, 422), sent.get_json()
        return faults(sent)

    return run


def test_what_is_taken_is_read_back(client, worker, take):
    campaign = take("campaigns", CAMPAIGN)["id"]
    joined = {"campaign_id": campaign, "address": "Ketelhof 4", "lots": ["walls"]}
    made = {
        "scans": take("scans", SCAN, HOUSEHOLD)["id"],
        "coaching": take("coaching", COACHING, HOUSEHOLD)["id"],
        "campaigns": campaign,
        "group-purchases": take("group-purchases", joined)["id"],
        "landlords": take("landlords", {"name": "vzw De Warme Zolder (verzonnen)"})["id"],
        "rental-premises": take("rental-premises", PREMISES)["id"],
    }
    for kind, record_id in made.items():
        read = client.get(f"/api/v1/intakes/energy/{kind}/{record_id}", headers=worker)
        assert read.status_code == 200, (kind, read.get_json())
        assert read.get_json()["id"] == record_id
    said = client.get(
        f"/api/v1/intakes/energy/rental-premises/{made['rental-premises']}", headers=worker
    ).get_json()["said"]
    assert (said["rent"], said["status"], said["epc"]) == ("620.00", "reported", None)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"address": " , "}, "payload.address", "field.required"),
        ({"phone": "bel maar"}, "payload.phone", "field.pattern"),
        ({"eligibility_ground": "rich"}, "payload.eligibility_ground", "field.choice"),
        ({"eligibility_ground": "social_tenant"}, "payload.tenure", "energy.tenure_not_of_ground"),
        ({"eligibility_ground": "low_rent"}, "payload.rent", "field.required"),
        ({"eligibility_ground": "low_income"}, "payload.income", "field.required"),
        ({"rent": "500.00"}, "payload.rent", "energy.amount_not_of_ground"),
        ({"dependents": 2}, "payload.dependents", "energy.amount_not_of_ground"),
        ({"proof": "hearsay"}, "payload.proof", "field.choice"),
        (
            {"scan_kind": "follow_up_1"},
            "payload.scan_kind",
            "energy.follow_up_needs_earlier_scan",
        ),
    ],
)
def test_a_scan_that_cannot_be_is_refused(refuse, changes, field, code):
    assert refuse("scans", {**SCAN, **changes})[field] == code


def test_a_ground_holds_from_its_day(refuse):
    early = {"received_at": "2009-01-05T09:00:00+01:00", "legal_basis": "public_task_1992"}
    assert refuse("scans", SCAN, **early)["payload.eligibility_ground"] == (
        "energy.ground_not_in_force"
    )


def test_the_income_is_held_against_the_limit_of_its_year(take, refuse):
    poor = {**SCAN, "eligibility_ground": "low_income", "income": "31340.00"}
    assert take("scans", poor)["said"]["is_amount_checked"] is True
    more = {**poor, "address": "Ketelhof 1", "income": "31340.01"}
    assert refuse("scans", more) == {"payload.dependents": "field.required"}
    assert refuse("scans", {**more, "dependents": 0}) == {"payload.income": "energy.above_limit"}
    take("scans", {**more, "dependents": 1})
    # Of 2020 no limit was read: the amount is written down, and nobody says that it was checked.
    other_year = {"received_at": "2020-02-03T09:00:00+01:00"}
    unchecked = {**more, "address": "Ketelhof 2", "income": "90000.00"}
    assert take("scans", unchecked, **other_year)["said"]["is_amount_checked"] is False


def test_a_dwelling_gets_one_basic_scan_a_term(take, refuse):
    first = take("scans", SCAN)
    again = {**SCAN, "address": "dakpannenlaan  12,"}
    assert refuse("scans", again) == {"payload.address": "energy.basic_scan_in_term"}
    just = {"received_at": "2024-06-04T09:00:00+02:00"}
    assert refuse("scans", again, **just) == {"payload.address": "energy.basic_scan_in_term"}
    take("scans", again, received_at="2024-06-05T09:00:00+02:00")
    elsewhere = take("scans", again, nis=KORTRIJK)
    assert elsewhere["id"] != first["id"]


def test_a_scan_that_is_called_off_gives_its_term_back(take, refuse):
    scan = take("scans", SCAN)["id"]
    take("scan-steps", step(scan, 1, "cancelled"))
    second = take("scans", SCAN)["id"]
    assert refuse("scans", SCAN) == {"payload.address": "energy.basic_scan_in_term"}
    assert second != scan


def step(scan, version, status, day="2019-06-05", **more):
    return {"scan_id": scan, "version": version, "status": status, "day": day, **more}


def test_a_scan_is_planned_done_and_followed(client, worker, take, refuse):
    scan = take("scans", SCAN)["id"]
    done = step(scan, 1, "done", "2019-06-20", saving_kwh=900)
    assert refuse("scan-steps", done, **LATER) == {"payload.status": "energy.move_not_allowed"}
    saved = step(scan, 1, "planned", "2019-06-20", saving_kwh=900)
    assert refuse("scan-steps", saved) == {"payload.saving_kwh": "energy.saving_only_when_done"}
    past = step(scan, 1, "planned", "2019-06-04")
    assert refuse("scan-steps", past) == {"payload.day": "energy.before_asked"}
    take("scan-steps", step(scan, 1, "planned", "2019-06-20"))
    early = step(scan, 2, "done", "2019-06-20")
    assert refuse("scan-steps", early) == {"payload.day": "energy.step_in_future"}
    stale = post_intake(client, worker, "energy/scan-steps", intake_json(done, **LATER))
    assert stale.status_code == 412
    take("scan-steps", {**done, "version": 2}, **LATER)
    follow = {**SCAN, "scan_kind": "follow_up_1"}
    assert refuse("scans", follow) == {"payload.scan_kind": "energy.follow_up_needs_earlier_scan"}
    take("scans", follow, **LATER)
    nobody = step(str(uuid4()), 1, "planned")
    assert refuse("scan-steps", nobody) == {"payload.scan_id": "energy.scan_unknown"}
    read = client.get(f"/api/v1/intakes/energy/scans/{scan}", headers=worker).get_json()
    assert (read["said"]["done_on"], read["said"]["saving_kwh"]) == ("2019-06-20", 900)
    assert read["version"] == 3


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"epc": 2001}, "payload.epc", "field.number_out_of_range"),
        ({"epc": -1}, "payload.epc", "field.number_out_of_range"),
        ({"build_year": 2090}, "payload.build_year", "energy.build_year_ahead"),
        ({"build_year": 1400}, "payload.build_year", "field.number_out_of_range"),
        ({"wishes": []}, "payload.wishes", "field.list_length"),
        ({"wishes": ["roof", "roof"]}, "payload.wishes", "field.twice"),
        ({"wishes": ["pool"]}, "payload.wishes.0", "field.choice"),
        ({"tenure": "squatter"}, "payload.tenure", "field.choice"),
    ],
)
def test_a_coaching_that_cannot_be_is_refused(refuse, changes, field, code):
    assert refuse("coaching", {**COACHING, **changes})[field] == code


def test_a_coaching_goes_from_stage_to_stage(client, worker, take, refuse):
    opened = take("coaching", {**COACHING, "epc": None, "build_year": None}, HOUSEHOLD)
    case_id = opened["case_id"]
    assert (opened["said"]["stage"], opened["said"]["epc"]) == ("registered", None)

    def stage(name, day="2019-07-01"):
        return {"case_id": case_id, "stage": name, "reached_on": day}

    assert refuse("coaching-steps", stage("plan"), **LATER) == {
        "payload.stage": "energy.stage_not_next"
    }
    assert refuse("coaching-steps", stage("home_visit")) == {
        "payload.reached_on": "energy.step_in_future"
    }
    assert refuse("coaching-steps", stage("home_visit", "2019-06-01")) == {
        "payload.reached_on": "energy.before_asked"
    }
    for name in ("home_visit", "plan", "works"):
        take("coaching-steps", stage(name), **LATER)
    case = client.get(f"/api/v1/cases/{case_id}", headers=worker).get_json()
    assert case["status"] == "active"
    closing = {"status": "closed", "outcome": "finished", "outcome_on": "2019-09-01"}
    headers = {**worker, "Idempotency-Key": str(uuid4()), "If-Match": f'"v{case["version"]}"'}
    closed = client.patch(f"/api/v1/cases/{case_id}", json=closing, headers=headers)
    assert closed.status_code == 200, closed.get_json()
    assert refuse("coaching-steps", stage("works"), **LATER) == {
        "payload.case_id": "energy.coaching_closed"
    }
    nobody = {**stage("plan"), "case_id": str(uuid4())}
    assert refuse("coaching-steps", nobody, **LATER) == {
        "payload.case_id": "energy.coaching_unknown"
    }


def test_a_household_is_coached_once_at_a_time(take, refuse):
    household = take("scans", SCAN, HOUSEHOLD)["said"]["household_id"]
    subject = {"household_id": household}
    take("coaching", COACHING, subject)
    assert refuse("coaching", COACHING, subject) == {"subject": "case.household_has_open_case"}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"closes_on": "2019-05-31"}, "payload.closes_on", "energy.closes_before_opens"),
        ({"lots": ["roof", "roof"]}, "payload.lots", "field.twice"),
        ({"lots": []}, "payload.lots", "field.list_length"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(refuse, changes, field, code):
    assert refuse("campaigns", {**CAMPAIGN, **changes})[field] == code


def test_a_group_purchase_is_joined_once_an_address_while_it_is_open(take, refuse):
    campaign = take("campaigns", CAMPAIGN)["id"]
    joined = {"campaign_id": campaign, "address": "Ketelhof 4", "lots": ["walls"]}
    assert refuse("group-purchases", joined, **LATER) == {
        "payload.campaign_id": "energy.campaign_not_open"
    }
    other = {**joined, "lots": ["walls", "solar"]}
    assert refuse("group-purchases", other) == {"payload.lots.1": "energy.lot_not_offered"}
    unknown = {**joined, "campaign_id": str(uuid4())}
    assert refuse("group-purchases", unknown) == {"payload.campaign_id": "energy.campaign_unknown"}
    take("group-purchases", joined, HOUSEHOLD)
    assert refuse("group-purchases", {**joined, "address": "KETELHOF 4"}) == {
        "payload.address": "energy.address_joined_already"
    }
    second = take("campaigns", CAMPAIGN)["id"]
    take("group-purchases", {**joined, "campaign_id": second})


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"rent": "0.00"}, "payload.rent", "field.amount_out_of_range"),
        ({"rooms": 0}, "payload.rooms", "field.number_out_of_range"),
        ({"epc": 2001}, "payload.epc", "field.number_out_of_range"),
        ({"landlord": None}, "payload.landlord", "field.one_of_these_only"),
        ({"tenant": LANDLORD}, "payload.tenant", "energy.landlord_is_tenant"),
        (
            {"landlord": None, "landlord_id": str(uuid4())},
            "payload.landlord_id",
            "energy.landlord_unknown",
        ),
    ],
)
def test_premises_that_cannot_be_are_refused(refuse, changes, field, code):
    assert refuse("rental-premises", {**PREMISES, **changes})[field] == code


def test_a_landlord_known_before_is_not_the_tenant(take, refuse):
    known = take("rental-premises", PREMISES)["said"]["landlord_person_id"]
    alias = {"alias": "de baas"}
    take("rental-premises", {**PREMISES, "landlord": alias})
    both = {**PREMISES, "landlord": {"person_id": known}, "tenant": {"person_id": known}}
    assert refuse("rental-premises", both) == {"payload.tenant": "energy.landlord_is_tenant"}
    cased = {**PREMISES, "landlord": alias, "tenant": {"alias": " DE BAAS"}}
    assert refuse("rental-premises", cased) == {"payload.tenant": "energy.landlord_is_tenant"}


def test_premises_go_step_by_step_to_a_tenant(client, worker, take, refuse):
    landlord = take("landlords", {"name": "vzw De Warme Zolder (verzonnen)"})["id"]
    said = {**PREMISES, "landlord": None, "landlord_id": landlord}
    premises = take("rental-premises", said)["id"]

    def go(version, status, day="2019-07-01"):
        return {"premises_id": premises, "version": version, "status": status, "day": day}

    assert refuse("rental-steps", go(1, "let"), **LATER) == {
        "payload.status": "energy.move_not_allowed"
    }
    assert refuse("rental-steps", go(1, "inspection")) == {"payload.day": "energy.step_in_future"}
    assert refuse("rental-steps", go(1, "inspection", "2019-01-01")) == {
        "payload.day": "energy.before_asked"
    }
    for version, status in enumerate(("inspection", "certificate", "let"), start=1):
        take("rental-steps", go(version, status), **LATER)
    nobody = {**go(1, "inspection"), "premises_id": str(uuid4())}
    assert refuse("rental-steps", nobody, **LATER) == {
        "payload.premises_id": "energy.premises_unknown"
    }


def test_who_works_elsewhere_sees_nothing_and_money_is_for_who_may(client, as_role, take):
    scan = take("scans", SCAN, HOUSEHOLD)["id"]
    address = f"/api/v1/intakes/energy/scans/{scan}"
    elsewhere = as_role("programme_worker", only_nis_code=KORTRIJK)
    other = as_role("programme_worker", only_programme="biz")
    assert client.get(address, headers=elsewhere).status_code == 404
    assert client.get(address, headers=other).status_code == 404
    assert post_intake(client, other, "energy/scans", intake_json(SCAN)).status_code == 403
    assert client.get(address, headers=as_role("auditor")).status_code == 403
    said = client.get(address, headers=as_role("crisis_duty")).get_json()["said"]
    assert "eligibility_ground" not in said
    said = client.get(address, headers=as_role("programme_coordinator")).get_json()["said"]
    assert said["eligibility_ground"] == "protected_customer"
