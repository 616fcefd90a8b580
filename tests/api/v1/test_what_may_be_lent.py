"""What still runs on the dwelling and which works may be financed, up to the decision."""

from datetime import UTC, date, datetime

import pytest

from energiehuis import clock
from energiehuis.eligibility.facts import HouseholdFacts
from energiehuis.law.vocabulary import BorrowerKind
from energiehuis.loans.models import LoanDecision
from energiehuis.loans.running import GrantedLoan, RunningLoan, still_running, with_running
from tests.api.v1.test_assessment import decide
from tests.applications import application, new_key

LAST_YEAR = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)


def post(client, **changes):
    return client.post("/api/v1/loan-applications", json=application(**changes), headers=new_key())


def facts(**changes):
    return {**application()["facts"], **changes}


def works(*rows):
    return [dict(zip(("work", "cost", "by_contractor"), row, strict=True)) for row in rows]


ROOF = ("roof_attic_floor_insulation", "7200.00", True)


@pytest.fixture
def loan_of_last_year(client, as_role):
    """A loan of 12,000 euro on the dwelling, granted a year before the fixed day of these tests."""
    with clock.frozen(LAST_YEAR):
        sent = post(client).get_json()
        assert decide(client, sent, as_role("counsellor")).status_code == 201


def test_more_than_is_left_beside_a_stated_loan_is_refused_with_what_is_left(client):
    stated = facts(outstanding="5000.00", outstanding_granted_on="2020-05-04")
    answer = post(client, facts=stated).get_json()
    assert [(e["field"], e["code"]) for e in answer["errors"]] == [
        ("amount", "loan.amount_with_running_above_ceiling")
    ]
    # 15,000 (COMMISSION) less 5,000.
    assert "10000.00" in answer["errors"][0]["message"]
    assert post(client, facts=stated, amount="10000.00").status_code == 201


def test_who_can_borrow_nothing_more_still_gets_a_decision(client, as_role):
    stated = facts(outstanding="14500.00", outstanding_granted_on="2020-05-04")
    sent = post(client, facts=stated, amount="2000.00")
    assert sent.status_code == 201
    assert sent.get_json()["assessment"]["still_lendable_amount"] == "500.00"
    answer = decide(client, sent.get_json(), as_role("counsellor"), amount="2000.00")
    assert answer.get_json()["errors"][0]["code"] == "loan.amount_with_running_above_ceiling"


@pytest.mark.parametrize(
    ("granted_on", "code"),
    [
        ("2017-09-30", "decision.running_loan_first"),
        (None, "decision.open_points"),
        ("2017-10-01", None),
    ],
)
def test_an_older_loan_blocks_an_unknown_day_is_asked_and_a_newer_one_counts(
    client, as_role, granted_on, code
):
    stated = facts(outstanding="1000.00", outstanding_granted_on=granted_on)
    sent = post(client, facts=stated)
    assert sent.status_code == 201
    answer = decide(client, sent.get_json(), as_role("counsellor"))
    assert answer.get_json().get("code") == code
    assert answer.status_code == (201 if code is None else 422)


def test_a_counsellor_cannot_confirm_away_what_is_certain(client, as_role):
    stated = facts(outstanding="1000.00", outstanding_granted_on="2017-09-30")
    sent = post(client, facts=stated).get_json()
    answer = decide(client, sent, as_role("counsellor"), confirms_open_points=True)
    assert answer.get_json()["code"] == "decision.running_loan_first"


def test_a_loan_that_the_house_knows_counts_although_the_applicant_says_none(
    client, as_role, database, loan_of_last_year
):
    sent = post(client).get_json()
    # To a citizen nothing is told of what runs behind an address.
    assert sent["assessment"]["still_lendable_amount"] == "15000.00"
    headers = as_role("counsellor")
    answer = decide(client, sent, headers).get_json()
    assert answer["errors"][0]["code"] == "loan.amount_with_running_above_ceiling"
    left = answer["errors"][0]["message"].split("hoogstens ")[1].split()[0]
    assert decide(client, sent, headers, amount=left).status_code == 201
    with database.unit_of_work() as session:
        decisions = session.query(LoanDecision).order_by(LoanDecision.decided_at).all()
        sealed = decisions[-1].sealed
    (running,) = sealed["application"]["running_loans"]
    assert running["balance_cents"] == 15_000_00 - round(float(left) * 100)
    assert sealed["application"]["facts"]["outstanding_cents"] == running["balance_cents"]
    assert sealed["application"]["facts"]["outstanding_granted_on"] == "2025-11-24"


