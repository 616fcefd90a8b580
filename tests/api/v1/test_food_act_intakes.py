"""Intakes of Food Act 13 over HTTP: what is taken in, and what is refused, field by field."""

import pytest

from tests.food_act import DAY, DONOR, EARLY, NOBODY, RECEIVER, FoodAct, food, line
from tests.programme_intakes import KORTRIJK, faults, intake_json, post_intake


@pytest.fixture
def food_act(client, as_role):
    return FoodAct(client, as_role("programme_worker", only_programme="food_act"))


def read(food_act, sent):
    found = food_act.client.get(sent.headers["Location"], headers=food_act.headers)
    assert found.status_code == 200
    assert found.get_json() == sent.get_json()
    return found.get_json()["said"]


def test_a_donor_is_written_down_and_read_back(food_act):
    said = read(food_act, food_act.send("donors", {**DONOR, "contact": "de winkelleider"}))
    assert said["kbo"] == "1999900072"
    assert (said["status"], said["date"]) == ("agreement", DAY)
    assert said["pickup_days"] == ["monday", "wednesday"]
    assert said["categories"] == ["dairy", "bread"]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"kbo": "1999.900.073"}, "payload.kbo", "field.enterprise_number"),
        ({"pickup_days": ["sunday"]}, "payload.pickup_days.0", "field.choice"),
        ({"pickup_days": []}, "payload.pickup_days", "field.list_length"),
        ({"pickup_days": ["monday", "monday"]}, "payload.pickup_days", "field.twice"),
        ({"categories": ["dairy", "dairy"]}, "payload.categories", "field.twice"),
        ({"categories": ["gold"]}, "payload.categories.0", "field.choice"),
        ({"status": "active"}, "payload.status", "field.choice"),
        ({"bank": "x"}, "payload.bank", "field.unknown"),
    ],
)
def test_what_is_wrong_with_a_donor_is_named(food_act, changes, field, code):
    sent = food_act.send("donors", {**DONOR, **changes})
    assert sent.status_code == 422
    assert faults(sent)[field] == code


@pytest.mark.parametrize("name", ["name", "kbo", "address", "chain", "pickup_days", "categories"])
def test_what_a_donor_lacks_is_named(food_act, name):
    said = {key: value for key, value in DONOR.items() if key != name}
    assert faults(food_act.send("donors", said))[f"payload.{name}"] == "field.required"


def test_a_donor_outside_the_municipalities_is_refused(food_act):
    sent = food_act.send("donors", DONOR, nis="11002")
    assert faults(sent)["nis"] == "intake.municipality_not_served"


def test_one_shop_is_one_donor(food_act):
    food_act.made("donors", DONOR)
    again = food_act.send("donors", {**DONOR, "address": "ZOLDERDREEF 1,  8530 Harelbeke"})
    assert again.status_code == 409
    assert again.get_json()["code"] == "food_act.donor_known"
    food_act.made("donors", {**DONOR, "address": "Zolderdreef 2, 8530 Harelbeke"})


def test_a_donor_goes_through_its_states_and_no_others(food_act):
    donor_id = food_act.donor(active=False)
    for status in ("active", "paused", "active", "stopped"):
        food_act.donor_is(donor_id, status, DAY)
    again = food_act.send("donor-states", {"donor_id": donor_id, "status": "active", "date": DAY})
    assert (again.status_code, again.get_json()["code"]) == (409, "food_act.move_not_allowed")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"donor_id": NOBODY}, "payload.donor_id", "food_act.donor_unknown"),
        ({"date": "2019-06-06"}, "payload.date", "food_act.in_future"),
        ({"date": "2019-01-01"}, "payload.date", "food_act.before_last_state"),
        ({"status": "asleep"}, "payload.status", "field.choice"),
    ],
)
def test_what_is_wrong_with_a_state_is_named(food_act, changes, field, code):
    said = {"donor_id": food_act.donor(), "status": "paused", "date": DAY, **changes}
    assert faults(food_act.send("donor-states", said))[field] == code


