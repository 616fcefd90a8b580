"""How long things last when some have not ended yet: the estimate of Kaplan and Meier.

Source: E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, Journal of
the American Statistical Association 53 (1958).
"""

import numpy as np
from numpy.typing import NDArray


def survival(
    days: NDArray[np.int64], has_ended: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Estimate which share lasts longer than each day on which something ended.

    Parameters
    ----------
    days : ndarray of int, shape (n,)
        How long each was followed. [d]
    has_ended : ndarray of bool, shape (n,)
        Whether it ended then; False: it still lasted when nobody looked any more. [-]

    Returns
    -------
    tuple of ndarray, shape (k,)
        The days on which something ended, in order [d], and the share that lasts longer [-].

    Examples
    --------
    Of four, one is lost from sight on day 3; of the two left one ends on day 5.

    >>> survival(np.array([1, 3, 5, 8]), np.array([True, False, True, False]))
    (array([1, 5]), array([0.75 , 0.375]))
    """
    ends = np.unique(days[has_ended])
    # Whoever was lost from sight on the very day was still there when it happened.
    at_risk = (days[None, :] >= ends[:, None]).sum(axis=1)
    ended = ((days[None, :] == ends[:, None]) & has_ended[None, :]).sum(axis=1)
    return ends, np.cumprod(1.0 - ended / at_risk)


def median_days(days: NDArray[np.int64], has_ended: NDArray[np.bool_]) -> int | None:
    """Give the first day after which at most half lasts; None when more than half still does.

    Parameters
    ----------
    days : ndarray of int, shape (n,)
        How long each was followed. [d]
    has_ended : ndarray of bool, shape (n,)
        Whether it ended then. [-]

    Returns
    -------
    int or None
        The median. [d]
    """
    ends, shares = survival(days, has_ended)
    # A half that is reached exactly may stand a rounding error above it.
    reached = np.flatnonzero(shares <= 0.5 + 1e-12)
    return int(ends[reached[0]]) if reached.size else None
