"""Measures change the arrays of a dwelling; a package is worked out as a package, never summed."""

from dataclasses import dataclass, replace

import numpy as np

from savings_model.arrays import BoolArray, FloatArray, IntArray
from savings_model.dwellings import FLOORS, ROOFS, WALLS, WINDOWS, Dwellings, Element
from savings_model.heat_loss import insulated_u_w_m2k
from savings_model.heating_systems import Carrier, Generator, HeatingSystems, HotWater
from savings_model.measure_figures import (
    ADDED_RESISTANCE_M2K_W,
    BALANCED_RECOVERY_SHARE,
    LIFETIME_YEARS,
    MEASURES,
    MODELLED,
    NEW_WINDOW_G,
    NEW_WINDOW_U_W_M2K,
    TIGHT_INFILTRATION_PER_HOUR,
    CostBasis,
    Measure,
)
from savings_model.validation import ModelInputError


@dataclass(frozen=True, slots=True)
class EnvelopeChanges:
    """What works do to an envelope; infinity as a limit changes nothing.

    Attributes
    ----------
    added_resistance_m2k_w : ndarray, shape (..., 10)
        Insulation added to each element. [m2K/W]
    u_limit_w_m2k : ndarray, shape (..., 10)
        U of what replaces an element that is worse. [W/m2K]
    window_g : ndarray, shape (...)
        Sun through glass that replaces older glass. [-]
    infiltration_limit_per_hour : ndarray, shape (...)
        Leaks afterwards at most. [1/h]
    recovery_share : ndarray, shape (...)
        Heat recovery afterwards at least. [-]
    thermal_bridge_limit_w_m2k : ndarray, shape (...)
        Thermal bridges of the elements that were worked on, at most. [W/m2K]
    """

    added_resistance_m2k_w: FloatArray
    u_limit_w_m2k: FloatArray
    window_g: FloatArray
    infiltration_limit_per_hour: FloatArray
    recovery_share: FloatArray
    thermal_bridge_limit_w_m2k: FloatArray


def as_flags(field: str, flags: BoolArray, leading: tuple[int, ...]) -> BoolArray:
    """Accept a table of works, or refuse it.

    Parameters
    ----------
    field : str
        Name for the error.
    flags : ndarray of bool, shape (..., 20)
        A column for each `Measure`. [-]
    leading : tuple of int
        The shape before the columns. [elements]

    Returns
    -------
    ndarray of bool, shape (..., 20)
        The same table. [-]
    """
    table = np.asarray(flags)
    if table.dtype != np.bool_:
        raise ModelInputError(field, None, "must be true or false")
    if table.shape != (*leading, len(Measure)):
        expected = (*leading, len(Measure))
        raise ModelInputError(field, None, f"has shape {table.shape}, expected {expected}")
    return table


def envelope_changes(flags: BoolArray) -> EnvelopeChanges:
    """Say what a package of works does to the envelope.

    Parameters
    ----------
    flags : ndarray of bool, shape (..., 20)
        Which measures are taken. [-]

    Returns
    -------
    EnvelopeChanges
        All of them together.
    """
    u_limit = np.full((*flags.shape[:-1], len(Element)), np.inf)
    glazed = flags[..., Measure.HIGH_EFFICIENCY_GLAZING]
    for window in WINDOWS:
        u_limit[..., window] = np.where(glazed, NEW_WINDOW_U_W_M2K, np.inf)
    tight = flags[..., Measure.AIRTIGHTNESS]
    recovered = flags[..., Measure.VENTILATION_WITH_RECOVERY]
    leading = flags.shape[:-1]
    return EnvelopeChanges(
        # A plain sum, not a BLAS product: the same bits whatever the number of rows.
        added_resistance_m2k_w=(flags[..., None] * ADDED_RESISTANCE_M2K_W).sum(axis=-2),
        u_limit_w_m2k=u_limit,
        window_g=np.full(leading, NEW_WINDOW_G),
        infiltration_limit_per_hour=np.where(tight, TIGHT_INFILTRATION_PER_HOUR, np.inf),
        recovery_share=np.where(recovered, BALANCED_RECOVERY_SHARE, 0.0),
        thermal_bridge_limit_w_m2k=np.full(leading, np.inf),
    )


def improved_u_w_m2k(element_u_w_m2k: FloatArray, changes: EnvelopeChanges) -> FloatArray:
    """Give the U-values after the works.

    Parameters
    ----------
    element_u_w_m2k : ndarray, shape (..., 10)
        U-values before. [W/m2K]
    changes : EnvelopeChanges
        Insulation and replacement.

    Returns
    -------
    ndarray, shape (..., 10)
        U-values after; nothing gets worse. [W/m2K]
    """
    insulated = insulated_u_w_m2k(element_u_w_m2k, changes.added_resistance_m2k_w)
    return np.minimum(insulated, changes.u_limit_w_m2k)


