"""Carbon dioxide per kWh, by version: a scenario chooses one, nothing here is a constant.

Direct emissions of combustion at the lower heating value, and of making electricity. A carrier
that a version does not know is not a number, never zero.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.heating_systems import Carrier
from savings_model.validation import ModelInputError

UNKNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class EmissionFactors:
    """One version of the factors.

    Attributes
    ----------
    code, source : str
        Name of the version and where it was read.
    year : int
        The year it speaks of.
    kg_per_kwh : ndarray, shape (7,)
        By `Carrier`; current fed in counts as the current it replaces. [kg/kWh]
    follows_grid : bool
        Whether electricity changes with the grid over the years; a convention does not.
    """

    code: str
    source: str
    year: int
    kg_per_kwh: FloatArray
    follows_grid: bool = True

    def path(self, years: IntArray, electricity_change_per_year: FloatArray) -> FloatArray:
        """Follow the factors through the years, ndarray of shape (7, years, draws). [kg/kWh].

        Fuels stay as they are; electricity changes from the year of the version on.
        """
        after = np.maximum(years - self.year, 0)[:, None]
        growth = (1.0 + electricity_change_per_year) ** after
        path = np.repeat(self.kg_per_kwh[:, None, None], years.size, axis=1) * np.ones_like(growth)
        if self.follows_grid:
            path[[Carrier.ELECTRICITY, Carrier.ELECTRICITY_FED_IN]] *= growth
        return path


def emission_factors(code: str) -> EmissionFactors:
    """Give a version of the factors by its name.

    Parameters
    ----------
    code : str
        A key of `EMISSION_FACTORS`. [-]

    Returns
    -------
    EmissionFactors
        The version.

    Raises
    ------
    ModelInputError
        For a version that does not exist.
    """
    if code not in EMISSION_FACTORS:
        known = ", ".join(EMISSION_FACTORS)
        raise ModelInputError("emission_factors", None, f"must be one of {known}, is {code!r}")
    return EMISSION_FACTORS[code]


def _by_carrier(values: dict[Carrier, float]) -> FloatArray:
    factors = np.full(len(Carrier), UNKNOWN)
    for carrier, value in values.items():
        factors[carrier] = value
    factors[Carrier.ELECTRICITY_FED_IN] = factors[Carrier.ELECTRICITY]
    return factors


_PER = "PEB annex PER 2021, energieplus-lesite.be, emissions de polluants"
_PER_FUELS = {
    Carrier.GAS: 0.2016,
    Carrier.HEATING_OIL: 0.2628,
    Carrier.LPG: 0.2232,
    Carrier.COAL: 0.3348,
    Carrier.WOOD: 0.0,
}

EMISSION_FACTORS: dict[str, EmissionFactors] = {
    version.code: version
    for version in (
        EmissionFactors(
            code="tabula_be_2011",
            source="TABULA Belgium BE.001, IWUGERMANY/tabuladata at 2411fa43; no LPG, coal, wood",
            year=2011,
            kg_per_kwh=_by_carrier(
                {Carrier.GAS: 0.201, Carrier.HEATING_OIL: 0.264, Carrier.ELECTRICITY: 0.207}
            ),
        ),
        EmissionFactors(
            code="epb_lhv_2021",
            source=f"{_PER}; electricity as the EPB convention of a marginal plant",
            year=2021,
            kg_per_kwh=_by_carrier({**_PER_FUELS, Carrier.ELECTRICITY: 0.644}),
            follows_grid=False,
        ),
        EmissionFactors(
            code="residual_2023",
            source=f"{_PER} for fuels; electricity: AIB residual mix 2023, business.engie.be",
            year=2023,
            kg_per_kwh=_by_carrier({**_PER_FUELS, Carrier.ELECTRICITY: 0.16749}),
        ),
    )
}
