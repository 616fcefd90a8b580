"""Draws, what they do to a household and a portfolio, and grids of versions."""

from dataclasses import replace

import numpy as np
import pytest

from savings_model.behaviour import NODE_STEP_KWH_M2, USE_CURVES, UseCurve, mixed_curve, use_factor
from savings_model.dwelling_types import dwellings_of_types, type_index
from savings_model.emissions import EMISSION_FACTORS, emission_factors
from savings_model.energy_prices import ENERGY_PRICES, energy_prices
from savings_model.heating_systems import Carrier, Generator, heating_systems
from savings_model.household import expected_saving
from savings_model.measure_figures import Measure
from savings_model.outcome_grid import outcome_grid
from savings_model.prior_portfolio import prior_portfolio
from savings_model.results import Statistic, statistics
from savings_model.scenarios import BASELINE, Attribution, Scenario
from savings_model.simulate import simulate
from savings_model.tornado import tornado
from savings_model.uncertainty import own_draws, shared_draws
from savings_model.validation import ModelInputError

VERSIONS = (emission_factors("tabula_be_2011"), energy_prices("tabula_be_2011"))


def _works(*measures: Measure) -> np.ndarray:
    works = np.zeros((1, len(Measure)), dtype=np.bool_)
    works[0, list(measures)] = True
    return works


def _saving(*measures: Measure, carrier: Carrier = Carrier.GAS, versions=VERSIONS, **kwargs):
    dwelling = dwellings_of_types([type_index("terraced", 1930)], [0.8])
    systems = heating_systems([Generator.VARIABLE_BOILER_1986_1995], [carrier])
    return expected_saving(dwelling, systems, _works(*measures), versions=versions, **kwargs)


def test_a_dwelling_draws_the_same_numbers_wherever_its_block_begins():
    priority = np.arange(50) % 3 == 0
    whole = own_draws(priority, 40, 9)
    part = own_draws(priority[17:23], 40, 9, first_dwelling=17)
    for name in ("u_factor", "area_factor", "cost_factor", "heated_share"):
        assert getattr(part, name).tobytes() == getattr(whole, name)[17:23].tobytes()


def test_column_zero_is_the_centre_and_draws_stay_in_their_ranges():
    shared, own = shared_draws(500, 2), own_draws(np.array([True, False]), 500, 2)
    assert (shared.u_factor[0], shared.area_factor[0], shared.weather_factor[0]) == (1.0, 1.0, 1.0)
    assert shared.indoor_temperature_c[0] == 20.0
    combined = shared.u_factor * own.u_factor
    assert 0.7 < combined.min() < 0.85
    assert 1.15 < combined.max() < 1.3
    assert own.heated_share[0, 0] == 0.75
    assert (own.heated_share[1] == 1.0).all()
    assert own.heated_share[0].min() >= 0.5


def test_without_draws_only_the_centre_is_left():
    shared, own = shared_draws(0, 1), own_draws(np.array([True]), 0, 1)
    assert shared.use_curve.shape == (1, 6)
    assert own.u_factor.tolist() == [[1.0]]


def test_statistics_without_draws_repeat_the_point():
    assert statistics(np.array([[3.0]])).tolist() == [[3.0, 3.0, 3.0, 3.0]]


def test_measured_use_falls_with_calculated_use_and_is_flat_above_500():
    # TABULA EU.M.01 at its nodes, half way, and beyond
    curve = USE_CURVES[UseCurve.EUROPE]
    nodes = NODE_STEP_KWH_M2 * np.arange(6)
    np.testing.assert_allclose(use_factor(nodes, curve), curve, rtol=1e-15)
    assert use_factor(np.array([250.0]), curve)[0] == pytest.approx(0.7225)
    assert use_factor(np.array([2000.0]), curve)[0] == 0.475


def test_real_use_never_falls_when_calculated_use_rises():
    intensity = np.linspace(0.0, 800.0, 4001)
    for weights in np.vstack([np.eye(3), [[1 / 3, 1 / 3, 1 / 3]]]):
        used = intensity * use_factor(intensity, mixed_curve(weights))
        assert (np.diff(used) >= -1e-9).all()


def test_a_household_sees_less_real_than_calculated_saving_and_a_poor_one_still_less():
    usual = _saving(Measure.ROOF_INSULATION)
    poor = _saving(Measure.ROOF_INSULATION, priority=True)
    point = Statistic.POINT
    assert 0 < poor.kwh.realised[0, point] < usual.kwh.realised[0, point]
    assert usual.kwh.realised[0, point] < usual.kwh.calculated[0, point]
    assert poor.kwh.calculated[0, point] == usual.kwh.calculated[0, point]
    low, middle, high = usual.kwh.realised[0, 1:]
    assert low < middle < high


