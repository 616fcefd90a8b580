"""What the rules answer, for many households at once."""

from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.facts import IntArray
from energiehuis.eligibility.truth import Truth, TruthArray

ReasonArray = NDArray[np.uint16]


class Reason(IntFlag):
    """Why something fails, or which point is still open; several may be set."""

    BORROWER_KIND_EXCLUDED = 1
    NOT_PRIORITY = 2
    OUTSIDE_SERVED_MUNICIPALITY = 4
    OUTSIDE_FLEMISH_REGION = 8
    NOT_MAIN_RESIDENCE = 16
    NEW_BUILD_NOT_ALLOWED = 32
    OTHER_CONDITION = 64
    TERMS_NOT_PUBLISHED = 128
    AMOUNT_BELOW_MINIMUM = 256
    AMOUNT_ABOVE_MAXIMUM = 512
    AMOUNT_ABOVE_WORKS_COST = 1024
    TERM_TOO_LONG = 2048
    RUNNING_LOAN_FIRST = 4096

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the names of the reasons that are set, in lower case."""
        return tuple(str(reason.name).lower() for reason in self)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Answers with one entry a household; truths are -1 cannot be told, 0 no, 1 yes.

    Parameters
    ----------
    overall : ndarray of int8, shape (households,)
        Whether the household may borrow under one certain product.
    product_indexes : ndarray of int64, shape (households,)
        Place of that product in `product_ids`; -1 when there is none or it cannot be told.
    assured_product_indexes : ndarray of int64, shape (households,)
        Best product that certainly applies whatever the unknown facts turn out to be; -1 for none.
    rates_per_year : ndarray of float64, shape (households,)
        Rate of the product as a share of one; nan without product. [1/year]
    minimums_cents, maximums_cents : ndarray of int64, shape (households,)
        Lowest and highest amount; -1 when there is no product or it cannot be told. [cents]
    longest_terms_months : ndarray of int64, shape (households,)
        Longest term; -1 without product. [months]
    priority : ndarray of int8, shape (households,)
        Whether some ground of the priority group holds.
    grounds : ndarray of int8, shape (households, grounds)
        Truth of each ground in the order of `ground_ids`; 0 for one not in force that day.
    wish_fits : ndarray of int8, shape (households,)
        Whether amount and term wished fit the product; -1 also when there is no product.
    reasons, open_points : ndarray of uint16, shape (households,)
        `Reason` bits: what certainly fails, and what cannot be told yet.
    """

    overall: TruthArray
    product_indexes: IntArray
    assured_product_indexes: IntArray
    rates_per_year: NDArray[np.float64]
    minimums_cents: IntArray
    maximums_cents: IntArray
    longest_terms_months: IntArray
    priority: TruthArray
    grounds: TruthArray
    wish_fits: TruthArray
    reasons: ReasonArray
    open_points: ReasonArray
    product_ids: tuple[str, ...]
    ground_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.overall)

    def product_id(self, row: int = 0) -> str | None:
        """Give the id of the product of a household, or None."""
        index = int(self.product_indexes[row])
        return None if index < 0 else self.product_ids[index]

    def assured_product_id(self, row: int = 0) -> str | None:
        """Give the id of the product that applies in any case, or None."""
        index = int(self.assured_product_indexes[row])
        return None if index < 0 else self.product_ids[index]

    def outcome(self, row: int = 0) -> str:
        """Give `eligible`, `not_eligible` or `undetermined`."""
        words = {Truth.YES: "eligible", Truth.NO: "not_eligible", Truth.UNKNOWN: "undetermined"}
        return words[Truth(int(self.overall[row]))]

    def ground(self, ground_id: str, row: int = 0) -> Truth:
        """Give the truth of a ground for a household."""
        return Truth(int(self.grounds[row, self.ground_ids.index(ground_id)]))

    def reasons_of(self, row: int = 0) -> Reason:
        """Give what certainly fails for a household."""
        return Reason(int(self.reasons[row]))

    def open_points_of(self, row: int = 0) -> Reason:
        """Give what cannot be told yet for a household."""
        return Reason(int(self.open_points[row]))
