"""The whole story: money, energy, carbon dioxide and euro of an invented portfolio."""

from dataclasses import replace

import numpy as np
import pytest

from savings_model import energy_totals
from savings_model.climate import UCCLE_MONTHLY
from savings_model.heat_demand import heat_balance
from savings_model.heating_systems import Carrier
from savings_model.measure_figures import MODELLED, Measure
from savings_model.model_settings import ModelSettings
from savings_model.portfolio import RateClass
from savings_model.repayment import repayment_schedule
from savings_model.results import Statistic
from savings_model.scenarios import BASELINE, Attribution, Scenario
from savings_model.simulate import simulate
from savings_model.validation import ModelInputError
from tests.savings_model.energy.portfolios import invented_portfolio

PORTFOLIO = invented_portfolio(60)


def test_repayments_add_up_to_principal_and_interest_in_every_group():
    money = simulate(PORTFOLIO, [BASELINE], draws=0).lending
    paid = money.repayments_cents.sum(axis=-1)
    np.testing.assert_array_equal(paid, money.principal_cents + money.interest_cents)
    assert money.principal_cents[0, -1] == PORTFOLIO.loans.principal_cents.sum()


def test_repayments_of_a_year_are_the_instalments_that_fall_in_it():
    result = simulate(PORTFOLIO, [BASELINE], draws=0)
    loans = PORTFOLIO.loans
    schedule = repayment_schedule(loans.principal_cents, loans.rate_per_year, loans.term_months)
    expected = dict.fromkeys(result.years.tolist(), 0)
    for loan, start in enumerate(loans.start_month):
        for month in range(loans.term_months[loan]):
            year = 1970 + (int(start) + 1 + month) // 12
            expected[year] += int(schedule.instalment_cents[month, loan])
    assert result.lending.repayments_cents[0, -1].tolist() == list(expected.values())


def test_no_rate_means_no_interest_and_the_same_savings():
    free = Scenario(code="free", rate_per_year=(0.0, 0.0, 0.0))
    result = simulate(PORTFOLIO, [BASELINE, free], draws=20)
    assert result.lending.interest_cents[1, -1] == 0 < result.lending.interest_cents[0, -1]
    np.testing.assert_array_equal(result.kwh.calculated[0], result.kwh.calculated[1])


def test_a_rate_for_one_class_leaves_the_other_classes_alone():
    dearer = Scenario(code="dearer", rate_per_year=(None, 0.05, None))
    result = simulate(PORTFOLIO, [BASELINE, dearer], draws=0)
    only = PORTFOLIO.loans.rate_class == RateClass.LEGAL_PERSON
    masked = simulate(PORTFOLIO, [BASELINE, dearer], granted=np.stack([~only, ~only]), draws=0)
    assert result.lending.interest_cents[1, -1] > result.lending.interest_cents[0, -1]
    assert masked.lending.interest_cents[1, -1] == masked.lending.interest_cents[0, -1]


def test_a_ceiling_cuts_the_amount_and_the_saving_that_the_loan_claims():
    half = replace(
        PORTFOLIO.loans,
        requested_cents=np.full(60, 1_000_000),
        works_cost_cents=np.full(60, 1_000_000),
        principal_cents=np.full(60, 1_000_000),
    )
    portfolio = replace(PORTFOLIO, loans=half)
    ceiling = Scenario(code="half", ceiling_cents=500_000)
    whole = Scenario(code="whole", ceiling_cents=500_000, attribution=Attribution.WHOLE_WORKS)
    result = simulate(portfolio, [BASELINE, ceiling, whole], draws=30)
    np.testing.assert_allclose(result.kwh.realised[1], result.kwh.realised[0] / 2, rtol=1e-12)
    np.testing.assert_allclose(result.kwh.realised[2], result.kwh.realised[0], rtol=1e-12)
    assert (result.lending.principal_cents[1, -1], result.lending.loans[1, -1]) == (30_000_000, 60)


def test_a_shorter_longest_term_costs_less_interest_and_ends_sooner():
    short = Scenario(code="short", longest_term_months=60)
    money = simulate(PORTFOLIO, [BASELINE, short], draws=0).lending
    last = [np.flatnonzero(money.repayments_cents[s, -1]).max() for s in (0, 1)]
    assert money.interest_cents[1, -1] < money.interest_cents[0, -1]
    assert last[1] < last[0]


def test_only_granted_loans_count():
    granted = np.zeros((1, 60), dtype=np.bool_)
    granted[0, :7] = True
    result = simulate(PORTFOLIO, [BASELINE], granted=granted, draws=0)
    assert result.lending.loans[0, -1] == 7
    assert result.lending.principal_cents[0, -1] == PORTFOLIO.loans.principal_cents[:7].sum()


def test_loans_with_unknown_or_unmodelled_works_are_counted_and_left_out():
    result = simulate(PORTFOLIO, [BASELINE], draws=0)
    known, counts = PORTFOLIO.works_known, result.counts
    told = (PORTFOLIO.works & MODELLED).any(axis=1)
    assert counts.unknown_works[0, -1] == (~known).sum() > 0
    assert counts.unmodelled_works[0, -1] == (known & ~told).sum() > 0
    assert counts.with_saving[0, -1] == (known & told).sum()
    without = known & told
    alone = simulate(PORTFOLIO, [BASELINE], granted=without[None, :], draws=0)
    np.testing.assert_array_equal(alone.kwh.calculated, result.kwh.calculated)


