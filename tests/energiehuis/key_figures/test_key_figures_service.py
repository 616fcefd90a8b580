from datetime import UTC, date, datetime

import orjson
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from energiehuis.access.permissions import Role
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import HouseholdType, MainIncome
from energiehuis.cli.key_figures import key_figures
from energiehuis.errors import InvalidInput, PermissionDenied
from energiehuis.identifiers import new_id
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.service import compute_key_figures
from energiehuis.loans.models import LoanApplication, LoanDecision
from energiehuis.people.commands import Alias
from energiehuis.programmes.woonclub import service, sessions
from energiehuis.programmes.woonclub.vocabulary import Outcome
from tests.intakes import (
    HARELBEKE,
    KORTRIJK,
    composition,
    envelope,
    housed,
    new_file,
    new_session,
    new_visit,
)

YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))
COUPLE = composition(adults=2, children=0, household_type=HouseholdType.COUPLE)


@pytest.fixture
def worker(actor_with):
    return actor_with(Role.PROGRAMME_WORKER)


@pytest.fixture
def act(database, worker):
    def run(what, command):
        with database.unit_of_work() as session:
            return what(session, worker, command)

    return run


@pytest.fixture
def figures(database, worker):
    """Give all figures by id, for the worker unless somebody else asks."""

    def ask(actor=None, period=YEAR, nis_code=HARELBEKE):
        with database.unit_of_work() as session:
            found = compute_key_figures(session, actor or worker, period, nis_code=nis_code)
        return {figure.definition.id: figure for figure in found}

    return ask


def values(found, *names):
    return [found[f"wc.{name}"].value for name in names]


def test_files_households_and_persons_are_counted_by_the_day_they_came_in(act, figures):
    for day in (date(2017, 12, 31), date(2018, 1, 1), date(2018, 12, 31), date(2019, 1, 1)):
        act(service.open_file, new_file(envelope=envelope(day), notice_on=None))
    assert values(figures(), "new_files", "households", "persons") == ["2", "2", "6"]


def test_a_household_that_comes_back_is_two_files_and_one_household(act, figures):
    first = act(service.open_file, new_file(contact=Alias("rode fiets")))
    act(service.close_file, housed(first.id, outcome_on=date(2018, 6, 5)))
    act(service.open_file, new_file(contact=Alias("rode fiets")))
    assert values(figures(), "new_files", "households", "persons") == ["2", "1", "6"]


def test_households_are_told_apart_as_they_were_at_intake(act, figures):
    with_others = composition(adults=3, children=1, household_type=HouseholdType.WITH_OTHERS)
    for said in (composition(), composition(children=0), COUPLE, with_others):
        act(service.open_file, new_file(composition=said))
    assert values(
        figures(),
        "single",
        "single_children",
        "couple",
        "couple_children",
        "with_others_children",
    ) == ["2", "1", "1", "0", "1"]


def test_incomes_that_replace_a_wage_are_counted_and_unknown_ones_told(act, figures):
    incomes = (MainIncome.PENSION, MainIncome.LIVING_WAGE, MainIncome.WAGE, MainIncome.OTHER, None)
    for income in incomes:
        act(service.open_file, new_file(composition=composition(main_income=income)))
    figure = figures()["wc.replacement_income"]
    assert (figure.value, figure.unknown_count) == ("2", 1)


def test_housed_counts_only_within_the_period(act, figures):
    for outcome_on in (date(2018, 12, 31), date(2019, 1, 1), None):
        opened = act(service.open_file, new_file())
        if outcome_on:
            act(service.close_file, housed(opened.id, outcome_on=outcome_on))
    stopped = act(service.open_file, new_file())
    nothing = {"tenure": None, "nis_code": None, "rent_cents": None}
    act(service.close_file, housed(stopped.id, outcome=Outcome.STOPPED, **nothing))
    found = figures()
    assert values(found, "housed_same_year", "housed_share") == ["1", "0.2500"]
    assert (found["wc.housed_share"].numerator, found["wc.housed_share"].denominator) == (1, 4)


