"""Running and keeping scenarios over a database, on both engines."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DatabaseError

from energiehuis.access.permissions import Role
from energiehuis.access.service import system_actor_for
from energiehuis.audit.models import AuditLine
from energiehuis.errors import InvalidInput, NotFound, PermissionDenied, RuleViolation
from energiehuis.identifiers import digest
from energiehuis.simulation.levers import Levers, RunScenarios
from energiehuis.simulation.models import ScenarioRunRow
from energiehuis.simulation.queries import get_run, list_runs
from energiehuis.simulation.results import write_answer
from energiehuis.simulation.service import compute_answer, run_scenarios
from tests.portfolios import register_region

COMMAND = RunScenarios("Lager plafond", Levers(ceiling_cents=5_000_00), draws=4)


@pytest.fixture
def region(database, organisation_id):
    return register_region(database)


def run_as(database, actor, command=COMMAND):
    with database.unit_of_work() as session:
        return run_scenarios(session, actor, command)


def test_a_run_is_kept_and_can_be_shown_again(database, region, actor_with):
    actor = actor_with(Role.POLICYMAKER)
    kept = run_as(database, actor)
    with database.unit_of_work() as session:
        again = get_run(session, actor, kept.id)
        titles = list_runs(session, actor)
    assert again.answer == kept.answer
    assert again.result_digest == kept.result_digest == digest(write_answer(again.answer))
    assert [title.name for title in titles] == ["Lager plafond"]
    assert kept.answer.total.files == region
    assert kept.answer.total.scenario.lent_cents < kept.answer.total.baseline.lent_cents


def test_the_same_question_gives_the_same_answer(database, region, actor_with):
    actor = actor_with(Role.POLICYMAKER)
    first, second = run_as(database, actor), run_as(database, actor)
    assert first.result_digest == second.result_digest
    assert first.id != second.id


def test_a_run_leaves_an_audit_line(database, region, actor_with):
    kept = run_as(database, actor_with(Role.POLICYMAKER))
    with database.unit_of_work() as session:
        line = session.execute(
            select(AuditLine.subject_id, AuditLine.role).where(AuditLine.action == "scenario.run")
        ).one()
    assert line == (str(kept.id), "policymaker")


def test_the_system_sees_what_the_staff_of_the_organisation_sees(database, region, actor_with):
    with database.unit_of_work() as session:
        actor = system_actor_for(session, "energiehuis-w13")
        answer = compute_answer(session, actor, COMMAND)
    assert answer == run_as(database, actor_with(Role.POLICYMAKER)).answer


def test_somebody_of_one_municipality_sees_only_that_one(database, region, actor_with):
    kept = run_as(database, actor_with(Role.POLICYMAKER, "34022"))
    assert [area.nis_code for area in kept.answer.areas] == ["34022"]
    assert kept.answer.total.files < region


def test_a_run_about_other_municipalities_does_not_exist_for_who_may_not_see_them(
    database, region, actor_with
):
    kept = run_as(database, actor_with(Role.POLICYMAKER))
    stranger = actor_with(Role.POLICYMAKER, "34022")
    with database.unit_of_work() as session:
        assert list_runs(session, stranger) == ()
        with pytest.raises(NotFound):
            get_run(session, stranger, kept.id)


def test_a_counsellor_may_not_run_scenarios(database, region, actor_with):
    with pytest.raises(PermissionDenied):
        run_as(database, actor_with(Role.COUNSELLOR))


def test_an_empty_portfolio_is_said_and_not_computed(database, organisation_id, actor_with):
    with pytest.raises(RuleViolation) as refusal:
        run_as(database, actor_with(Role.POLICYMAKER))
    assert refusal.value.code == "scenario.portfolio_empty"


def test_a_lever_out_of_range_leaves_nothing_behind(database, region, actor_with):
    actor = actor_with(Role.POLICYMAKER)
    with pytest.raises(InvalidInput):
        run_as(database, actor, RunScenarios("Proef", Levers(ceiling_cents=1), draws=4))
    with database.unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(ScenarioRunRow)) == 0


def test_a_kept_run_cannot_be_taken_away(database, region, actor_with):
    run_as(database, actor_with(Role.POLICYMAKER))
    with pytest.raises(DatabaseError, match="append-only"), database.unit_of_work() as session:
        session.execute(delete(ScenarioRunRow))
