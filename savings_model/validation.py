"""The one door through which numbers enter the core.

Every check names the field, the first index that breaks the limit and the limit itself,
so that a caller can point at a row of a file or a question of a form.
"""

import numpy as np
from numpy.typing import ArrayLike

from savings_model.arrays import AnyArray, FloatArray, IntArray


class ModelInputError(ValueError):
    """A number that the model refuses.

    Attributes
    ----------
    field : str
        Name of the argument.
    index : tuple of int or None
        Place of the first value that is refused, None when the shape is wrong.
    limit : str
        What is allowed.
    """

    def __init__(self, field: str, index: tuple[int, ...] | None, limit: str) -> None:
        self.field = field
        self.index = index
        self.limit = limit
        place = field if index is None else f"{field}[{', '.join(map(str, index))}]"
        super().__init__(f"{place}: {limit}")


def as_floats(field: str, values: ArrayLike, *, minimum: float, maximum: float) -> FloatArray:
    """Give finite float64 values between two limits, or refuse them.

    Parameters
    ----------
    field : str
        Name of the argument, for the error. [-]
    values : array_like
        Numbers of any shape. [unit of the field]
    minimum, maximum : float
        Limits, both allowed. [unit of the field]

    Returns
    -------
    ndarray, shape (...)
        The same numbers as float64. [unit of the field]

    Raises
    ------
    ModelInputError
        For NaN, infinity, or a value outside the limits.
    """
    array = np.asarray(values, dtype=np.float64)
    allowed = (array >= minimum) & (array <= maximum)
    _refuse_where(field, ~allowed, array, f"must lie between {minimum:g} and {maximum:g}")
    return array


def as_integers(field: str, values: ArrayLike, *, minimum: int, maximum: int) -> IntArray:
    """Give int64 values between two limits, or refuse them; a float is refused, even a whole one.

    Parameters
    ----------
    field : str
        Name of the argument, for the error. [-]
    values : array_like
        Whole numbers of any shape. [unit of the field]
    minimum, maximum : int
        Limits, both allowed. [unit of the field]

    Returns
    -------
    ndarray, shape (...)
        The same numbers as int64. [unit of the field]

    Raises
    ------
    ModelInputError
        For a value that is not whole or outside the limits.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise ModelInputError(field, None, "must be whole numbers")
    outside = (array < minimum) | (array > maximum)
    _refuse_where(field, outside, array, f"must lie between {minimum} and {maximum}")
    return array.astype(np.int64, copy=False)


def require_shape(field: str, array: AnyArray, shape: tuple[int, ...]) -> None:
    """Refuse an array that has not the shape that the others have.

    Parameters
    ----------
    field : str
        Name of the argument, for the error. [-]
    array : ndarray, shape (...)
        What came in. [-]
    shape : tuple of int
        What is expected. [elements]

    Returns
    -------
    None
        Nothing; it raises ModelInputError when the shapes differ. [-]
    """
    if array.shape != shape:
        raise ModelInputError(field, None, f"has shape {array.shape}, expected {shape}")


def _refuse_where(field: str, wrong: AnyArray, array: AnyArray, limit: str) -> None:
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ModelInputError(field, index, f"{limit}, is {array[index]}")
