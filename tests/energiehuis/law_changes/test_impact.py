"""An impact counts what the rules say of each file by itself, and nothing that one may not see."""

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from energiehuis.access.permissions import Role
from energiehuis.audit.models import AuditLine
from energiehuis.eligibility.documents import read_facts
from energiehuis.eligibility.facts import Facts
from energiehuis.eligibility.rules import evaluate
from energiehuis.errors import PermissionDenied
from energiehuis.law.loader import law_of_files
from energiehuis.law_changes.draft_files import read_draft
from energiehuis.law_changes.impact import measure_impact
from energiehuis.law_changes.service import impact_of
from energiehuis.loans.models import LoanApplication
from energiehuis.loans.states import OPEN_STATUSES
from tests.applications import application, new_key
from tests.law_drafts import FIRST_DAY, draft_text
from tests.portfolios import register_region

_A = LoanApplication
# Much higher, so that a small region holds files on both sides.
TEXT = draft_text(percent=30)


@pytest.fixture
def region(house, client):
    """A region with decided files, and open ones in two municipalities that would win."""
    register_region(house.database)
    facts = {**application()["facts"], "joint_taxable_income": "39000.00"}
    for number, postcode in enumerate(("8530", "8530", "8500")):
        body = application(str(number), facts=facts)
        body["dwelling"]["postcode"] = postcode
        assert (
            client.post("/api/v1/loan-applications", json=body, headers=new_key()).status_code
            == 201
        )
    return house


def impact_for(house, actor):
    with house.database.unit_of_work() as session:
        return measure_impact(session, actor, read_draft("proef.yaml", TEXT, law_of_files()))


def weighed_alone(house):
    """Answer each file alone, by the law with and without the draft."""
    draft = read_draft("proef.yaml", TEXT, law_of_files())
    laws = (law_of_files().on(FIRST_DAY), draft.law.on(FIRST_DAY))
    with house.database.unit_of_work() as session:
        files = session.execute(
            select(
                LoanApplication.reference,
                LoanApplication.nis_code,
                LoanApplication.status,
                LoanApplication.facts,
            )
        ).all()
    for file in files:
        # A file that comes in on the first day tells the income of the year that is asked for.
        facts = replace(
            read_facts(file.facts),
            joint_taxable_income_year=None,
            latest_assessment_income_year=None,
        )
        before, after = (evaluate(Facts.from_records([facts]), law) for law in laws)
        yield file, before, after


def test_the_counts_are_those_of_each_file_by_itself(region):
    impact = impact_for(region, region.author)
    gains, by_place, opened, files, begins = 0, Counter(), set(), Counter(), Counter()
    for file, before, after in weighed_alone(region):
        files[file.nis_code] += 1
        gained = before.outcome() != "eligible" and after.outcome() == "eligible"
        gains += gained
        by_place[file.nis_code] += gained
        if gained and file.status in OPEN_STATUSES:
            opened.add(file.reference)
        for place, ground in enumerate(after.ground_ids):
            begins[ground] += int(after.grounds[0, place] == 1 and before.grounds[0, place] != 1)
    assert gains > 3
    assert impact.total.gains == gains
    assert {area.nis_code: area.effects.gains for area in impact.areas} == {
        code: by_place[code] for code in files
    }
    assert {area.nis_code: area.effects.files for area in impact.areas} == dict(files)
    assert {file.reference for file in impact.to_look_at} == opened
    assert {ground.ground: ground.begins for ground in impact.grounds} == {
        ground: count for ground, count in begins.items() if count
    }


def test_open_and_past_files_are_the_total(region):
    impact = impact_for(region, region.author)
    for name in ("files", "gains", "loses", "opens", "closes", "changes"):
        parts = (impact.open_files, impact.past_files)
        assert sum(getattr(part, name) for part in parts) == getattr(impact.total, name)
        areas = sum(getattr(area.effects, name) for area in impact.areas)
        assert areas == getattr(impact.total, name)
    assert (impact.open_files.files, impact.open_files.gains) == (3, 3)


def test_only_files_in_scope_are_counted(region, actor_with):
    harelbeke = impact_for(region, actor_with(Role.LEAD_COUNSELLOR, "34013"))
    everything = impact_for(region, region.author)
    assert {area.nis_code for area in harelbeke.areas} == {"34013"}
    assert len(harelbeke.to_look_at) == 2
    (whole,) = [area for area in everything.areas if area.nis_code == "34013"]
    assert harelbeke.total == whole.effects
    assert harelbeke.total.files < everything.total.files


def test_files_are_named_only_to_who_may_read_files(region, actor_with):
    named = impact_for(region, region.author)
    administrator = impact_for(region, actor_with(Role.ADMINISTRATOR))
    assert len(named.to_look_at) == 3
    assert administrator.to_look_at == ()
    assert administrator.total == named.total
    with pytest.raises(PermissionDenied):
        impact_for(region, actor_with(Role.COUNSELLOR))


def test_a_list_of_files_is_written_down_and_counts_are_not(region):
    draft = region.create(TEXT)

    def logged():
        with region.database.unit_of_work() as session:
            return session.scalar(
                select(func.count()).where(AuditLine.action == "law_draft.impact")
            )

    with region.database.unit_of_work() as session:
        assert impact_of(session, region.author, draft, may_name_files=False).to_look_at == ()
    assert logged() == 0
    with region.database.unit_of_work() as session:
        assert len(impact_of(session, region.author, draft).to_look_at) == 3
    assert logged() == 1


def test_a_draft_that_is_scheduled_still_shows_what_it_does(region):
    draft = region.create(TEXT)
    with region.database.unit_of_work() as session:
        before = impact_of(session, region.author, draft)
    region.take(draft, "test")
    region.take(draft, "approve", region.colleague)
    scheduled = region.take(draft, "schedule")
    with region.database.unit_of_work() as session:
        assert impact_of(session, region.author, scheduled) == before


def test_a_region_without_files_has_no_impact(house):
    impact = impact_for(house, house.author)
    assert (impact.total.files, impact.total.touched, impact.areas) == (0, 0, ())
