"""Dwellings as a CSV file, for the heat balance: one line a dwelling, every column with its unit.

The page `docs/how-to/heat-demand.md` lists the columns; this module reads them strictly.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from energiehuis.simulation.climate_file import (
    KNOWN_CLIMATES,
    MONTHLY_METHOD,
    SEASONAL_METHOD,
    SUN_COLUMNS,
    TEMPERATURE,
    Climates,
    climate_of_lines,
    default_climate,
)
from energiehuis.simulation.number_table import (
    NumberTable,
    NumberTableError,
    read_table,
    refused_cell,
)
from savings_model.arrays import FloatArray
from savings_model.climate import Climate, Orientation
from savings_model.dwellings import BoundaryConditions, Dwellings, Element
from savings_model.heat_demand import MONTHLY, SEASONAL, HeatBalance, Utilisation, heat_balance
from savings_model.validation import ModelInputError

METHODS: dict[str, Utilisation] = {MONTHLY_METHOD: MONTHLY, SEASONAL_METHOD: SEASONAL}
CODE, CLIMATE = "code", "climate"
OWN_WEATHER = "own weather"
_HEATING_DAYS = "heating_days"
_WEATHER = (_HEATING_DAYS, TEMPERATURE, *SUN_COLUMNS)
_ELEMENTS = tuple(element.name.lower() for element in Element)
_SUNS = tuple(orientation.name.lower() for orientation in Orientation)
# A dwelling without that element or window leaves its cells empty.
_AREAS = {f"area_{name}_m2": 0.0 for name in _ELEMENTS}
_U_VALUES = {f"u_{name}_w_m2k": 0.0 for name in _ELEMENTS}
_ADJUSTMENTS = {
    f"adjustment_{name}": 0.5 if name.startswith("floor") else 1.0 for name in _ELEMENTS
}
_WINDOWS = {f"window_{name}_m2": 0.0 for name in _SUNS}
_REQUIRED = (
    "reference_area_m2",
    "thermal_bridge_w_m2k",
    "window_g",
    "infiltration_per_hour",
    "air_use_per_hour",
)
_OPTIONAL = {
    "heat_recovery_share": 0.0,
    "reduction_at_low_loss": 0.9,
    "reduction_at_high_loss": 0.8,
    "hot_water_need_kwh_m2": 10.0,
}
_CONDITIONS = {part.name: float(part.default) for part in fields(BoundaryConditions)}  # type: ignore[arg-type]
DEFAULTS = _AREAS | _U_VALUES | _ADJUSTMENTS | _WINDOWS | _OPTIONAL | _CONDITIONS
COLUMNS = (CODE, CLIMATE, *_WEATHER, *_REQUIRED, *DEFAULTS)
# Where the model says a table, the file has a column for each of its places.
_COLUMNS_OF_FIELD = {
    "element_area_m2": tuple(_AREAS),
    "element_u_w_m2k": tuple(_U_VALUES),
    "element_adjustment": tuple(_ADJUSTMENTS),
    "window_area_m2": tuple(_WINDOWS),
}


@dataclass(frozen=True, slots=True)
class DwellingList:
    """A file that was read: codes, names of climates, columns of numbers, and the cells behind.

    A dwelling whose weather stands on its own line has an empty name of climate.
    """

    codes: tuple[str, ...]
    climates: tuple[str, ...]
    numbers: dict[str, FloatArray]
    table: NumberTable


def read_dwellings(path: Path, climates: Climates = KNOWN_CLIMATES) -> DwellingList:
    """Read a list of dwellings.

    Parameters
    ----------
    path : Path
        The file.
    climates : dict
        Climates by name and method.

    Returns
    -------
    DwellingList
        Numbers are held against their limits by `heat_demand_of`.

    Raises
    ------
    NumberTableError
        For a file that is no such table, a code that stands twice, a surface without its
        U-value, weather that is written on a line in part, and a climate that is not known.
    """
    table = read_table(path, columns=COLUMNS, required=(CODE, *_REQUIRED))
    numbers = {name: table.numbers(name) for name in _REQUIRED}
    numbers |= {name: table.numbers(name, empty=default) for name, default in DEFAULTS.items()}
    _require_u_values(table, numbers)
    return DwellingList(_codes(table), _climate_names(table, climates), numbers, table)


def heat_demand_of(
    found: DwellingList, method: str, climates: Climates = KNOWN_CLIMATES
) -> HeatBalance:
    """Work out the whole balance of each dwelling of a list.

    Parameters
    ----------
    found : DwellingList
        What `read_dwellings` gave.
    method : str
        `monthly` or `seasonal`.
    climates : dict
        Climates by name and method.

    Returns
    -------
    HeatBalance
        Leading shape (dwellings,).

    Raises
    ------
    NumberTableError
        For a number outside its limits, and for weather that does not serve the method.
    """
    weather = _weather(found, method, climates)
    try:
        return heat_balance(
            _dwellings(found),
            weather,
            utilisation=METHODS[method],
            conditions=BoundaryConditions(**{name: found.numbers[name] for name in _CONDITIONS}),
        )
    except ModelInputError as error:
        field = error.field.removeprefix("conditions.")
        columns = _COLUMNS_OF_FIELD.get(field, (field,))
        raise NumberTableError(refused_cell(found.table, error, columns)) from error


def _dwellings(found: DwellingList) -> Dwellings:
    values = {}
    for part in fields(Dwellings):
        columns = _COLUMNS_OF_FIELD.get(part.name)
        if columns:
            values[part.name] = np.stack([found.numbers[name] for name in columns], axis=-1)
        else:
            values[part.name] = found.numbers[part.name]
    return Dwellings(**values)


def _weather(found: DwellingList, method: str, climates: Climates) -> Climate:
    """Give each dwelling the weather that its line names or holds."""
    for place, name in enumerate(found.climates):
        _check_method(found.table, place, name, method=method, climates=climates)
    named = {name: climates[name][method] for name in set(found.climates) if name}
    if len(named) == 1 and "" not in found.climates:
        return next(iter(named.values()))
    own = [place for place, name in enumerate(found.climates) if not name]
    if own:
        named[""] = climate_of_lines(_part(found.table, own), _HEATING_DAYS)
    return _stacked(named, found.climates)


def _stacked(named: dict[str, Climate], names: tuple[str, ...]) -> Climate:
    order = np.array(names)
    stacks = []
    for part in ("days", "outdoor_temperature_c", "solar_kwh_m2"):
        values = {name: getattr(climate, part) for name, climate in named.items()}
        shape = next(value.shape[1:] if not name else value.shape for name, value in values.items())
        stack = np.empty((order.size, *shape))
        for name, value in values.items():
            stack[order == name] = value
        stacks.append(stack)
    return Climate("several", "as named in the list", *stacks)


def _part(table: NumberTable, places: list[int]) -> NumberTable:
    cells = {name: [column[place] for place in places] for name, column in table.cells.items()}
    return NumberTable(table.name, tuple(table.lines[place] for place in places), cells)


def _check_method(
    table: NumberTable, place: int, name: str, *, method: str, climates: Climates
) -> None:
    if not name and method != SEASONAL_METHOD:
        limit = "weather on the line of a dwelling is of one season, for --method seasonal only"
        raise table.error(place, _HEATING_DAYS, limit)
    if name and method not in climates[name]:
        needed = "its twelve months" if method == MONTHLY_METHOD else "a line for its season"
        limit = f"{name} needs {needed} in the file of --climate for --method {method}"
        raise table.error(place, CLIMATE, limit)


def _codes(table: NumberTable) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    for place, code in enumerate(table.texts(CODE)):
        if not code:
            raise table.error(place, CODE, "must not be empty")
        if code in seen:
            raise table.error(place, CODE, f"{code} stands already on line {seen[code]}")
        seen[code] = table.lines[place]
    return tuple(seen)


def _climate_names(table: NumberTable, climates: Climates) -> tuple[str, ...]:
    """Give the name of each line, and none where all weather is written on the line itself."""
    written = [table.texts(name) for name in _WEATHER]
    default = default_climate(climates)
    names = []
    for place, name in enumerate(table.texts(CLIMATE)):
        filled = [column[place] != "" for column in written]
        if not any(filled):
            names.append(_known(table, place, name or default, climates))
            continue
        if name:
            limit = "must be empty on a line that holds its own weather"
            raise table.error(place, CLIMATE, limit)
        if not all(filled):
            limit = f"must not be empty on a line with its own weather ({_HEATING_DAYS} and so on)"
            raise table.error(place, _WEATHER[filled.index(False)], limit)
        names.append("")
    return tuple(names)


def _known(table: NumberTable, place: int, name: str, climates: Climates) -> str:
    if name in climates:
        return name
    is_now = f"is {name!r}" if name else "is empty"
    limit = f"must be one of {', '.join(climates)}, {is_now}; --climate takes a file with others"
    raise table.error(place, CLIMATE, limit)


def _require_u_values(table: NumberTable, numbers: dict[str, FloatArray]) -> None:
    """Refuse a surface whose U-value nobody wrote down: unknown is not zero."""
    for area, u_value in zip(_AREAS, _U_VALUES, strict=True):
        written = table.texts(u_value)
        for place in np.flatnonzero(numbers[area] > 0.0).tolist():
            if not written[place]:
                limit = f"must not be empty, since {area} is {numbers[area][place]:g}"
                raise table.error(place, u_value, limit)
