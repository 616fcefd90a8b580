"""What W13 printed for Harelbeke beside what the portfolio gives; nothing is scaled to fit.

The printed kWh and tonnes are read as calculated and a year, and count the whole saving of the
works; so the figure beside them is counted the same way. What is expected on the meters stands
next to it.
"""

from dataclasses import dataclass
from enum import StrEnum

from energiehuis.reference_data.printed_figures import (
    HARELBEKE,
    PrintedFigures,
    printed_figures,
)
from energiehuis.simulation.results import Answer, AsPrinted, Interval

__all__ = ["HARELBEKE", "Compared", "Unit", "compare_with_printed"]


class Unit(StrEnum):
    """What a figure counts."""

    FILES = "files"
    CENTS = "cents"
    TONNES = "tonnes"
    KWH = "kwh"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Compared:
    """One printed figure with its counterpart; the deviation is relative, or None without one."""

    name: str
    unit: Unit
    printed: float
    found: float
    interval: Interval | None = None
    realised: Interval | None = None

    @property
    def deviation_share(self) -> float | None:
        """Give how far the portfolio lies above or below what was printed."""
        return self.found / self.printed - 1.0 if self.printed else None


def compare_with_printed(answer: Answer) -> tuple[Compared, ...]:
    """Set the baseline beside the printed figures; empty when Harelbeke is not in the answer."""
    figures = printed_figures()
    here, region = answer.counted_as_printed(figures.nis_code), answer.counted_as_printed("")
    if here is None or region is None:
        return ()
    applications = Compared(
        "region_applications", Unit.FILES, figures.region_applications, region.files
    )
    return (*_of_harelbeke(figures, here), applications)


def _of_harelbeke(figures: PrintedFigures, here: AsPrinted) -> tuple[Compared, ...]:
    priority_share = here.priority_files / here.files if here.files else 0.0
    counted = here.outcome
    return (
        Compared("applications", Unit.FILES, figures.applications, here.files),
        Compared("priority_share", Unit.SHARE, figures.priority_share, priority_share),
        Compared("approved", Unit.CENTS, figures.approved_cents, counted.lent_cents),
        Compared(
            "energy",
            Unit.KWH,
            figures.energy_kwh,
            counted.kwh.calculated.point,
            counted.kwh.calculated,
            counted.kwh.realised,
        ),
        Compared(
            "co2",
            Unit.TONNES,
            figures.co2_tonnes,
            counted.co2_tonnes.calculated.point,
            counted.co2_tonnes.calculated,
            counted.co2_tonnes.realised,
        ),
    )
