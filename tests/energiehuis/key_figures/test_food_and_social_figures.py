"""Figures of Food Act 13 and the social economy, against hand counts."""

from datetime import date

import pytest

from energiehuis.access.permissions import Role
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.service import compute_key_figures
from tests.food_act import FoodAct, food, line
from tests.programme_intakes import HARELBEKE, KORTRIJK, intake_json, post_intake

YEAR = Period(date(2019, 1, 1), date(2020, 1, 1))
MAY = Period(date(2019, 5, 1), date(2019, 6, 1))


@pytest.fixture
def headers(as_role):
    return as_role("programme_worker")


@pytest.fixture
def food_act(client, headers):
    return FoodAct(client, headers)


@pytest.fixture
def send(client, headers):
    def run(path, payload, subject=None, **changes):
        sent = post_intake(client, headers, path, intake_json(payload, subject, **changes))
        assert sent.status_code == 201, sent.get_json()
        return sent.get_json()["id"]

    return run


@pytest.fixture
def figures(database, actor_with):
    def ask(period=YEAR, nis_code=None, role=Role.PROGRAMME_WORKER):
        actor = actor_with(role)
        with database.unit_of_work() as session:
            found = compute_key_figures(session, actor, period, nis_code=nis_code)
        return {figure.definition.id: figure for figure in found}

    return ask


def test_without_records_a_mean_and_a_share_are_not_zero(figures):
    found = figures()
    for name in ("fa.kg_per_day", "fa.kg_distributed_share"):
        assert (found[name].value, found[name].reason) == (None, "no_records")
    assert found["fa.kg_collected"].value == found["fa.donors"].value == "0"


def test_food_is_counted_by_the_day_and_the_municipality_of_the_donor(food_act, figures):
    first, second = food_act.donor(), food_act.donor(name="B", address="Ketelhof 2")
    food_act.pickup(first, date="2019-05-31", lines=[line(100.5), line(20, "bread")])
    food_act.pickup(first, date="2019-06-03", lines=[line(30, temperature_ok=False)])
    food_act.pickup(first, date="2019-06-03", round=2, lines=[line(9.5)])
    food_act.pickup(second, date="2019-06-03", lines=[line(40)])
    food_act.distribution(food_act.receiver(), lines=[food(100), food(19, "bread")])
    found = figures()
    # 200 kg on two days; 119 kg of it was given.
    assert found["fa.kg_collected"].value == "200"
    assert found["fa.kg_per_day"].value == "100.00"
    assert found["fa.kg_distributed_share"].value == "0.5950"
    assert found["fa.donors"].value == "2"
    in_may = figures(MAY)
    assert (in_may["fa.kg_per_day"].value, in_may["fa.donors"].value) == ("120.50", "1")
    assert in_may["fa.kg_distributed_share"].value == "0.0000"
    elsewhere = figures(nis_code=KORTRIJK)
    assert elsewhere["fa.kg_collected"].value == "0"
    assert elsewhere["fa.kg_per_day"].reason == "no_records"


def test_workers_are_those_who_are_there_on_the_last_day(send, figures):
    said = {
        "statute": "TWE",
        "referrer": "ocmw",
        "start": "2019-05-31",
        "planned_end": "2020-05-31",
        "function": "magazijn",
        "works_in": "food_act",
    }
    ids = [
        send("work/placements", said, {"person": {"given_name": name, "family_name": "Isolaerts"}})
        for name in ("An", "Bram")
    ]
    later = {**said, "start": "2019-06-01"}
    send("work/placements", later, {"person": {"given_name": "Kaat", "family_name": "Isolaerts"}})
    other = {**said, "works_in": "other"}
    send("work/placements", other, {"person": {"given_name": "Roel", "family_name": "Isolaerts"}})
    end = {"placement_id": ids[0], "date": "2019-06-01", "end_reason": "job"}
    send("work/placement-ends", end)
    assert figures(MAY)["fa.target_group_workers"].value == "2"
    assert figures(YEAR)["fa.target_group_workers"].value == "2"
    one_day = Period(date(2019, 5, 1), date(2019, 5, 31))
    assert figures(one_day)["fa.target_group_workers"].value == "0"
    small = figures(YEAR, role=Role.POLICYMAKER)["fa.target_group_workers"]
    assert (small.value, small.reason) == (None, "suppressed")


def test_places_stand_on_the_last_day_and_money_in_its_first_year(send, figures):
    enterprise = send("social-economy/enterprises", {"name": "Buurt", "kbo": "1999900072"})
    for year, nis, fte in ((2018, HARELBEKE, 3), (2019, HARELBEKE, 4.5), (2019, KORTRIJK, 6.25)):
        places = {"enterprise": enterprise, "nis": nis, "year": year, "places_fte": fte}
        send("social-economy/places", places, nis=nis)
    for source, nis, amount, first, last in (
        ("flanders", HARELBEKE, "100.10", 2019, 2019),
        ("flanders", HARELBEKE, "50.00", 2018, 2019),
        ("province", HARELBEKE, "7.00", 2019, 2019),
        ("flanders", KORTRIJK, "9.00", 2019, 2019),
    ):
        years = {"from_year": first, "to_year": last}
        grant = {"source": source, "nis": nis, "amount": amount, **years}
        send("social-economy/grants", grant, nis=nis)
    found = figures()
    assert found["se.lde_places"].value == "11"
    assert figures(nis_code=HARELBEKE)["se.lde_places"].value == "4"
    assert found["se.flemish_money_har"].value == "100.10"
    both = figures(Period(date(2018, 1, 1), date(2020, 1, 1)))
    assert both["se.flemish_money_har"].value == "150.10"
    assert both["se.lde_places"].value == "11"
    assert figures(nis_code=KORTRIJK)["se.flemish_money_har"].value == "0.00"
