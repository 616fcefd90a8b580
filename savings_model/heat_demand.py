"""The net heat that a dwelling needs in a year: losses minus the gains that are of use.

One balance serves both forms of EN ISO 13790: by month, which is the model, and over one
heating season, which is the form of TABULA and reproduces its published tables.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.climate import HOURS_PER_DAY, WH_PER_KWH, Climate, Orientation
from savings_model.dwellings import STANDARD_USE, BoundaryConditions, Dwellings
from savings_model.heat_loss import (
    temperature_reduction,
    transmission_loss_w_k,
    ventilation_loss_w_k,
)

# Below this a loss or a ratio counts as zero; it keeps logarithms and divisions finite.
TINY = 1e-300
_KWH_PER_W_DAY = HOURS_PER_DAY / WH_PER_KWH


@dataclass(frozen=True, slots=True)
class Utilisation:
    """How well a dwelling keeps gains: exponent a = base + time constant / hours.

    Attributes
    ----------
    base : float
        The exponent of a dwelling without mass. [-]
    hours : float
        Time constant that adds one to the exponent. [h]
    """

    base: float
    hours: float


MONTHLY = Utilisation(base=1.0, hours=15.0)
SEASONAL = Utilisation(base=0.8, hours=30.0)


@dataclass(frozen=True, slots=True)
class HeatBalance:
    """Every step of the balance, so that a reader can follow it.

    Attributes
    ----------
    transmission_w_k, ventilation_w_k : ndarray, shape (...)
        Heat loss coefficients. [W/K]
    reduction : ndarray, shape (...)
        Temperature reduction. [-]
    transmission_kwh, ventilation_kwh : ndarray, shape (..., periods)
        Heat lost. [kWh]
    solar_kwh, internal_kwh : ndarray, shape (..., periods)
        Heat gained. [kWh]
    time_constant_h, exponent : ndarray, shape (...)
        Inertia and the exponent that follows from it. [h, -]
    gain_ratio, utilised_share : ndarray, shape (..., periods)
        Gains over losses, infinite in a period without losses, and the share of the gains that
        replaces heating, one where nothing is gained. [-]
    demand_kwh : ndarray, shape (..., periods)
        Net heat that is needed. [kWh]
    """

    transmission_w_k: FloatArray
    ventilation_w_k: FloatArray
    reduction: FloatArray
    transmission_kwh: FloatArray
    ventilation_kwh: FloatArray
    solar_kwh: FloatArray
    internal_kwh: FloatArray
    time_constant_h: FloatArray
    exponent: FloatArray
    gain_ratio: FloatArray
    utilised_share: FloatArray
    demand_kwh: FloatArray


def heat_balance(
    dwellings: Dwellings,
    climate: Climate,
    *,
    utilisation: Utilisation = MONTHLY,
    conditions: BoundaryConditions = STANDARD_USE,
) -> HeatBalance:
    """Work out the whole balance of each dwelling in each period.

    Parameters
    ----------
    dwellings : Dwellings
        The batch.
    climate : Climate
        Periods and weather.
    utilisation : Utilisation
        `MONTHLY` with months, `SEASONAL` with one heating season.
    conditions : BoundaryConditions
        How the dwellings are used.

    Returns
    -------
    HeatBalance
        All steps.

    Notes
    -----
    Q_ht = 0.024 (H_tr + H_ve) F_red (theta_i - theta_e) days; gamma = gains / losses;
    a = a0 + tau / tau0; eta = (1 - gamma^a) / (1 - gamma^(a+1)); Q = Q_ht - eta Q_gain.
    Left out: cooling, sky radiation, sun on opaque surfaces, exchange with neighbours.

    References
    ----------
    EN ISO 13790:2008, sections 7 and 12; TABULA calculation method (IWU 2013).
    """
    transmission = transmission_loss_w_k(dwellings)
    ventilation = ventilation_loss_w_k(dwellings, conditions)
    reduction = temperature_reduction(
        transmission / dwellings.reference_area_m2,
        dwellings.reduction_at_low_loss,
        dwellings.reduction_at_high_loss,
    )
    kwh_per_w_k = reduction[..., None] * degree_kilohours(climate, conditions.indoor_temperature_c)
    solar = solar_gains_kwh(dwellings, climate, conditions)
    internal = internal_gains_kwh(dwellings, climate, conditions)
    loss = (transmission + ventilation)[..., None] * kwh_per_w_k
    inertia = time_constant_h(dwellings, transmission + ventilation, conditions)
    exponent = utilisation.base + inertia / utilisation.hours
    gains = solar + internal
    useful = useful_gains_kwh(loss, gains, exponent[..., None])
    return HeatBalance(
        transmission_w_k=transmission,
        ventilation_w_k=ventilation,
        reduction=reduction,
        transmission_kwh=transmission[..., None] * kwh_per_w_k,
        ventilation_kwh=ventilation[..., None] * kwh_per_w_k,
        solar_kwh=solar,
        internal_kwh=internal,
        time_constant_h=inertia,
        exponent=exponent,
        gain_ratio=ratio(gains, loss, otherwise=np.inf),
        utilised_share=ratio(useful, gains, otherwise=1.0),
        demand_kwh=loss - useful,
    )


def degree_kilohours(climate: Climate, indoor_temperature_c: float | FloatArray) -> FloatArray:
    """Give the heat that one W/K loses in each period.

    Parameters
    ----------
    climate : Climate
        Periods and outdoor temperature.
    indoor_temperature_c : float or ndarray, shape (...)
        Set point. [degC]

    Returns
    -------
    ndarray, shape (..., periods)
        Nothing in a period that is warmer than the set point. [kWh per W/K]
    """
    missing = np.asarray(indoor_temperature_c)[..., None] - climate.outdoor_temperature_c
    return _KWH_PER_W_DAY * climate.days * np.maximum(missing, 0.0)


def solar_gains_kwh(
    dwellings: Dwellings, climate: Climate, conditions: BoundaryConditions = STANDARD_USE
) -> FloatArray:
    """Say how much sun comes in through the windows.

    Parameters
    ----------
    dwellings : Dwellings
        Window areas and their g-value.
    climate : Climate
        Sun by orientation.
    conditions : BoundaryConditions
        Shading, frames and slanted sun.

    Returns
    -------
    ndarray, shape (..., periods)
        Heat from the sun. [kWh]
    """
    shading = np.stack(
        np.broadcast_arrays(
            conditions.shading_horizontal, *[conditions.shading_vertical] * (len(Orientation) - 1)
        ),
        axis=-1,
    )
    open_share = (1.0 - np.asarray(conditions.frame_share)) * conditions.slanted_sun_share
    area = dwellings.window_area_m2 * shading * (open_share * dwellings.window_g)[..., None]
    # A plain sum, not a BLAS product: the same bits whatever the number of dwellings.
    gains: FloatArray = (area[..., None] * climate.solar_kwh_m2).sum(axis=-2)
    return gains


def internal_gains_kwh(
    dwellings: Dwellings, climate: Climate, conditions: BoundaryConditions = STANDARD_USE
) -> FloatArray:
    """Say how much heat people and appliances give.

    Parameters
    ----------
    dwellings : Dwellings
        Reference areas.
    climate : Climate
        Length of the periods.
    conditions : BoundaryConditions
        Gains per square metre.

    Returns
    -------
    ndarray, shape (..., periods)
        Heat from inside. [kWh]
    """
    watts = np.asarray(conditions.internal_gains_w_m2) * dwellings.reference_area_m2
    return _KWH_PER_W_DAY * climate.days * watts[..., None]


def time_constant_h(
    dwellings: Dwellings, loss_w_k: FloatArray, conditions: BoundaryConditions
) -> FloatArray:
    """Say how slowly a dwelling cools down.

    Parameters
    ----------
    dwellings : Dwellings
        Reference areas.
    loss_w_k : ndarray, shape (...)
        All losses together. [W/K]
    conditions : BoundaryConditions
        Heat capacity.

    Returns
    -------
    ndarray, shape (...)
        Heat capacity over losses, bounded for a dwelling without losses. [h]
    """
    capacity = np.asarray(conditions.heat_capacity_wh_m2k) * dwellings.reference_area_m2
    return capacity / np.maximum(loss_w_k, 1e-6 * capacity)


def useful_gains_kwh(
    loss_kwh: FloatArray, gains_kwh: FloatArray, exponent: FloatArray
) -> FloatArray:
    """Say which part of the gains replaces heating.

    Parameters
    ----------
    loss_kwh, gains_kwh : ndarray, shape (...)
        Losses and gains of a period, neither negative. [kWh]
    exponent : ndarray, shape (...)
        The exponent a of the dwelling. [-]

    Returns
    -------
    ndarray, shape (...)
        Gains that are of use, never more than the losses. [kWh]

    Notes
    -----
    With x the smaller of losses and gains over the larger, eta times gains equals the smaller
    times (1 - x^a)/(1 - x^(a+1)) on both sides of gamma = 1, so one expression serves all; it
    is worked out as expm1(a ln x)/expm1((a+1) ln x), which at x = 1 gives a/(a+1) unaided.
    """
    smaller = np.minimum(loss_kwh, gains_kwh)
    larger = np.maximum(np.maximum(loss_kwh, gains_kwh), TINY)
    logarithm = np.minimum(np.log(np.maximum(smaller / larger, TINY)), -TINY)
    scaled = exponent * logarithm
    return smaller * np.expm1(scaled) / np.expm1(scaled + logarithm)


def ratio(above: FloatArray, below: FloatArray, *, otherwise: float) -> FloatArray:
    """Divide, and give another value where there is nothing to divide by.

    Parameters
    ----------
    above, below : ndarray, shape (...)
        Neither negative. [any unit, the same for both]
    otherwise : float
        The value where `below` is zero. [-]

    Returns
    -------
    ndarray, shape (...)
        One over the other. [-]
    """
    found = np.full(np.broadcast_shapes(above.shape, below.shape), otherwise)
    np.divide(above, below, out=found, where=below > 0.0)
    return found
