"""Where heat leaves a dwelling: through its surfaces, through air, and how that is reduced."""

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.dwellings import BoundaryConditions, Dwellings

AIR_HEAT_CAPACITY_WH_M3K = 0.34


def transmission_loss_w_k(dwellings: Dwellings) -> FloatArray:
    """Add up what the surfaces and the thermal bridges let through.

    Parameters
    ----------
    dwellings : Dwellings
        Elements and thermal bridges.

    Returns
    -------
    ndarray, shape (...)
        Heat loss coefficient by transmission. [W/K]

    Notes
    -----
    H_tr = sum of b U A over the elements, plus dU_tb times the sum of A.

    References
    ----------
    TABULA calculation method (IWU 2013), after EN ISO 13790, section 8.3.
    """
    bridges: FloatArray = dwellings.thermal_bridge_w_m2k * dwellings.element_area_m2.sum(axis=-1)
    return surface_loss_w_k(dwellings, dwellings.element_u_w_m2k) + bridges


def surface_loss_w_k(dwellings: Dwellings, element_u_w_m2k: FloatArray) -> FloatArray:
    """Add up what the surfaces let through, for U-values that may differ from the dwelling's.

    Parameters
    ----------
    dwellings : Dwellings
        Areas and adjustment factors.
    element_u_w_m2k : ndarray, shape (..., 10)
        U-values to use. [W/m2K]

    Returns
    -------
    ndarray, shape (...)
        Heat loss coefficient without thermal bridges. [W/K]
    """
    weights = dwellings.element_adjustment * dwellings.element_area_m2
    loss: FloatArray = (weights * element_u_w_m2k).sum(axis=-1)
    return loss


def insulated_u_w_m2k(
    element_u_w_m2k: FloatArray, added_resistance_m2k_w: FloatArray
) -> FloatArray:
    """Put insulation on elements.

    Parameters
    ----------
    element_u_w_m2k : ndarray, shape (..., 10)
        U-values before. [W/m2K]
    added_resistance_m2k_w : ndarray, shape (..., 10)
        Thermal resistance that is added; 0 leaves the element as it is. [m2K/W]

    Returns
    -------
    ndarray, shape (..., 10)
        U' = 1/(1/U + R), written so that U = 0 stays 0. [W/m2K]
    """
    return element_u_w_m2k / (1.0 + added_resistance_m2k_w * element_u_w_m2k)


def ventilation_loss_w_k(dwellings: Dwellings, conditions: BoundaryConditions) -> FloatArray:
    """Add up what used air and leaking air carry away.

    Parameters
    ----------
    dwellings : Dwellings
        Air changes, heat recovery and floor area.
    conditions : BoundaryConditions
        Room height.

    Returns
    -------
    ndarray, shape (...)
        Heat loss coefficient by air. [W/K]

    Notes
    -----
    H_ve = 0.34 (n_use (1 - recovery) + n_infiltration) h A_ref; leaks are not recovered.
    """
    used = dwellings.air_use_per_hour * (1.0 - dwellings.heat_recovery_share)
    changes = used + dwellings.infiltration_per_hour
    volume_m3 = np.asarray(conditions.room_height_m) * dwellings.reference_area_m2
    return AIR_HEAT_CAPACITY_WH_M3K * changes * volume_m3


def temperature_reduction(
    transmission_w_m2k: FloatArray, at_low_loss: FloatArray, at_high_loss: FloatArray
) -> FloatArray:
    """Say how much colder than the set point a dwelling is on average, as a factor on losses.

    A dwelling that loses much is heated less of the time and in fewer rooms.

    Parameters
    ----------
    transmission_w_m2k : ndarray, shape (...)
        Transmission loss per square metre of reference area. [W/m2K]
    at_low_loss, at_high_loss : ndarray, shape (...)
        The factor at 1 and at 4 W/m2K. [-]

    Returns
    -------
    ndarray, shape (...)
        Factor on the temperature difference. [-]

    Notes
    -----
    Linear between 1 and 4 W/m2K and flat above 4. Below 1 the published results follow
    f1 + 2 (1 - f1)(1 - h), which passes 1 for h below one half: TABULA then counts more loss
    than the set point explains. It is kept because it reproduces the published tables, and it
    is why insulating an already tight dwelling further saves a little less than U alone says.

    References
    ----------
    836 rows of TABULA/EPISCOPE results in FZJ-IEK3-VSA/tsib, `episcope.csv`.
    """
    along = np.clip((transmission_w_m2k - 1.0) / 3.0, 0.0, 1.0)
    below = np.maximum(1.0 - transmission_w_m2k, 0.0)
    return at_low_loss + along * (at_high_loss - at_low_loss) + 2.0 * (1.0 - at_low_loss) * below