def test_a_receiver_shows_its_number_before_it_is_active(food_act):
    receiver_id = food_act.made("receivers", RECEIVER, received_at=EARLY)
    said = {"receiver_id": receiver_id, "status": "active", "date": DAY}
    skipped = food_act.send("receiver-states", said)
    assert (skipped.status_code, skipped.get_json()["code"]) == (409, "food_act.move_not_allowed")
    without = food_act.send("receiver-states", {**said, "status": "number_shown"})
    assert faults(without) == {"payload.favv_number": "food_act.favv_needed"}
    number = {"favv_number": "2.999.999.999"}
    early = food_act.send("receiver-states", {**said, **number, "status": "stopped"})
    assert faults(early) == {"payload.favv_number": "food_act.favv_only_when_shown"}
    food_act.made("receiver-states", {**said, **number, "status": "number_shown"})
    food_act.made("receiver-states", said)
    found = food_act.client.get(
        f"/api/v1/intakes/food-act/receivers/{receiver_id}", headers=food_act.headers
    ).get_json()["said"]
    assert (found["status"], found["favv_number"]) == ("active", "2.999.999.999")


def test_what_is_wrong_with_a_receiver_is_named(food_act):
    assert faults(food_act.send("receivers", {**RECEIVER, "kbo": "0123"})) == {
        "payload.kbo": "field.enterprise_number"
    }
    food_act.made("receivers", RECEIVER)
    assert food_act.send("receivers", RECEIVER).get_json()["code"] == "food_act.receiver_known"
    unknown = {"receiver_id": NOBODY, "status": "stopped", "date": DAY}
    assert faults(food_act.send("receiver-states", unknown)) == {
        "payload.receiver_id": "food_act.receiver_unknown"
    }


def test_a_pickup_is_written_down_and_read_back(food_act):
    lines = [line(12.5), line(7, "bread", expiry_kind="THT")]
    said = read(food_act, food_act.pickup(food_act.donor(), lines=lines))
    assert [each["kg"] for each in said["lines"]] == ["12.5", "7"]
    assert (said["date"], said["round"]) == (DAY, 1)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"lines": [line(-5)]}, "payload.lines.0.kg", "field.number_out_of_range"),
        ({"lines": [line(0)]}, "payload.lines.0.kg", "field.number_out_of_range"),
        ({"lines": [line(), line(50_000)]}, "payload.lines.1.kg", "field.number_out_of_range"),
        ({"lines": [line("veel")]}, "payload.lines.0.kg", "field.number"),
        ({"lines": [line(1.25)]}, "payload.lines.0.kg", "field.too_many_decimals"),
        ({"lines": []}, "payload.lines", "field.list_length"),
        ({"lines": [line(temperature_ok=None)]}, "payload.lines.0.temperature_ok", None),
        ({"lines": [line(expiry_kind="soon")]}, "payload.lines.0.expiry_kind", "field.choice"),
        ({"lines": [line(category="gold")]}, "payload.lines.0.category", "field.choice"),
        ({"date": "2019-06-06"}, "payload.date", "food_act.in_future"),
        ({"date": "2019-05-04"}, "payload.reason", "food_act.reason_needed"),
        ({"date": "gisteren"}, "payload.date", "field.day"),
        ({"donor_id": NOBODY}, "payload.donor_id", "food_act.donor_unknown"),
        ({"driver_id": NOBODY}, "payload.driver_id", "person.unknown"),
        ({"round": 0}, "payload.round", "field.number_out_of_range"),
    ],
)
def test_what_is_wrong_with_a_pickup_is_named(food_act, changes, field, code):
    sent = food_act.pickup(food_act.donor(), **changes)
    assert sent.status_code == 422
    assert field in faults(sent)
    assert code is None or faults(sent)[field] == code


def test_an_old_pickup_needs_a_reason_and_no_more(food_act):
    donor_id = food_act.donor()
    assert food_act.pickup(donor_id, date="2019-05-05").status_code == 201
    assert food_act.pickup(donor_id, date="2019-05-04", reason="ziekte").status_code == 201
    blank = food_act.pickup(donor_id, date="2019-05-03", reason="  ")
    assert faults(blank)["payload.reason"] == "food_act.reason_needed"


def test_only_an_active_donor_gives(food_act):
    donor_id = food_act.donor(active=False)
    refused = {"payload.donor_id": "food_act.donor_not_active"}
    assert faults(food_act.pickup(donor_id)) == refused
    food_act.donor_is(donor_id, "active", "2019-06-04")
    food_act.donor_is(donor_id, "paused", DAY)
    assert faults(food_act.pickup(donor_id)) == refused
    assert food_act.pickup(donor_id, date="2019-06-04").status_code == 201
    assert faults(food_act.pickup(donor_id, date="2019-06-03")) == refused


