"""What W13 itself printed about its energy loans, for Harelbeke and the region."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from energiehuis.money import parse_cents
from energiehuis.reference_data.municipalities import read_table

HARELBEKE = "34013"
# The presentation counts from 1 October 2009 and dates from spring 2019; 1 April is chosen.
COUNTED_FROM = date(2009, 10, 1)
COUNTED_UNTIL = date(2019, 4, 1)


@dataclass(frozen=True, slots=True)
class PrintedFigures:
    """Figures of a presentation of spring 2019, counted from 1 October 2009.

    Attributes
    ----------
    nis_code : str
        Harelbeke; all figures but the last are about it.
    applications, region_applications : int
        Applications for an energy loan.
    approved_cents : int
        Amount approved. [cents]
    co2_tonnes, energy_kwh : float
        One saving in two units, read as calculated and a year. [t, kWh]
    priority_share : float
        Part of the applications by the priority group, printed in whole percents. [-]
    """

    nis_code: str
    applications: int
    approved_cents: int
    co2_tonnes: float
    energy_kwh: float
    priority_share: float
    region_applications: int


def is_counted(applied_on: date) -> bool:
    """Say whether an application falls in the time that the printed figures count."""
    return COUNTED_FROM <= applied_on < COUNTED_UNTIL


@cache
def printed_figures() -> PrintedFigures:
    """Read the printed figures of `w13_deck_2019.csv`."""
    rows = {(row["figure"], row["scope"]): row["value"] for row in read_table("w13_deck_2019.csv")}
    return PrintedFigures(
        nis_code=HARELBEKE,
        applications=int(rows["eh.applications", HARELBEKE]),
        approved_cents=parse_cents(rows["eh.approved_amount", HARELBEKE]),
        co2_tonnes=float(rows["eh.co2_saved", HARELBEKE]),
        energy_kwh=float(rows["eh.kwh_saved", HARELBEKE]),
        priority_share=int(rows["eh.priority_share", HARELBEKE]) / 100,
        region_applications=int(rows["eh.applications", "region"]),
    )
