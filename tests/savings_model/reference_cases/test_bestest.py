"""Monthly heating of ASHRAE 140-2020 cases 600 and 900 (light and heavy box in Denver).

Case data (areas, U-values, 0.414 air changes at the altitude, 200 W inside, g of the glass, heat
capacity of both boxes): the ISO 13790 validation models in open-ideas/IDEAS,
`ThermalZones/ISO13790/Validation/BESTEST`. Results of the six programs and the limits:
ASHRAE 140-2020 table as reproduced there. Weather: Denver International Airport TMY3 (725650),
in NREL/openstudio-urban-measures; monthly means of temperature, and monthly sums of sun on the
south plane worked out hour by hour with the sky of Hay and Davies and a ground reflectance of
0.2. What a double pane lets through less at a slant was worked out by month in the same way,
with the polynomial of that model, so the flat correction of 0.9 is not used.
"""

import numpy as np
import pytest

from savings_model.climate import Climate
from savings_model.dwellings import BoundaryConditions, Dwellings, Element
from savings_model.heat_demand import heat_balance

# fmt: off
DENVER = Climate(
    code="denver_tmy3",
    source="Denver Intl AP 725650 TMY3",
    days=np.array([31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0]),
    outdoor_temperature_c=np.array(
        [0.79, -0.05, 6.13, 5.83, 15.49, 23.1, 22.27, 22.61, 19.16, 10.04, 2.9, 1.43]),
    # only the south row counts: sun on the plane, times what a slanted pane lets through
    solar_kwh_m2=np.outer([0.0, 0.0, 1.0, 0.0, 0.0], np.multiply(
        [144.9, 119.9, 133.1, 88.5, 85.2, 75.8, 80.6, 96.5, 120.7, 138.4, 122.0, 127.7],
        [0.960, 0.930, 0.856, 0.789, 0.728, 0.688, 0.708, 0.746, 0.818, 0.908, 0.952, 0.966])),
)
# heat capacity Wh/m2K of floor, lower and upper limit MWh
CASES = {"600": (42_167 / 3600, 3.75, 4.98), "900": (307_750 / 3600, 1.04, 2.28)}
# fmt: on


def _box() -> Dwellings:
    area, u = np.zeros((1, len(Element))), np.zeros((1, len(Element)))
    area[0, [Element.ROOF_1, Element.WALL_1, Element.FLOOR_1, Element.WINDOW_1]] = (
        48.0,
        63.6,
        48.0,
        12.0,
    )
    u[0, [Element.ROOF_1, Element.WALL_1, Element.FLOOR_1, Element.WINDOW_1]] = (
        0.33,
        0.53,
        0.038,
        3.1,
    )
    one = np.ones(1)
    return Dwellings(
        reference_area_m2=48.0 * one,
        element_area_m2=area,
        element_u_w_m2k=u,
        element_adjustment=np.ones((1, len(Element))),
        thermal_bridge_w_m2k=0.0 * one,
        window_area_m2=np.array([[0.0, 0.0, 12.0, 0.0, 0.0]]),
        window_g=0.769 * one,
        infiltration_per_hour=0.414 * one,
        air_use_per_hour=0.0 * one,
        heat_recovery_share=0.0 * one,
        reduction_at_low_loss=one,
        reduction_at_high_loss=one,
        hot_water_need_kwh_m2=0.0 * one,
    )


@pytest.mark.parametrize("case", CASES)
def test_the_heating_of_the_box_lies_within_the_limits(case):
    capacity, lower, upper = CASES[case]
    conditions = BoundaryConditions(
        indoor_temperature_c=20.0,
        room_height_m=2.7,
        internal_gains_w_m2=200.0 / 48.0,
        heat_capacity_wh_m2k=capacity,
        shading_vertical=1.0,
        frame_share=0.0,
        slanted_sun_share=1.0,
    )
    mwh = heat_balance(_box(), DENVER, conditions=conditions).demand_kwh.sum() / 1000
    assert lower <= mwh <= upper
