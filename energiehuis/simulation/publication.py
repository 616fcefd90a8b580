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
        (area for area in answer.areas if area.fewest_loans > 0),
        key=lambda area: (area.fewest_loans, area.nis_code),
    )
    hidden = [area for area in with_loans if area.has_few_loans]
    rest = with_loans[len(hidden) :]
    while hidden and rest and _can_be_worked_out(hidden):
        hidden.append(rest.pop(0))
    return frozenset(area.nis_code for area in hidden)


def _can_be_worked_out(hidden: list[Area]) -> bool:
    return len(hidden) < 2 or sum(area.fewest_loans for area in hidden) < FEW_LOANS
