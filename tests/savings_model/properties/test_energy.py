"""What must hold for any dwelling, whatever its numbers."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from savings_model.climate import UCCLE_MONTHLY, UCCLE_SEASONAL
from savings_model.dwelling_savings import dwelling_savings
from savings_model.dwelling_types import TYPE_CODES, dwellings_of_types
from savings_model.dwellings import STANDARD_USE, Dwellings, Element, take_dwellings
from savings_model.heat_demand import MONTHLY, SEASONAL, degree_kilohours, heat_balance
from savings_model.heat_kernel import yearly_heat_demand_kwh
from savings_model.heating_systems import Generator, heating_systems, take_systems
from savings_model.measure_figures import Measure
from savings_model.measures import envelope_changes, improve
from savings_model.uncertainty import OwnDraws, own_draws, shared_draws

ENVELOPE = (
    Measure.ROOF_INSULATION,
    Measure.CAVITY_WALL_INSULATION,
    Measure.OUTER_WALL_INSULATION,
    Measure.FLOOR_INSULATION,
)
LIMITS = {
    "reference_area_m2": (20.0, 800.0),
    "element_area_m2": (0.0, 400.0),
    "element_u_w_m2k": (0.0, 8.0),
    "element_adjustment": (0.0, 1.0),
    "thermal_bridge_w_m2k": (0.0, 0.2),
    "window_area_m2": (0.0, 80.0),
    "window_g": (0.0, 1.0),
    "infiltration_per_hour": (0.0, 2.0),
    "air_use_per_hour": (0.0, 2.0),
    "heat_recovery_share": (0.0, 1.0),
    "reduction_at_low_loss": (0.85, 1.0),
    "reduction_at_high_loss": (0.7, 0.85),
    "hot_water_need_kwh_m2": (0.0, 40.0),
}
WIDTH = {"element_area_m2": 10, "element_u_w_m2k": 10, "element_adjustment": 10}
WIDTH["window_area_m2"] = 5
seeds = st.integers(0, 2**32 - 1)


def any_dwellings(seed: int, count: int = 4) -> Dwellings:
    """Dwellings anywhere within wide limits; some numbers sit exactly on a limit."""
    rng = np.random.default_rng(seed)
    arrays = {}
    for name, (low, high) in LIMITS.items():
        shape = (count, WIDTH[name]) if name in WIDTH else (count,)
        value = rng.uniform(low, high, shape)
        arrays[name] = np.where(rng.random(shape) < 0.1, low, value)
    return Dwellings(**arrays)


def any_systems(seed: int, count: int = 4):
    rng = np.random.default_rng(seed)
    return heating_systems(rng.integers(0, len(Generator), count), rng.integers(0, 6, count))


def any_works(seed: int, count: int = 4) -> np.ndarray:
    return np.random.default_rng(seed).random((count, len(Measure))) < 0.3


def savings(dwellings, systems, works, draws=3):
    priority = np.arange(works.shape[0]) % 2 == 0
    own = own_draws(priority, draws, 5)
    return dwelling_savings(dwellings, systems, works, shared=shared_draws(draws, 5), own=own)


def rows(own: OwnDraws, index) -> OwnDraws:
    return OwnDraws(*(getattr(own, field.name)[index] for field in fields(OwnDraws)))


def demand(dwellings: Dwellings) -> np.ndarray:
    return heat_balance(dwellings, UCCLE_MONTHLY).demand_kwh.sum(axis=-1)


@given(seeds)
def test_a_valid_dwelling_never_gives_nan_or_a_negative_demand(seed):
    dwellings = any_dwellings(seed)
    for climate, utilisation in ((UCCLE_MONTHLY, MONTHLY), (UCCLE_SEASONAL, SEASONAL)):
        balance = heat_balance(dwellings, climate, utilisation=utilisation)
        for field in fields(balance):
            assert np.isfinite(getattr(balance, field.name)).all(), field.name
        assert (balance.demand_kwh >= 0.0).all()
        assert ((balance.utilised_share >= 0.0) & (balance.utilised_share <= 1.0)).all()


@given(seeds)
def test_the_fast_kernel_is_the_balance(seed):
    dwellings = any_dwellings(seed)
    balance = heat_balance(dwellings, UCCLE_MONTHLY)
    loss = (balance.transmission_w_k + balance.ventilation_w_k) * balance.reduction
    hours = degree_kilohours(UCCLE_MONTHLY, STANDARD_USE.indoor_temperature_c)
    fast = yearly_heat_demand_kwh(
        loss[:, None],
        hours[:, None],
        balance.solar_kwh + balance.internal_kwh,
        balance.exponent[:, None],
    )
    np.testing.assert_allclose(fast[:, 0], balance.demand_kwh.sum(axis=-1), rtol=1e-9, atol=1e-6)


@given(seeds)
def test_gains_just_at_the_losses_use_the_limit_a_over_a_plus_one(seed):
    exponent = np.random.default_rng(seed).uniform(1.0, 12.0)
    one = np.ones((1, 1))
    left = yearly_heat_demand_kwh(one, one, one, exponent * one)[0, 0]
    near = yearly_heat_demand_kwh(one, one, one * (1 + 1e-9), exponent * one)[0, 0]
    assert abs(left - (1 - exponent / (exponent + 1))) < 1e-15
    assert abs(near - left) < 1e-8


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_a_batch_gives_each_dwelling_what_it_gives_alone(seed):
    dwellings, systems, works = any_dwellings(seed), any_systems(seed), any_works(seed)
    shared, own = shared_draws(3, 5), own_draws(np.array([True, False, True, False]), 3, 5)
    batch = dwelling_savings(dwellings, systems, works, shared=shared, own=own)
    for row in range(4):
        one = slice(row, row + 1)
        alone = dwelling_savings(
            take_dwellings(dwellings, one),
            take_systems(systems, one),
            works[one],
            shared=shared,
            own=rows(own, one),
        )
        assert alone.realised_kwh.tobytes() == batch.realised_kwh[:, one].tobytes()
        assert alone.calculated_kwh.tobytes() == batch.calculated_kwh[:, one].tobytes()


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_the_order_of_dwellings_is_irrelevant(seed):
    dwellings, systems, works = any_dwellings(seed), any_systems(seed), any_works(seed)
    order = np.random.default_rng(seed).permutation(4)
    shared, own = shared_draws(3, 5), own_draws(np.array([True, False, True, False]), 3, 5)
    usual = dwelling_savings(dwellings, systems, works, shared=shared, own=own)
    mixed = dwelling_savings(
        take_dwellings(dwellings, order),
        take_systems(systems, order),
        works[order],
        shared=shared,
        own=rows(own, order),
    )
    np.testing.assert_array_equal(mixed.realised_kwh, usual.realised_kwh[:, order])


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_any_valid_package_in_any_dwelling_gives_numbers(seed):
    saved = savings(any_dwellings(seed), any_systems(seed), any_works(seed))
    assert np.isfinite(saved.calculated_kwh).all()
    assert np.isfinite(saved.realised_kwh).all()


@settings(deadline=None)
@given(st.integers(0, len(TYPE_CODES) - 1), st.floats(0.3, 3.0), seeds)
def test_a_package_on_the_envelope_saves_no_more_than_its_parts(row, scale, seed):
    dwelling = dwellings_of_types([row], [scale])
    taken = np.random.default_rng(seed).random(len(ENVELOPE)) < 0.6
    package = np.zeros((1, len(Measure)), dtype=np.bool_)
    package[0, list(ENVELOPE)] = taken
    parts = np.zeros((len(ENVELOPE), len(Measure)), dtype=np.bool_)
    parts[np.arange(len(ENVELOPE)), list(ENVELOPE)] = taken
    u_only = replace(dwelling, reduction_at_low_loss=np.ones(1), reduction_at_high_loss=np.ones(1))
    before = demand(u_only)
    whole = before - demand(improve(u_only, envelope_changes(package)))
    single = before - demand(improve(u_only, envelope_changes(parts)))
    assert whole[0] <= single.sum() * (1 + 1e-9) + 1e-6


@given(st.integers(0, len(TYPE_CODES) - 1), seeds)
def test_the_temperature_reduction_lets_a_package_pass_its_parts_by_a_few_percent_at_most(
    row, seed
):
    # A tighter dwelling is kept warmer, so the last measure saves more than the first: the
    # worst of all packages on all Belgian types is 3.7 % above the sum of its parts.
    dwelling = dwellings_of_types([row], [1.0])
    taken = np.random.default_rng(seed).random(len(ENVELOPE)) < 0.6
    package = np.zeros((1, len(Measure)), dtype=np.bool_)
    package[0, list(ENVELOPE)] = taken
    parts = np.zeros((len(ENVELOPE), len(Measure)), dtype=np.bool_)
    parts[np.arange(len(ENVELOPE)), list(ENVELOPE)] = taken
    whole = demand(dwelling) - demand(improve(dwelling, envelope_changes(package)))
    single = demand(dwelling) - demand(improve(dwelling, envelope_changes(parts)))
    assert whole[0] <= single.sum() * 1.04 + 1e-6


@given(seeds, st.sampled_from(list(Element)), st.floats(0.0, 10.0))
def test_more_insulation_never_means_more_loss(seed, element, resistance):
    dwellings = any_dwellings(seed)
    changes = envelope_changes(np.zeros((4, len(Measure)), dtype=np.bool_))
    changes.added_resistance_m2k_w[:, element] = resistance
    after = heat_balance(improve(dwellings, changes), UCCLE_MONTHLY)
    assert (after.transmission_w_k <= heat_balance(dwellings, UCCLE_MONTHLY).transmission_w_k).all()


@given(st.integers(0, len(TYPE_CODES) - 1), st.sampled_from(ENVELOPE))
def test_insulating_a_belgian_type_never_means_more_demand(row, measure):
    dwelling = dwellings_of_types([row], [1.0])
    works = np.zeros((1, len(Measure)), dtype=np.bool_)
    works[0, measure] = True
    assert demand(improve(dwelling, envelope_changes(works)))[0] <= demand(dwelling)[0]


@given(seeds, st.floats(0.5, 2.0))
def test_a_dwelling_scaled_in_all_areas_needs_heat_in_proportion(seed, scale):
    small = any_dwellings(seed)
    large = replace(
        small,
        reference_area_m2=small.reference_area_m2 * scale,
        element_area_m2=small.element_area_m2 * scale,
        window_area_m2=small.window_area_m2 * scale,
    )
    np.testing.assert_allclose(demand(large), demand(small) * scale, rtol=1e-9, atol=1e-6)
