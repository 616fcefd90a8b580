"""Means and variances against every outcome spelled out, and draws against both."""

import itertools

import numpy as np
import pytest

from savings_model.default_draws import draw_outcomes, uniform_chances
from savings_model.loan_hazards import (
    check_hazards,
    event_shares,
    expected_flows,
    exposures,
    loss_moments,
)
from savings_model.repayment import repayment_schedule
from savings_model.validation import ModelInputError

NAMES = ("default_cents", "early_repayment_cents", "interest_cents")


def book(count=200, *, seed=1, longest=60):
    rng = np.random.default_rng(seed)
    return repayment_schedule(
        rng.integers(100_000, 1_500_000, count),
        rng.choice([0.0, 0.01], count),
        rng.integers(1, longest + 1, count),
    )


def shares_of(arrears, early=0.0, months=60, **more):
    return event_shares(check_hazards(arrears, early, months=months, **more))


def test_without_cure_the_shares_are_those_of_a_chain_of_coin_tosses():
    shares = shares_of([0.1], 0.2, months=3)
    assert shares.default_share[0] == pytest.approx([0.1, 0.72 * 0.1, 0.72**2 * 0.1])
    assert shares.early_repayment_share[0] == pytest.approx([0.18, 0.72 * 0.18, 0.72**2 * 0.18])


def test_a_cured_loan_runs_again_and_can_fall_into_arrears_again():
    shares = shares_of([0.5], months=4, months_in_arrears=2, cure_share=0.6)
    # In order: 1, 0.5, 0.25 + 0.5 x 0.6 = 0.55, 0.275 + 0.25 x 0.6 = 0.425.
    assert shares.in_order_share[0] == pytest.approx([1.0, 0.5, 0.55, 0.425])
    assert shares.default_share[0] == pytest.approx([0.2, 0.1, 0.11, 0.085])


def test_no_loan_is_counted_twice_or_lost():
    rng = np.random.default_rng(9)
    hazards = check_hazards(
        rng.random((5, 40)) * 0.2, 0.05, months=40, months_in_arrears=3, cure_share=0.5
    )
    shares = event_shares(hazards)
    done = (shares.default_share + shares.early_repayment_share).sum(axis=1)
    waiting = shares.arrears_share[:, -3:].sum(axis=1) * 0.5
    paying = shares.in_order_share[:, -1] - shares.arrears_share[:, -1]
    running = paying - shares.early_repayment_share[:, -1]
    assert done + waiting + running == pytest.approx(np.ones(5))


def test_mean_and_variance_equal_the_sum_over_all_outcomes():
    schedule = repayment_schedule([1_000, 700, 300], [0.1, 0.0, 0.5], [3, 2, 1])
    shares = shares_of([0.2], 0.1, months=3)
    chances = [*shares.default_share[0].tolist()]
    chances.append(1.0 - sum(chances))
    losses = np.vstack([exposures(schedule), np.zeros(3, dtype=np.int64)])
    mean = second = 0.0
    for outcome in itertools.product(range(4), repeat=3):
        chance = np.prod([chances[month] for month in outcome])
        loss = 0.4 * sum(int(losses[month, loan]) for loan, month in enumerate(outcome))
        mean, second = mean + chance * loss, second + chance * loss**2
    found = loss_moments(schedule, [shares], lost_share=0.4)
    assert found.mean_cents[0] == pytest.approx(mean, rel=1e-12)
    assert found.variance_cents2[0] == pytest.approx(second - mean**2, rel=1e-10)


def test_classes_of_risk_add_up():
    schedule = book()
    calm, wild = shares_of([0.001, 0.002]), shares_of([0.01, 0.02])
    members = np.arange(200) % 2
    both = loss_moments(schedule, [calm, wild], risk_class=members)
    alone = loss_moments(schedule, [calm, calm], risk_class=members)
    assert (both.mean_cents > alone.mean_cents).all()
    assert alone.mean_cents == pytest.approx(loss_moments(schedule, [calm]).mean_cents)


def plain_outcome(schedule, shares, chances, draw, scenario):
    """Follow each loan through its months until something happens."""
    months, loans = schedule.balance_cents.shape
    owed, totals = exposures(schedule), [0, 0, 0]
    for loan in range(loans):
        chance, defaulted, repaid = chances[draw, loan], 0.0, 0.0
        for month in range(months):
            defaulted += shares.default_share[scenario, month]
            repaid += shares.early_repayment_share[scenario, month]
            if chance < defaulted:
                totals[0] += int(owed[month, loan])
                break
            totals[2] += int(schedule.interest_cents[month, loan])
            if 1.0 - chance < repaid:
                totals[1] += int(schedule.balance_cents[month, loan])
                break
    return totals