def test_a_donor_is_visited_once_a_round(food_act):
    donor_id = food_act.donor()
    assert food_act.pickup(donor_id).status_code == 201
    again = food_act.pickup(donor_id)
    assert (again.status_code, again.get_json()["code"]) == (409, "food_act.pickup_known")
    assert food_act.pickup(donor_id, round=2).status_code == 201


def test_a_pickup_carries_the_municipality_of_its_donor(food_act):
    said = {"donor_id": food_act.donor(), "date": DAY, "lines": [line()]}
    sent = food_act.send("pickups", said, nis=KORTRIJK)
    assert faults(sent) == {"nis": "food_act.other_municipality"}


def test_a_distribution_takes_from_the_stock_and_no_more(food_act):
    food_act.pickup(food_act.donor(), lines=[line(100), line(50, "bread")])
    receiver_id = food_act.receiver()
    said = read(food_act, food_act.distribution(receiver_id, lines=[food(60)]))
    assert said["lines"] == [{"category": "dairy", "kg": "60"}]
    above = food_act.distribution(receiver_id, lines=[food(50, "bread"), food(40.1)])
    assert faults(above) == {"payload.lines.1.kg": "food_act.above_stock"}
    assert "40 kg" in str(above.get_json()["errors"])
    split = food_act.distribution(receiver_id, lines=[food(30), food(20)])
    assert faults(split) == {"payload.lines.1.kg": "food_act.above_stock"}
    assert food_act.distribution(receiver_id, lines=[food(40)]).status_code == 201


def test_what_was_given_later_is_not_there_before(food_act):
    donor_id, receiver_id = food_act.donor(), food_act.receiver()
    food_act.pickup(donor_id, date="2019-06-03")
    food_act.distribution(receiver_id, date=DAY, lines=[food(80)])
    early = food_act.distribution(receiver_id, date="2019-06-04", lines=[food(21)])
    assert faults(early) == {"payload.lines.0.kg": "food_act.above_stock"}
    before = food_act.distribution(receiver_id, date="2019-06-02", lines=[food(1)])
    assert faults(before) == {"payload.lines.0.kg": "food_act.above_stock"}


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (("stopped",), "food_act.receiver_without_number"),
        (("number_shown",), "food_act.receiver_not_active"),
        (("number_shown", "active", "stopped"), "food_act.receiver_not_active"),
    ],
)
def test_only_an_active_receiver_with_a_number_gets_food(food_act, steps, code):
    food_act.pickup(food_act.donor())
    sent = food_act.distribution(food_act.receiver(*steps))
    assert faults(sent) == {"payload.receiver_id": code}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"receiver_id": NOBODY}, "payload.receiver_id", "food_act.receiver_unknown"),
        ({"date": "2019-06-06"}, "payload.date", "food_act.in_future"),
        ({"lines": [food(-5)]}, "payload.lines.0.kg", "field.number_out_of_range"),
        ({"lines": [food(5001)]}, "payload.lines.0.kg", "field.number_out_of_range"),
    ],
)
def test_what_is_wrong_with_a_distribution_is_named(food_act, changes, field, code):
    food_act.pickup(food_act.donor())
    sent = food_act.distribution(food_act.receiver(), **changes)
    assert faults(sent)[field] == code


def test_what_was_too_warm_is_waste_at_once(food_act):
    food_act.pickup(food_act.donor(), lines=[line(30, temperature_ok=False), line(10)])
    receiver_id = food_act.receiver()
    above = food_act.distribution(receiver_id, lines=[food(10.1)])
    assert faults(above) == {"payload.lines.0.kg": "food_act.above_stock"}
    assert food_act.distribution(receiver_id, lines=[food(10)]).status_code == 201


