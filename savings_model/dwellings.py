"""Dwellings as the heat balance sees them: surfaces, air and the way they are lived in.

All arrays share a leading shape `...` (or broadcast to it), so that the same functions serve
one dwelling, a portfolio, and a portfolio times sets of measures.
"""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from savings_model.arrays import FloatArray, IntArray
from savings_model.climate import Orientation
from savings_model.validation import ModelInputError, as_floats

Index = slice | IntArray | tuple[slice | None, ...]


class Element(IntEnum):
    """Columns of the envelope, as TABULA counts them; what a dwelling lacks has area zero."""

    ROOF_1 = 0
    ROOF_2 = 1
    WALL_1 = 2
    WALL_2 = 3
    WALL_3 = 4
    FLOOR_1 = 5
    FLOOR_2 = 6
    WINDOW_1 = 7
    WINDOW_2 = 8
    DOOR_1 = 9


ROOFS = (Element.ROOF_1, Element.ROOF_2)
WALLS = (Element.WALL_1, Element.WALL_2, Element.WALL_3)
FLOORS = (Element.FLOOR_1, Element.FLOOR_2)
WINDOWS = (Element.WINDOW_1, Element.WINDOW_2)


# Outside these limits a number is a slip of the pen or a wrong unit, not a building.
_CONDITION_LIMITS = {
    "indoor_temperature_c": (5.0, 30.0),
    "room_height_m": (1.0, 10.0),
    "internal_gains_w_m2": (0.0, 50.0),
    "heat_capacity_wh_m2k": (1.0, 1000.0),
    "shading_horizontal": (0.0, 1.0),
    "shading_vertical": (0.0, 1.0),
    "frame_share": (0.0, 1.0),
    "slanted_sun_share": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class BoundaryConditions:
    """How a dwelling is used and what the method assumes; defaults are TABULA's for a single home.

    Attributes
    ----------
    indoor_temperature_c : float or ndarray, shape (...)
        Set point; the Belgian EPB variant takes 18. [degC]
    room_height_m : float or ndarray, shape (...)
        Height that turns floor area into air volume. [m]
    internal_gains_w_m2 : float or ndarray, shape (...)
        People and appliances. [W/m2]
    heat_capacity_wh_m2k : float or ndarray, shape (...)
        Inside mass per square metre of reference area. [Wh/m2K]
    shading_horizontal, shading_vertical : float or ndarray, shape (...)
        Share of sun that is not shaded. [-]
    frame_share : float or ndarray, shape (...)
        Share of a window that is frame. [-]
    slanted_sun_share : float or ndarray, shape (...)
        Correction for sun that does not come in at a right angle. [-]

    References
    ----------
    IWUGERMANY/tabuladata at 2411fa43, boundary conditions of a single home.
    """

    indoor_temperature_c: float | FloatArray = 20.0
    room_height_m: float | FloatArray = 2.5
    internal_gains_w_m2: float | FloatArray = 3.0
    heat_capacity_wh_m2k: float | FloatArray = 45.0
    shading_horizontal: float | FloatArray = 0.8
    shading_vertical: float | FloatArray = 0.6
    frame_share: float | FloatArray = 0.3
    slanted_sun_share: float | FloatArray = 0.9

    def __post_init__(self) -> None:
        for name, (low, high) in _CONDITION_LIMITS.items():
            as_floats(f"conditions.{name}", getattr(self, name), minimum=low, maximum=high)


STANDARD_USE = BoundaryConditions()


@dataclass(frozen=True, slots=True)
class Dwellings:
    """A batch of dwellings.

    Attributes
    ----------
    reference_area_m2 : ndarray, shape (...)
        Conditioned floor area. [m2]
    element_area_m2, element_u_w_m2k, element_adjustment : ndarray, shape (..., 10)
        Area, transmission coefficient and temperature adjustment of each `Element`.
        [m2, W/m2K, -]
    thermal_bridge_w_m2k : ndarray, shape (...)
        Extra loss per square metre of all elements together. [W/m2K]
    window_area_m2 : ndarray, shape (..., 5)
        Window area by `Orientation`, for the sun. [m2]
    window_g : ndarray, shape (...)
        Share of the sun that the glass lets in. [-]
    infiltration_per_hour, air_use_per_hour : ndarray, shape (...)
        Air changes through leaks, and by use. [1/h]
    heat_recovery_share : ndarray, shape (...)
        Share of the heat of used air that comes back. [-]
    reduction_at_low_loss, reduction_at_high_loss : ndarray, shape (...)
        TABULA's temperature reduction at 1 and at 4 W/m2K. [-]
    hot_water_need_kwh_m2 : ndarray, shape (...)
        Useful heat for hot water per reference area a year. [kWh/m2]
    """

    reference_area_m2: FloatArray
    element_area_m2: FloatArray
    element_u_w_m2k: FloatArray
    element_adjustment: FloatArray
    thermal_bridge_w_m2k: FloatArray
    window_area_m2: FloatArray
    window_g: FloatArray
    infiltration_per_hour: FloatArray
    air_use_per_hour: FloatArray
    heat_recovery_share: FloatArray
    reduction_at_low_loss: FloatArray
    reduction_at_high_loss: FloatArray
    hot_water_need_kwh_m2: FloatArray

    def __post_init__(self) -> None:
        for field in fields(self):
            low, high = _LIMITS[field.name]
            as_floats(field.name, getattr(self, field.name), minimum=low, maximum=high)
        _require_columns("element_area_m2", self.element_area_m2, len(Element))
        _require_columns("element_u_w_m2k", self.element_u_w_m2k, len(Element))
        _require_columns("element_adjustment", self.element_adjustment, len(Element))
        _require_columns("window_area_m2", self.window_area_m2, len(Orientation))

    @property
    def shape(self) -> tuple[int, ...]:
        """The leading shape that all arrays broadcast to."""
        per_dwelling = [getattr(self, name).shape for name in _SCALARS]
        per_element = [getattr(self, name).shape[:-1] for name in _COLUMNS]
        return np.broadcast_shapes(*per_dwelling, *per_element)


def take_dwellings(dwellings: Dwellings, index: Index) -> Dwellings:
    """Pick some dwellings along the first axis, or add an axis.

    Parameters
    ----------
    dwellings : Dwellings
        The batch to pick from.
    index : slice, ndarray of int, shape (n,), or tuple
        Which ones. [-]

    Returns
    -------
    Dwellings
        The chosen ones, in the order asked.
    """
    return Dwellings(**{f.name: getattr(dwellings, f.name)[index] for f in fields(dwellings)})


def _require_columns(field: str, values: FloatArray, columns: int) -> None:
    if values.ndim == 0 or values.shape[-1] != columns:
        raise ModelInputError(field, None, f"needs {columns} columns, has shape {values.shape}")


_COLUMNS = ("element_area_m2", "element_u_w_m2k", "element_adjustment", "window_area_m2")

# Outside these limits a number is a slip of the pen or a wrong unit, not a building.
_LIMITS = {
    "reference_area_m2": (1.0, 1e6),
    "element_area_m2": (0.0, 1e6),
    "element_u_w_m2k": (0.0, 10.0),
    "element_adjustment": (0.0, 1.5),
    "thermal_bridge_w_m2k": (0.0, 1.0),
    "window_area_m2": (0.0, 1e6),
    "window_g": (0.0, 1.0),
    "infiltration_per_hour": (0.0, 10.0),
    "air_use_per_hour": (0.0, 10.0),
    "heat_recovery_share": (0.0, 1.0),
    "reduction_at_low_loss": (0.1, 1.0),
    "reduction_at_high_loss": (0.1, 1.0),
    "hot_water_need_kwh_m2": (0.0, 200.0),
}
_SCALARS = tuple(name for name in _LIMITS if name not in _COLUMNS)
