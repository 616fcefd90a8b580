"""From net heat to the energy that is bought: generators, hot water, pipes, carriers.

An expenditure factor is delivered kWh per useful kWh, so a heat pump stands below one. Energy
is counted at the lower heating value.
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.dwellings import Dwellings, Index
from savings_model.validation import as_integers, require_shape


class Carrier(IntEnum):
    """Columns of energy that is bought; the last one is current that the roof feeds in."""

    GAS = 0
    HEATING_OIL = 1
    ELECTRICITY = 2
    LPG = 3
    COAL = 4
    WOOD = 5
    ELECTRICITY_FED_IN = 6


class Generator(IntEnum):
    """Rows of `GENERATOR_EXPENDITURE`; years are years of installation."""

    CONSTANT_BOILER_TO_1975 = 0
    CONSTANT_BOILER_1976_1985 = 1
    VARIABLE_BOILER_TO_1975 = 2
    VARIABLE_BOILER_1976_1985 = 3
    VARIABLE_BOILER_1986_1995 = 4
    VARIABLE_BOILER_1996_2005 = 5
    VARIABLE_BOILER_FROM_2006 = 6
    CONDENSING_BOILER_TO_2005 = 7
    CONDENSING_BOILER_FROM_2006 = 8
    HEAT_PUMP_AIR = 9
    HEAT_PUMP_GROUND_HORIZONTAL = 10
    HEAT_PUMP_GROUND_VERTICAL = 11
    HEAT_PUMP_WATER = 12
    GAS_STOVE_TO_1985 = 13
    GAS_STOVE_FROM_1986 = 14
    OIL_STOVE_TO_1985 = 15
    OIL_STOVE_FROM_1986 = 16
    COAL_STOVE = 17
    WOOD_STOVE = 18
    ELECTRIC = 19


class HotWater(IntEnum):
    """Rows of `HOT_WATER_EXPENDITURE`."""

    OLD_BOILER = 0
    CONSTANT_BOILER = 1
    CONDENSING_BOILER = 2
    HEAT_PUMP = 3
    ELECTRIC = 4
    SOLAR_AND_BOILER = 5
    GAS_INSTANT = 6


class Pipes(IntEnum):
    """Rows of `DISTRIBUTION_LOSS_KWH_M2`: where the heating pipes run."""

    INSIDE = 0
    INSULATED = 1
    PARTLY_INSULATED = 2
    UNINSULATED = 3


SOURCE = "TABULA/EPISCOPE systems of Belgium, in IWUGERMANY/tabuladata at 2411fa43, CC BY 4.0"

# fmt: off
GENERATOR_EXPENDITURE: FloatArray = np.array([
    1.58, 1.42,                     # boilers of constant temperature
    1.42, 1.31, 1.21, 1.18, 1.16,   # boilers of variable temperature, not condensing
    1.07, 1.04,                     # condensing boilers
    0.37, 0.29, 0.26, 0.24,         # heat pumps
    1.39, 1.34, 1.51, 1.41,         # stoves on gas and oil
    1.81, 1.56,                     # stoves on coal (to 1985) and wood (from 1986)
    1.0,                            # electric
])
HOT_WATER_EXPENDITURE: FloatArray = np.array([1.35, 1.85, 1.17, 0.37, 1.0, 0.47, 1.31])
DISTRIBUTION_LOSS_KWH_M2: FloatArray = np.array([0.0, 5.1, 11.07, 17.03])
# fmt: on


@dataclass(frozen=True, slots=True)
class HeatingSystems:
    """What makes the heat of each dwelling.

    Attributes
    ----------
    generator, hot_water, pipes : ndarray of int, shape (...)
        Rows of `Generator`, `HotWater` and `Pipes`.
    carrier, hot_water_carrier : ndarray of int, shape (...)
        Columns of `Carrier`.
    """

    generator: IntArray
    carrier: IntArray
    hot_water: IntArray
    hot_water_carrier: IntArray
    pipes: IntArray

    def __post_init__(self) -> None:
        _check_rows("generator", self.generator, len(Generator))
        _check_rows("carrier", self.carrier, len(Carrier) - 1)
        _check_rows("hot_water", self.hot_water, len(HotWater))
        _check_rows("hot_water_carrier", self.hot_water_carrier, len(Carrier) - 1)
        _check_rows("pipes", self.pipes, len(Pipes))


@dataclass(frozen=True, slots=True)
class DeliveredHeat:
    """Energy bought for heat.

    Attributes
    ----------
    heating_kwh, hot_water_kwh : ndarray, shape (...)
        Delivered energy a year. [kWh]
    intensity_kwh_m2 : ndarray, shape (...)
        Both together per reference area, with the heat of a heat pump counted whole: the
        place on the curves of measured use. [kWh/m2]
    """

    heating_kwh: FloatArray
    hot_water_kwh: FloatArray
    intensity_kwh_m2: FloatArray


def heating_systems(generator: ArrayLike, carrier: ArrayLike) -> HeatingSystems:
    """Build heating systems of which only the generator and its carrier are known.

    Hot water is taken to come from the same boiler or heat pump, from electricity beside
    stoves and electric heating, and the pipes to run inside; say otherwise where it is known.

    Parameters
    ----------
    generator : array_like of int, shape (dwellings,)
        Rows of `Generator`. [-]
    carrier : array_like of int, shape (dwellings,)
        Columns of `Carrier`. [-]

    Returns
    -------
    HeatingSystems
        One row a dwelling.
    """
    generators = as_integers("generator", generator, minimum=0, maximum=len(Generator) - 1)
    carriers = as_integers("carrier", carrier, minimum=0, maximum=len(Carrier) - 2)
    require_shape("carrier", carriers, generators.shape)
    hot_water = _USUAL_HOT_WATER[generators]
    electric = np.isin(hot_water, (HotWater.ELECTRIC, HotWater.HEAT_PUMP))
    return HeatingSystems(
        generator=generators,
        carrier=carriers,
        hot_water=hot_water,
        hot_water_carrier=np.where(electric, Carrier.ELECTRICITY, carriers),
        pipes=np.zeros_like(generators),
    )


def take_systems(systems: HeatingSystems, index: Index) -> HeatingSystems:
    """Pick some dwellings along the first axis, or add an axis.

    Parameters
    ----------
    systems : HeatingSystems
        The batch to pick from.
    index : slice, ndarray of int, shape (n,), or tuple
        Which ones. [-]

    Returns
    -------
    HeatingSystems
        The chosen ones, in the order asked.
    """
    return HeatingSystems(**{f.name: getattr(systems, f.name)[index] for f in fields(systems)})


def delivered_heat(
    demand_kwh: FloatArray, dwellings: Dwellings, systems: HeatingSystems
) -> DeliveredHeat:
    """Turn net heat into the energy that is bought for it.

    Parameters
    ----------
    demand_kwh : ndarray, shape (...)
        Net heat a year. [kWh]
    dwellings : Dwellings
        Reference areas and hot water need.
    systems : HeatingSystems
        Generators and hot water.

    Returns
    -------
    DeliveredHeat
        Energy for heating and for hot water.

    Notes
    -----
    Q_del = (Q_nd + q_pipes A) e and Q_w = q_w A e_w. The curves of measured use were made for
    fuels; taking the small electricity use of a heat pump there would make its household
    look thrifty, so for a heat pump the curve is entered with the heat it gives.
    """
    area = dwellings.reference_area_m2
    expenditure = GENERATOR_EXPENDITURE[systems.generator]
    water_expenditure = HOT_WATER_EXPENDITURE[systems.hot_water]
    heat = demand_kwh + DISTRIBUTION_LOSS_KWH_M2[systems.pipes] * area
    water = dwellings.hot_water_need_kwh_m2 * area
    pumped_water = systems.hot_water == HotWater.HEAT_PUMP
    counted = heat * np.maximum(expenditure, 1.0)
    counted_water = water * np.where(pumped_water, 1.0, water_expenditure)
    return DeliveredHeat(
        heating_kwh=heat * expenditure,
        hot_water_kwh=water * water_expenditure,
        intensity_kwh_m2=(counted + counted_water) / area,
    )


def _check_rows(field: str, rows: IntArray, count: int) -> None:
    as_integers(field, rows, minimum=0, maximum=count - 1)


# fmt: off
_USUAL_HOT_WATER: IntArray = np.array([
    HotWater.CONSTANT_BOILER, HotWater.CONSTANT_BOILER,
    *[HotWater.OLD_BOILER] * 5,
    *[HotWater.CONDENSING_BOILER] * 2,
    *[HotWater.HEAT_PUMP] * 4,
    *[HotWater.ELECTRIC] * 7,
], dtype=np.int64)
# fmt: on
