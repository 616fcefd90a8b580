"""The estimate of Kaplan and Meier against a case that was worked out by hand."""

import numpy as np
import pytest

from energiehuis.key_figures.survival import median_days, survival

# Ten stays. By hand: 9/10 after 3; 9/10 x 7/9 = 0.7 after 5 (two end); one lost at 6;
# 0.7 x 5/6 = 0.583333 after 9; one lost at 9 (still there that day); 0.583333 x 3/4 after 12.
DAYS = np.array([3, 5, 5, 6, 9, 9, 12, 15, 20, 20])
ENDED = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 0], dtype=bool)


def test_the_shares_are_those_of_the_hand():
    ends, shares = survival(DAYS, ENDED)
    assert ends.tolist() == [3, 5, 9, 12]
    assert shares == pytest.approx([0.9, 0.7, 0.7 * 5 / 6, 0.4375])


def test_the_median_is_the_first_day_on_which_half_is_reached():
    assert median_days(DAYS, ENDED) == 12


def test_a_half_that_is_reached_exactly_counts():
    assert median_days(np.array([2, 4, 6, 8]), np.ones(4, dtype=bool)) == 4


def test_order_does_not_matter():
    order = np.array([7, 2, 9, 0, 4, 1, 8, 3, 6, 5])
    assert median_days(DAYS[order], ENDED[order]) == 12


@pytest.mark.parametrize(
    ("days", "ended"), [([], []), ([5, 9], [False, False]), ([5, 9, 9], [True, False, False])]
)
def test_more_than_half_still_lasts_so_nobody_knows(days, ended):
    assert median_days(np.array(days, np.int64), np.array(ended, np.bool_)) is None
