"""From a Belgian dwelling type, a size and a state to the arrays of the heat balance."""

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import FloatArray, IntArray
from savings_model.dwelling_type_figures import TYPE_FIGURES, TypeFigures
from savings_model.dwellings import Dwellings, Element
from savings_model.validation import ModelInputError, as_floats, as_integers, require_shape

TYPE_CODES: tuple[str, ...] = tuple(row.code for row in TYPE_FIGURES)

_FIGURE_COLUMNS = (
    Element.ROOF_1,
    Element.ROOF_2,
    Element.WALL_1,
    Element.WALL_2,
    Element.FLOOR_1,
    Element.FLOOR_2,
    Element.WINDOW_1,
    Element.DOOR_1,
)


def type_index(size_class: str, building_year: int) -> int:
    """Find the row of a kind of dwelling that was built in some year.

    Parameters
    ----------
    size_class : str
        `detached`, `semi_detached`, `terraced`, `small_apartment_block`,
        `large_apartment_block` or `high_rise`. [-]
    building_year : int
        Year of construction. [year]

    Returns
    -------
    int
        Row of `TYPE_FIGURES`. [-]

    Raises
    ------
    ModelInputError
        For an unknown kind, or a year that no type covers.
    """
    if size_class not in _SIZE_CLASSES:
        raise ModelInputError("size_class", None, f"must be one of {', '.join(_SIZE_CLASSES)}")
    prefix, suffix = _SIZE_CLASSES[size_class]
    for row, figures in enumerate(TYPE_FIGURES):
        kind, _, variant = figures.code.split(".")
        same_kind = kind == prefix and variant == suffix
        if same_kind and figures.first_year <= building_year <= figures.last_year:
            return row
    raise ModelInputError("building_year", None, f"no {size_class} type covers {building_year}")


def dwellings_of_types(type_indices: ArrayLike, area_scale: ArrayLike) -> Dwellings:
    """Build dwellings from rows of the type table, each larger or smaller than its type.

    Every area is scaled alike, so that the compactness of the type is kept. A dwelling in a
    block is the block divided by its number of dwellings.

    Parameters
    ----------
    type_indices : array_like of int, shape (dwellings,)
        Rows of `TYPE_FIGURES`. [-]
    area_scale : array_like of float, shape (dwellings,)
        Factor on all areas; 1 is the type itself. [-]

    Returns
    -------
    Dwellings
        One row a dwelling, in the order asked.
    """
    rows = as_integers("type_indices", type_indices, minimum=0, maximum=len(TYPE_FIGURES) - 1)
    scale = as_floats("area_scale", area_scale, minimum=0.05, maximum=20.0)
    require_shape("area_scale", scale, rows.shape)
    return Dwellings(
        reference_area_m2=_REFERENCE_AREA[rows] * scale,
        element_area_m2=_AREA[rows] * scale[:, None],
        element_u_w_m2k=_U[rows],
        element_adjustment=_ADJUSTMENT[rows],
        thermal_bridge_w_m2k=_THERMAL_BRIDGE[rows],
        window_area_m2=_WINDOW_AREA[rows] * scale[:, None],
        window_g=_WINDOW_G[rows],
        infiltration_per_hour=_INFILTRATION[rows],
        air_use_per_hour=_AIR_USE[rows],
        heat_recovery_share=np.zeros(rows.shape),
        reduction_at_low_loss=np.where(_IN_BLOCK[rows], 0.95, 0.90),
        reduction_at_high_loss=np.where(_IN_BLOCK[rows], 0.85, 0.80),
        hot_water_need_kwh_m2=np.where(_IN_BLOCK[rows], 15.0, 10.0),
    )


def area_scale_for(type_indices: ArrayLike, reference_area_m2: ArrayLike) -> FloatArray:
    """Say by how much to scale types so that they have the floor areas that are known.

    Parameters
    ----------
    type_indices : array_like of int, shape (dwellings,)
        Rows of `TYPE_FIGURES`. [-]
    reference_area_m2 : array_like of float, shape (dwellings,)
        Conditioned floor area that is known. [m2]

    Returns
    -------
    ndarray, shape (dwellings,)
        Factor on all areas. [-]
    """
    rows = as_integers("type_indices", type_indices, minimum=0, maximum=len(TYPE_FIGURES) - 1)
    areas = as_floats("reference_area_m2", reference_area_m2, minimum=10.0, maximum=2000.0)
    return areas / _REFERENCE_AREA[rows]


_SIZE_CLASSES = {
    "detached": ("SFH", "Gen"),
    "semi_detached": ("TH", "Semi"),
    "terraced": ("TH", "Gen"),
    "small_apartment_block": ("MFH", "Small"),
    "large_apartment_block": ("MFH", "Gen"),
    "high_rise": ("AB", "Gen"),
}


def _spread(values: tuple[float, ...]) -> FloatArray:
    row = np.zeros(len(Element))
    row[list(_FIGURE_COLUMNS)] = values
    return row


def _column(pick: str) -> FloatArray:
    return np.array([getattr(row, pick) for row in TYPE_FIGURES], dtype=np.float64)


def _per_dwelling(row: TypeFigures, values: tuple[float, ...]) -> FloatArray:
    return np.array(values) / row.dwellings


_COUNT: IntArray = np.array([row.dwellings for row in TYPE_FIGURES], dtype=np.int64)
_REFERENCE_AREA = _column("reference_area_m2") / _COUNT
_AREA = np.stack([_spread(row.area_m2) / row.dwellings for row in TYPE_FIGURES])
_U = np.stack([_spread(row.u_w_m2k) for row in TYPE_FIGURES])
_WINDOW_AREA = np.stack([_per_dwelling(r, (0.0, *r.window_area_m2)) for r in TYPE_FIGURES])
_THERMAL_BRIDGE = _column("thermal_bridge_w_m2k")
_INFILTRATION = _column("infiltration_per_hour")
_AIR_USE = _column("air_use_per_hour")
_WINDOW_G = _column("window_g")
_IN_BLOCK = np.array([row.code.startswith(("MFH", "AB")) for row in TYPE_FIGURES])
_ADJUSTMENT = np.ones((len(TYPE_FIGURES), len(Element)))
_ADJUSTMENT[:, [Element.FLOOR_1, Element.FLOOR_2]] = 0.5
