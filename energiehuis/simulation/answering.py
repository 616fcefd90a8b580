"""From the arrays of the numeric core to the plain values of an answer."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from energiehuis.loans.states import OPEN_STATUSES
from energiehuis.simulation.portfolio import PortfolioFile
from energiehuis.simulation.results import Area, Interval, LoanCounts, Outcome, Paths, Saving
from savings_model.arrays import FloatArray
from savings_model.results import Saving as ModelSaving
from savings_model.results import SimulationResult
from savings_model.scenarios import BASELINE

BASELINE_CODE = BASELINE.code
_ZERO = Interval(0.0, 0.0, 0.0, 0.0)
NOTHING = Saving(_ZERO, _ZERO)
# A watt-hour, a gram and a tenth of a cent: nobody reads further, and the document stays short.
_DECIMALS = {"kwh": 3, "co2_tonnes": 6, "eur": 3}


def all_years(*results: SimulationResult) -> tuple[int, ...]:
    """Give the calendar years of several results, from the first to the last.

    Parameters
    ----------
    *results : SimulationResult
        Results whose years may end apart.

    Returns
    -------
    tuple of int
        Without gaps. [year]
    """
    first = min(int(result.years[0]) for result in results)
    last = max(int(result.years[-1]) for result in results)
    return tuple(range(first, last + 1))


def outcome_of(
    result: SimulationResult, scenario: str, group: int, *, years: Sequence[int]
) -> Outcome:
    """Give one group under one scenario.

    Parameters
    ----------
    result : SimulationResult
        The arrays.
    scenario : str
        Code of the scenario. [-]
    group : int
        Place of the group; -1 is the total. [-]
    years : sequence of int
        Calendar years; nothing is paid back in those the result does not have. [year]

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
        repayments_cents=tuple(
            int(lending.repayments_cents[row, group, place]) if place is not None else 0
            for place in _places(result, years)
        ),
        kwh=_saving(result.kwh, (row, group), "kwh"),
        co2_tonnes=_saving(result.co2_tonnes, (row, group), "co2_tonnes"),
        eur=_saving(result.eur, (row, group), "eur"),
        counts=LoanCounts(
            with_saving=int(counts.with_saving[row, group]),
            unknown=int(counts.unknown_works[row, group]),
            unmodelled=int(counts.unmodelled_works[row, group]),
            partly_modelled=int(counts.partly_modelled[row, group]),
            with_emission_factor=int(counts.with_emission_factor[row, group]),
            with_price=int(counts.with_price[row, group]),
        ),
    )


def paths_of(result: SimulationResult, scenario: str, *, years: Sequence[int]) -> Paths:
    """Give the savings of all groups together through the years.

    Parameters
    ----------
    result : SimulationResult
        The arrays.
    scenario : str
        Code of the scenario. [-]
    years : sequence of int
        Calendar years; nothing is saved in those the result does not have. [year]

    Returns
    -------
    Paths
        Shape (years,); empty when the result did not follow the years.
    """
    if result.by_year is None:
        return Paths((), (), ())
    row, places = result.scenario_codes.index(scenario), _places(result, years)

    def path(saving: ModelSaving, unit: str) -> tuple[Saving, ...]:
        return tuple(
            NOTHING if place is None else _saving(saving, (row, place), unit) for place in places
        )

    return Paths(
        kwh=path(result.by_year.kwh, "kwh"),
        co2_tonnes=path(result.by_year.co2_tonnes, "co2_tonnes"),
        eur=path(result.by_year.eur, "eur"),
    )


def areas_of(
    files: Sequence[PortfolioFile],
    nis_codes: tuple[str, ...],
    *,
    baseline: SimulationResult,
    changed: SimulationResult,
    scenario: str,
    years: Sequence[int],
) -> tuple[tuple[Area, ...], Area]:
    """Give the municipalities, and all of them together.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.
    nis_codes : tuple of str
        The municipalities, in the order of the groups.
    baseline, changed : SimulationResult
        Arrays with the baseline, and with the scenario.
    scenario : str
        Code of the scenario. [-]
    years : sequence of int
        Calendar years of both. [year]

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
            baseline=outcome_of(baseline, BASELINE_CODE, group, years=years),
            scenario=outcome_of(changed, scenario, group, years=years),
        )

    areas = tuple(
        area(code, group, (counts[code], priority[code], still_open[code]))
        for group, code in enumerate(nis_codes)
    )
    return areas, area("", -1, (len(files), priority.total(), still_open.total()))


def _places(result: SimulationResult, years: Sequence[int]) -> list[int | None]:
    """Give the place of each year in a result; scenarios with shorter terms may end earlier."""
    first, count = int(result.years[0]), len(result.years)
    return [year - first if 0 <= year - first < count else None for year in years]


def _saving(saving: ModelSaving, place: tuple[int, int], unit: str) -> Saving:
    return Saving(
        _interval(saving.calculated[place], _DECIMALS[unit]),
        _interval(saving.realised[place], _DECIMALS[unit]),
    )


def _interval(statistics: FloatArray, decimals: int) -> Interval:
    return Interval(*np.round(statistics, decimals).tolist())
