"""What a household pays per kWh, by version; prices went up by a factor four in nine months.

Euro of the version's year, taxes included, standing charges not apart. A carrier that a version
does not know is not a number: its savings stay out of the euro, and are counted as unknown.
"""

from dataclasses import dataclass

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.heating_systems import Carrier
from savings_model.validation import ModelInputError

# Real rise of prices a year, low, middle and high: an assumption.
YEARLY_RISE = (0.0, 0.01, 0.03)


@dataclass(frozen=True, slots=True)
class EnergyPrices:
    """One version of the prices.

    Attributes
    ----------
    code, source : str
        Name of the version and where it was read.
    year : int
        The year it speaks of.
    eur_per_kwh : ndarray, shape (7,)
        By `Carrier`. Current fed in is worth what current costs, as behind a meter that turns
        back; the prosumer tariff is not taken off, and a digital meter pays less. [EUR/kWh]
    """

    code: str
    source: str
    year: int
    eur_per_kwh: FloatArray

    def path(self, years: IntArray, rise_per_year: FloatArray) -> FloatArray:
        """Follow real prices through the years, ndarray of shape (7, years, draws). [EUR/kWh].

        They rise from the year of the version on; before it they are those of the version.
        """
        after = np.maximum(years - self.year, 0)[:, None]
        return self.eur_per_kwh[:, None, None] * (1.0 + rise_per_year) ** after


def energy_prices(code: str) -> EnergyPrices:
    """Give a version of the prices by its name.

    Parameters
    ----------
    code : str
        A key of `ENERGY_PRICES`. [-]

    Returns
    -------
    EnergyPrices
        The version.

    Raises
    ------
    ModelInputError
        For a version that does not exist.
    """
    if code not in ENERGY_PRICES:
        known = ", ".join(ENERGY_PRICES)
        raise ModelInputError("energy_prices", None, f"must be one of {known}, is {code!r}")
    return ENERGY_PRICES[code]


def _version(
    code: str, year: int, source: str, *, gas: float, oil: float | None, electricity: float
) -> EnergyPrices:
    prices = np.full(len(Carrier), np.nan)
    prices[Carrier.GAS] = gas
    prices[Carrier.HEATING_OIL] = np.nan if oil is None else oil
    prices[[Carrier.ELECTRICITY, Carrier.ELECTRICITY_FED_IN]] = electricity
    return EnergyPrices(code, source, year, prices)


# fmt: off
ENERGY_PRICES: dict[str, EnergyPrices] = {
    version.code: version
    for version in (
        _version("tabula_be_2011", 2011, "TABULA Belgium, IWUGERMANY/tabuladata at 2411fa43",
                 gas=0.0659, oil=0.0807, electricity=0.2223),
        _version("y2019", 2019, "CREG bills of 2019, nieuwsblad.be 11 September 2021; no oil",
                 gas=0.0443, oil=None, electricity=0.2546),
        _version("y2021_may", 2021, "energiesparen.be, examples of 12 May 2021",
                 gas=0.04, oil=0.055, electricity=0.25),
        _version("y2021_aug", 2021, "CREG bills of August 2021, nieuwsblad.be; no oil",
                 gas=0.069, oil=None, electricity=0.290),
        _version("y2022_jan", 2022, "CREG bills of January 2022, hbvl.be 4 February 2022; no oil",
                 gas=0.164, oil=None, electricity=0.499),
    )
}
# fmt: on
