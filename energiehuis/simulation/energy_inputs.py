"""From what a file says of a dwelling and its works to the arrays of the energy model.

A dwelling of which kind, year, size or carrier is unknown gives no saving: its loan is counted
beside, never as zero. What the model must assume on top of the files stands in
`energy_assumptions`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode
from energiehuis.simulation.energy_assumptions import (
    BURNS_IN_A_BOILER,
    EARLIEST_YEAR,
    FLOOR_AREA_M2,
    HEATING,
    LATEST_YEAR,
    SIZE_CLASS,
    UNKNOWN_DWELLING,
)
from energiehuis.simulation.portfolio import PortfolioFile
from savings_model.arrays import BoolArray
from savings_model.dwelling_types import area_scale_for, dwellings_of_types, type_index
from savings_model.dwellings import Dwellings
from savings_model.heating_systems import HeatingSystems, heating_systems
from savings_model.measure_figures import MEASURE_OF_WORKS, Measure


@dataclass(frozen=True, slots=True)
class EnergyInputs:
    """Dwellings, heating and works, one element a file.

    Attributes
    ----------
    is_known : ndarray of bool, shape (files,)
        Works and dwelling are known; elsewhere a dwelling stands in that nothing is counted of.
    assumes_boiler : ndarray of bool, shape (files,)
        "Heating" is taken for a condensing boiler, since the file does not say which machine.
    """

    dwellings: Dwellings
    systems: HeatingSystems
    works: BoolArray
    is_known: BoolArray
    assumes_boiler: BoolArray


def energy_inputs(files: Sequence[PortfolioFile]) -> EnergyInputs:
    """Make the arrays of the energy model.

    Parameters
    ----------
    files : sequence of PortfolioFile
        The portfolio.

    Returns
    -------
    EnergyInputs
        Arrays of shape (files,) and (files, measures).
    """
    known = [is_dwelling_known(file) and file.works is not None for file in files]
    rows = [
        _dwelling(file) if ok else UNKNOWN_DWELLING for file, ok in zip(files, known, strict=True)
    ]
    types = [_type_index(kind, year) for kind, year, _, _ in rows]
    systems = [HEATING[carrier] for *_, carrier in rows]
    return EnergyInputs(
        dwellings=dwellings_of_types(types, area_scale_for(types, [row[2] for row in rows])),
        systems=heating_systems([row[0] for row in systems], [row[1] for row in systems]),
        works=_works_table(files),
        is_known=np.array(known, dtype=np.bool_),
        assumes_boiler=np.array([_is_boiler_assumed(file) for file in files], dtype=np.bool_),
    )


def is_dwelling_known(file: PortfolioFile) -> bool:
    """Say whether kind, year, size and carrier of the dwelling are known and the model has them."""
    return (
        file.dwelling_type is not None
        and file.build_year is not None
        and EARLIEST_YEAR <= file.build_year <= LATEST_YEAR
        and file.floor_area_m2 is not None
        and FLOOR_AREA_M2[0] <= file.floor_area_m2 <= FLOOR_AREA_M2[1]
        and file.heating_carrier in HEATING
    )


def _dwelling(file: PortfolioFile) -> tuple[DwellingType, int, int, HeatingCarrier]:
    return (
        DwellingType(str(file.dwelling_type)),
        file.build_year or 0,
        file.floor_area_m2 or 0,
        HeatingCarrier(str(file.heating_carrier)),
    )


@lru_cache(maxsize=4096)
def _type_index(kind: DwellingType, year: int) -> int:
    return type_index(SIZE_CLASS[kind], year)


def _works_table(files: Sequence[PortfolioFile]) -> BoolArray:
    table = np.zeros((len(files), len(Measure)), dtype=np.bool_)
    for row, file in enumerate(files):
        table[row, _measures(file)] = True
    return table


def _measures(file: PortfolioFile) -> list[Measure]:
    """Give the columns of a file's works; a boiler where the carrier was burnt in one."""
    codes = file.works or ()
    boiler = _is_boiler_assumed(file)
    return [
        Measure.CONDENSING_BOILER if boiler and code == WorkCode.HEATING else MEASURE_OF_WORKS[code]
        for code in codes
        if code in MEASURE_OF_WORKS
    ]


def _is_boiler_assumed(file: PortfolioFile) -> bool:
    return WorkCode.HEATING in (file.works or ()) and file.heating_carrier in BURNS_IN_A_BOILER