def test_visits_and_visitors_of_held_sessions_are_counted(act, figures):
    one = act(sessions.add_session, new_session())
    other = act(sessions.add_session, new_session(takes_place_on=date(2018, 6, 4)))
    act(sessions.add_session, new_session(place="Elders", status=SessionStatus.PLANNED))
    act(sessions.add_session, new_session(place="Weg", status=SessionStatus.CANCELLED))
    for session_id, visitor in (
        (one.id, Alias("a")),
        (other.id, Alias("a")),
        (one.id, Alias("b")),
        (one.id, None),
        (one.id, None),
    ):
        act(sessions.record_visit, new_visit(session_id, visitor))
    found = figures()
    assert values(found, "sessions", "visits", "unique_visitors", "visits_per_session") == [
        "2",
        "5",
        "2",
        "2.50",
    ]
    assert found["wc.unique_visitors"].unknown_count == 2


def test_a_session_without_visits_is_still_a_session(act, figures):
    act(sessions.add_session, new_session())
    assert values(figures(), "sessions", "visits", "visits_per_session") == ["1", "0", "0.00"]


def test_without_records_there_is_nothing_to_divide_by_and_the_others_still_come(figures):
    found = figures()
    assert values(found, "new_files", "housed_share", "visits_per_session") == ["0", None, None]
    assert found["wc.housed_share"].reason == "no_records"
    assert found["eh.priority_share"].reason == "no_records"
    assert not found["wc.housed_share"].is_suppressed


def test_a_municipality_counts_its_own_records_and_the_region_all(act, figures):
    act(service.open_file, new_file())
    act(service.open_file, new_file(envelope=envelope(nis_code=KORTRIJK)))
    assert values(figures(nis_code=HARELBEKE), "new_files") == ["1"]
    assert values(figures(nis_code=None), "new_files") == ["2"]


def test_who_works_for_one_municipality_counts_that_one(act, figures, actor_with):
    act(service.open_file, new_file())
    of_kortrijk = actor_with(Role.PROGRAMME_WORKER, KORTRIJK)
    assert values(figures(of_kortrijk, nis_code=None), "new_files") == ["0"]
    with pytest.raises(PermissionDenied, match=r"key_figures\.outside_area"):
        figures(of_kortrijk, nis_code=HARELBEKE)


def test_a_municipality_elsewhere_is_nobodys(figures):
    with pytest.raises(PermissionDenied, match=r"key_figures\.outside_area"):
        figures(nis_code="11002")


def test_an_administrator_counts_nothing(figures, actor_with):
    with pytest.raises(PermissionDenied):
        figures(actor_with(Role.ADMINISTRATOR))


@pytest.mark.parametrize("to_on", [date(2018, 1, 1), date(2017, 1, 1)])
def test_a_period_must_end_after_it_begins(figures, to_on):
    with pytest.raises(InvalidInput):
        figures(period=Period(date(2018, 1, 1), to_on))


def test_a_policymaker_sees_no_count_below_five(act, figures, actor_with):
    for _ in range(4):
        act(service.open_file, new_file())
    policymaker = actor_with(Role.POLICYMAKER)
    few = figures(policymaker)["wc.new_files"]
    assert (few.value, few.numerator, few.is_suppressed) == (None, None, True)
    act(service.open_file, new_file())
    assert figures(policymaker)["wc.new_files"].value == "5"
    assert figures()["wc.new_files"].value == "5"


def test_a_policymaker_cannot_subtract_a_small_count_either(act, figures, actor_with):
    for said in (*[composition()] * 7, composition(children=0)):
        act(service.open_file, new_file(composition=said))
    found = figures(actor_with(Role.POLICYMAKER))
    assert found["wc.single"].value == "8"
    assert found["wc.single_children"].is_suppressed


def test_a_policymaker_is_not_told_of_a_few_unknowns(act, figures, actor_with):
    for income in (*[MainIncome.PENSION] * 6, *[MainIncome.WAGE] * 8, None):
        act(service.open_file, new_file(composition=composition(main_income=income)))
    found = figures(actor_with(Role.POLICYMAKER))["wc.replacement_income"]
    assert (found.value, found.unknown_count) == ("6", None)
    assert figures()["wc.replacement_income"].unknown_count == 1


def test_a_policymaker_cannot_work_out_a_few_unknowns(act, figures, actor_with):
    for income in (*[MainIncome.PENSION] * 6, None):
        act(service.open_file, new_file(composition=composition(main_income=income)))
    # Seven files less six would leave one of whom something else is true, or nothing known.
    assert figures(actor_with(Role.POLICYMAKER))["wc.replacement_income"].is_suppressed


