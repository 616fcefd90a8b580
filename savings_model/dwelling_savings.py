"""What works save in each dwelling, by carrier, calculated and expected-realised, with draws."""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray
from savings_model.behaviour import use_factor
from savings_model.climate import UCCLE_MONTHLY, Climate
from savings_model.dwellings import STANDARD_USE, Dwellings, take_dwellings
from savings_model.electricity import USUAL_ROOF, fan_electricity_kwh, photovoltaic_yield_kwh
from savings_model.heat_demand import (
    MONTHLY,
    degree_kilohours,
    internal_gains_kwh,
    solar_gains_kwh,
    time_constant_h,
)
from savings_model.heat_kernel import yearly_heat_demand_kwh
from savings_model.heat_loss import (
    insulated_u_w_m2k,
    surface_loss_w_k,
    temperature_reduction,
    ventilation_loss_w_k,
)
from savings_model.heating_systems import (
    Carrier,
    DeliveredHeat,
    HeatingSystems,
    delivered_heat,
    take_systems,
)
from savings_model.measure_figures import Measure
from savings_model.measures import EnvelopeChanges, envelope_changes, improve, improve_systems
from savings_model.uncertainty import OwnDraws, SharedDraws


@dataclass(frozen=True, slots=True)
class DwellingSavings:
    """Energy that is not bought any more, a year; column 0 is the point estimate.

    Attributes
    ----------
    calculated_kwh, realised_kwh : ndarray, shape (7, dwellings, 1 + draws)
        By `Carrier`; negative where a carrier is used more. [kWh]
    """

    calculated_kwh: FloatArray
    realised_kwh: FloatArray


@dataclass(frozen=True, slots=True)
class _State:
    """Dwellings before or after the works, ready for draws."""

    dwellings: Dwellings
    systems: HeatingSystems
    changes: EnvelopeChanges | None


@dataclass(frozen=True, slots=True)
class _Use:
    """Delivered heat of one state, calculated and realised, each (dwellings, 1 + draws)."""

    heating: tuple[FloatArray, FloatArray]
    hot_water: tuple[FloatArray, FloatArray]


def dwelling_savings(
    dwellings: Dwellings,
    systems: HeatingSystems,
    works: BoolArray,
    *,
    shared: SharedDraws,
    own: OwnDraws,
    climate: Climate = UCCLE_MONTHLY,
) -> DwellingSavings:
    """Work out what a package of works saves in each dwelling and each draw.

    The package is worked out as a package: before and after, each with its whole balance.

    Parameters
    ----------
    dwellings : Dwellings
        Before the works, leading shape (dwellings,).
    systems : HeatingSystems
        Heating before the works.
    works : ndarray of bool, shape (dwellings, 20)
        A column for each `Measure`. [-]
    shared : SharedDraws
        What all dwellings share.
    own : OwnDraws
        What is each dwelling's own.
    climate : Climate
        Months.

    Returns
    -------
    DwellingSavings
        By carrier.

    Notes
    -----
    Calculated: Q of the monthly balance, at the drawn set point. Realised: Q at the standard
    set point, times the factor of measured use at that intensity, times the share that a poor
    household can pay for. The factor on areas scales a whole dwelling and leaves its losses a
    square metre alone, so it multiplies the result.
    """
    changes = envelope_changes(works)
    before = _State(dwellings, systems, None)
    improved = _State(improve(dwellings, changes), improve_systems(systems, works), changes)
    u_factor = shared.u_factor * own.u_factor
    saved = np.zeros((2, len(Carrier), *u_factor.shape))
    for sign, state in ((1.0, before), (-1.0, improved)):
        loss = _transmission_w_k(state, dwellings, u_factor)
        use = _use(state, loss, shared, own=own, climate=climate)
        _book(saved, state.systems, use, sign)
    saved *= shared.area_factor * own.area_factor
    _book_electricity(saved, dwellings, works)
    return DwellingSavings(saved[0], saved[1])


def _transmission_w_k(state: _State, before: Dwellings, u_factor: FloatArray) -> FloatArray:
    """Give the transmission loss with drawn U-values of what stood there before the works."""
    bridges: FloatArray = state.dwellings.thermal_bridge_w_m2k * before.element_area_m2.sum(axis=-1)
    if state.changes is None:
        surfaces = surface_loss_w_k(before, before.element_u_w_m2k)
        before_works: FloatArray = u_factor * surfaces[:, None] + bridges[:, None]
        return before_works
    drawn = before.element_u_w_m2k[:, None, :] * u_factor[..., None]
    insulated = insulated_u_w_m2k(drawn, state.changes.added_resistance_m2k_w[:, None, :])
    after = np.minimum(insulated, state.changes.u_limit_w_m2k[:, None, :])
    weights = before.element_adjustment * before.element_area_m2
    surfaces_after: FloatArray = np.einsum("de,dke->dk", weights, after)
    return surfaces_after + bridges[:, None]


def _use(
    state: _State, transmission: FloatArray, shared: SharedDraws, *, own: OwnDraws, climate: Climate
) -> _Use:
    wide = take_dwellings(state.dwellings, np.s_[:, None])
    reduction = temperature_reduction(
        transmission / wide.reference_area_m2,
        wide.reduction_at_low_loss,
        wide.reduction_at_high_loss,
    )
    losing = transmission + ventilation_loss_w_k(wide, STANDARD_USE)
    exponent = MONTHLY.base + time_constant_h(wide, losing, STANDARD_USE) / MONTHLY.hours
    gains = solar_gains_kwh(state.dwellings, climate) + internal_gains_kwh(state.dwellings, climate)
    systems = take_systems(state.systems, np.s_[:, None])

    def delivered(indoor_temperature_c: float | FloatArray) -> DeliveredHeat:
        per_w_k = degree_kilohours(climate, indoor_temperature_c)
        weather = np.atleast_2d(per_w_k).T * shared.weather_factor
        demand = yearly_heat_demand_kwh(losing * reduction, weather, gains, exponent)
        return delivered_heat(demand, wide, systems)

    calculated = delivered(shared.indoor_temperature_c)
    standard = delivered(STANDARD_USE.indoor_temperature_c)
    factor = use_factor(standard.intensity_kwh_m2, shared.use_curve) * own.heated_share
    return _Use(
        heating=(calculated.heating_kwh, factor * standard.heating_kwh),
        hot_water=(
            np.broadcast_to(calculated.hot_water_kwh, factor.shape),
            factor * standard.hot_water_kwh,
        ),
    )


def _book(saved: FloatArray, systems: HeatingSystems, use: _Use, sign: float) -> None:
    """Add use to the carriers that deliver it; the loop runs over the few carriers in use."""
    for carriers, kinds in (
        (systems.carrier, use.heating),
        (systems.hot_water_carrier, use.hot_water),
    ):
        for carrier in np.unique(carriers):
            rows = np.flatnonzero(carriers == carrier)
            for kind, kwh in enumerate(kinds):
                saved[kind, carrier, rows] += sign * kwh[rows]


def _book_electricity(saved: FloatArray, dwellings: Dwellings, works: BoolArray) -> None:
    """Add panels and fans, which neither the weather of heating nor behaviour changes."""
    used_at_once, fed_in = photovoltaic_yield_kwh(works[:, Measure.PHOTOVOLTAICS], USUAL_ROOF)
    fans = fan_electricity_kwh(
        works[:, Measure.VENTILATION_WITH_RECOVERY], dwellings.reference_area_m2
    )
    saved[:, Carrier.ELECTRICITY] += (used_at_once - fans)[:, None]
    saved[:, Carrier.ELECTRICITY_FED_IN] += fed_in[:, None]
