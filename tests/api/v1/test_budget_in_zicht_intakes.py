"""Each kind of intake of BudgetInZicht: taken, read back, and refused where it is wrong."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from energiehuis.access.models import Organisation
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.identifiers import new_id
from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake

FAIR_DAY = "2019-06-20"
FAIR = {
    "event_type": "wakosta",
    "name": "Wakosta?! Harelbeke",
    "place": "CC Het Spoor",
    "takes_place_on": FAIR_DAY,
    "capacity": 60,
    "status": "open",
}
SERIES = {
    "event_type": "group_work",
    "name": "Rondkomen",
    "place": "Huis van Welzijn",
    "takes_place_on": "2019-06-03",
    "session_dates": ["2019-06-03", "2019-06-04"],
    "capacity": 12,
    "status": "open",
}
AFTER = {"received_at": "2019-06-25T09:00:00+02:00"}
CLIENT = {"person": {"given_name": "Kaat", "family_name": "Dakpanne"}}
AGREEMENT = {"purposes": ["biz:group_work"], "proof": "signed", "given_on": "2019-06-01"}


@pytest.fixture
def worker(as_role):
    return as_role("programme_worker")


@pytest.fixture
def take(client, worker):
    """Post an intake of a kind that must be taken, and give its answer."""

    def run(kind, payload, subject=None, **changes):
        body = intake_json(payload, subject, **changes)
        sent = post_intake(client, worker, f"biz/{kind}", body)
        assert sent.status_code == 201, sent.get_json()
        return sent.get_json()

    return run


@pytest.fixture
def refuse(client, worker):
    """Post an intake of a kind that must be refused, and give its wrong fields."""

    def run(kind, payload, subject=None, **changes):
        body = intake_json(payload, subject, **changes)
        sent = post_intake(client, worker, f"biz/{kind}", body)
        assert sent.status_code in (409, 412, 422), sent.get_json()
        return faults(sent)

    return run


@pytest.fixture
def fair(take):
    return take("events", FAIR)["id"]


@pytest.fixture
def series(take):
    return take("events", SERIES)["id"]


@pytest.fixture
def school(take):
    return take("schools", {"name": "Verzonnen Atheneum", "address": "Schoolstraat 1"})["id"]


@pytest.fixture
def ocmw(database, organisation_id):
    ocmw_id = new_id()
    row = {"id": ocmw_id, "code": "ocmw-x", "name": "OCMW", "kind": OrganisationKind.OCMW.value}
    with database.unit_of_work() as session:
        session.execute(sa.insert(Organisation).values(row))
    return str(ocmw_id)


def booking(fair, school, *headcounts, **changes):
    classes = [{"grade": "5 TSO", "headcount": count} for count in headcounts]
    return {"event_id": fair, "school_id": school, "classes": classes, **changes}


def test_what_is_taken_is_read_back(client, worker, take, fair, series, school):
    teacher = {"teacher_name": "Els Gevelsteene", "teacher_contact": "els@example.org"}
    made = {
        "events": fair,
        "schools": school,
        "bookings": take("bookings", booking(fair, school, 20, 21, **teacher))["id"],
        "participations": take(
            "participations",
            {
                "event_id": series,
                "mode": "alias",
                "person": {"alias": "Vos"},
                "held_on": "2019-06-03",
            },
        )["id"],
        "duos": take("duos", {"wish": "family", "themes": ["papers"]}, CLIENT)["id"],
        "kit-loans": take(
            "kit-loans",
            {
                "kit": "toolbox_lager",
                "organisation_id": school,
                "out_date": "2019-06-05",
                "due_date": "2019-06-12",
            },
        )["id"],
    }
    for kind, record_id in made.items():
        read = client.get(f"/api/v1/intakes/biz/{kind}/{record_id}", headers=worker)
        assert read.status_code == 200, (kind, read.get_json())
        assert read.get_json()["id"] == record_id
    said = client.get(f"/api/v1/intakes/biz/bookings/{made['bookings']}", headers=worker)
    assert said.get_json()["said"]["classes"][1] == {"grade": "5 TSO", "headcount": 21}
    event = client.get(f"/api/v1/intakes/biz/events/{fair}", headers=worker).get_json()
    assert (event["said"]["booked"], event["said"]["status"]) == (41, "open")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"capacity": 0}, "payload.capacity", "field.number_out_of_range"),
        ({"status": "held"}, "payload.status", "field.choice"),
        ({"event_type": "party"}, "payload.event_type", "field.choice"),
        (
            {"session_dates": ["2019-06-20"]},
            "payload.session_dates",
            "biz.sessions_only_for_group_work",
        ),
        ({"event_type": "group_work"}, "payload.session_dates", "biz.group_work_needs_sessions"),
        (
            {"event_type": "group_work", "session_dates": ["2019-06-21", "2019-06-21"]},
            "payload.session_dates",
            "field.twice",
        ),
        (
            {"event_type": "group_work", "session_dates": ["2019-06-21"]},
            "payload.takes_place_on",
            "biz.begins_with_first_session",
        ),
    ],
)
def test_an_event_that_cannot_be_is_refused(refuse, changes, field, code):
    assert refuse("events", {**FAIR, **changes})[field] == code


def test_an_event_goes_step_by_step(take, refuse):
    event = take("events", {**FAIR, "status": "planned", "takes_place_on": "2019-06-04"})["id"]
    reported = {"event_id": event, "version": 1, "status": "reported"}
    assert refuse("event-steps", reported)["payload.status"] == "biz.event_move_not_allowed"
    take("event-steps", {"event_id": event, "version": 1, "status": "open"})
    take("event-steps", {"event_id": event, "version": 2, "status": "held"})
    take("event-steps", {"event_id": event, "version": 3, "status": "reported"})


def test_an_event_is_not_held_before_its_day_nor_changed_unseen(take, refuse, client, worker, fair):
    early = {"event_id": fair, "version": 1, "status": "held"}
    assert refuse("event-steps", early)["payload.status"] == "biz.held_in_future"
    stale = intake_json({"event_id": fair, "version": 7, "status": "full"})
    assert post_intake(client, worker, "biz/event-steps", stale).status_code == 412
    nobody = {"event_id": str(uuid4()), "version": 1, "status": "open"}
    assert refuse("event-steps", nobody)["payload.event_id"] == "biz.event_unknown"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"classes": []}, "payload.classes", "field.list_length"),
        (
            {"classes": [{"grade": "5", "headcount": 41}]},
            "payload.classes.0.headcount",
            "field.number_out_of_range",
        ),
        (
            {"classes": [{"grade": "5", "headcount": 0}]},
            "payload.classes.0.headcount",
            "field.number_out_of_range",
        ),
        (
            {"classes": [{"grade": "5", "headcount": 9, "names": ["An"]}]},
            "payload.classes.0.names",
            "field.unknown",
        ),
        ({"event_id": str(uuid4())}, "payload.event_id", "biz.event_unknown"),
        ({"school_id": str(uuid4())}, "payload.school_id", "biz.school_unknown"),
        ({"teacher_name": "Els"}, "payload.teacher_contact", "field.required"),
    ],
)
def test_a_booking_that_cannot_be_is_refused(refuse, fair, school, changes, field, code):
    assert refuse("bookings", booking(fair, school, 20, **changes))[field] == code


def test_a_booking_takes_places_until_the_event_is_full(take, refuse, client, worker, fair, school):
    take("bookings", booking(fair, school, 25, 25))
    assert refuse("bookings", booking(fair, school, 11))["payload.classes"] == (
        "biz.capacity_exceeded"
    )
    take("bookings", booking(fair, school, 10))
    said = client.get(f"/api/v1/intakes/biz/events/{fair}", headers=worker).get_json()["said"]
    assert (said["booked"], said["status"]) == (60, "full")
    assert refuse("bookings", booking(fair, school, 1))["payload.classes"] == (
        "biz.capacity_exceeded"
    )


def test_a_booking_needs_an_open_event_for_classes_that_still_comes(take, refuse, school, series):
    planned = take("events", {**FAIR, "status": "planned"})["id"]
    assert refuse("bookings", booking(planned, school, 5))["payload.event_id"] == (
        "biz.event_not_open"
    )
    assert refuse("bookings", booking(series, school, 5))["payload.event_id"] in (
        "biz.event_takes_no_classes",
        "biz.booking_after_event",
    )
    past = take("events", {**FAIR, "takes_place_on": "2019-06-04"})["id"]
    assert refuse("bookings", booking(past, school, 5))["payload.event_id"] == (
        "biz.booking_after_event"
    )


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"person": {"alias": "Vos"}}, "payload.person", "biz.headcount_names_nobody"),
        ({**CLIENT}, "payload.person", "biz.headcount_names_nobody"),
        ({"headcount": None}, "payload.headcount", "field.required"),
        ({"headcount": 0}, "payload.headcount", "field.number_out_of_range"),
        ({"names": ["An", "Bo"]}, "payload.names", "field.unknown"),
        ({"mode": "alias"}, "payload.mode", "biz.mode_not_for_event"),
        ({"held_on": "2019-06-21"}, "payload.held_on", "biz.no_session_that_day"),
        ({"booking_id": str(uuid4())}, "payload.booking_id", "biz.booking_unknown"),
        ({"event_id": str(uuid4())}, "payload.event_id", "biz.event_unknown"),
    ],
)
def test_a_headcount_names_nobody(refuse, fair, changes, field, code):
    payload = {"event_id": fair, "mode": "headcount", "headcount": 22, **changes}
    assert refuse("participations", payload, **AFTER)[field] == code


def test_a_headcount_comes_after_the_event_and_counts_a_booking_once(take, refuse, fair, school):
    booked = take("bookings", booking(fair, school, 20))["id"]
    came = {"event_id": fair, "mode": "headcount", "headcount": 19, "booking_id": booked}
    assert refuse("participations", came)["payload.held_on"] == "biz.held_in_future"
    take("participations", came, **AFTER)
    assert refuse("participations", came, **AFTER)["payload.booking_id"] == "biz.came_already"


def test_nobody_comes_to_an_event_that_was_not_opened(take, refuse):
    planned = take("events", {**FAIR, "status": "planned"})["id"]
    payload = {"event_id": planned, "mode": "headcount", "headcount": 3}
    assert refuse("participations", payload, **AFTER)["payload.event_id"] == (
        "biz.event_not_under_way"
    )


def test_group_work_by_person_needs_the_agreement_and_an_ocmw(take, refuse, series, school, ocmw):
    payload = {"event_id": series, "mode": "person", "held_on": "2019-06-03", **CLIENT}
    assert refuse("participations", payload) == {
        "agreement": "biz.agreement_needed",
        "referrer.org": "biz.referring_ocmw_needed",
    }
    of_school = {"agreement": AGREEMENT, "referrer": {"org": school}}
    assert refuse("participations", payload, **of_school) == {
        "referrer.org": "biz.referring_ocmw_needed"
    }
    of_ocmw = {"agreement": AGREEMENT, "referrer": {"org": ocmw}}
    person_id = take("participations", payload, **of_ocmw)["said"]["person_id"]
    again = {**payload, "person": {"person_id": person_id}}
    assert refuse("participations", again, **of_ocmw) == {"payload.person": "biz.came_already"}
    take("participations", {**again, "held_on": "2019-06-04"}, **of_ocmw)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"mode": "headcount", "headcount": 5}, "payload.mode", "biz.mode_not_for_event"),
        ({"person": None}, "payload.person", "field.required"),
        ({**CLIENT}, "payload.person", "biz.alias_named_otherwise"),
        ({"headcount": 1}, "payload.headcount", "biz.headcount_only_without_names"),
        ({"held_on": None}, "payload.held_on", "field.required"),
        ({"held_on": "2019-06-05"}, "payload.held_on", "biz.no_session_that_day"),
    ],
)
def test_group_work_under_an_alias(refuse, series, changes, field, code):
    payload = {
        "event_id": series,
        "mode": "alias",
        "person": {"alias": "Vos"},
        "held_on": "2019-06-03",
        **changes,
    }
    assert refuse("participations", payload)[field] == code


def test_an_alias_comes_once_a_session_and_means_another_in_another_series(take, refuse, series):
    payload = {"mode": "alias", "person": {"alias": "Vos"}, "held_on": "2019-06-03"}
    take("participations", {**payload, "event_id": series})
    twice = {**payload, "event_id": series, "person": {"alias": " VOS "}}
    assert refuse("participations", twice) == {"payload.person": "biz.came_already"}
    other = take("events", SERIES)["id"]
    take("participations", {**payload, "event_id": other})


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"wish": "crowd"}, "payload.wish", "field.choice"),
        ({"themes": []}, "payload.themes", "field.list_length"),
        ({"themes": ["papers", "papers"]}, "payload.themes", "field.twice"),
        ({"bank_mandate": True}, "payload.bank_mandate", "field.unknown"),
        ({"account_number": "BE68539007547034"}, "payload.account_number", "field.unknown"),
    ],
)
def test_a_duo_that_cannot_be_is_refused(refuse, changes, field, code):
    payload = {"wish": "single", "themes": ["papers"], **changes}
    assert refuse("duos", payload, CLIENT)[field] == code


def test_a_duo_is_met_matched_and_runs(client, worker, take, refuse):
    duo = take("duos", {"wish": "single", "themes": ["papers", "bills"]}, CLIENT)
    case_id = duo["case_id"]
    assert duo["said"]["status"] == "asked"
    match = {
        "case_id": case_id,
        "volunteer": {"given_name": "Otto", "family_name": "Nokbalke"},
        "starts_on": "2019-06-20",
    }
    assert refuse("duo-matches", match) == {"payload.case_id": "biz.duo_not_met"}
    move(client, worker, case_id, 1, "intake")
    early = {**match, "starts_on": "2019-01-01"}
    assert refuse("duo-matches", early) == {"payload.starts_on": "biz.match_before_duo"}
    oneself = {**match, "volunteer": {"person_id": duo["said"]["person_id"]}}
    assert refuse("duo-matches", oneself) == {"payload.volunteer": "biz.volunteer_is_client"}
    refused = move(client, worker, case_id, 2, "waiting", expected=422)
    assert faults(refused) == {"status": "biz.match_needed"}
    made = take("duo-matches", match)
    assert made["said"]["starts_on"] == "2019-06-20"
    move(client, worker, case_id, 3, "active")
    read = client.get(f"/api/v1/intakes/biz/duos/{case_id}", headers=worker).get_json()
    assert read["said"]["status"] == "running"
    ended = {"outcome": "goal_reached", "outcome_on": "2019-09-01"}
    move(client, worker, case_id, 4, "closed", **ended)
    nobody = {**match, "case_id": str(uuid4())}
    assert refuse("duo-matches", nobody) == {"payload.case_id": "biz.duo_unknown"}


def move(client, headers, case_id, version, status, *, expected=(200, 201), **said):
    wanted = {**headers, "Idempotency-Key": str(uuid4()), "If-Match": f'"v{version}"'}
    body = {"status": status, **said}
    sent = client.patch(f"/api/v1/cases/{case_id}", json=body, headers=wanted)
    codes = expected if isinstance(expected, tuple) else (expected,)
    assert sent.status_code in codes, sent.get_json()
    return sent


def loan(school, **changes):
    said = {
        "kit": "toolbox_lager",
        "organisation_id": school,
        "out_date": "2019-06-05",
        "due_date": "2019-06-12",
    }
    return {**said, **changes}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kit": "bag"}, "payload.kit", "field.choice"),
        ({"due_date": "2019-06-05"}, "payload.due_date", "biz.due_before_out"),
        ({"due_date": "2020-06-05"}, "payload.due_date", "biz.loan_too_long"),
        ({"organisation_id": str(uuid4())}, "payload.organisation_id", "organisation.unknown"),
        ({"copy_number": 0}, "payload.copy_number", "field.number_out_of_range"),
    ],
)
def test_a_loan_that_cannot_be_is_refused(refuse, school, changes, field, code):
    assert refuse("kit-loans", loan(school, **changes))[field] == code


def test_a_kit_is_out_once_until_it_comes_back(take, refuse, school):
    first = take("kit-loans", loan(school))["id"]
    inside = loan(school, out_date="2019-06-10", due_date="2019-06-20")
    assert refuse("kit-loans", inside) == {"payload.kit": "biz.kit_out_already"}
    take("kit-loans", {**inside, "copy_number": 2})
    take("kit-loans", {**inside, "kit": "wakosta_kit"})
    take("kit-loans", loan(school, out_date="2019-06-20", due_date="2019-06-25"))
    back = {"loan_id": first, "returned_on": "2019-06-09"}
    assert refuse("kit-returns", back) == {"payload.returned_on": "biz.returned_out_of_time"}
    take("kit-returns", back, **AFTER)
    assert refuse("kit-returns", back, **AFTER) == {"payload.loan_id": "biz.kit_back_already"}
    take("kit-loans", inside)
    nobody = {"loan_id": str(uuid4()), "returned_on": "2019-06-09"}
    assert refuse("kit-returns", nobody, **AFTER) == {"payload.loan_id": "biz.loan_unknown"}


def test_a_worker_of_elsewhere_sees_events_but_not_who_came(client, as_role, take, fair, series):
    payload = {"mode": "alias", "person": {"alias": "Vos"}, "held_on": "2019-06-03"}
    came = take("participations", {**payload, "event_id": series})["id"]
    elsewhere = as_role("programme_worker", only_nis_code=KORTRIJK)
    seen = client.get(f"/api/v1/intakes/biz/events/{fair}", headers=elsewhere)
    hidden = client.get(f"/api/v1/intakes/biz/participations/{came}", headers=elsewhere)
    assert (seen.status_code, hidden.status_code) == (200, 404)
    other = as_role("programme_worker", only_programme="energy")
    assert client.get(f"/api/v1/intakes/biz/events/{fair}", headers=other).status_code == 404
    assert post_intake(client, other, "biz/events", intake_json(FAIR)).status_code == 403
    auditor = as_role("auditor")
    assert client.get(f"/api/v1/intakes/biz/events/{fair}", headers=auditor).status_code == 403


def test_themes_of_a_duo_are_for_who_may_see_debts(client, as_role, take):
    duo = take("duos", {"wish": "single", "themes": ["bills"]}, CLIENT)["id"]
    address = f"/api/v1/intakes/biz/duos/{duo}"
    said = client.get(address, headers=as_role("crisis_duty")).get_json()["said"]
    assert "themes" not in said
    said = client.get(address, headers=as_role("programme_coordinator")).get_json()["said"]
    assert said["themes"] == ["bills"]
