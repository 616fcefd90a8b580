"""What may leave the house: cells of too few loans are blanked, with as many others as it takes.

A policymaker of the organisation sees every cell, since she may see the files behind them; a
table for others may not let anybody be recognised, nor be worked out from the total.
"""

from energiehuis.simulation.results import FEW_LOANS, Answer, Area


def hidden_areas(answer: Answer) -> frozenset[str]:
    """Give the NIS codes that a published table leaves blank.

    A municipality is blanked when fewer than five loans stand behind it. If what is blanked
    together is so small that the total minus the others gives it away, the next smallest goes
    with it.
    """
    with_loans = sorted(
        (area for area in answer.areas if _fewest(area) > 0),
        key=lambda area: (_fewest(area), area.nis_code),
    )
    hidden = [area for area in with_loans if _fewest(area) < FEW_LOANS]
    rest = with_loans[len(hidden) :]
    while hidden and rest and (len(hidden) < 2 or sum(map(_fewest, hidden)) < FEW_LOANS):
        hidden.append(rest.pop(0))
    return frozenset(area.nis_code for area in hidden)


def _fewest(area: Area) -> int:
    """Give the smallest number of loans behind a municipality; one with none hides nobody."""
    counts = [area.baseline.loans, area.scenario.loans]
    return min((count for count in counts if count > 0), default=0)