def test_a_loan_on_another_dwelling_does_not_count(client, as_role, loan_of_last_year):
    sent = client.post(
        "/api/v1/loan-applications", json=application("14"), headers=new_key()
    ).get_json()
    assert decide(client, sent, as_role("counsellor")).status_code == 201


def test_a_loan_runs_until_its_last_instalment_is_due():
    loan = GrantedLoan("LN-1", 1_200_00, 0, 12, "down", date(2020, 1, 15), date(2020, 3, 1))
    assert loan.balance_cents(date(2020, 2, 29)) == 1_200_00
    assert loan.balance_cents(date(2020, 3, 1)) == 1_100_00
    assert still_running([loan], date(2020, 1, 14)) == ()
    assert still_running([loan], date(2021, 1, 31)) == (
        RunningLoan("LN-1", date(2020, 1, 15), 100_00),
    )
    assert still_running([loan], date(2021, 2, 1)) == ()


@pytest.mark.parametrize(
    ("told_cents", "told_on", "cents", "day"),
    [
        (None, None, 500_00, "2020-01-15"),
        (0, None, 500_00, "2020-01-15"),
        (500_00, None, 500_00, "2020-01-15"),
        # More than the house knows: the rest runs elsewhere, since nobody knows when.
        (600_00, None, 600_00, None),
        (600_00, "2017-01-01", 600_00, "2017-01-01"),
        (600_00, "2021-01-01", 600_00, "2020-01-15"),
    ],
)
def test_what_is_told_and_what_is_known_are_put_together(told_cents, told_on, cents, day):
    told = HouseholdFacts(
        borrower_kind=BorrowerKind.NATURAL_PERSON,
        outstanding_cents=told_cents,
        outstanding_granted_on=told_on and date.fromisoformat(told_on),
    )
    found = with_running(told, [RunningLoan("LN-1", date(2020, 1, 15), 500_00)])
    assert found.outstanding_cents == cents
    assert found.outstanding_granted_on == (day and date.fromisoformat(day))
    assert with_running(told, []) == told


def test_works_that_may_not_be_financed_are_named_and_not_lent_for(client, as_role):
    by_owner = works(ROOF, ("high_efficiency_glazing", "6100.00", False))
    sent = post(client, works=by_owner).get_json()
    headers = as_role("counsellor")
    answer = decide(client, sent, headers, confirms_open_points=True).get_json()
    assert answer["code"] == "decision.works_not_financeable"
    assert "Hoogrendementsglas" in answer["title"]
    assert "Dak- of zoldervloerisolatie" not in answer["title"]
    assert "7200.00" in answer["title"]
    assert decide(client, sent, headers, amount="7200.01").status_code == 422
    assert decide(client, sent, headers, amount="7200.00").status_code == 201


def test_works_that_cannot_be_told_are_confirmed_by_the_counsellor(client, as_role, database):
    sent = post(client, works=works(ROOF, ("pv", "6100.00", True))).get_json()
    headers = as_role("counsellor")
    warned = decide(client, sent, headers).get_json()
    assert (warned["code"], "Zonnepanelen" in warned["title"]) == ("decision.open_points", True)
    assert decide(client, sent, headers, confirms_open_points=True).status_code == 201
    with database.unit_of_work() as session:
        sealed = session.query(LoanDecision).one().sealed
    assert sealed["decision"]["confirmed_points"] == ["eligibility.work.pv"]
    assert [work["truth"] for work in sealed["works_check"]] == [1, -1]


def test_what_fits_in_the_certain_works_needs_no_confirmation(client, as_role):
    sent = post(client, works=works(ROOF, ("pv", "6100.00", True))).get_json()
    assert decide(client, sent, as_role("counsellor"), amount="7200.00").status_code == 201


def test_the_check_says_which_works_may_be_financed(client):
    question = {
        "borrower_kind": "natural_person",
        "facts": {"increased_allowance": False, "protected_customer": True},
        "works": works(ROOF, ("heating_control", "300.00", True), ("pv", "6100.00", True)),
    }
    found = client.post("/api/v1/eligibility-checks", json=question).get_json()["works"]
    assert (found["financeable"], found["possible"]) == ("7200.00", "13300.00")
    assert [item["may_be_financed"] for item in found["items"]] == [True, False, None]
    assert found["items"][1]["reasons"] == ["not_on_the_list"]
    assert "roof_thermal_resistance_not_met" in found["items"][2]["open_points"]
