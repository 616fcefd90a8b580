"""What works change, and what their saving is worth."""

from dataclasses import replace

import numpy as np
import pytest

from savings_model.dwelling_types import TYPE_CODES, area_scale_for, dwellings_of_types, type_index
from savings_model.dwellings import Element
from savings_model.heating_systems import (
    Carrier,
    Generator,
    HotWater,
    delivered_heat,
    heating_systems,
)
from savings_model.measure_figures import MEASURE_OF_WORKS, MEASURES, Measure
from savings_model.measures import (
    default_cost_cents,
    envelope_changes,
    improve,
    improve_systems,
    package_lifetime_years,
)
from savings_model.validation import ModelInputError
from savings_model.works_value import (
    cost_per_tonne_eur,
    pareto_front,
    simple_payback_years,
    works_net_present_value_eur,
)


def flags(*measures: Measure) -> np.ndarray:
    table = np.zeros((1, len(Measure)), dtype=np.bool_)
    table[0, list(measures)] = True
    return table


def house(code: str = "TH.01.Gen"):
    return dwellings_of_types([TYPE_CODES.index(code)], [1.0])


def test_insulation_adds_resistance_to_every_roof():
    after = improve(house(), envelope_changes(flags(Measure.ROOF_INSULATION)))
    expected = 1 / (1 / house().element_u_w_m2k[0, :2] + 4.5)
    np.testing.assert_allclose(after.element_u_w_m2k[0, :2], expected, rtol=1e-15)
    np.testing.assert_array_equal(after.element_u_w_m2k[0, 2:], house().element_u_w_m2k[0, 2:])


def test_two_insulations_of_one_wall_add_up():
    both = flags(Measure.CAVITY_WALL_INSULATION, Measure.OUTER_WALL_INSULATION)
    after = improve(house(), envelope_changes(both))
    expected = 1 / (1 / house().element_u_w_m2k[0, Element.WALL_1] + 4.6)
    assert after.element_u_w_m2k[0, Element.WALL_1] == pytest.approx(expected, rel=1e-15)


def test_new_glass_never_replaces_better_glass():
    good = house()
    u = good.element_u_w_m2k.copy()
    u[0, Element.WINDOW_1] = 1.1
    good = replace(good, element_u_w_m2k=u, window_g=np.array([0.5]))
    after = improve(good, envelope_changes(flags(Measure.HIGH_EFFICIENCY_GLAZING)))
    assert after.element_u_w_m2k[0, Element.WINDOW_1] == 1.1
    assert after.window_g[0] == 0.5


def test_new_glass_lets_in_less_sun_than_single_glass():
    after = improve(house(), envelope_changes(flags(Measure.HIGH_EFFICIENCY_GLAZING)))
    assert (after.element_u_w_m2k[0, Element.WINDOW_1], after.window_g[0]) == (1.7, 0.6)


def test_airtightness_and_ventilation_change_the_air():
    works = flags(Measure.AIRTIGHTNESS, Measure.VENTILATION_WITH_RECOVERY)
    after = improve(house(), envelope_changes(works))
    assert (after.infiltration_per_hour[0], after.heat_recovery_share[0]) == (0.2, 0.8)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Carrier.GAS, Carrier.GAS),
        (Carrier.HEATING_OIL, Carrier.HEATING_OIL),
        (Carrier.COAL, Carrier.GAS),
    ],
)
def test_a_condensing_boiler_keeps_oil_and_gas_and_else_burns_gas(before, after):
    systems = heating_systems([Generator.VARIABLE_BOILER_TO_1975], [before])
    new = improve_systems(systems, flags(Measure.CONDENSING_BOILER))
    assert new.generator[0] == Generator.CONDENSING_BOILER_FROM_2006
    assert (new.carrier[0], new.hot_water_carrier[0]) == (after, after)


def test_a_heat_pump_wins_over_a_boiler_and_runs_on_electricity():
    systems = heating_systems([Generator.VARIABLE_BOILER_TO_1975], [Carrier.GAS])
    new = improve_systems(systems, flags(Measure.CONDENSING_BOILER, Measure.HEAT_PUMP))
    assert (new.generator[0], new.carrier[0]) == (Generator.HEAT_PUMP_AIR, Carrier.ELECTRICITY)
    assert new.hot_water[0] == HotWater.HEAT_PUMP


def test_a_solar_boiler_keeps_the_carrier_of_the_hot_water():
    systems = heating_systems([Generator.VARIABLE_BOILER_TO_1975], [Carrier.GAS])
    new = improve_systems(systems, flags(Measure.SOLAR_BOILER))
    assert (new.hot_water[0], new.hot_water_carrier[0]) == (HotWater.SOLAR_AND_BOILER, Carrier.GAS)


def test_the_heat_of_a_heat_pump_counts_whole_on_the_curves_of_measured_use():
    systems = heating_systems([Generator.HEAT_PUMP_AIR], [Carrier.ELECTRICITY])
    area = house().reference_area_m2
    heat = delivered_heat(100.0 * area, house(), systems)
    np.testing.assert_allclose(heat.heating_kwh, 37.0 * area)  # TABULA: 0.37
    np.testing.assert_allclose(heat.intensity_kwh_m2, 110.0)  # and 10 for hot water


