"""The seasonal form against published TABULA results.

Numbers: TABULA/EPISCOPE for Belgium as tabulated in FZJ-IEK3-VSA/tsib `episcope.csv` (existing
state, all intermediates) and FZJ-IEK3-VSA/HiSim `episcope-tabula.csv` (refurbished variants).
"""

import numpy as np
import pytest

from savings_model.climate import UCCLE_SEASONAL
from savings_model.dwelling_types import TYPE_CODES, dwellings_of_types
from savings_model.dwellings import FLOORS, ROOFS, WALLS, WINDOWS, Dwellings, Element
from savings_model.heat_demand import SEASONAL, heat_balance
from savings_model.measures import EnvelopeChanges, improve

# code: h_tr, h_ve, F_red, q_ht_tr, q_ht_ve, q_sol, tau, a, gamma, eta, q_h_nd (per m2)
PUBLISHED = {
    "SFH.01.Gen": (
        4.814188149862707, 0.68, 0.8, 267.8691313594008, 37.836288, 12.521302795346534,
        8.190473054899748, 1.0730157684966584, 0.09041809874770389, 0.9305172929010901,
        279.9847091100156,
    ),
    "SFH.02.Gen": (
        4.706907895577174, 0.68, 0.8, 261.89988636254697, 37.836288, 15.194195948569574,
        8.3535863007694, 1.0784528766923134, 0.10113626095695387, 0.9233944699662091,
        271.74421346216576,
    ),
    "SFH.03.Gen": (
        2.948885091371239, 0.68, 0.8350371636209587, 171.26683694613484, 39.49338326683215,
        12.51321958047371, 12.400502872631865, 1.2133500957543957, 0.13111212140768858,
        0.9253168763376156, 185.19073578761163,
    ),
}  # fmt: skip
DEMAND = {
    "TH.01.Gen": 199.6626228866118,
    "TH.01.Semi": 245.3006259938793,
    "TH.02.Gen": 195.9811542896479,
    "TH.02.Semi": 241.66863018829736,
}

# (roof, wall, floor) resistance added to the first element of each kind
USUAL, ADVANCED = (3.0, 1 / 0.35, 1 / 0.35), (6.5, 5.0, 30 / 7)
USUAL_1971, ADVANCED_1971 = (2.0, 15 / 7, 15 / 7), (5.5, 30 / 7, 30 / 7)
# code, usual and advanced resistances, printed demand before / usual / advanced
REFURBISHED = [
    ("TH.01.Gen", USUAL, ADVANCED, (199.7, 89.0, 71.0)),
    ("TH.01.Semi", USUAL, ADVANCED, (245.3, 103.7, 82.0)),
    ("TH.02.Gen", USUAL, ADVANCED, (196.0, 90.5, 72.3)),
    ("TH.02.Semi", USUAL, ADVANCED, (241.7, 108.7, 86.5)),
    ("TH.03.Gen", USUAL_1971, ADVANCED_1971, (146.4, 90.8, 71.1)),
]


def _type(code: str) -> Dwellings:
    return dwellings_of_types([TYPE_CODES.index(code)], [1.0])


def _refurbished(
    code: str, resistances: tuple[float, float, float], *, advanced: bool
) -> Dwellings:
    resistance, limit = np.zeros((1, len(Element))), np.full((1, len(Element)), np.inf)
    resistance[0, [ROOFS[0], WALLS[0], FLOORS[0]]] = resistances
    limit[0, WINDOWS[0]] = 1.6 if advanced else 2.0
    changes = EnvelopeChanges(
        added_resistance_m2k_w=resistance,
        u_limit_w_m2k=limit,
        window_g=np.array([0.5 if advanced else 0.6]),
        infiltration_limit_per_hour=np.array([0.1 if advanced else 0.2]),
        recovery_share=np.zeros(1),
        thermal_bridge_limit_w_m2k=np.array([0.05 if advanced else 0.10]),
    )
    return improve(_type(code), changes)


def _demand_kwh_m2(dwellings: Dwellings) -> float:
    balance = heat_balance(dwellings, UCCLE_SEASONAL, utilisation=SEASONAL)
    return float(balance.demand_kwh[0, 0] / dwellings.reference_area_m2[0])


@pytest.mark.parametrize("code", PUBLISHED)
def test_every_intermediate_is_the_published_one(code):
    dwelling = _type(code)
    balance = heat_balance(dwelling, UCCLE_SEASONAL, utilisation=SEASONAL)
    area = dwelling.reference_area_m2[0]
    ours = [
        balance.transmission_w_k[0] / area,
        balance.ventilation_w_k[0] / area,
        balance.reduction[0],
        balance.transmission_kwh[0, 0] / area,
        balance.ventilation_kwh[0, 0] / area,
        balance.solar_kwh[0, 0] / area,
        balance.time_constant_h[0],
        balance.exponent[0],
        balance.gain_ratio[0, 0],
        balance.utilised_share[0, 0],
        balance.demand_kwh[0, 0] / area,
    ]
    np.testing.assert_allclose(ours, PUBLISHED[code], rtol=1e-12)


@pytest.mark.parametrize("code", DEMAND)
def test_the_demand_of_terraced_houses_is_the_published_one(code):
    assert _demand_kwh_m2(_type(code)) == pytest.approx(DEMAND[code], rel=1e-12)


@pytest.mark.parametrize(("code", "usual", "advanced", "printed"), REFURBISHED)
def test_refurbished_variants_come_out_to_the_printed_digit(code, usual, advanced, printed):
    ours = (
        _demand_kwh_m2(_type(code)),
        _demand_kwh_m2(_refurbished(code, usual, advanced=False)),
        _demand_kwh_m2(_refurbished(code, advanced, advanced=True)),
    )
    assert tuple(round(value, 1) for value in ours) == printed