def test_waste_leaves_the_stock(food_act):
    food_act.pickup(food_act.donor())
    said = {"date": DAY, "reason": "spoiled", "lines": [food(70)]}
    assert read(food_act, food_act.send("waste", said))["reason"] == "spoiled"
    above = food_act.send("waste", {**said, "lines": [food(31)]})
    assert faults(above) == {"payload.lines.0.kg": "food_act.above_stock"}
    assert faults(food_act.send("waste", {**said, "reason": "lost"})) == {
        "payload.reason": "field.choice"
    }
    late = food_act.send("waste", {**said, "date": "2019-06-06"})
    assert faults(late)["payload.date"] == "food_act.in_future"


def test_a_count_sets_the_stock_right_in_both_directions(food_act):
    food_act.pickup(food_act.donor())
    said = {"date": DAY, "lines": [food(90), food(15, "bread")]}
    assert read(food_act, food_act.send("stock-counts", said))["date"] == DAY
    receiver_id = food_act.receiver()
    lines = [food(90), food(15, "bread")]
    assert food_act.distribution(receiver_id, lines=lines).status_code == 201
    above = food_act.distribution(receiver_id, lines=[food(0.1), food(0.1, "bread")])
    assert set(faults(above).values()) == {"food_act.above_stock"}
    assert len(faults(above)) == 2


def test_a_count_cannot_miss_what_was_given_since(food_act):
    food_act.pickup(food_act.donor(), date="2019-06-03")
    food_act.distribution(food_act.receiver(), date=DAY, lines=[food(80)])
    said = {"date": "2019-06-04", "lines": [food(79)]}
    missed = food_act.send("stock-counts", said)
    assert faults(missed) == {"payload.lines.0.kg": "food_act.given_since"}
    assert food_act.send("stock-counts", {**said, "lines": [food(80)]}).status_code == 201
    twice = food_act.send("stock-counts", {**said, "lines": [food(80), food(80)]})
    assert faults(twice)["payload.lines"] == "field.twice"
    less = food_act.send("stock-counts", {**said, "lines": [food(-1)]})
    assert faults(less) == {"payload.lines.0.kg": "field.number_out_of_range"}
    ahead = food_act.send("stock-counts", {**said, "date": "2019-06-06"})
    assert faults(ahead)["payload.date"] == "food_act.in_future"


def test_reach_is_told_once_a_month(food_act):
    receiver_id = food_act.receiver()
    said = {"receiver_id": receiver_id, "month": "2019-05", "households": 40, "persons": 98}
    assert read(food_act, food_act.send("receiver-reach", said))["persons"] == 98
    again = food_act.send("receiver-reach", said)
    assert (again.status_code, again.get_json()["code"]) == (409, "food_act.reach_known")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"persons": 39}, "payload.persons", "food_act.persons_below_households"),
        ({"households": -1}, "payload.households", "field.number_out_of_range"),
        ({"month": "2019-13"}, "payload.month", "field.pattern"),
        ({"month": "2019-07"}, "payload.month", "food_act.in_future"),
        ({"receiver_id": NOBODY}, "payload.receiver_id", "food_act.receiver_unknown"),
    ],
)
def test_what_is_wrong_with_reach_is_named(food_act, changes, field, code):
    receiver_id = food_act.receiver()
    said = {"receiver_id": receiver_id, "month": "2019-05", "households": 40, "persons": 98}
    assert faults(food_act.send("receiver-reach", {**said, **changes}))[field] == code


def test_other_programmes_and_municipalities_stay_outside(food_act, client, as_role):
    sent = food_act.pickup(food_act.donor())
    other = as_role("programme_worker", only_programme="konekti")
    assert post_intake(client, other, "food-act/donors", intake_json(DONOR)).status_code == 403
    assert client.get(sent.headers["Location"], headers=other).status_code == 404
    elsewhere = FoodAct(client, as_role("programme_worker", only_nis_code=KORTRIJK))
    assert client.get(sent.headers["Location"], headers=elsewhere.headers).status_code == 404
    donor_id = sent.get_json()["said"]["donor_id"]
    said = {"donor_id": donor_id, "date": DAY, "lines": [line()]}
    refused = elsewhere.send("pickups", said, nis=KORTRIJK)
    assert faults(refused) == {"payload.donor_id": "food_act.donor_unknown"}


@pytest.mark.parametrize("role", ["counsellor", "policymaker", "council_member", "auditor"])
def test_a_role_without_the_right_is_refused(client, as_role, role):
    body = intake_json(DONOR)
    assert post_intake(client, as_role(role), "food-act/donors", body).status_code == 403
