"""Dwellings as a CSV file, for the heat balance: one line a dwelling, every column with its unit.

The page `docs/how-to/heat-demand.md` lists the columns; this module reads them strictly.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from savings_model.arrays import FloatArray
from savings_model.climate import UCCLE_MONTHLY, UCCLE_SEASONAL, Climate, Orientation
from savings_model.dwellings import BoundaryConditions, Dwellings, Element
from savings_model.heat_demand import MONTHLY, SEASONAL, HeatBalance, Utilisation, heat_balance
from savings_model.validation import ModelInputError

METHODS: dict[str, Utilisation] = {"monthly": MONTHLY, "seasonal": SEASONAL}
CLIMATES: dict[str, dict[str, Climate]] = {
    "uccle": {"monthly": UCCLE_MONTHLY, "seasonal": UCCLE_SEASONAL}
}
MOST_DWELLINGS = 100_000
CODE, CLIMATE = "code", "climate"
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
_DEFAULTS = _AREAS | _U_VALUES | _ADJUSTMENTS | _WINDOWS | _OPTIONAL | _CONDITIONS
COLUMNS = (CODE, CLIMATE, *_REQUIRED, *_DEFAULTS)
# Where the model says a table, the file has a column for each of its places.
_COLUMNS_OF_FIELD = {
    "element_area_m2": tuple(_AREAS),
    "element_u_w_m2k": tuple(_U_VALUES),
    "element_adjustment": tuple(_ADJUSTMENTS),
    "window_area_m2": tuple(_WINDOWS),
}


class DwellingFileError(ValueError):
    """A list of dwellings that cannot be used: names the line, the column and the limit."""


@dataclass(frozen=True, slots=True)
class DwellingList:
    """A file that was read: codes, line numbers, names of climates, and columns of numbers."""

    codes: tuple[str, ...]
    lines: tuple[int, ...]
    climates: tuple[str, ...]
    numbers: dict[str, FloatArray]


def read_dwellings(path: Path) -> DwellingList:
    """Read a CSV file with commas and points, UTF-8, one header line.

    Raises
    ------
    DwellingFileError
        For an unknown, missing or doubled column, a cell that is no number, or a code that
        stands twice; numbers are held against their limits by `heat_demand_of`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.reader(source, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DwellingFileError(f"{path.name}: cannot be read as CSV: {error}") from error
    header = rows[0] if rows else []
    _check_header(path, header)
    numbered = [(line, row) for line, row in enumerate(rows[1:], start=2) if any(row)]
    if not 1 <= len(numbered) <= MOST_DWELLINGS:
        raise DwellingFileError(f"{path.name}: needs 1 to {MOST_DWELLINGS} dwellings")
    for line, row in numbered:
        if len(row) != len(header):
            limit = f"needs {len(header)} cells, has {len(row)}"
            raise DwellingFileError(f"{path.name}: line {line}: {limit}")
    lines = tuple(line for line, _ in numbered)
    cells = {name: [row[place].strip() for _, row in numbered] for place, name in enumerate(header)}
    found = DwellingList(
        codes=_codes(path, lines, cells[CODE]),
        lines=lines,
        climates=_climates(path, lines, cells.get(CLIMATE, [""] * len(lines))),
        numbers={name: _numbers(path, lines, name, cells.get(name)) for name in COLUMNS[2:]},
    )
    _require_u_values(path, found, cells)
    return found


def heat_demand_of(path: Path, found: DwellingList, method: str) -> HeatBalance:
    """Work out the whole balance of each dwelling of a list.

    Parameters
    ----------
    path : Path
        Names the file in errors.
    found : DwellingList
        What `read_dwellings` gave.
    method : str
        `monthly` or `seasonal`.

    Returns
    -------
    HeatBalance
        Leading shape (dwellings,).

    Raises
    ------
    DwellingFileError
        For a number outside its limits: names line, column and limit.
    """
    try:
        dwellings = _dwellings(found)
        conditions = BoundaryConditions(**{name: found.numbers[name] for name in _CONDITIONS})
        climates = [CLIMATES[name][method] for name in found.climates]
        return heat_balance(
            dwellings, _stacked(climates), utilisation=METHODS[method], conditions=conditions
        )
    except ModelInputError as error:
        raise DwellingFileError(f"{path.name}: {_place(found, error)}") from error


def _dwellings(found: DwellingList) -> Dwellings:
    values = {}
    for part in fields(Dwellings):
        columns = _COLUMNS_OF_FIELD.get(part.name)
        if columns:
            values[part.name] = np.stack([found.numbers[name] for name in columns], axis=-1)
        else:
            values[part.name] = found.numbers[part.name]
    return Dwellings(**values)


def _stacked(climates: list[Climate]) -> Climate:
    """Give each dwelling its own weather."""
    first = climates[0]
    if all(climate is first for climate in climates):
        return first
    stack: Callable[[str], FloatArray] = lambda name: np.stack(  # noqa: E731
        [getattr(climate, name) for climate in climates]
    )
    names = ("days", "outdoor_temperature_c", "solar_kwh_m2")
    return Climate("several", "as named in the list", *(stack(name) for name in names))


def _place(found: DwellingList, error: ModelInputError) -> str:
    field = error.field.removeprefix("conditions.")
    if error.index is None:
        return f"column {field}: {error.limit}"
    columns = _COLUMNS_OF_FIELD.get(field, (field,))
    column = columns[error.index[1]] if len(error.index) > 1 else columns[0]
    return f"line {found.lines[error.index[0]]}, column {column}: {error.limit}"


def _check_header(path: Path, header: list[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            raise DwellingFileError(f"{path.name}: line 1: unknown column {name!r}")
        if header.count(name) > 1:
            raise DwellingFileError(f"{path.name}: line 1: column {name} stands twice")
    for name in (CODE, *_REQUIRED):
        if name not in header:
            raise DwellingFileError(f"{path.name}: line 1: lacks the column {name}")


def _codes(path: Path, lines: tuple[int, ...], cells: list[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    for line, code in zip(lines, cells, strict=True):
        if not code or code in seen:
            limit = "stands twice" if code else "must not be empty"
            raise DwellingFileError(f"{path.name}: line {line}, column {CODE}: {limit}")
        seen.add(code)
    return tuple(cells)


def _climates(path: Path, lines: tuple[int, ...], cells: list[str]) -> tuple[str, ...]:
    names = tuple(cell or next(iter(CLIMATES)) for cell in cells)
    for line, name in zip(lines, names, strict=True):
        if name not in CLIMATES:
            limit = f"must be one of {', '.join(CLIMATES)}, is {name!r}"
            raise DwellingFileError(f"{path.name}: line {line}, column {CLIMATE}: {limit}")
    return names


def _numbers(path: Path, lines: tuple[int, ...], name: str, cells: list[str] | None) -> FloatArray:
    if cells is None:
        return np.full(len(lines), _DEFAULTS[name])
    found = []
    for line, cell in zip(lines, cells, strict=True):
        try:
            found.append(float(cell) if cell else _DEFAULTS[name])
        except KeyError as error:
            where = f"{path.name}: line {line}, column {name}"
            raise DwellingFileError(f"{where}: must not be empty") from error
        except ValueError as error:
            where = f"{path.name}: line {line}, column {name}"
            raise DwellingFileError(f"{where}: must be a number, is {cell!r}") from error
    return np.array(found)


def _require_u_values(path: Path, found: DwellingList, cells: dict[str, list[str]]) -> None:
    """Refuse a surface whose U-value nobody wrote down: unknown is not zero."""
    for area, u_value in zip(_AREAS, _U_VALUES, strict=True):
        written = cells.get(u_value, [""] * len(found.lines))
        for line, size, cell in zip(found.lines, found.numbers[area], written, strict=True):
            if size > 0.0 and not cell:
                where = f"{path.name}: line {line}, column {u_value}"
                raise DwellingFileError(f"{where}: must not be empty, since {area} is {size:g}")
