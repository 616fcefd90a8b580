"""Kleene's three values, as a table and through arrays."""

import itertools

import numpy as np
import pytest

from energiehuis.eligibility.truth import Truth, all_hold, read_truth, write_truth

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
# S. C. Kleene, Introduction to Metamathematics (1952), section 64: strong tables, F before U
# before T; and takes the lesser, or the greater.
RANK = [NO, UNKNOWN, YES]
PAIRS = list(itertools.product(RANK, RANK))


def bounds(truths):
    return read_truth(np.array(truths, dtype=np.int8))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_and_takes_the_lesser_and_or_the_greater(one, other):
    lesser, greater = sorted((one, other), key=RANK.index)
    assert write_truth(bounds([one]).both(bounds([other]))).tolist() == [lesser]
    assert write_truth(bounds([one]).either(bounds([other]))).tolist() == [greater]
    assert all_hold([one, other]) is lesser


def test_not_unknown_is_unknown():
    assert write_truth(bounds([NO, UNKNOWN, YES]).opposite()).tolist() == [YES, UNKNOWN, NO]


def test_writing_what_was_read_changes_nothing():
    codes = np.array([YES, NO, UNKNOWN, UNKNOWN], dtype=np.int8)
    assert write_truth(read_truth(codes)).tolist() == codes.tolist()


def test_none_is_unknown_and_not_no():
    assert [Truth.of(answer) for answer in (None, False, True)] == [UNKNOWN, NO, YES]
