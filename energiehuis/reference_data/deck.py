"""All figures that W13 printed for the council of Harelbeke in spring 2019, to be checked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from energiehuis.reference_data.municipalities import read_table

REGION = "region"


@dataclass(frozen=True, slots=True)
class DeckFigure:
    """One printed figure.

    Attributes
    ----------
    figure_id : str
        Of the catalogue.
    scope : str
        NIS code, or `region`.
    group : str
        What of the figure is printed, such as one chain of shops; empty for all of it.
    lowest, highest : Decimal
        The printed value, or the two ends of what ± or "4 à 5" is read as; shares in percent.
    is_exact : bool
        False where ±, ≥ or ca. is printed.
    from_on, to_on : date
        Days that it counts, up to but without the last.
    oddity : int or None
        Number of what is odd about it.
    """

    figure_id: str
    scope: str
    group: str
    printed: str
    lowest: Decimal
    highest: Decimal
    is_exact: bool
    from_on: date
    to_on: date
    oddity: int | None


@cache
def deck_figures() -> tuple[DeckFigure, ...]:
    """Read the printed figures, in the order of the catalogue."""
    return tuple(_figure(row) for row in read_table("w13_deck_2019.csv"))


def _figure(row: dict[str, str]) -> DeckFigure:
    value = Decimal(row["value"])
    within = Decimal(row["within"] or 0)
    highest = Decimal(row["value_to"]) if row["value_to"] else value
    return DeckFigure(
        figure_id=row["figure"],
        scope=row["scope"],
        group=row["group"],
        printed=" - ".join(part for part in (row["value"], row["value_to"]) if part),
        lowest=value - within,
        highest=highest + within,
        is_exact=row["is_exact"] == "yes",
        from_on=date.fromisoformat(row["from_on"]),
        to_on=date.fromisoformat(row["to_on"]),
        oddity=int(row["oddity"]) if row["oddity"] else None,
    )
