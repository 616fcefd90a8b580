"""The interest of a month by the bits of a float, against plain rounding."""

from fractions import Fraction

import numpy as np
import pytest

from savings_model.month_walk import charge_interest, endings_by_month


def charged(balance, rate, dtype=np.int64):
    balance = np.asarray(balance, dtype)
    interest = np.empty(balance.shape, dtype)
    product = np.empty(balance.shape)
    charge_interest(balance, np.asarray(rate, np.float64), product, out=interest)
    return interest


@pytest.mark.parametrize("dtype", [np.int64, np.int32])
def test_exact_half_cents_go_to_the_even_cent(dtype):
    balance = np.arange(-2_001, 2_002, 2)
    found = charged(balance, np.full(balance.size, 0.5), dtype)
    assert found.tolist() == [round(Fraction(int(cents), 2)) for cents in balance]


@pytest.mark.parametrize("rate", [0.25, 0.5, 0.75, 1.0, 1.0 - 2.0**-53])
def test_up_to_the_largest_interest_the_bits_round_as_exact_fractions_do(rate):
    # 2^51 is more than two hundred thousand times the highest principal.
    largest = 2**51 - np.arange(1, 4_000)
    for balance in (largest, -largest):
        found = charged(balance, np.full(balance.size, rate))
        products = (balance * rate).tolist()
        assert found.tolist() == [round(Fraction(product)) for product in products]


def test_random_interest_of_every_size_equals_rint():
    rng = np.random.default_rng(11)
    balance = np.rint(2.0 ** rng.uniform(0, 50.9, 200_000)).astype(np.int64)
    rate = rng.choice([0.0, 1.0, 0.0016516, 1 / 3], balance.size) * rng.random(balance.size)
    assert np.array_equal(charged(balance, rate), np.rint(balance * rate).astype(np.int64))


def test_half_the_memory_charges_the_same_cents_up_to_its_limit():
    balance = 2**31 - 1 - np.arange(10_000)
    rate = np.random.default_rng(12).random(balance.size)
    for signed in (balance, -balance):
        assert np.array_equal(charged(signed, rate, np.int32), charged(signed, rate))


def test_each_loan_ends_once_and_in_its_last_month():
    terms = np.array([3, 1, 3, 5, 1])
    found = [ending.tolist() for ending in endings_by_month(terms, 6)]
    assert found == [[1, 4], [], [0, 2], [], [3], []]
