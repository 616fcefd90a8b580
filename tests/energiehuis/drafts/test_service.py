from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from energiehuis import clock
from energiehuis.drafts import service
from energiehuis.drafts.models import ApplicationDraft

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def token(database):
    token = service.new_token()
    with clock.frozen(NOON), database.unit_of_work() as session:
        service.save_draft(session, token, {"borrower": "cooperative"})
    return token


def find(database, token, at=NOON):
    with clock.frozen(at), database.unit_of_work() as session:
        return service.find_draft(session, token)


def test_a_draft_is_found_by_its_token_alone(database, token):
    assert find(database, token).answers == {"borrower": "cooperative"}
    assert find(database, service.new_token()) is None


def test_the_token_itself_is_not_in_the_database(database, token):
    with database.unit_of_work() as session:
        row = session.execute(sa.select(ApplicationDraft)).scalar_one()
    assert token.encode() not in bytes(row.token_digest)
    assert token not in str(row.answers)


def test_a_draft_lives_for_a_day_after_the_last_change(database, token):
    assert find(database, token, NOON + timedelta(hours=23, minutes=59)) is not None
    assert find(database, token, NOON + timedelta(hours=24)) is None


def test_saving_again_keeps_it_for_another_day(database, token):
    later = NOON + timedelta(hours=20)
    with clock.frozen(later), database.unit_of_work() as session:
        service.save_draft(session, token, {"borrower": "natural_person"})
    assert find(database, token, NOON + timedelta(hours=30)).answers == {
        "borrower": "natural_person"
    }


def test_a_sent_draft_keeps_its_reference_and_no_answers(database, token):
    with clock.frozen(NOON), database.unit_of_work() as session:
        service.mark_sent(session, token, "EL-2345-6789")
    draft = find(database, token)
    assert (draft.answers, draft.sent_reference) == ({}, "EL-2345-6789")


def test_a_new_draft_sweeps_away_those_that_are_too_old(database, token):
    with clock.frozen(NOON + timedelta(hours=25)), database.unit_of_work() as session:
        service.save_draft(session, service.new_token(), {})
        count = session.scalar(sa.select(sa.func.count()).select_from(ApplicationDraft))
    assert count == 1


def test_dropping_a_draft_twice_is_fine(database, token):
    for _ in range(2):
        with database.unit_of_work() as session:
            service.drop_draft(session, token)
    assert find(database, token) is None
