"""Electricity beside heat: what a roof yields and what a ventilation system takes.

A saving here is current that is not bought. What the roof makes and the household uses at once
is one column, what it feeds in another, so that each can have its own price and factor.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class PhotovoltaicFigures:
    """A usual installation; assumptions that the invoices of the lender should replace.

    Attributes
    ----------
    peak_kw : float
        Installed power. [kWp]
    yield_kwh_per_kwp : float
        Yearly yield in Flanders. [kWh/kWp]
    self_used_share : float
        Part of the yield that a Flemish household uses at once, about 30 %
        (haspengouwnieuws.be, February 2023, quoting Test Aankoop). [-]
    """

    peak_kw: float = 3.5
    yield_kwh_per_kwp: float = 900.0
    self_used_share: float = 0.30


USUAL_ROOF = PhotovoltaicFigures()

# TABULA/EPISCOPE systems of Belgium: fans of balanced ventilation, per reference area.
BALANCED_FANS_KWH_M2 = 2.7


def photovoltaic_yield_kwh(has_panels: BoolArray, roof: PhotovoltaicFigures) -> FloatArray:
    """Say what panels yield in a year, used at once and fed in.

    Parameters
    ----------
    has_panels : ndarray of bool, shape (...)
        Whether the dwelling gets panels. [-]
    roof : PhotovoltaicFigures
        Size, yield and self-use.

    Returns
    -------
    ndarray, shape (2, ...)
        Used at once, and fed in. [kWh]
    """
    whole = np.asarray(has_panels, dtype=np.float64) * roof.peak_kw * roof.yield_kwh_per_kwp
    return np.stack([whole * roof.self_used_share, whole * (1.0 - roof.self_used_share)])


def fan_electricity_kwh(has_fans: BoolArray, reference_area_m2: FloatArray) -> FloatArray:
    """Say what the fans of balanced ventilation take in a year.

    Parameters
    ----------
    has_fans : ndarray of bool, shape (...)
        Whether the dwelling gets balanced ventilation. [-]
    reference_area_m2 : ndarray, shape (...)
        Conditioned floor area. [m2]

    Returns
    -------
    ndarray, shape (...)
        Electricity. [kWh]
    """
    return np.asarray(has_fans, dtype=np.float64) * BALANCED_FANS_KWH_M2 * reference_area_m2
