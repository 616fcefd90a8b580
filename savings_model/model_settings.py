"""Choices of the modeller that are no levers of policy."""

from dataclasses import dataclass

from savings_model.climate import UCCLE_MONTHLY, Climate
from savings_model.uncertainty import STANDARD_RANGES, Ranges


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What the model assumes, apart from levers and portfolio.

    Attributes
    ----------
    climate : Climate
        Months and their weather.
    ranges : Ranges
        How far things may be off.
    follow_years : bool
        Whether savings are also followed through the calendar years.
    """

    climate: Climate = UCCLE_MONTHLY
    ranges: Ranges = STANDARD_RANGES
    follow_years: bool = True


STANDARD_MODEL = ModelSettings()
