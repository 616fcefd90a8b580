"""What is known of the members: their inhabitants on a day and what they pay for each."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from energiehuis.reference_data.municipalities import list_municipalities, read_table

REGION = "region"
_POPULATION_2020 = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class ContributionRate:
    """What a member pays for each inhabitant, within its days, in cents a year."""

    valid_from: date
    valid_until: date
    cents_per_inhabitant: int


def find_inhabitants(nis_code: str, year: int) -> int | None:
    """Give the inhabitants of a municipality, or of `region`, on 1 January; None is unknown."""
    return _inhabitants().get((nis_code, date(year, 1, 1)))


def find_contribution_cents(day: date) -> int | None:
    """Give what a member paid for each inhabitant on a day, in cents a year; None is unknown."""
    return next(
        (
            rate.cents_per_inhabitant
            for rate in contribution_rates()
            if rate.valid_from <= day < rate.valid_until
        ),
        None,
    )


@cache
def contribution_rates() -> tuple[ContributionRate, ...]:
    """Read the rates that a source prints, oldest first."""
    return tuple(
        ContributionRate(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_until"]),
            int(row["cents_per_inhabitant"]),
        )
        for row in read_table("contribution_rates.csv")
    )


def founders() -> frozenset[str]:
    """Give the NIS codes of the thirteen that founded the association in 2015."""
    return frozenset(p.nis_code for p in list_municipalities() if p.served_from is None)


@cache
def _inhabitants() -> dict[tuple[str, date], int]:
    found = {
        (row["nis_code"], date.fromisoformat(row["on_day"])): int(row["inhabitants"])
        for row in read_table("inhabitants.csv")
    }
    of_2020 = {(p.nis_code, _POPULATION_2020): p.population_2020 for p in list_municipalities()}
    return found | of_2020
