"""The social economy over HTTP: enterprises, places, meetings, grants; refused field by field."""

from uuid import uuid4

import pytest

from tests.programme_intakes import HARELBEKE, KORTRIJK, faults, intake_json, post_intake

ENTERPRISE = {"name": "De Nette Buurt", "kbo": "1999900072"}
MEETING = {"date": "2019-05-14", "theme": "maatwerk", "present": [KORTRIJK, HARELBEKE]}
GRANT = {
    "source": "flanders",
    "nis": HARELBEKE,
    "amount": "4004.00",
    "from_year": 2019,
    "to_year": 2019,
}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker", only_programme="social_economy")


@pytest.fixture
def send(client, worker):
    def run(kind, payload, **changes):
        body = intake_json(payload, **changes)
        return post_intake(client, worker, f"social-economy/{kind}", body)

    return run


@pytest.fixture
def places(send):
    made = send("enterprises", ENTERPRISE)
    assert made.status_code == 201, made.get_json()
    enterprise = made.get_json()["id"]
    return {"enterprise": enterprise, "nis": HARELBEKE, "year": 2019, "places_fte": 9.5}


def test_every_kind_is_written_down_and_read_back(client, worker, send, places):
    expected = {"amount": "4004.00", "present": [HARELBEKE, KORTRIJK], "places_fte": "9.50"}
    for kind, payload in (
        ("enterprises", {**ENTERPRISE, "kbo": "1999900171", "address": "Ketelhof 1"}),
        ("places", places),
        ("network-meetings", MEETING),
        ("grants", {**GRANT, "purpose": "fietspunt"}),
    ):
        sent = send(kind, payload)
        assert sent.status_code == 201, sent.get_json()
        read = client.get(sent.headers["Location"], headers=worker).get_json()
        assert read == sent.get_json()
        said = read["said"]
        for name, value in payload.items():
            assert said[name] == expected.get(name, value if name[-4:] != "year" else str(value))


@pytest.mark.parametrize(
    ("kind", "said", "changes", "field", "code"),
    [
        ("enterprises", ENTERPRISE, {"kbo": "1"}, "payload.kbo", "field.enterprise_number"),
        ("grants", GRANT, {"amount": "0.00"}, "payload.amount", "field.amount_out_of_range"),
        ("grants", GRANT, {"amount": "veel"}, "payload.amount", "field.money"),
        ("grants", GRANT, {"source": "lottery"}, "payload.source", "field.choice"),
        (
            "grants",
            GRANT,
            {"to_year": 2018},
            "payload.to_year",
            "social_economy.years_turned_round",
        ),
        ("grants", GRANT, {"from_year": 2021}, "payload.from_year", "social_economy.year_ahead"),
        ("grants", GRANT, {"nis": KORTRIJK}, "payload.nis", "social_economy.other_municipality"),
        (
            "network-meetings",
            MEETING,
            {"date": "2019-06-06"},
            "payload.date",
            "social_economy.meeting_in_future",
        ),
        (
            "network-meetings",
            MEETING,
            {"present": [KORTRIJK, "11002"]},
            "payload.present.1",
            "social_economy.no_member",
        ),
        (
            "network-meetings",
            MEETING,
            {"present": [KORTRIJK, KORTRIJK]},
            "payload.present",
            "field.twice",
        ),
        ("network-meetings", MEETING, {"present": []}, "payload.present", "field.list_length"),
    ],
)
def test_what_is_wrong_is_named(send, kind, said, changes, field, code):
    sent = send(kind, {**said, **changes})
    assert sent.status_code == 422
    assert faults(sent)[field] == code


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"places_fte": -1}, "payload.places_fte", "field.number_out_of_range"),
        ({"places_fte": 1.005}, "payload.places_fte", "field.too_many_decimals"),
        ({"year": 2021}, "payload.year", "social_economy.year_ahead"),
        ({"year": 1999}, "payload.year", "field.number_out_of_range"),
        ({"nis": KORTRIJK}, "payload.nis", "social_economy.other_municipality"),
        (
            {"enterprise": str(uuid4())},
            "payload.enterprise",
            "social_economy.enterprise_unknown",
        ),
    ],
)
def test_what_is_wrong_with_places_is_named(send, places, changes, field, code):
    sent = send("places", {**places, **changes})
    assert sent.status_code == 422
    assert faults(sent)[field] == code


def test_places_may_be_none_and_stand_once_a_year(send, places):
    assert send("places", {**places, "places_fte": 0}).status_code == 201
    again = send("places", places)
    assert (again.status_code, again.get_json()["code"]) == (409, "social_economy.places_known")
    assert send("places", {**places, "year": 2018}).status_code == 201
    elsewhere = send("places", {**places, "nis": KORTRIJK}, nis=KORTRIJK)
    assert elsewhere.status_code == 201


def test_an_enterprise_and_a_meeting_stand_once(send):
    for kind, said, code in (
        ("enterprises", ENTERPRISE, "social_economy.enterprise_known"),
        ("network-meetings", MEETING, "social_economy.meeting_known"),
    ):
        assert send(kind, said).status_code == 201
        again = send(kind, said)
        assert (again.status_code, again.get_json()["code"]) == (409, code)


def test_other_programmes_and_municipalities_stay_outside(client, as_role, send, places):
    sent = send("places", places)
    other = as_role("programme_worker", only_programme="work")
    body = intake_json(ENTERPRISE)
    assert post_intake(client, other, "social-economy/enterprises", body).status_code == 403
    assert client.get(sent.headers["Location"], headers=other).status_code == 404
    elsewhere = as_role("programme_worker", only_nis_code=KORTRIJK)
    assert client.get(sent.headers["Location"], headers=elsewhere).status_code == 404
    refused = post_intake(client, elsewhere, "social-economy/enterprises", body)
    assert faults(refused) == {"nis": "intake.municipality_not_served"}


@pytest.mark.parametrize("role", ["counsellor", "policymaker", "council_member", "auditor"])
def test_a_role_without_the_right_is_refused(client, as_role, role):
    body = intake_json(ENTERPRISE)
    sent = post_intake(client, as_role(role), "social-economy/enterprises", body)
    assert sent.status_code == 403
