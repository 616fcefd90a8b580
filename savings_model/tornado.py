"""Which unknown matters most: one at a time, all others held at their centre."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.model_settings import ModelSettings
from savings_model.portfolio import Portfolio
from savings_model.results import SimulationResult, Statistic
from savings_model.scenarios import Scenario
from savings_model.simulate import simulate
from savings_model.uncertainty import STANDARD_RANGES, Ranges

CENTRAL = Ranges(
    u_value_half_width=0.0,
    area_half_width=0.0,
    indoor_temperature_c=(20.0, 20.0),
    weather_deviation=0.0,
    cost_half_width=0.0,
    use_curve_spread=0.0,
    underheating=(0.75, 0.75),
    price_rise=(0.01, 0.01, 0.01),
    electricity_factor_change=(-0.017, -0.017, -0.017),
)

LEVERS: tuple[str, ...] = (
    "u_value_half_width",
    "area_half_width",
    "indoor_temperature_c",
    "weather_deviation",
    "use_curve_spread",
    "underheating",
)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The swing of the saved kWh of a whole portfolio by lever.

    Attributes
    ----------
    levers : tuple of str
        Fields of `Ranges`, first axis of the arrays.
    calculated_kwh, realised_kwh : ndarray, shape (levers, 4)
        By `Statistic`, with that lever drawn and all others at their centre. [kWh]
    calculated_share, realised_share : ndarray, shape (levers,)
        Part of the sum of squared swings (P95 - P5); adds up to one. What levers do together
        is left out. [-]
    """

    levers: tuple[str, ...]
    calculated_kwh: FloatArray
    realised_kwh: FloatArray
    calculated_share: FloatArray
    realised_share: FloatArray


def tornado(
    portfolio: Portfolio,
    scenario: Scenario,
    *,
    draws: int = 200,
    seed: int = 1,
    levers: Sequence[str] = LEVERS,
) -> Tornado:
    """Turn one unknown at a time and see how far the saved kWh swings.

    Parameters
    ----------
    portfolio : Portfolio
        Loans, dwellings, heating and works.
    scenario : Scenario
        One setting of the levers of policy.
    draws : int
        States of the world a lever. [-]
    seed : int
        Same seed, same bits. [-]
    levers : sequence of str
        Fields of `Ranges`.

    Returns
    -------
    Tornado
        Swings and their shares.
    """
    results = [_only(portfolio, scenario, lever=lever, draws=draws, seed=seed) for lever in levers]
    calculated = np.stack([result.kwh.calculated[0, -1] for result in results])
    realised = np.stack([result.kwh.realised[0, -1] for result in results])
    return Tornado(
        levers=tuple(levers),
        calculated_kwh=calculated,
        realised_kwh=realised,
        calculated_share=_shares(calculated),
        realised_share=_shares(realised),
    )


def _only(
    portfolio: Portfolio, scenario: Scenario, *, lever: str, draws: int, seed: int
) -> SimulationResult:
    ranges = replace(CENTRAL, **{lever: getattr(STANDARD_RANGES, lever)})
    settings = ModelSettings(ranges=ranges, follow_years=False)
    return simulate(portfolio, [scenario], draws=draws, seed=seed, settings=settings)


def _shares(kwh: FloatArray) -> FloatArray:
    swing = (kwh[:, Statistic.P95] - kwh[:, Statistic.P05]) ** 2
    return swing / max(float(swing.sum()), 1e-300)
