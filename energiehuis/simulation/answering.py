"""From the arrays of the numeric core to the plain values of an answer."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from energiehuis.loans.states import OPEN_STATUSES
from energiehuis.reference_data.printed_figures import is_counted
from energiehuis.simulation.portfolio import PortfolioFile
from energiehuis.simulation.results import (
    Area,
    AsPrinted,
    Interval,
    LoanCounts,
    Outcome,
    Paths,
    Saving,
)
from savings_model.arrays import FloatArray
from savings_model.results import Saving as ModelSaving
from savings_model.results import SimulationResult
from savings_model.scenarios import BASELINE

BASELINE_CODE = BASELINE.code
# A watt-hour, a gram and a tenth of a cent: nobody reads further, and the document stays short.
_DECIMALS = {"kwh": 3, "co2_tonnes": 6, "eur": 3, "kg_per_kwh": 6}


def outcome_of(result: SimulationResult, scenario: str, group: int) -> Outcome:
    """Give one group under one scenario.

    Parameters
    ----------
    result : SimulationResult
        The arrays.
    scenario : str
        Code of the scenario. [-]
    group : int
        Place of the group; -1 is the total. [-]

    Returns
    -------
    Outcome
        Plain values.
    """
    row = result.scenario_codes.index(scenario)
    lending, counts = result.lending, result.counts
    return Outcome(
        loans=int(lending.loans[row, group]),
        lent_cents=int(lending.principal_cents[row, group]),
        interest_cents=int(lending.interest_cents[row, group]),
        repayments_cents=tuple(lending.repayments_cents[row, group].tolist()),
        kwh=_saving(result.kwh, (row, group), "kwh"),
        co2_tonnes=_saving(result.co2_tonnes, (row, group), "co2_tonnes"),
        eur=_saving(result.eur, (row, group), "eur"),
        counts=LoanCounts(
            with_saving=int(counts.with_saving[row, group]),
            unknown_works=int(counts.unknown_works[row, group]),
            unmodelled_works=int(counts.unmodelled_works[row, group]),
            partly_modelled=int(counts.partly_modelled[row, group]),
            with_emission_factor=int(counts.with_emission_factor[row, group]),
            with_price=int(counts.with_price[row, group]),
        ),
    )


def paths_of(result: SimulationResult, scenario: str) -> Paths:
    """Give the savings of all groups together through the years.

    Parameters
    ----------
    result : SimulationResult
        The arrays.
    scenario : str
        Code of the scenario. [-]

    Returns
    -------
    Paths
        Shape (years,); empty when the result did not follow the years.
    """
    if result.by_year is None:
        return Paths((), (), ())
    row, places = result.scenario_codes.index(scenario), range(len(result.years))

    def path(saving: ModelSaving, unit: str) -> tuple[Saving, ...]:
        return tuple(_saving(saving, (row, place), unit) for place in places)

    return Paths(
        kwh=path(result.by_year.kwh, "kwh"),
        co2_tonnes=path(result.by_year.co2_tonnes, "co2_tonnes"),
        eur=path(result.by_year.eur, "eur"),
    )


def areas_of(
    files: Sequence[PortfolioFile],
    nis_codes: tuple[str, ...],
    *,
    result: SimulationResult,
    scenario: str,
) -> tuple[tuple[Area, ...], Area]:
    """Give the municipalities, and all of them together.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.
    nis_codes : tuple of str
        The municipalities, in the order of the groups.
    result : SimulationResult
        The arrays.
    scenario : str
        Code of the scenario that stands beside the baseline. [-]

    Returns
    -------
    tuple
        Areas of the municipalities, and the area of the total.
    """
    counts = Counter(file.nis_code for file in files)
    priority = Counter(file.nis_code for file in files if file.is_priority)
    still_open = Counter(file.nis_code for file in files if file.status in OPEN_STATUSES)

    def area(nis_code: str, group: int, counted: tuple[int, int, int]) -> Area:
        return Area(
            nis_code=nis_code,
            files=counted[0],
            priority_files=counted[1],
            open_files=counted[2],
            baseline=outcome_of(result, BASELINE_CODE, group),
            scenario=outcome_of(result, scenario, group),
        )

    areas = tuple(
        area(code, group, (counts[code], priority[code], still_open[code]))
        for group, code in enumerate(nis_codes)
    )
    return areas, area("", -1, (len(files), priority.total(), still_open.total()))


def as_printed(
    files: Sequence[PortfolioFile],
    nis_codes: tuple[str, ...],
    result: SimulationResult,
    scenario: str,
) -> tuple[AsPrinted, ...]:
    """Give each municipality, and last the total, as the printed figures count them.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.
    nis_codes : tuple of str
        The municipalities, in the order of the groups.
    result : SimulationResult
        The arrays.
    scenario : str
        Code of the scenario that counts so. [-]

    Returns
    -------
    tuple of AsPrinted
        Plain values.
    """
    counted = [file for file in files if is_counted(file.applied_on)]
    count = Counter(file.nis_code for file in counted)
    priority = Counter(file.nis_code for file in counted if file.is_priority)
    row = result.scenario_codes.index(scenario)

    def part(code: str, group: int, applications: int, of_priority: int) -> AsPrinted:
        outcome = outcome_of(result, scenario, group)
        return AsPrinted(code, applications, of_priority, outcome, _intensity(result, row, group))

    parts = [part(code, n, count[code], priority[code]) for n, code in enumerate(nis_codes)]
    return (*parts, part("", -1, len(counted), priority.total()))


def _intensity(result: SimulationResult, row: int, group: int) -> Saving | None:
    """Give kg per kWh; None where some draw saves nothing, so that there is no ratio."""
    place = (row, group)
    both = (result.kg_per_kwh.calculated[place], result.kg_per_kwh.realised[place])
    if np.isnan(both).any():
        return None
    return _saving(result.kg_per_kwh, place, "kg_per_kwh")


def _saving(saving: ModelSaving, place: tuple[int, int], unit: str) -> Saving:
    return Saving(
        _interval(saving.calculated[place], _DECIMALS[unit]),
        _interval(saving.realised[place], _DECIMALS[unit]),
    )


def _interval(statistics: FloatArray, decimals: int) -> Interval:
    return Interval(*np.round(statistics, decimals).tolist())
