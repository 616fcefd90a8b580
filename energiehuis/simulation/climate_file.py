"""Climates as a CSV file: one line a period of a named climate, the twelve months or one season.

The page `docs/how-to/heat-demand.md` lists the columns; this module reads them strictly.
"""

from collections import defaultdict
from pathlib import Path

import numpy as np

from energiehuis.simulation.number_table import (
    NumberTable,
    NumberTableError,
    read_table,
    refused_cell,
)
from savings_model.arrays import FloatArray
from savings_model.climate import UCCLE_MONTHLY, UCCLE_SEASONAL, Climate, Orientation
from savings_model.validation import ModelInputError

MONTHLY_METHOD, SEASONAL_METHOD = "monthly", "seasonal"
# The climates of a name, by the method that can use them.
Climates = dict[str, dict[str, Climate]]
KNOWN_CLIMATES: Climates = {
    "uccle": {MONTHLY_METHOD: UCCLE_MONTHLY, SEASONAL_METHOD: UCCLE_SEASONAL}
}
TEMPERATURE = "outdoor_temperature_c"
SUN_COLUMNS = tuple(f"solar_{orientation.name.lower()}_kwh_m2" for orientation in Orientation)
_NAME, _PERIOD, _DAYS = "climate", "period", "days"
_SEASON = "season"
_MONTHS = tuple(str(month) for month in range(1, 13))
COLUMNS = (_NAME, _PERIOD, _DAYS, TEMPERATURE, *SUN_COLUMNS)
_DAYS_OF_A_YEAR = 366.0


def read_climates(path: Path) -> Climates:
    """Read named climates, beside the ones that are known already.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        Climate by name and method, the known ones included.

    Raises
    ------
    NumberTableError
        For a file that is no such table, a number outside its limits, a period that is
        unknown or stands twice, and a name with some of its months only.
    """
    table = read_table(path, columns=COLUMNS, required=COLUMNS)
    places = _places(table)
    every_line = climate_of_lines(table, _DAYS)
    found: Climates = {
        name: {
            method: _one(table, every_line, name=name, lines=lines)
            for method, lines in methods.items()
        }
        for name, methods in places.items()
    }
    return KNOWN_CLIMATES | found


def default_climate(climates: Climates) -> str:
    """Say which climate a dwelling has that names none: the only one that could be meant.

    Parameters
    ----------
    climates : dict
        Climates by name and method.

    Returns
    -------
    str
        The one climate of the user's file, the known one without such a file, and an empty
        name where several could be meant.
    """
    own = [name for name in climates if name not in KNOWN_CLIMATES] or list(KNOWN_CLIMATES)
    return own[0] if len(own) == 1 else ""


def climate_of_lines(table: NumberTable, days: str) -> Climate:
    """Give each line of a table the weather that is written on it.

    Parameters
    ----------
    table : NumberTable
        Has the columns of temperature and sun, all filled.
    days : str
        The column that says how long the period is.

    Returns
    -------
    Climate
        Leading shape (lines,), one period.

    Raises
    ------
    NumberTableError
        For a number outside its limits.
    """
    sun = np.stack([table.numbers(column) for column in SUN_COLUMNS], axis=-1)
    lengths, temperatures = table.numbers(days), table.numbers(TEMPERATURE)
    try:
        return Climate(
            table.name,
            "as written in the file",
            lengths[:, np.newaxis],
            temperatures[:, np.newaxis],
            sun[..., np.newaxis],
        )
    except ModelInputError as error:
        columns = {"climate.days": (days,), "climate.solar_kwh_m2": SUN_COLUMNS}
        refused = refused_cell(table, error, columns.get(error.field, (TEMPERATURE,)))
        raise NumberTableError(refused) from error


def _places(table: NumberTable) -> dict[str, dict[str, list[int]]]:
    """Find the lines of each climate: its months in their order, and its season."""
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for place, (name, period) in enumerate(
        zip(table.texts(_NAME), table.texts(_PERIOD), strict=True)
    ):
        _check_period(table, place, seen[name])
        seen[name][period] = place
    found: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for name, periods in seen.items():
        months = [periods[month] for month in _MONTHS if month in periods]
        if months and len(months) < len(_MONTHS):
            lacking = ", ".join(month for month in _MONTHS if month not in periods)
            limit = f"{name} needs all twelve months or none, lacks {lacking}"
            raise table.error(months[-1], _PERIOD, limit)
        if months:
            found[name][MONTHLY_METHOD] = months
        if _SEASON in periods:
            found[name][SEASONAL_METHOD] = [periods[_SEASON]]
    return found


def _check_period(table: NumberTable, place: int, seen: dict[str, int]) -> None:
    name, period = table.texts(_NAME)[place], table.texts(_PERIOD)[place]
    if not name:
        raise table.error(place, _NAME, "must not be empty")
    if name in KNOWN_CLIMATES:
        raise table.error(place, _NAME, f"must be another name, {name} is known already")
    if period not in (*_MONTHS, _SEASON):
        limit = f"must be 1 to 12 for a month or {_SEASON}, is {period!r}"
        raise table.error(place, _PERIOD, limit)
    if period in seen:
        limit = f"{name} has {period} already on line {table.lines[seen[period]]}"
        raise table.error(place, _PERIOD, limit)


def _one(table: NumberTable, every_line: Climate, *, name: str, lines: list[int]) -> Climate:
    days: FloatArray = every_line.days[lines, 0]
    if days.sum() > _DAYS_OF_A_YEAR:
        limit = f"the months of {name} must be at most {_DAYS_OF_A_YEAR:g} days, are {days.sum():g}"
        raise table.error(lines[-1], _DAYS, limit)
    return Climate(
        name,
        every_line.source,
        days,
        every_line.outdoor_temperature_c[lines, 0],
        every_line.solar_kwh_m2[lines, :, 0].T,
    )