def application_row(organisation_id, number, **changes):
    at = datetime(2018, 6, 5, 9, tzinfo=UTC)
    said = {
        "id": new_id(),
        "version": 1,
        "reference": f"EL-{number:04d}",
        "organisation_id": organisation_id,
        "nis_code": HARELBEKE,
        "channel": "demo",
        "language": "nl",
        "status": "approved",
        "status_since": at,
        "received_at": at,
        "applied_on": date(2018, 6, 5),
        "applicant_name": "Verzonnen Jo",
        "dwelling_key": str(number),
        "amount_cents": 10_000_00,
        "term_months": 60,
        "works_cost_cents": 10_000_00,
        "form": {},
        "works": [],
        "borrower_kind": "natural_person",
        "facts": {},
        "law_version": "-",
        "outcome": "eligible",
        "is_priority": False,
    }
    return {**said, **changes}


def decision_row(application_id, outcome, amount_cents, decided_at):
    return {
        "application_id": application_id,
        "outcome": outcome,
        "decided_at": decided_at,
        "decided_by": "test",
        "amount_cents": amount_cents,
        "term_months": None,
        "reason_codes": [],
        "explanation": "",
        "sealed": {},
        "seal": "-",
    }


@pytest.fixture
def applications(database, organisation_id):
    rows = [
        application_row(organisation_id, 1, is_priority=True),
        application_row(organisation_id, 2),
        application_row(organisation_id, 3),
        application_row(organisation_id, 4, is_priority=None),
        application_row(organisation_id, 5, applied_on=date(2017, 12, 31)),
        application_row(organisation_id, 6, nis_code=KORTRIJK),
    ]
    midnight = datetime(2018, 12, 31, 23, tzinfo=UTC)
    decisions = [
        decision_row(rows[0]["id"], "approved", 9_000_50, datetime(2018, 7, 1, tzinfo=UTC)),
        decision_row(rows[1]["id"], "refused", None, datetime(2018, 7, 1, tzinfo=UTC)),
        decision_row(rows[2]["id"], "approved", 1_000_00, midnight),
        decision_row(rows[4]["id"], "approved", 500_00, midnight.replace(hour=22)),
    ]
    with database.unit_of_work() as session:
        session.execute(sa.insert(LoanApplication), rows)
        session.execute(sa.insert(LoanDecision), decisions)


def test_applications_are_counted_by_their_day(applications, figures):
    assert figures()["eh.applications"].value == "4"
    assert figures(nis_code=None)["eh.applications"].value == "5"


def test_an_unknown_group_counts_neither_as_priority_nor_as_not(applications, figures):
    share = figures()["eh.priority_share"]
    assert (share.numerator, share.denominator, share.unknown_count) == (1, 3, 1)
    assert share.value == "0.3333"


def test_approved_amounts_are_counted_by_the_brussels_day_of_the_decision(applications, figures):
    # Midnight in Brussels on 1 January 2019 is 23:00 UTC on 31 December 2018.
    assert figures()["eh.approved_amount"].value == "9500.50"
    later = Period(date(2019, 1, 1), date(2020, 1, 1))
    assert figures(period=later)["eh.approved_amount"].value == "1000.00"


def test_an_amount_of_a_few_approvals_is_not_for_everybody(applications, figures, actor_with):
    found = figures(actor_with(Role.POLICYMAKER))
    assert found["eh.approved_amount"].is_suppressed
    assert found["eh.priority_share"].is_suppressed


def run_command(database_url, *options):
    period = ("--organisation", "energiehuis-w13", "--from", "2018-01-01", "--to", "2019-01-01")
    return CliRunner().invoke(
        key_figures,
        [*period, *options],
        env={"DATABASE_URL": database_url, "DEMO": "1", "COLUMNS": "160"},
    )


def test_the_command_prints_what_the_records_count(applications, database_url):
    result = run_command(database_url, "--nis", HARELBEKE, "--json")
    found = {figure["id"]: figure for figure in orjson.loads(result.output)}
    assert found["eh.applications"]["value"] == "4"
    assert found["wc.housed_share"]["reason"] == "no_records"
    table = run_command(database_url, "--nis", HARELBEKE)
    assert "Aanvragen van een energielening" in table.output
    assert "geen gegevens" in table.output
