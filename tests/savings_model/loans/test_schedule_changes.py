"""Running schedules that change: what was due stays, what is owed is repaid to the cent."""

import numpy as np
import pytest

from savings_model.loan_terms import check_loan_terms, instalment_cents
from savings_model.repayment import repayment_schedule
from savings_model.rounding import Rounding
from savings_model.schedule_changes import ScheduleChange, change_schedule
from savings_model.validation import ModelInputError
from tests.savings_model.loans.exact_contract import PlainContract, exact_contract

RATE, TERM = "0.02", 60


def running(principals=(1_000_000,), term=TERM, rate=RATE):
    terms = check_loan_terms(list(principals), float(rate), term_months=term)
    schedule = repayment_schedule(list(principals), float(rate), term)
    return terms, schedule


def rows(schedule, loan=0):
    return np.stack(
        [
            schedule.instalment_cents[:, loan],
            schedule.interest_cents[:, loan],
            schedule.principal_cents[:, loan],
            schedule.balance_cents[:, loan],
        ],
        axis=1,
    ).tolist()


def test_an_early_repayment_with_a_recast_equals_the_plain_loop():
    terms, schedule = running()
    change = ScheduleChange(early_repayment_cents=250_000)
    found = change_schedule(terms, schedule, after_month=20, change=change)
    plain = PlainContract(1_000_000, RATE, TERM, moves={20: (1, 250_000)})
    assert rows(found) == [list(month) for month in exact_contract(plain)]


def test_a_kept_instalment_ends_the_loan_sooner_and_its_last_one_is_not_higher():
    terms, schedule = running()
    change = ScheduleChange(early_repayment_cents=250_000, keep_instalment=True)
    found = change_schedule(terms, schedule, after_month=20, change=change)
    months = int(found.term_months[0])
    assert months < TERM
    assert set(found.instalment_cents[: months - 1, 0].tolist()) == {17_519}
    assert 0 < found.last_instalment_cents[0] <= 17_519
    assert found.principal_cents.sum() == 750_000
    assert found.total_interest_cents[0] < schedule.total_interest_cents[0]


def test_a_pause_moves_the_end_and_adds_its_interest():
    terms, schedule = running()
    found = change_schedule(terms, schedule, after_month=12, change=ScheduleChange(pause_months=6))
    assert found.term_months.tolist() == [66]
    assert not found.instalment_cents[12:18].any()
    accrued = found.interest_cents[12:18, 0].sum()
    assert found.balance_cents[17, 0] == schedule.balance_cents[11, 0] + accrued
    assert found.principal_cents.sum() == 1_000_000
    assert found.balance_cents[-1, 0] == 0


def test_a_pause_without_interest_only_moves_the_instalments():
    terms, schedule = running(rate="0")
    found = change_schedule(terms, schedule, after_month=12, change=ScheduleChange(pause_months=6))
    moved = np.delete(found.instalment_cents[:, 0], slice(12, 18))
    assert np.abs(moved - schedule.instalment_cents[:, 0]).max() <= 40
    assert moved.sum() == 1_000_000


def test_a_re_age_spreads_what_is_owed_over_another_number_of_months():
    terms, schedule = running()
    found = change_schedule(terms, schedule, after_month=30, change=ScheduleChange(months_left=60))
    owed = schedule.balance_cents[29, 0]
    assert found.term_months.tolist() == [90]
    assert found.instalment_cents[30, 0] == instalment_cents(int(owed), 0.02, 60)[0]


def test_repaying_all_that_is_owed_ends_the_loan_that_day():
    terms, schedule = running()
    owed = int(schedule.balance_cents[9, 0])
    change = ScheduleChange(early_repayment_cents=owed)
    found = change_schedule(terms, schedule, after_month=10, change=change)
    assert found.term_months.tolist() == [10]
    assert found.balance_cents[-1, 0] == 0


def test_loans_change_each_from_their_own_month_and_as_if_alone():
    principals = np.array([500_000, 1_000_000, 1_500_000])
    terms = check_loan_terms(principals, [0.0, 0.01, 0.02], term_months=[24, 60, 120])
    schedule = repayment_schedule(principals, [0.0, 0.01, 0.02], [24, 60, 120])
    change = ScheduleChange(
        early_repayment_cents=[0, 100_000, 5], pause_months=[3, 0, 0], keep_instalment=[0, 1, 0]
    )
    together = change_schedule(terms, schedule, after_month=[5, 10, 50], change=change)
    alone = change_schedule(
        check_loan_terms([1_000_000], [0.01], term_months=[60]),
        repayment_schedule([1_000_000], [0.01], [60]),
        after_month=10,
        change=ScheduleChange(early_repayment_cents=100_000, keep_instalment=True),
    )
    months = int(alone.term_months[0])
    assert together.term_months.tolist()[1] == months
    assert rows(together, 1)[:months] == rows(alone)


def test_a_change_can_follow_a_change():
    terms, schedule = running()
    paused = change_schedule(terms, schedule, after_month=12, change=ScheduleChange(pause_months=2))
    again = change_schedule(
        terms, paused, after_month=30, change=ScheduleChange(early_repayment_cents=1_000)
    )
    assert again.principal_cents.sum() == 999_000
    assert again.balance_cents[-1, 0] == 0


def test_the_rounding_of_the_loan_counts_for_its_remainder():
    terms = check_loan_terms([1_000_000], 0.02, term_months=60, rounding=Rounding.NEAREST)
    schedule = repayment_schedule([1_000_000], 0.02, 60, rounding=Rounding.NEAREST)
    found = change_schedule(terms, schedule, after_month=1, change=ScheduleChange(months_left=60))
    expected = instalment_cents(
        int(schedule.balance_cents[0, 0]), 0.02, 60, rounding=Rounding.NEAREST
    )
    assert found.instalment_cents[1, 0] == expected[0]


@pytest.mark.parametrize(
    ("after_month", "change", "field"),
    [
        (0, ScheduleChange(), "after_month"),
        (60, ScheduleChange(), "after_month"),
        (10, ScheduleChange(early_repayment_cents=2_000_000), "early_repayment_cents"),
        (10, ScheduleChange(months_left=1_200), "months_left"),
        (10, ScheduleChange(pause_months=2, keep_instalment=True), "keep_instalment"),
        (10, ScheduleChange(pause_months=-1), "pause_months"),
    ],
)
def test_a_change_that_cannot_be_is_refused(after_month, change, field):
    terms, schedule = running()
    with pytest.raises(ModelInputError) as refusal:
        change_schedule(terms, schedule, after_month=after_month, change=change)
    assert refusal.value.field == field
