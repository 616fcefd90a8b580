"""Every process sees a scheduled draft soon enough, and asks no more than it must."""

from datetime import date

from energiehuis.db.unit_of_work import Database
from energiehuis.law.loader import law_of_files, load_law
from energiehuis.law_changes import in_force
from energiehuis.law_changes.in_force import law_in_force, use_law_of
from tests.law_drafts import FIRST_DAY


def test_another_process_sees_it_when_it_asks_again(house, monkeypatch):
    other = Database(house.database.url)
    try:
        assert law_in_force(other) is law_of_files()
        draft = house.schedule()
        # Within the half minute it still answers with what it has.
        assert law_in_force(other) is law_of_files()
        monkeypatch.setattr(in_force, "ASKED_AGAIN_AFTER_SECONDS", 0.0)
        seen = law_in_force(other)
        assert seen.on(FIRST_DAY).thresholds["income_ceiling_b"].limit_cents == 34_629_00
        assert [overlaid.name for overlaid in seen.overlays] == [draft.name]
        # Nothing changed: the same object, with all that was worked out for its days.
        assert law_in_force(other) is seen
    finally:
        other.dispose()


def test_who_schedules_sees_it_at_once(house):
    assert law_in_force(house.database) is law_of_files()
    house.schedule()
    assert law_in_force(house.database) is not law_of_files()


def test_the_law_of_a_database_ends_with_its_block(house):
    house.schedule()
    with use_law_of(house.database):
        assert load_law().on(FIRST_DAY).version != law_of_files().on(FIRST_DAY).version
        assert (
            load_law().on(date(2026, 1, 1)).version == law_of_files().on(date(2026, 1, 1)).version
        )
    assert load_law() is law_of_files()


def test_a_draft_that_is_not_scheduled_is_no_law(house):
    draft = house.create()
    house.take(draft, "test")
    house.take(draft, "approve", house.colleague)
    assert law_in_force(house.database) is law_of_files()