def test_twice_the_price_is_twice_the_saving():
    dear = replace(VERSIONS[1], eur_per_kwh=VERSIONS[1].eur_per_kwh * 2)
    works = (Measure.HIGH_EFFICIENCY_GLAZING, Measure.PHOTOVOLTAICS)
    once, twice = _saving(*works), _saving(*works, versions=(VERSIONS[0], dear))
    np.testing.assert_allclose(twice.eur.realised, 2 * once.eur.realised, rtol=1e-14)


def test_panels_save_what_they_yield_and_only_electricity():
    saving = _saving(Measure.PHOTOVOLTAICS)
    assert saving.kwh.calculated[0].tolist() == pytest.approx([3150.0] * 4)  # 3.5 kWp x 900
    assert saving.co2_kg.calculated[0, 0] == pytest.approx(3150.0 * 0.207)


def test_an_unknown_price_gives_no_number_and_works_without_a_model_are_named():
    saving = _saving(
        Measure.ROOF_INSULATION,
        Measure.ENERGY_AUDIT,
        carrier=Carrier.HEATING_OIL,
        versions=(VERSIONS[0], energy_prices("y2022_jan")),
    )
    assert np.isnan(saving.eur.calculated).all()
    assert np.isfinite(saving.co2_kg.calculated).all()
    assert saving.unmodelled == (Measure.ENERGY_AUDIT,)


def test_every_version_names_its_source_and_unknown_versions_are_refused():
    for version in (*EMISSION_FACTORS.values(), *ENERGY_PRICES.values()):
        assert version.source
        assert version.code
    with pytest.raises(ModelInputError, match="must be one of"):
        emission_factors("guess")
    with pytest.raises(ModelInputError, match="must be one of"):
        Scenario(code="x", energy_prices="guess")


def test_a_convention_keeps_its_electricity_factor_and_the_grid_gets_cleaner():
    years, change = np.array([2005, 2021, 2031]), np.array([-0.02])
    convention = emission_factors("epb_lhv_2021").path(years, change)[Carrier.ELECTRICITY, :, 0]
    grid = emission_factors("residual_2023").path(years, change)[Carrier.ELECTRICITY, :, 0]
    assert convention.tolist() == [0.644] * 3
    assert grid.tolist() == pytest.approx([0.16749, 0.16749, 0.16749 * 0.98**8])


def test_a_grid_of_versions_is_the_same_as_one_by_one():
    rng = np.random.default_rng(1)
    worth, kwh = rng.random((40, 7)), rng.random((7, 30))
    single = np.array([[(worth[s] * kwh[:, k]).sum() for k in range(30)] for s in range(40)])
    np.testing.assert_allclose(outcome_grid(worth, kwh), single, rtol=2e-15 * 10)


def test_a_grid_refuses_a_version_that_does_not_know_a_saved_carrier():
    worth = np.array([[1.0, np.nan]])
    with pytest.raises(ModelInputError) as refused:
        outcome_grid(worth, np.ones((2, 3)))
    assert refused.value.index == (0, 1)
    assert outcome_grid(worth, np.array([[2.0], [0.0]])).tolist() == [[2.0]]


def test_the_tornado_shares_add_up_and_behaviour_only_moves_the_realised_saving():
    result = tornado(prior_portfolio(40, 1), BASELINE, draws=40)
    assert result.calculated_share.sum() == pytest.approx(1.0)
    assert result.realised_share.sum() == pytest.approx(1.0)
    curve = result.levers.index("use_curve_spread")
    indoor = result.levers.index("indoor_temperature_c")
    assert result.calculated_share[curve] == 0.0 < result.realised_share[curve]
    assert result.realised_share[indoor] == 0.0 < result.calculated_share[indoor]


def test_printed_figures_of_harelbeke_lie_within_the_calculated_and_far_above_the_realised():
    # W13 printed 2,113,632 kWh, 482.50 t and 1,869,752 euro for 275 applications: 7,686 kWh a
    # loan, 0.2283 kg/kWh. The portfolio is invented; this shows plausibility and no more.
    portfolio = prior_portfolio(2000, 1)
    whole = Scenario(code="whole", attribution=Attribution.WHOLE_WORKS)
    result = simulate(portfolio, [whole], draws=60)
    calculated = result.kwh.calculated[0, -1] / 2000
    realised = result.kwh.realised[0, -1] / 2000
    factor = 1000 * result.co2_tonnes.calculated[0, -1, 0] / result.kwh.calculated[0, -1, 0]
    assert calculated[Statistic.P05] < 7686 < calculated[Statistic.P95]
    assert realised[Statistic.P95] < 7686 / 2
    assert factor == pytest.approx(0.2283, rel=0.04)
    assert portfolio.loans.principal_cents.mean() / 100 == pytest.approx(6799, rel=0.05)


def test_the_prior_portfolio_is_the_same_for_the_same_seed():
    first, again, other = prior_portfolio(30, 4), prior_portfolio(30, 4), prior_portfolio(30, 5)
    np.testing.assert_array_equal(first.works, again.works)
    np.testing.assert_array_equal(first.loans.principal_cents, again.loans.principal_cents)
    assert (first.loans.principal_cents != other.loans.principal_cents).any()
