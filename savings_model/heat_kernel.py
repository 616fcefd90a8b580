"""The monthly balance of `heat_demand`, made fast for dwellings times draws.

Kept apart because it is written for the cache of a processor; `useful_gains_kwh` is the same
rule written for a reader, and tests hold the two together.
"""

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.heat_demand import TINY

# Cells of one working array: three of them and what they read stay in a 2 MB cache.
_CELLS_PER_BLOCK = 40_000


def yearly_heat_demand_kwh(
    loss_w_k: FloatArray,
    kwh_per_w_k: FloatArray,
    gains_kwh: FloatArray,
    exponent: FloatArray,
) -> FloatArray:
    """Work out the net heat of a year for dwellings times draws, block by block.

    The same balance as `heat_balance`, laid out months first and in blocks of dwellings that
    fit the cache. Each cell is worked out alone, so the blocks do not show in the result.

    Parameters
    ----------
    loss_w_k : ndarray, shape (dwellings, draws)
        All losses times the temperature reduction. [W/K]
    kwh_per_w_k : ndarray, shape (periods, draws)
        What one W/K loses in each period, see `degree_kilohours`. [kWh per W/K]
    gains_kwh : ndarray, shape (dwellings, periods)
        Sun and inside together. [kWh]
    exponent : ndarray, shape (dwellings, draws)
        Utilisation exponent. [-]

    Returns
    -------
    ndarray, shape (dwellings, draws)
        Net heat over all periods. [kWh]
    """
    dwellings, draws = loss_w_k.shape
    periods = kwh_per_w_k.shape[0]
    rows = min(max(1, _CELLS_PER_BLOCK // (periods * draws)), max(dwellings, 1))
    demand = np.empty((dwellings, draws))
    work = np.empty((3, periods * rows * draws))
    for start in range(0, dwellings, rows):
        part = slice(start, min(start + rows, dwellings))
        shape = (periods, part.stop - start, draws)
        cells = work[:, : periods * (part.stop - start) * draws].reshape(3, *shape)
        np.multiply(loss_w_k[part], kwh_per_w_k[:, None, :], out=cells[0])
        _demand_in_place(cells, gains_kwh[part].T[:, :, None], exponent[part])
        cells[0].sum(axis=0, out=demand[part])
    return demand


def _demand_in_place(cells: FloatArray, gains: FloatArray, exponent: FloatArray) -> None:
    """Turn losses in `cells[0]` into net demand, as `useful_gains_kwh` says it."""
    loss, ratio, power = cells
    np.maximum(loss, gains, out=power)
    np.maximum(power, TINY, out=power)
    np.minimum(loss, gains, out=ratio)
    np.divide(ratio, power, out=ratio)
    np.maximum(ratio, TINY, out=ratio)
    np.log(ratio, out=ratio)
    np.minimum(ratio, -TINY, out=ratio)
    np.multiply(ratio, exponent, out=power)
    np.add(ratio, power, out=ratio)
    np.expm1(power, out=power)
    np.expm1(ratio, out=ratio)
    np.divide(power, ratio, out=power)
    np.minimum(loss, gains, out=ratio)
    np.multiply(power, ratio, out=power)
    np.subtract(loss, power, out=loss)
