"""Three truth values, and how they travel through arrays.

Inside the rules a truth is a pair of booleans: it *must* hold, it *may* hold. Then Kleene's and,
or and not are the ordinary ones, and a comparison with something unknown needs no special case.
Outside it is one int8: -1 cannot be told, 0 does not hold, 1 holds.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]
TruthArray = NDArray[np.int8]


class Truth(IntEnum):
    """Yes, no, or it cannot be told yet."""

    UNKNOWN = -1
    NO = 0
    YES = 1

    @classmethod
    def of(cls, answer: bool | None) -> "Truth":  # noqa: FBT001
        """Give the truth of an answer; None is unknown."""
        return cls.UNKNOWN if answer is None else cls(int(answer))


def all_hold(truths: Iterable[Truth]) -> Truth:
    """Say whether all hold: no as soon as one does not, else unknown as soon as one is."""
    found = set(truths)
    if Truth.NO in found:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.YES


class Bounds(NamedTuple):
    """A truth per household: whether it must hold and whether it may hold."""

    must: BoolArray
    may: BoolArray

    def both(self, other: "Bounds") -> "Bounds":
        """Say whether both hold."""
        return Bounds(self.must & other.must, self.may & other.may)

    def either(self, other: "Bounds") -> "Bounds":
        """Say whether at least one holds."""
        return Bounds(self.must | other.must, self.may | other.may)

    def opposite(self) -> "Bounds":
        """Say whether it does not hold."""
        return Bounds(~self.may, ~self.must)


def read_truth(codes: TruthArray) -> Bounds:
    """Turn codes of shape (households,) into bounds."""
    return Bounds(codes == 1, codes != 0)


def write_truth(bounds: Bounds) -> TruthArray:
    """Turn bounds of any shape into codes of the same shape."""
    codes: TruthArray = bounds.must.view(np.int8) * np.int8(2)
    codes -= bounds.may.view(np.int8)
    return codes