def test_a_price_version_without_oil_leaves_out_exactly_the_dwellings_that_use_oil():
    scenario = Scenario(code="2022", energy_prices="y2022_jan")
    result = simulate(PORTFOLIO, [scenario], draws=0)
    oil = PORTFOLIO.systems.carrier == Carrier.HEATING_OIL
    alone = simulate(PORTFOLIO, [scenario], granted=~oil[None, :], draws=0)
    assert result.counts.with_price[0, -1] == (PORTFOLIO.has_modelled_saving & ~oil).sum()
    np.testing.assert_allclose(result.eur.calculated, alone.eur.calculated, rtol=1e-12)
    assert (result.kwh.calculated[0, -1] > alone.kwh.calculated[0, -1]).all()


def test_the_total_of_point_estimates_is_the_sum_of_the_groups():
    result = simulate(PORTFOLIO, [BASELINE], draws=10)
    for saving in (result.kwh, result.co2_tonnes, result.eur):
        point = saving.realised[0, :, Statistic.POINT]
        assert point[-1] == pytest.approx(point[:-1].sum(), rel=1e-12)


def test_every_year_within_all_lifetimes_saves_what_the_yearly_figure_says():
    result = simulate(PORTFOLIO, [BASELINE], draws=10)
    full = np.flatnonzero(result.years == 2025)[0]  # last loan mid 2022, shortest lifetime 20 y
    np.testing.assert_allclose(
        result.by_year.kwh.calculated[0, full], result.kwh.calculated[0, -1], rtol=1e-12
    )
    assert result.by_year.kwh.calculated[0, -1, 0] < result.kwh.calculated[0, -1, 0]


def test_a_single_roof_saves_the_difference_of_two_balances():
    works = np.zeros_like(PORTFOLIO.works)
    works[:, Measure.ROOF_INSULATION] = True
    one = replace(PORTFOLIO, works=works, works_known=np.ones(60, dtype=np.bool_))
    result = simulate(one, [Scenario(code="w", attribution=Attribution.WHOLE_WORKS)], draws=0)
    u = PORTFOLIO.dwellings.element_u_w_m2k.copy()
    u[:, :2] = 1 / (1 / u[:, :2] + 4.5)
    before = heat_balance(PORTFOLIO.dwellings, UCCLE_MONTHLY).demand_kwh.sum()
    after = heat_balance(replace(PORTFOLIO.dwellings, element_u_w_m2k=u), UCCLE_MONTHLY)
    expected = 1.21 * (before - after.demand_kwh.sum())  # boiler of 1986-1995: 1.21
    assert result.kwh.calculated[0, -1, Statistic.POINT] == pytest.approx(expected, rel=1e-12)


def test_the_same_seed_gives_the_same_bits_and_another_seed_does_not():
    first = simulate(PORTFOLIO, [BASELINE], draws=50, seed=4)
    again = simulate(PORTFOLIO, [BASELINE], draws=50, seed=4)
    other = simulate(PORTFOLIO, [BASELINE], draws=50, seed=5)
    assert first.kwh.realised.tobytes() == again.kwh.realised.tobytes()
    assert (first.kwh.realised[..., 1:] != other.kwh.realised[..., 1:]).all()
    np.testing.assert_array_equal(first.kwh.realised[..., 0], other.kwh.realised[..., 0])


@pytest.mark.parametrize("block", [1, 7, 59, 4096])
def test_each_dwelling_gets_the_same_bits_whatever_the_block(monkeypatch, block):
    granted = np.eye(60, dtype=np.bool_)[[0, 17, 59]]
    scenarios = [Scenario(code=str(i)) for i in range(3)]
    settings = ModelSettings(follow_years=False)
    usual = simulate(PORTFOLIO, scenarios, granted=granted, draws=25, settings=settings)
    monkeypatch.setattr(energy_totals, "LOANS_PER_BLOCK", block)
    ours = simulate(PORTFOLIO, scenarios, granted=granted, draws=25, settings=settings)
    assert ours.kwh.realised.tobytes() == usual.kwh.realised.tobytes()
    assert ours.kwh.calculated.tobytes() == usual.kwh.calculated.tobytes()


def test_a_result_cannot_be_changed():
    result = simulate(PORTFOLIO, [BASELINE], draws=0)
    with pytest.raises(ValueError, match="read-only"):
        result.kwh.calculated[0, 0, 0] = 1.0


@pytest.mark.parametrize(
    ("kwargs", "field"),
    [
        ({"draws": -1}, "draws"),
        ({"draws": 1.5}, "draws"),
        ({"seed": "one"}, "seed"),
        ({"seed": True}, "seed"),
        ({"granted": np.ones((1, 59), dtype=np.bool_)}, "granted"),
        ({"granted": np.ones((1, 60))}, "granted"),
    ],
)
def test_a_bad_question_is_refused_by_name(kwargs, field):
    with pytest.raises(ModelInputError) as refused:
        simulate(PORTFOLIO, [BASELINE], **kwargs)
    assert refused.value.field == field


def test_two_scenarios_of_one_name_are_refused():
    with pytest.raises(ModelInputError, match="each its own code"):
        simulate(PORTFOLIO, [BASELINE, BASELINE], draws=0)
