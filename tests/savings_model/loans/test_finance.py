"""Discounting against numpy-financial, row by row."""

import numpy as np
import numpy_financial as npf
import pytest

from savings_model.finance import internal_rate, net_present_value
from savings_model.validation import ModelInputError


def flows(rows=40, years=15):
    rng = np.random.default_rng(11)
    return np.column_stack([-rng.uniform(50, 100, rows), rng.uniform(5, 20, (rows, years))])


def test_rows_are_discounted_as_one_row_is():
    table = flows()
    expected = [npf.npv(0.03, row) for row in table]
    assert net_present_value(table, 0.03) == pytest.approx(expected, rel=1e-12)


def test_a_square_table_is_discounted_along_its_rows():
    # numpy-financial 1.0.0 silently discounts a square table down its columns; the right worth
    # of these rows at 5 %, computed row by row, is what is asked.
    table = np.array([[-300.0, 150.0, 185.5], [-30.0, 10.0, 15.0], [-100.0, 50.0, 29.7]])
    expected = [npf.npv(0.05, row) for row in table]
    assert net_present_value(table, 0.05) == pytest.approx(expected, rel=1e-12)


def test_many_rates_give_a_row_of_worths_each():
    table = flows(rows=5)
    worths = net_present_value(table, [0.0, 0.04])
    assert worths.shape == (2, 5)
    assert worths[0] == pytest.approx(table.sum(axis=1))


def test_the_internal_rate_equals_that_of_numpy_financial():
    table = flows()
    expected = [npf.irr(row) for row in table]
    assert internal_rate(table, np.arange(16.0)) == pytest.approx(expected, abs=1e-10)


def test_money_that_comes_back_exactly_earns_exactly_nothing():
    assert internal_rate([[-100.0, 60.0, 40.0]], [0.0, 1.0, 2.0]).tolist() == [0.0]


def test_a_flow_with_two_rates_gives_the_one_nearest_to_zero():
    # (1 + r) of 1.1 and 2.0 are the roots of -100 + 310 / x - 220 / x^2.
    assert internal_rate([[-100.0, 310.0, -220.0]], [0.0, 1.0, 2.0])[0] == pytest.approx(0.1)


def test_rows_that_never_pay_back_are_refused_by_row():
    with pytest.raises(ModelInputError) as refusal:
        internal_rate([[-1.0, 2.0], [1.0, 2.0]], [0.0, 1.0])
    assert (refusal.value.field, refusal.value.index) == ("cash_flows", (1,))


@pytest.mark.parametrize("rate", [-1.0, float("nan"), 11.0])
def test_a_discount_rate_out_of_bounds_is_refused(rate):
    with pytest.raises(ModelInputError, match="discount_rate_per_year"):
        net_present_value(flows(), rate)


def test_one_row_is_not_a_table():
    with pytest.raises(ModelInputError, match="two axes"):
        net_present_value([1.0, 2.0], 0.01)
