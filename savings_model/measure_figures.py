"""The works that a loan may pay for: what each changes, how long it lasts, what it costs.

Costs are of 2010-2018, works included, and mostly German or Dutch: the weakest block of the
model, to be replaced by the invoices of the lender. `modelled` says whether the model can tell
a saving at all; where it cannot, the saving is unknown, which is not zero.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.dwellings import FLOORS, ROOFS, WALLS, Element


class Measure(IntEnum):
    """Columns of a table of works."""

    ROOF_INSULATION = 0
    CAVITY_WALL_INSULATION = 1
    OUTER_WALL_INSULATION = 2
    FLOOR_INSULATION = 3
    HIGH_EFFICIENCY_GLAZING = 4
    AIRTIGHTNESS = 5
    VENTILATION_WITH_RECOVERY = 6
    CONDENSING_BOILER = 7
    HEAT_PUMP = 8
    SOLAR_BOILER = 9
    HOT_WATER_HEAT_PUMP = 10
    PHOTOVOLTAICS = 11
    OTHER_HEATING = 12
    HEATING_CONTROL = 13
    OTHER_VENTILATION = 14
    INSULATED_GARAGE_DOOR = 15
    RELIGHTING = 16
    EFFICIENT_APPLIANCES = 17
    STORAGE_AND_CONTROL = 18
    ENERGY_AUDIT = 19


class CostBasis(StrEnum):
    """What a unit cost is counted by."""

    ROOF_M2 = "roof_m2"
    WALL_M2 = "wall_m2"
    FLOOR_M2 = "floor_m2"
    WINDOW_M2 = "window_m2"
    REFERENCE_M2 = "reference_m2"
    DWELLING = "dwelling"


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one unit of a measure costs, in cents: low, usual, high."""

    basis: CostBasis
    low_cents: int
    usual_cents: int
    high_cents: int
    source: str


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """One measure; `works_code` is the legal kind of works it belongs to."""

    works_code: str
    modelled: bool
    lifetime_years: int | None
    cost: UnitCost | None


_PY = "PyPSA-Eur data/retro x BE/DE price level 1.08"
_BMVBS = "BMVBS 2012 in tsib costdata"
_ASSUMED = "assumed, few sources"


def _unmodelled(works_code: str) -> MeasureFigures:
    return MeasureFigures(works_code, modelled=False, lifetime_years=None, cost=None)


def _modelled(works_code: str, lifetime_years: int, cost: UnitCost | None) -> MeasureFigures:
    return MeasureFigures(works_code, modelled=True, lifetime_years=lifetime_years, cost=cost)


# fmt: off
MEASURES: dict[Measure, MeasureFigures] = {
    Measure.ROOF_INSULATION: _modelled("roof_attic_floor_insulation", 30, UnitCost(
        CostBasis.ROOF_M2, 3_500, 6_000, 11_000, f"{_PY}; {_BMVBS}")),
    Measure.CAVITY_WALL_INSULATION: _modelled("cavity_wall_insulation", 30, UnitCost(
        CostBasis.WALL_M2, 1_500, 2_200, 3_000, "Dutch averages of 1,750-2,400 EUR a dwelling")),
    Measure.OUTER_WALL_INSULATION: _modelled("outer_wall_insulation", 30, UnitCost(
        CostBasis.WALL_M2, 8_000, 11_000, 16_000, f"{_PY}; {_BMVBS}")),
    Measure.FLOOR_INSULATION: _modelled("floor_insulation", 30, UnitCost(
        CostBasis.FLOOR_M2, 2_000, 5_000, 15_000, f"{_PY}; {_BMVBS}")),
    Measure.HIGH_EFFICIENCY_GLAZING: _modelled("high_efficiency_glazing", 30, UnitCost(
        CostBasis.WINDOW_M2, 18_000, 30_000, 40_000, f"{_PY}; {_BMVBS}")),
    Measure.AIRTIGHTNESS: _modelled("airtightness", 30, None),
    Measure.VENTILATION_WITH_RECOVERY: _modelled("ventilation", 25, UnitCost(
        CostBasis.REFERENCE_M2, 6_500, 6_500, 6_500, _BMVBS)),
    Measure.CONDENSING_BOILER: _modelled("heating", 20, UnitCost(
        CostBasis.DWELLING, 350_000, 450_000, 700_000, "bouwkoorts.nl 2009; daiunique.com")),
    Measure.HEAT_PUMP: _modelled("heating", 18, UnitCost(
        CostBasis.DWELLING, 700_000, 1_100_000, 1_800_000, _ASSUMED)),
    Measure.SOLAR_BOILER: _modelled("solar_boiler", 20, UnitCost(
        CostBasis.DWELLING, 400_000, 550_000, 700_000, _ASSUMED)),
    Measure.HOT_WATER_HEAT_PUMP: _modelled("solar_boiler", 18, None),
    Measure.PHOTOVOLTAICS: _modelled("pv", 25, UnitCost(
        CostBasis.DWELLING, 450_000, 700_000, 1_400_000, _ASSUMED)),
    Measure.OTHER_HEATING: _unmodelled("heating"),
    Measure.HEATING_CONTROL: _unmodelled("heating_control"),
    Measure.OTHER_VENTILATION: _unmodelled("ventilation"),
    Measure.INSULATED_GARAGE_DOOR: _unmodelled("insulated_garage_door"),
    Measure.RELIGHTING: _unmodelled("relighting"),
    Measure.EFFICIENT_APPLIANCES: _unmodelled("efficient_appliances"),
    Measure.STORAGE_AND_CONTROL: _unmodelled("storage_and_control"),
    Measure.ENERGY_AUDIT: _unmodelled("energy_audit"),
}
# fmt: on

