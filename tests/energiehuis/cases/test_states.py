import pytest

from energiehuis.cases.states import (
    CASE_MOVES,
    OPEN_STATUSES,
    SESSION_MOVES,
    CaseStatus,
    SessionStatus,
    require_case_move,
    require_session_move,
)
from energiehuis.errors import Conflict
from energiehuis.programmes.woonclub import states as woonclub


def test_every_state_has_its_row_of_moves():
    assert set(CASE_MOVES) == set(CaseStatus)
    assert set(SESSION_MOVES) == set(SessionStatus)


def test_closed_and_inadmissible_are_the_ends():
    assert set(CaseStatus) - set(OPEN_STATUSES) == {CaseStatus.CLOSED, CaseStatus.INADMISSIBLE}


def test_the_woonclub_adds_no_move_to_those_of_the_shared_core():
    for status, moves in woonclub.MOVES.items():
        assert moves <= CASE_MOVES[status]


def test_the_woonclub_has_a_word_for_each_state_it_uses():
    assert set(woonclub.STATUS_NAMES) == set(woonclub.MOVES)


def test_a_closed_file_stays_closed():
    with pytest.raises(Conflict, match=r"case\.move_not_allowed"):
        require_case_move(CaseStatus.CLOSED, CaseStatus.ACTIVE, woonclub.MOVES)


@pytest.mark.parametrize("start", [SessionStatus.HELD, SessionStatus.CANCELLED])
def test_only_a_planned_session_can_still_change(start):
    with pytest.raises(Conflict, match=r"session\.move_not_allowed"):
        require_session_move(start, SessionStatus.CANCELLED)
    require_session_move(SessionStatus.PLANNED, SessionStatus.HELD)