def test_draws_equal_a_plain_walk_through_every_loan():
    schedule = book(80)
    shares = shares_of([0.001, 0.01], [0.002, 0.02])
    found = draw_outcomes(schedule, [shares], draws=6, seed=4)
    chances = uniform_chances(4, range(6), 80)
    for scenario, draw in itertools.product(range(2), range(6)):
        expected = plain_outcome(schedule, shares, chances, draw, scenario)
        assert [int(getattr(found, name)[scenario, draw]) for name in NAMES] == expected


def test_the_size_of_a_block_changes_no_bit_and_the_seed_does():
    schedule, shares = book(), shares_of([0.003, 0.006], 0.004)
    members = np.arange(200) % 2
    risks = [shares, shares_of([0.01, 0.02], 0.001)]
    whole = draw_outcomes(schedule, risks, draws=50, seed=11, risk_class=members)
    blocks = draw_outcomes(schedule, risks, draws=50, seed=11, risk_class=members, block_draws=7)
    other = draw_outcomes(schedule, risks, draws=50, seed=12, risk_class=members)
    for name in NAMES:
        assert np.array_equal(getattr(whole, name), getattr(blocks, name))
    assert not np.array_equal(whole.default_cents, other.default_cents)


def test_a_scenario_is_drawn_the_same_whatever_stands_beside_it():
    schedule = book()
    beside = draw_outcomes(schedule, [shares_of([0.002, 0.05])], draws=20, seed=3)
    alone = draw_outcomes(schedule, [shares_of([0.002])], draws=20, seed=3)
    assert np.array_equal(beside.default_cents[0], alone.default_cents[0])


def test_a_higher_hazard_loses_more_in_every_single_draw():
    found = draw_outcomes(book(), [shares_of([0.001, 0.002, 0.004])], draws=200, seed=8)
    assert (np.diff(found.default_cents, axis=0) >= 0).all()


def test_the_mean_and_spread_of_many_draws_are_the_exact_ones():
    schedule, shares = book(300), shares_of([0.004], 0.01)
    exact = loss_moments(schedule, [shares])
    losses = draw_outcomes(schedule, [shares], draws=4_000, seed=21).default_cents[0]
    error = np.sqrt(exact.variance_cents2[0] / losses.size)
    assert losses.mean() == pytest.approx(exact.mean_cents[0], abs=4 * error)
    # The spread of 4,000 draws is itself known to about 1.1 percent.
    assert losses.std() == pytest.approx(np.sqrt(exact.variance_cents2[0]), rel=0.06)


def test_expected_flows_without_hazard_are_the_schedule():
    schedule = book()
    hazards = check_hazards([0.0], months=60)
    flows = expected_flows(schedule, event_shares(hazards), hazards)
    months = len(schedule.instalment_cents)
    assert flows[0, 0].tolist() == schedule.instalment_cents.sum(axis=1).tolist()
    assert flows[0, 1:].tolist() == [[0.0] * months] * 2


def test_arrears_hold_the_instalments_missed_so_far():
    schedule = repayment_schedule([1_200], [0.0], [12])
    hazards = check_hazards([[0.1] + [0.0] * 11], months=12, months_in_arrears=3)
    flows = expected_flows(schedule, event_shares(hazards), hazards)
    assert flows[0, 1, :4] == pytest.approx([10.0, 20.0, 30.0, 0.0])
    assert flows[0, 0] == pytest.approx([90.0] * 12)


@pytest.mark.parametrize(
    ("arguments", "field", "index"),
    [
        ({"arrears_share": [0.1, 1.1]}, "arrears_share", (1,)),
        ({"arrears_share": [0.1, float("nan")]}, "arrears_share", (1,)),
        ({"arrears_share": 0.1}, "arrears_share", None),
        (
            {"arrears_share": [0.1], "early_repayment_share": [0.1, 0.2]},
            "early_repayment_share",
            None,
        ),
        ({"arrears_share": [[0.1] * 5]}, "arrears_share", None),
        ({"arrears_share": [0.1], "cure_share": -0.1}, "cure_share", ()),
        ({"arrears_share": [0.1], "months_in_arrears": 0}, "months_in_arrears", ()),
    ],
)
def test_a_hazard_that_cannot_be_is_refused(arguments, field, index):
    with pytest.raises(ModelInputError) as refusal:
        check_hazards(months=60, **arguments)
    assert (refusal.value.field, refusal.value.index) == (field, index)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seed": 1.5}, "seed"),
        ({"seed": -1}, "seed"),
        ({"draws": 0}, "draws"),
        ({"risk_class": 1}, "risk_class"),
    ],
)
def test_a_draw_that_cannot_be_is_refused(changes, field):
    with pytest.raises(ModelInputError) as refusal:
        draw_outcomes(book(), [shares_of([0.1])], **{"draws": 2, "seed": 1, **changes})
    assert refusal.value.field == field


def test_shares_that_do_not_reach_the_end_are_refused():
    with pytest.raises(ModelInputError, match="shares"):
        loss_moments(book(longest=60), [shares_of([0.1], months=30)])
