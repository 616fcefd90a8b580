"""From draft to law: green cases, another person, notice, and nothing is ever taken away."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from energiehuis import clock
from energiehuis.access.actor import CITIZEN
from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.errors import (
    Conflict,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    RuleViolation,
    StaleVersion,
)
from energiehuis.identifiers import new_id
from energiehuis.law.loader import law_of_files
from energiehuis.law_changes.draft_files import MOST_SIGNS
from energiehuis.law_changes.in_force import law_in_force
from energiehuis.law_changes.models import LawDraftEvent, LawDraftRow
from energiehuis.law_changes.queries import get_draft, list_drafts
from energiehuis.law_changes.service import TakeStep, steps_for, take_step
from energiehuis.law_changes.states import STEPS, DraftStatus, DraftStep
from tests.law_drafts import FIRST_DAY, draft_text


def refused(house, kind, draft, step, **changes) -> str:
    with pytest.raises(kind) as caught:
        house.take(draft, step, **changes)
    return caught.value.code


def test_a_draft_goes_through_all_its_steps_and_each_is_written_down(house):
    draft = house.schedule()
    assert draft.status is DraftStatus.SCHEDULED
    assert [event.step for event in draft.events] == ["create", "test", "approve", "schedule"]
    assert [event.role for event in draft.events] == [
        "lead_counsellor",
        "lead_counsellor",
        "administrator",
        "lead_counsellor",
    ]
    assert draft.events[1].run["failed"] == 0
    with house.database.unit_of_work() as session:
        said = session.execute(
            select(AuditLine.action).where(AuditLine.subject_id == str(draft.id))
        ).scalars()
        assert list(said) == [f"law_draft.{event.step}" for event in draft.events]


def test_who_wrote_a_draft_does_not_approve_it(house):
    draft = house.take(house.create(), "test")
    assert refused(house, RuleViolation, draft, "approve") == "law_draft.own_approval"
    assert steps_for(house.author, draft) == (DraftStep.TEST, DraftStep.WITHDRAW)
    assert DraftStep.APPROVE in steps_for(house.colleague, draft)
    assert house.now(draft).status is DraftStatus.GREEN


def test_a_step_on_a_version_that_changed_meanwhile_is_refused(house):
    draft = house.create()
    house.take(draft, "test", house.colleague)
    assert refused(house, StaleVersion, draft, "test", version=1) == "version.stale"
    assert house.now(draft).version == 2


def test_steps_come_in_their_order(house):
    draft = house.create()
    for step in ("approve", "schedule"):
        code = refused(house, Conflict, draft, step, actor=house.colleague)
        assert code == "law_draft.step_not_allowed"
    house.take(draft, "withdraw")
    for step in ("test", "approve", "schedule", "withdraw"):
        assert refused(house, Conflict, draft, step) == "law_draft.step_not_allowed"


@pytest.mark.parametrize(
    ("day", "is_refused"), [(date(2029, 11, 24), True), (date(2029, 11, 25), False)]
)
def test_the_first_day_leaves_time_for_everybody(house, day, is_refused):
    # It is 23 November; every process must know the law before it begins.
    draft = house.take(house.create(draft_text(valid_from=day)), "test")
    if is_refused:
        code = refused(house, RuleViolation, draft, "approve", actor=house.colleague)
        assert code == "law_draft.too_soon"
        assert DraftStep.APPROVE not in steps_for(house.colleague, draft)
    else:
        house.take(draft, "approve", house.colleague)
        assert house.take(draft, "schedule").status is DraftStatus.SCHEDULED


def test_a_draft_that_waited_too_long_is_not_scheduled(house):
    draft = house.take(house.create(), "test")
    house.take(draft, "approve", house.colleague)
    with clock.frozen(datetime(2029, 12, 31, 9, tzinfo=UTC)):
        assert refused(house, RuleViolation, draft, "schedule") == "law_draft.too_soon"


def test_cases_that_fail_keep_it_a_draft_and_are_written_down(house):
    draft = house.take(house.create(draft_text(expects="not_eligible")), "test")
    assert draft.status is DraftStatus.DRAFT
    run = draft.events[-1].run
    assert (run["failed"], run["failures"][0]["found"]) == (1, {"outcome": "eligible"})
    assert run["failures"][0]["expected"] == {"outcome": "not_eligible"}
    code = refused(house, Conflict, draft, "approve", actor=house.colleague)
    assert code == "law_draft.step_not_allowed"


def test_what_is_law_is_not_withdrawn(house):
    draft = house.schedule()
    with clock.frozen(datetime(2029, 12, 31, 9, tzinfo=UTC)):
        assert refused(house, RuleViolation, draft, "withdraw") == "law_draft.already_law"
    with clock.frozen(datetime(2030, 6, 1, 9, tzinfo=UTC)):
        assert refused(house, RuleViolation, draft, "withdraw") == "law_draft.already_law"
        assert steps_for(house.author, house.now(draft)) == ()
    assert house.take(draft, "withdraw").status is DraftStatus.WITHDRAWN


def test_what_a_later_draft_needs_is_not_withdrawn(house):
    first = house.schedule()
    # Back to what it was: without the first there is nothing that this one changes.
    later = {"valid_from": date(2031, 1, 1), "percent": 0, "percent_before": 5}
    back = house.schedule(draft_text(name="terug", **later))
    assert refused(house, RuleViolation, first, "withdraw") == "law_draft.needed"
    house.take(back, "withdraw")
    assert house.take(first, "withdraw").status is DraftStatus.WITHDRAWN


def test_a_scheduled_draft_is_the_law_of_its_day_and_leaves_old_days_alone(house):
    files, draft = law_of_files(), house.schedule()
    law = law_in_force(house.database)
    assert law.on(FIRST_DAY).thresholds["income_ceiling_b"].limit_cents == 34_629_00
    for day in (date(2019, 6, 3), date(2026, 11, 23), date(2029, 12, 31)):
        assert law.on(day).version == files.on(day).version
    house.take(draft, "withdraw")
    assert law_in_force(house.database).on(FIRST_DAY).version == files.on(FIRST_DAY).version


def test_a_draft_that_takes_the_same_day_as_a_scheduled_one_no_longer_fits(house):
    second = house.create(draft_text(name="tweede", percent=7))
    house.schedule()
    assert refused(house, RuleViolation, second, "test") == "law_draft.no_longer_fits"
    with pytest.raises(InvalidInput) as caught:
        house.create(draft_text(name="derde", percent=8))
    assert caught.value.errors[0].code == "law.file.same_day"


def test_all_versions_are_kept_word_for_word(house):
    texts = [draft_text(percent=percent) for percent in (5, 6, 7)]
    drafts = [house.create(text) for text in texts]
    house.take(drafts[0], "withdraw")
    with house.database.unit_of_work() as session:
        kept = list_drafts(session, house.author)
        counts = [
            session.scalar(select(func.count()).select_from(t))
            for t in (LawDraftRow, LawDraftEvent)
        ]
    assert sorted((draft.revision, draft.text) for draft in kept) == list(enumerate(texts, start=1))
    assert counts == [3, 4]


def test_a_text_that_is_wrong_or_too_long_is_refused_and_leaves_nothing(house):
    with pytest.raises(InvalidInput) as caught:
        house.create("name: [")
    assert caught.value.errors[0].code == "law.file.not_yaml"
    with pytest.raises(InvalidInput) as caught:
        house.create("#" * (MOST_SIGNS + 1))
    assert caught.value.errors[0].code == "law_draft.too_long"
    with house.database.unit_of_work() as session:
        assert list_drafts(session, house.author) == ()


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.POLICYMAKER, Role.PROGRAMME_WORKER])
def test_other_roles_may_neither_read_nor_write_drafts(house, actor_with, role):
    draft, stranger = house.create(), actor_with(role)
    for actor, kind in ((stranger, PermissionDenied), (CITIZEN, NotAuthenticated)):
        with pytest.raises(kind):
            house.create(actor=actor)
        with pytest.raises(kind):
            house.take(draft, "test", actor)
        with house.database.unit_of_work() as session, pytest.raises(kind):
            get_draft(session, actor, draft.id)
        with house.database.unit_of_work() as session, pytest.raises(kind):
            list_drafts(session, actor)


def test_a_draft_of_nobody_does_not_exist(house):
    with house.database.unit_of_work() as session, pytest.raises(NotFound):
        take_step(session, house.author, TakeStep(new_id(), 1, DraftStep.TEST))


def test_no_step_leads_out_of_a_withdrawn_draft():
    assert not [step for status, step in STEPS if status is DraftStatus.WITHDRAWN]