def improve(dwellings: Dwellings, changes: EnvelopeChanges) -> Dwellings:
    """Give the dwellings as they stand after works on the envelope.

    Parameters
    ----------
    dwellings : Dwellings
        Before.
    changes : EnvelopeChanges
        What is done; its leading shape may add an axis of packages.

    Returns
    -------
    Dwellings
        After.
    """
    before = dwellings.element_u_w_m2k
    new_glass = changes.u_limit_w_m2k[..., Element.WINDOW_1] < before[..., Element.WINDOW_1]
    worked_on = (changes.added_resistance_m2k_w > 0) | (changes.u_limit_w_m2k < before)
    area = dwellings.element_area_m2
    bridge = dwellings.thermal_bridge_w_m2k
    gain = bridge - np.minimum(bridge, changes.thermal_bridge_limit_w_m2k)
    touched_share = (worked_on * area).sum(axis=-1) / np.maximum(area.sum(axis=-1), 1e-9)
    return replace(
        dwellings,
        element_u_w_m2k=improved_u_w_m2k(before, changes),
        window_g=np.where(new_glass, changes.window_g, dwellings.window_g),
        infiltration_per_hour=np.minimum(
            dwellings.infiltration_per_hour, changes.infiltration_limit_per_hour
        ),
        heat_recovery_share=np.maximum(dwellings.heat_recovery_share, changes.recovery_share),
        thermal_bridge_w_m2k=bridge - touched_share * gain,
    )


def improve_systems(systems: HeatingSystems, flags: BoolArray) -> HeatingSystems:
    """Give the heating as it stands after works.

    A condensing boiler keeps the gas, oil or LPG of the old one and else burns gas; a heat
    pump wins over a boiler in one package; a solar boiler keeps the carrier of the hot water.

    Parameters
    ----------
    systems : HeatingSystems
        Before.
    flags : ndarray of bool, shape (..., 20)
        Which measures are taken. [-]

    Returns
    -------
    HeatingSystems
        After.
    """
    boiler, pump = flags[..., Measure.CONDENSING_BOILER], flags[..., Measure.HEAT_PUMP]
    pumped_water = flags[..., Measure.HOT_WATER_HEAT_PUMP] | pump
    kept = np.isin(systems.carrier, (Carrier.GAS, Carrier.HEATING_OIL, Carrier.LPG))
    fuel = np.where(kept, systems.carrier, Carrier.GAS)
    carrier = np.select([pump, boiler], [Carrier.ELECTRICITY, fuel], systems.carrier)
    water_carrier = np.select(
        [pumped_water, boiler], [Carrier.ELECTRICITY, fuel], systems.hot_water_carrier
    )
    return HeatingSystems(
        generator=np.select(
            [pump, boiler],
            [Generator.HEAT_PUMP_AIR, Generator.CONDENSING_BOILER_FROM_2006],
            systems.generator,
        ),
        carrier=carrier,
        hot_water=np.select(
            [flags[..., Measure.SOLAR_BOILER], pumped_water, boiler],
            [HotWater.SOLAR_AND_BOILER, HotWater.HEAT_PUMP, HotWater.CONDENSING_BOILER],
            systems.hot_water,
        ),
        hot_water_carrier=water_carrier,
        pipes=np.broadcast_to(systems.pipes, carrier.shape),
    )


def package_lifetime_years(flags: BoolArray) -> IntArray:
    """Say how long the saving of a package is counted: as long as its shortest-lived part.

    Parameters
    ----------
    flags : ndarray of bool, shape (..., 20)
        Which measures are taken. [-]

    Returns
    -------
    ndarray of int, shape (...)
        0 where nothing is taken whose saving the model knows. [years]
    """
    years = np.where(flags & MODELLED, LIFETIME_YEARS, np.iinfo(np.int64).max)
    shortest = years.min(axis=-1)
    return np.where((flags & MODELLED).any(axis=-1), shortest, 0)


def default_cost_cents(dwellings: Dwellings) -> FloatArray:
    """Give the usual cost of each measure for each dwelling: low, usual and high.

    Parameters
    ----------
    dwellings : Dwellings
        Areas.

    Returns
    -------
    ndarray, shape (3, ..., 20)
        Not a number where no cost is known. [cents]
    """
    quantity = _quantities(dwellings)
    cost = np.full((3, *dwellings.shape, len(Measure)), np.nan)
    for measure, figures in MEASURES.items():
        if figures.cost is not None:
            unit = figures.cost
            for row, cents in enumerate((unit.low_cents, unit.usual_cents, unit.high_cents)):
                cost[row, ..., measure] = cents * quantity[unit.basis]
    return cost


def _quantities(dwellings: Dwellings) -> dict[CostBasis, FloatArray]:
    area = dwellings.element_area_m2
    return {
        CostBasis.ROOF_M2: area[..., list(ROOFS)].sum(axis=-1),
        CostBasis.WALL_M2: area[..., list(WALLS)].sum(axis=-1),
        CostBasis.FLOOR_M2: area[..., list(FLOORS)].sum(axis=-1),
        CostBasis.WINDOW_M2: area[..., list(WINDOWS)].sum(axis=-1),
        CostBasis.REFERENCE_M2: dwellings.reference_area_m2,
        CostBasis.DWELLING: np.ones(dwellings.shape),
    }
