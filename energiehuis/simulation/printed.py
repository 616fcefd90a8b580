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
from energiehuis.simulation.results import Answer, AsPrinted, Interval, Saving

__all__ = ["HARELBEKE", "Compared", "Unit", "compare_with_printed"]


class Unit(StrEnum):
    """What a figure counts."""

    FILES = "files"
    CENTS = "cents"
    TONNES = "tonnes"
    KWH = "kwh"
    KWH_PER_EUR = "kwh_per_eur"
    KG_PER_KWH = "kg_per_kwh"
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
        _saving("energy", Unit.KWH, figures.energy_kwh, counted.kwh),
        _saving("co2", Unit.TONNES, figures.co2_tonnes, counted.co2_tonnes),
        *_per_loan(figures, here),
    )


def _per_loan(figures: PrintedFigures, here: AsPrinted) -> tuple[Compared, ...]:
    """Divide as a reader of the presentation would: by its applications, and by its euros."""
    kwh, euros = here.outcome.kwh, here.outcome.lent_cents / 100
    printed_euros = figures.approved_cents / 100
    rows = []
    if here.files:
        lent = round(here.outcome.lent_cents / here.files)
        printed = round(figures.approved_cents / figures.applications)
        rows.append(Compared("cents_per_application", Unit.CENTS, printed, lent))
        per_loan = figures.energy_kwh / figures.applications
        rows.append(_saving("kwh_per_application", Unit.KWH, per_loan, _over(kwh, here.files)))
    if euros:
        per_euro = figures.energy_kwh / printed_euros
        rows.append(_saving("kwh_per_euro", Unit.KWH_PER_EUR, per_euro, _over(kwh, euros)))
    if here.kg_per_kwh is not None:
        per_kwh = figures.co2_tonnes * 1000 / figures.energy_kwh
        rows.append(_saving("kg_per_kwh", Unit.KG_PER_KWH, per_kwh, here.kg_per_kwh))
    return tuple(rows)


def _saving(name: str, unit: Unit, printed: float, found: Saving) -> Compared:
    return Compared(name, unit, printed, found.calculated.point, found.calculated, found.realised)


def _over(saving: Saving, parts: float) -> Saving:
    """Divide by a number that does not differ between draws, so the interval divides with it."""
    return Saving(_shared(saving.calculated, parts), _shared(saving.realised, parts))


def _shared(interval: Interval, parts: float) -> Interval:
    return Interval(
        interval.point / parts, interval.p05 / parts, interval.p50 / parts, interval.p95 / parts
    )
