"""The crisis network over HTTP: each kind of intake, what it refuses, and who may see what."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.people.models import Person
from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake


def hours_from_now(hours):
    return (clock.now() + timedelta(hours=hours)).isoformat(timespec="seconds")


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


@pytest.fixture
def duty(as_role):
    return as_role("crisis_duty", only_programme="crisis")


@pytest.fixture
def send(client, worker):
    """Post an intake now, on the crisis line."""

    def post(path, payload, headers=None, **changes):
        said = {"channel": "crisis_line", "received_at": hours_from_now(0), **changes}
        body = intake_json(payload, **said)
        return post_intake(client, headers or worker, f"crisis/{path}", body)

    return post


@pytest.fixture
def write(send):
    """Post an intake that is right, and give what was written down."""

    def post(path, payload, **changes):
        sent = send(path, payload, **changes)
        assert sent.status_code == 201, sent.get_json()
        return sent.get_json()

    return post


@pytest.fixture
def bed(write):
    """Give a function that writes a bed down."""

    def make(**changes):
        said = {"name": "Kamer", "kind": "regular", "sleeps": 1, "from": "2018-01-01"}
        return write("beds", {**said, **changes})["id"]

    return make


@pytest.fixture
def studio(bed):
    return bed(name="Gezinsstudio", kind="family_studio", sleeps=5)


def admission(bed_id, **changes):
    said = {
        "bed_id": bed_id,
        "start": hours_from_now(0),
        "nights": 1,
        "referring_helper": "Politie, patrouille 3",
        "safety_remark": "Heeft een hond bij.",
        "persons": [{"person": {"alias": "rode fiets"}, "birth_year": 1980}],
    }
    return {**said, **changes}


def sleeper(alias):
    return {"person": {"alias": alias}, "birth_year": 1980}


def test_somebody_gets_a_bed_under_an_alias(client, send, bed, worker):
    sent = send("admissions", admission(bed()))
    assert sent.status_code == 201, sent.get_json()
    assert sent.get_json()["said"]["persons"] == ["rck 1980 rode fiets"]
    assert client.get(sent.headers["Location"], headers=worker).get_json() == sent.get_json()


@pytest.mark.parametrize(
    ("payload", "changes", "field", "code"),
    [
        ({}, {"channel": "phone"}, "channel", "crisis.only_crisis_line"),
        ({"start": hours_from_now(-60)}, {}, "payload.start", "crisis.start_far"),
        ({"start": hours_from_now(60)}, {}, "payload.start", "crisis.start_far"),
        ({"nights": 4}, {}, "payload.nights", "crisis.many_nights"),
        ({"nights": 0}, {}, "payload.nights", "field.number_out_of_range"),
        ({"bed_id": str(uuid4())}, {}, "payload.bed_id", "crisis.bed_unknown"),
        ({"safety_remark": None}, {}, "payload.safety_remark", "field.required"),
        ({"referring_helper": None}, {}, "payload.referring_helper", "field.required"),
        ({"persons": []}, {}, "payload.persons", "field.list_length"),
        ({"persons": [sleeper("a"), sleeper("b")]}, {}, "payload.persons", "crisis.bed_too_small"),
        (
            {"persons": [{"person": {"alias": "a"}}]},
            {},
            "payload.persons.0.birth_year",
            "crisis.birth_year_needed",
        ),
        (
            {
                "persons": [
                    {
                        "person": {
                            "given_name": "An",
                            "family_name": "Dakpanne",
                            "birth_date": "1980-01-01",
                        },
                        "birth_year": 1981,
                    }
                ]
            },
            {},
            "payload.persons.0.birth_year",
            "crisis.birth_year_differs",
        ),
    ],
)
def test_an_admission_that_cannot_be_is_refused(as_admission, payload, changes, field, code):
    assert as_admission(payload, **changes)[field] == code


@pytest.fixture
def as_admission(send, bed):
    """Send an admission with something wrong in it."""

    def post(payload, **changes):
        sent = send("admissions", {**admission(bed()), **payload}, **changes)
        assert sent.status_code == 422, sent.get_json()
        return faults(sent)

    return post


def test_a_reason_lets_longer_and_later_through(write, bed):
    said = {"nights": 4, "start": hours_from_now(-60), "reason": "Noteren na het weekend."}
    assert write("admissions", admission(bed(), **said))["said"]["nights"] == 4


def test_the_family_studio_takes_five_for_three_weeks(send, write, studio):
    family = [sleeper(f"kind {number}") for number in range(5)]
    long = admission(studio, persons=family, nights=22)
    assert faults(send("admissions", long))["payload.nights"] == "crisis.many_nights"
    write("admissions", admission(studio, persons=family, nights=21))


def test_a_bed_that_is_taken_and_somebody_who_sleeps_elsewhere_are_refused(send, write, bed):
    one = bed()
    write("admissions", admission(one, nights=2))
    taken = send("admissions", admission(one, persons=[sleeper("blauwe jas")]))
    assert (taken.status_code, taken.get_json()["code"]) == (409, "crisis.bed_taken")
    tomorrow = admission(one, start=hours_from_now(24), persons=[sleeper("blauwe jas")])
    assert send("admissions", tomorrow).get_json()["code"] == "crisis.bed_taken"
    twice = send("admissions", admission(bed()))
    assert twice.get_json()["code"] == "crisis.person_sleeps_elsewhere"


def test_the_same_alias_of_another_year_is_another_person(write, bed, database):
    write("admissions", admission(bed()))
    other = {"person": {"alias": "rode fiets"}, "birth_year": 1981}
    write("admissions", admission(bed(), persons=[other]))
    with database.unit_of_work() as session:
        aliases = session.scalars(sa.select(Person.alias).order_by(Person.alias)).all()
    assert len(aliases) == len(set(aliases)) == 2
    assert all("rode fiets" in alias for alias in aliases)


def test_an_admission_that_ends_early_frees_its_nights(send, write, bed):
    one = bed()
    made = write("admissions", admission(one, nights=3))["id"]
    today = clock.today()
    end = {"admission_id": made, "date": today.isoformat(), "handed_to": "ocmw"}
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        wrong = faults(send("handovers", {**end, "date": day.isoformat()}))
        assert wrong["payload.date"] == "crisis.end_out_of_time"
    nobody = faults(send("handovers", {**end, "admission_id": str(uuid4())}))
    assert nobody["payload.admission_id"] == "crisis.admission_unknown"
    write("handovers", end)
    assert send("handovers", end).get_json()["code"] == "crisis.ended_already"
    write("admissions", admission(one, persons=[sleeper("blauwe jas")]))


def test_a_bed_holds_one_and_has_its_days(send, bed):
    said = {"name": "Kamer", "kind": "regular", "sleeps": 2, "from": "2018-01-01"}
    assert faults(send("beds", said))["payload.sleeps"] == "crisis.regular_bed_sleeps_one"
    ended = {**said, "sleeps": 1, "to": "2018-01-01"}
    assert faults(send("beds", ended))["payload.to"] == "crisis.ends_before_it_begins"
    closed = bed(to=clock.today().isoformat())
    wrong = faults(send("admissions", admission(closed)))
    assert wrong["payload.bed_id"] == "crisis.bed_not_in_use"


def test_refusals_for_lack_of_room_are_counted(send, write):
    today = clock.today()
    said = {"date": today.isoformat(), "reason": "no_room", "persons": 2}
    write("refusals", said)
    tomorrow = (today + timedelta(days=1)).isoformat()
    wrong = faults(send("refusals", {**said, "date": tomorrow}))
    assert wrong["payload.date"] == "crisis.refusal_in_future"
    assert faults(send("refusals", {**said, "reason": "full"}))["payload.reason"] == "field.choice"


@pytest.fixture
def services(write):
    """Two services under secrecy and one that is not."""

    def partner(name, keeps_secrecy):
        said = {"name": name, "keeps_secrecy": keeps_secrecy, "from": "2018-01-01"}
        return write("partners", said)["said"]["organisation"]

    return [partner("OCMW", True), partner("CAW", True), partner("Buurthuis", False)]


AGREED = {"purposes": ["case_conference"], "proof": "signed", "given_on": "2019-06-03"}


def test_a_conference_rests_on_an_agreement_or_a_rule(send, write, services):
    said = {"date": "2019-06-03", "present_orgs": services[:2], "situation": "Overleg 1"}
    assert faults(send("conferences", said))["agreement"] == "crisis.agreement_or_rule"
    write("conferences", said, agreement=AGREED)
    write("conferences", {**said, "rule": "case_conference"})
    wrong = faults(send("conferences", {**said, "rule": "because"}))
    assert wrong["payload.rule"] == "intake.legal_basis_unknown"


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({"present_orgs": [0, 2]}, "payload.present_orgs.1", "crisis.not_under_secrecy"),
        ({"present_orgs": [0, None]}, "payload.present_orgs.1", "crisis.not_a_partner"),
        ({"present_orgs": [0, 0]}, "payload.present_orgs", "field.twice"),
        ({"present_orgs": [0]}, "payload.present_orgs", "field.list_length"),
        ({"date": "2017-12-31"}, "payload.present_orgs.0", "crisis.not_a_partner"),
        ({"date": "2099-01-01"}, "payload.date", "crisis.conference_in_future"),
        ({"situation": None}, "payload.case_id", "field.one_of_these_only"),
        ({"case_id": str(uuid4())}, "payload.case_id", "field.one_of_these_only"),
        ({"situation": None, "case_id": str(uuid4())}, "payload.case_id", "crisis.case_unknown"),
    ],
)
def test_a_conference_that_cannot_be_is_refused(as_conference, payload, field, code):
    assert as_conference(payload)[field] == code


@pytest.fixture
def as_conference(send, services):
    """Send a conference with something wrong in it; services by their number, None a stranger."""

    def post(payload):
        said = {"date": "2019-06-03", "present_orgs": [0, 1], "situation": "Overleg 1", **payload}
        said["present_orgs"] = [
            str(uuid4()) if number is None else services[number] for number in said["present_orgs"]
        ]
        return faults(send("conferences", said, agreement=AGREED))

    return post


def test_duty_sees_the_remark_on_safety_and_no_more(client, send, bed, duty, as_role):
    sent = send("admissions", admission(bed()), headers=duty)
    assert sent.status_code == 201, sent.get_json()
    said = client.get(sent.headers["Location"], headers=duty).get_json()["said"]
    assert set(said) == {"bed_id", "start", "nights", "safety_remark", "persons"}
    coordinator = as_role("programme_coordinator", only_programme="crisis")
    said = client.get(sent.headers["Location"], headers=coordinator).get_json()["said"]
    assert "safety_remark" not in said
    for role, scope, status in (
        ("crisis_duty", {"only_nis_code": KORTRIJK}, 404),
        ("programme_worker", {"only_programme": "konekti"}, 404),
        ("council_member", {}, 403),
    ):
        headers = as_role(role, **scope)
        assert client.get(sent.headers["Location"], headers=headers).status_code == status
    stranger = as_role("programme_worker", only_programme="konekti")
    assert send("admissions", admission(bed()), headers=stranger).status_code == 403


def test_free_beds_of_a_night(database, actor_with, write, bed):
    from energiehuis.programmes.crisis_network.queries import list_free_beds

    one, other = bed(), bed(name="Studio")
    write("admissions", admission(one))
    actor = actor_with("crisis_duty")
    with database.unit_of_work() as session:
        tonight = list_free_beds(session, actor, clock.today())
        before = list_free_beds(session, actor, date(2017, 12, 31))
    assert [str(each.id) for each in tonight] == [other]
    assert before == ()
