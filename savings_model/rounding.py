"""Rounding to whole cents as a named rule of the loan, never an accident of floats."""

from enum import StrEnum

import numpy as np

from savings_model.arrays import FloatArray, IntArray

# A rate such as 0.01 has no exact float, and a product of floats is off by a few units in the
# last place. An amount this close under a boundary is the boundary itself (a tie in decimals),
# so it is lifted over it. No other amount lies that near in practice.
TIE_LIFT = 1.0 + 5e-15


class Rounding(StrEnum):
    """How an instalment becomes whole cents.

    DOWN keeps the cost of the credit at or under the rate that was promised, NEAREST takes
    the nearest cent and the higher one when two are equally near.
    """

    NEAREST = "nearest"
    DOWN = "down"


def round_to_cents(amounts: FloatArray, rounding: Rounding) -> IntArray:
    """Round amounts that are not negative to whole cents.

    Parameters
    ----------
    amounts : ndarray, shape (...)
        Amounts with parts of a cent, zero or more. [cents]
    rounding : Rounding
        The rule. [-]

    Returns
    -------
    ndarray, shape (...)
        Whole cents. [cents]

    Examples
    --------
    >>> round_to_cents(np.array([17519.84, 13137.5]), Rounding.NEAREST)
    array([17520, 13138])
    """
    lifted = amounts * TIE_LIFT
    if rounding is Rounding.NEAREST:
        lifted = lifted + 0.5
    return np.floor(lifted).astype(np.int64)


def share_in_cents(total_cents: IntArray, parts: IntArray, rounding: Rounding) -> IntArray:
    """Divide whole cents into equal parts by the rule, in integers.

    Parameters
    ----------
    total_cents : ndarray, shape (...)
        Amounts to divide, zero or more. [cents]
    parts : ndarray, shape (...)
        Number of parts, one or more. [parts]
    rounding : Rounding
        The rule. [-]

    Returns
    -------
    ndarray, shape (...)
        One part. [cents]

    Examples
    --------
    >>> share_in_cents(np.array([1000000]), np.array([60]), Rounding.NEAREST)
    array([16667])
    """
    if rounding is Rounding.NEAREST:
        return (2 * total_cents + parts) // (2 * parts)
    return total_cents // parts
