"""What one household may expect of its works: the region's formula, for an array of length one."""

from dataclasses import dataclass
from datetime import date

from energiehuis.loans.commands import SubmitApplication
from energiehuis.simulation.energy_inputs import energy_inputs
from energiehuis.simulation.portfolio import PortfolioFile
from savings_model.emissions import emission_factors
from savings_model.energy_prices import energy_prices
from savings_model.household import expected_saving
from savings_model.results import Saving, Statistic

# The newest prices that know gas, oil and electricity alike.
PRICES = "y2021_may"
FACTORS = "tabula_be_2011"


@dataclass(frozen=True, slots=True)
class YearlySaving:
    """A yearly saving: as calculated, and as meters are expected to show it with nine in ten.

    `lowest` and `highest` are the 5th and 95th of 100 draws of the expected one.
    """

    calculated: float
    expected: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class HouseholdSaving:
    """A year after the works, and how many works are not in it because nobody can tell."""

    kwh: YearlySaving
    eur: YearlySaving
    works_left_out: int


def find_saving(
    command: SubmitApplication, *, is_priority: bool | None, day: date
) -> HouseholdSaving | None:
    """Estimate what the works save, or None when dwelling or works do not allow it.

    Parameters
    ----------
    command : SubmitApplication
        The application.
    is_priority : bool or None
        Whether the household belongs to the priority group, which heats less than it would like.
    day : date
        Application day.
    """
    inputs = energy_inputs([_file(command, day)])
    if not inputs.is_known[0]:
        return None
    modelled = int(inputs.works[0].sum())
    found = expected_saving(
        inputs.dwellings,
        inputs.systems,
        inputs.works,
        versions=(emission_factors(FACTORS), energy_prices(PRICES)),
        priority=bool(is_priority),
    )
    kwh, eur = _yearly(found.kwh), _yearly(found.eur)
    if not kwh.calculated > 0 or eur.expected != eur.expected:
        return None
    left_out = len(command.works) - modelled + len(found.unmodelled)
    return HouseholdSaving(kwh, eur, max(left_out, 0))


def _yearly(saving: Saving) -> YearlySaving:
    realised = saving.realised[0]
    return YearlySaving(
        calculated=float(saving.calculated[0, Statistic.P50]),
        expected=float(realised[Statistic.P50]),
        lowest=float(realised[Statistic.P05]),
        highest=float(realised[Statistic.P95]),
    )


def _file(command: SubmitApplication, day: date) -> PortfolioFile:
    dwelling = command.dwelling
    return PortfolioFile(
        id=dwelling.key,
        nis_code=dwelling.nis_code,
        applied_on=day,
        status="asked",
        reason_codes=(),
        borrower_kind=command.facts.borrower_kind.value,
        is_priority=None,
        facts=None,
        requested_cents=command.amount_cents,
        works_cost_cents=command.works_cost_cents,
        principal_cents=None,
        rate_basis_points=None,
        term_months=command.term_months,
        first_due_on=None,
        works=tuple(work.work for work in command.works),
        dwelling_type=dwelling.dwelling_type,
        build_year=dwelling.build_year,
        floor_area_m2=dwelling.floor_area_m2,
        heating_carrier=dwelling.heating_carrier,
    )