def test_a_package_lasts_as_long_as_its_shortest_lived_part():
    package = flags(Measure.ROOF_INSULATION, Measure.CONDENSING_BOILER, Measure.ENERGY_AUDIT)
    assert package_lifetime_years(package).tolist() == [20]
    assert package_lifetime_years(flags(Measure.ENERGY_AUDIT)).tolist() == [0]


def test_every_kind_of_works_of_the_law_has_a_measure_and_says_whether_it_is_modelled():
    assert {MEASURES[measure].works_code for measure in Measure} <= MEASURE_OF_WORKS.keys()
    for measure, figures in MEASURES.items():
        assert (figures.lifetime_years is not None) == figures.modelled, measure
    assert not MEASURES[MEASURE_OF_WORKS["energy_audit"]].modelled


def test_costs_follow_the_areas_and_unknown_costs_stay_unknown():
    cost = default_cost_cents(house())
    roof_m2 = house().element_area_m2[0, :2].sum()
    assert cost[1, 0, Measure.ROOF_INSULATION] == pytest.approx(6000 * roof_m2)
    assert cost[1, 0, Measure.CONDENSING_BOILER] == 450_000
    assert np.isnan(cost[:, 0, Measure.AIRTIGHTNESS]).all()


def test_a_known_floor_area_scales_its_type():
    row = type_index("terraced", 1930)
    scale = area_scale_for([row], [120.0])
    assert dwellings_of_types([row], scale).reference_area_m2[0] == pytest.approx(120.0)


def test_a_flat_is_its_block_divided_by_its_dwellings():
    row = type_index("high_rise", 1980)  # AB.03: 390 dwellings, 30982.5 m2
    flat = dwellings_of_types([row], [1.0])
    assert flat.reference_area_m2[0] == pytest.approx(30982.5 / 390)
    assert flat.hot_water_need_kwh_m2[0] == 15.0


@pytest.mark.parametrize(
    ("kwargs", "field"),
    [
        ({"element_u_w_m2k": np.full((1, 10), 50.0)}, "element_u_w_m2k"),
        ({"element_area_m2": np.full((1, 10), -1.0)}, "element_area_m2"),
        ({"element_area_m2": np.full((1, 9), 1.0)}, "element_area_m2"),
        ({"window_g": np.array([np.nan])}, "window_g"),
        ({"reference_area_m2": np.array([0.0])}, "reference_area_m2"),
    ],
)
def test_an_impossible_dwelling_is_refused_by_name(kwargs, field):
    with pytest.raises(ModelInputError) as refused:
        replace(house(), **kwargs)
    assert refused.value.field == field


def test_a_dwelling_without_heat_capacity_is_refused():
    from savings_model.dwellings import BoundaryConditions

    with pytest.raises(ModelInputError, match="heat_capacity"):
        BoundaryConditions(heat_capacity_wh_m2k=0.0)


def test_an_unknown_kind_of_dwelling_or_an_impossible_year_is_refused():
    with pytest.raises(ModelInputError, match="size_class"):
        type_index("castle", 1930)
    with pytest.raises(ModelInputError, match="building_year"):
        type_index("terraced", -5)


# cost, kWh a year, lifetime, NPV: 3 %, 0.0761 EUR/kWh; a worked example that was made apart
# from this code, with kWh printed in whole numbers
WORKED = [
    ("cavity", 2585.0, 7802.0, 30, 9048.0),
    ("roof", 5330.0, 5948.0, 30, 3538.0),
    ("boiler", 4500.0, 6269.0, 20, 2595.0),
    ("glazing", 7758.0, 4834.0, 30, -551.0),
]


@pytest.mark.parametrize(("name", "cost", "kwh", "years", "worth"), WORKED)
def test_net_present_value_is_that_of_the_worked_example(name, cost, kwh, years, worth):
    ours = works_net_present_value_eur([cost], [kwh * 0.0761], [years], discount_rate_per_year=0.03)
    assert ours[0] == pytest.approx(worth, abs=5.0), name


def test_a_saving_paid_for_by_half_its_life_is_worth_the_other_half_without_interest():
    worth = works_net_present_value_eur([500.0], [100.0], [10], discount_rate_per_year=0.0)
    assert worth[0] == pytest.approx(500.0)
    assert simple_payback_years([500.0, 500.0], [100.0, 0.0]).tolist() == [5.0, np.inf]


def test_a_tonne_has_a_price_only_where_works_cost_money():
    price = cost_per_tonne_eur([-551.0, 9048.0, -10.0], [32.6, 52.7, 0.0])
    assert price[0] == pytest.approx(16.9, abs=0.05)
    assert np.isnan(price[1:]).all()


def test_works_are_ranked_by_who_beats_whom():
    front = pareto_front([9048.0, 3538.0, 556.0, -551.0, 3538.0], [52.7, 40.1, 61.0, 32.6, 40.1])
    assert front.tolist() == [0, 1, 0, 2, 1]
