"""The weather that the heat balance is held against: periods, outdoor temperature and sun.

Uccle stands here twice: by month, and as the one heating season of TABULA. Another place or
year is another `Climate`; nothing in the balance knows which one it is given.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.validation import ModelInputError, as_floats

HOURS_PER_DAY = 24.0
WH_PER_KWH = 1000.0


class Orientation(IntEnum):
    """Columns of window areas and rows of solar radiation."""

    HORIZONTAL = 0
    EAST = 1
    SOUTH = 2
    WEST = 3
    NORTH = 4


@dataclass(frozen=True, slots=True)
class Climate:
    """Periods of a year with their weather.

    Attributes
    ----------
    code, source : str
        Name of the version and where its numbers were read.
    days : ndarray, shape (..., periods)
        Length of each period. [days]
    outdoor_temperature_c : ndarray, shape (..., periods)
        Mean outdoor temperature. [degC]
    solar_kwh_m2 : ndarray, shape (..., 5, periods)
        Sun on a square metre of each orientation in the whole period. [kWh/m2]

    A leading shape gives each dwelling its own weather; without one all share it.
    """

    code: str
    source: str
    days: FloatArray
    outdoor_temperature_c: FloatArray
    solar_kwh_m2: FloatArray

    def __post_init__(self) -> None:
        as_floats("climate.days", self.days, minimum=0.0, maximum=366.0)
        as_floats(
            "climate.outdoor_temperature_c", self.outdoor_temperature_c, minimum=-60, maximum=60
        )
        as_floats("climate.solar_kwh_m2", self.solar_kwh_m2, minimum=0.0, maximum=4000.0)
        periods = self.days.shape[-1]
        if self.outdoor_temperature_c.shape[-1] != periods:
            raise ModelInputError("climate.outdoor_temperature_c", None, f"needs {periods} periods")
        if self.solar_kwh_m2.shape[-2:] != (len(Orientation), periods):
            raise ModelInputError("climate.solar_kwh_m2", None, f"needs (5, {periods}) at its end")


def degree_days(climate: Climate, indoor_temperature_c: float) -> FloatArray:
    """Add up how many degrees the outside is colder than a base, over the days.

    Parameters
    ----------
    climate : Climate
        The periods and their outdoor temperature.
    indoor_temperature_c : float
        The base; a period warmer than the base counts nothing. [degC]

    Returns
    -------
    ndarray, shape (..., periods)
        Degree days of each period. [K d]
    """
    missing = indoor_temperature_c - climate.outdoor_temperature_c
    return np.maximum(missing, 0.0) * climate.days


_TABULA = "TABULA/EPISCOPE, Belgium (KMI Uccle), in IWUGERMANY/tabuladata at 2411fa43, CC BY 4.0"

_DAYS = np.array([31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0])
_EAST_WEST = [0.41, 0.78, 1.31, 1.98, 2.55, 2.70, 2.56, 2.32, 1.80, 1.09, 0.54, 0.31]
_SOLAR_KWH_M2_DAY = np.array(
    [
        [0.64, 1.26, 2.20, 3.44, 4.57, 4.93, 4.64, 4.09, 3.02, 1.74, 0.83, 0.49],
        _EAST_WEST,
        [0.97, 1.57, 2.09, 2.52, 2.75, 2.71, 2.66, 2.72, 2.65, 2.04, 1.25, 0.79],
        _EAST_WEST,
        [0.23, 0.42, 0.71, 1.08, 1.51, 1.70, 1.60, 1.31, 0.91, 0.55, 0.28, 0.18],
    ]
)

UCCLE_MONTHLY = Climate(
    code="uccle_monthly",
    source=f"{_TABULA}, sheet Tab.AuxCalc.Climate, row BE.N",
    days=_DAYS,
    outdoor_temperature_c=np.array(
        [3.2, 3.9, 5.9, 9.2, 13.3, 16.2, 17.6, 17.6, 15.2, 11.2, 6.3, 3.5]
    ),
    solar_kwh_m2=_SOLAR_KWH_M2_DAY * _DAYS,
)

UCCLE_SEASONAL = Climate(
    code="uccle_seasonal",
    source=f"{_TABULA}, heating season at base 12 degC",
    days=np.array([210.0]),
    outdoor_temperature_c=np.array([6.2]),
    solar_kwh_m2=np.array([[336.0], [202.0], [340.0], [202.0], [110.0]]),
)
