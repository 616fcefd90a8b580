"""From calculated use to expected use: people heat poor homes less than a calculation says.

Calculated and expected-realised stand side by side everywhere. No Belgian curve exists; the
German, Danish and European ones of TABULA are taken together as a family.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray
from savings_model.validation import as_floats


class UseCurve(IntEnum):
    """Rows of `USE_CURVES`."""

    EUROPE = 0
    GERMANY = 1
    DENMARK = 2


NODE_STEP_KWH_M2 = 100.0
SOURCE = "TABULA adaptation factors EU.M.01, DE.M.01, DK.M.01, IWUGERMANY/tabuladata at 2411fa43"

# Measured over calculated use, at 0, 100, ... 500 kWh/m2 of calculated delivered heat.
USE_CURVES: FloatArray = np.array(
    [
        [1.10, 0.95, 0.795, 0.65, 0.55, 0.475],
        [1.10, 1.00, 0.84, 0.70, 0.60, 0.50],
        [1.10, 0.90, 0.75, 0.60, 0.50, 0.45],
    ]
)

# Part of a calculated saving that meters show, low, middle and high: the three curves on a
# Belgian portfolio give 0.44-0.54, British measurements 0.34-0.48, a US trial 0.40.
REALISED_SHARE = (0.30, 0.45, 0.65)

# A poor household that heats too little: part of the usual use, low and high. Flanders counted
# 3.1 % hidden energy poverty in 2017, defined as less than half of what like households use;
# the range itself is an assumption for households of the priority group.
UNDERHEATING = (0.5, 1.0)


def use_factor(intensity_kwh_m2: FloatArray, curve: FloatArray) -> FloatArray:
    """Say what part of the calculated heat is really used.

    Parameters
    ----------
    intensity_kwh_m2 : ndarray, shape (...)
        Calculated delivered heat per reference area a year. [kWh/m2]
    curve : ndarray, shape (6,) or (..., 6)
        Factor at 0, 100, ... 500, one curve or one for each last-axis element. [-]

    Returns
    -------
    ndarray, shape (...)
        Factor, linear between the nodes and constant above the last. [-]

    Examples
    --------
    >>> use_factor(np.array([50.0, 250.0, 900.0]), USE_CURVES[UseCurve.EUROPE])
    array([1.025 , 0.7225, 0.475 ])
    """
    place = np.clip(intensity_kwh_m2 / NODE_STEP_KWH_M2, 0.0, curve.shape[-1] - 1.0)
    node = np.minimum(place.astype(np.int64), curve.shape[-1] - 2)
    if curve.ndim == 1:
        start, end = curve[node], curve[node + 1]
    else:
        column = np.arange(curve.shape[0])
        start, end = curve[column, node], curve[column, node + 1]
    factor: FloatArray = start + (place - node) * (end - start)
    return factor


def mixed_curve(weights: ArrayLike) -> FloatArray:
    """Mix the family of curves.

    Parameters
    ----------
    weights : array_like of float, shape (..., 3)
        Weight of each `UseCurve`; they add up to one. [-]

    Returns
    -------
    ndarray, shape (..., 6)
        The mixed curve. [-]
    """
    shares = as_floats("weights", weights, minimum=0.0, maximum=1.0)
    mixed: FloatArray = (shares[..., None] * USE_CURVES).sum(axis=-2)
    return mixed
