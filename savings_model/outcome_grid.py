"""A grid of many versions times many draws: what is linear is one product of matrices."""

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.validation import ModelInputError, require_shape


def outcome_grid(worth_per_kwh: FloatArray, saved_kwh: FloatArray) -> FloatArray:
    """Value saved energy under many prices or emission factors at once.

    Parameters
    ----------
    worth_per_kwh : ndarray, shape (scenarios, carriers)
        Euro or kilograms for each kWh; not a number where a version does not know a carrier.
        [unit/kWh]
    saved_kwh : ndarray, shape (carriers, columns)
        Energy saved by a portfolio in each draw. [kWh]

    Returns
    -------
    ndarray, shape (scenarios, columns)
        The outcome of every pair. [unit]

    Raises
    ------
    ModelInputError
        When a version does not know a carrier that is saved; leaving it out would pass for
        a small saving.
    """
    require_shape("saved_kwh", saved_kwh, (worth_per_kwh.shape[1], *saved_kwh.shape[1:]))
    if not np.isfinite(saved_kwh).all():
        raise ModelInputError("saved_kwh", None, "must be finite")
    unknown = np.isnan(worth_per_kwh) & saved_kwh.any(axis=1)
    if unknown.any():
        scenario, carrier = np.argwhere(unknown)[0]
        place = (int(scenario), int(carrier))
        raise ModelInputError("worth_per_kwh", place, "must be known for a carrier that is saved")
    return np.nan_to_num(worth_per_kwh) @ saved_kwh