# Each legal kind of works with the measure it usually is. `heating` and `ventilation` say too
# little to model; a caller who knows the machine names the measure instead.
MEASURE_OF_WORKS: dict[str, Measure] = {
    "roof_attic_floor_insulation": Measure.ROOF_INSULATION,
    "roof_replacement_with_insulation": Measure.ROOF_INSULATION,
    "cavity_wall_insulation": Measure.CAVITY_WALL_INSULATION,
    "outer_wall_insulation": Measure.OUTER_WALL_INSULATION,
    "floor_insulation": Measure.FLOOR_INSULATION,
    "high_efficiency_glazing": Measure.HIGH_EFFICIENCY_GLAZING,
    "insulated_garage_door": Measure.INSULATED_GARAGE_DOOR,
    "airtightness": Measure.AIRTIGHTNESS,
    "ventilation": Measure.OTHER_VENTILATION,
    "heating": Measure.OTHER_HEATING,
    "heating_control": Measure.HEATING_CONTROL,
    "pv": Measure.PHOTOVOLTAICS,
    "solar_boiler": Measure.SOLAR_BOILER,
    "relighting": Measure.RELIGHTING,
    "efficient_appliances": Measure.EFFICIENT_APPLIANCES,
    "storage_and_control": Measure.STORAGE_AND_CONTROL,
    "energy_audit": Measure.ENERGY_AUDIT,
}

MODELLED = np.array([MEASURES[measure].modelled for measure in Measure])
LIFETIME_YEARS: IntArray = np.array(
    [MEASURES[measure].lifetime_years or 0 for measure in Measure], dtype=np.int64
)


def _resistances() -> FloatArray:
    """Give the added resistance by measure and element, m2K/W.

    Roof 4.5 and floor 2.14 lie between TABULA's usual and advanced packages, outer wall 3.0
    is its usual one, 1.6 is a filled cavity of about 6 cm.
    """
    table = np.zeros((len(Measure), len(Element)))
    table[Measure.ROOF_INSULATION, list(ROOFS)] = 4.5
    table[Measure.CAVITY_WALL_INSULATION, list(WALLS)] = 1.6
    table[Measure.OUTER_WALL_INSULATION, list(WALLS)] = 3.0
    table[Measure.FLOOR_INSULATION, list(FLOORS)] = 2.14
    return table


ADDED_RESISTANCE_M2K_W: FloatArray = _resistances()
NEW_WINDOW_U_W_M2K = 1.7
NEW_WINDOW_G = 0.6
# What TABULA's usual Belgian refurbishment reaches (HiSim, episcope-tabula table).
TIGHT_INFILTRATION_PER_HOUR = 0.2
BALANCED_RECOVERY_SHARE = 0.8
