"""The same rules over households that applied on many different days."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.facts import Facts, IntArray
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import evaluate
from energiehuis.law.law import Law
from energiehuis.law.model import LawOfDay

_SHARED = ("product_ids", "ground_ids")


def evaluate_dated(facts: Facts, days: Sequence[date], law: Law) -> Eligibility:
    """Answer each household under the law of its own application day.

    Households of one stretch of days without a change are answered together.

    Parameters
    ----------
    facts : Facts
        Facts of shape (households,).
    days : sequence of date, or ndarray of datetime64[D], shape (households,)
        Application days.
    law : Law
        The law of all days.

    Raises
    ------
    ValueError
        When there is not one day for each household, or no household at all.
    """
    ordinals = np.asarray(days, dtype="datetime64[D]")
    if ordinals.shape != (len(facts),) or not len(facts):
        raise ValueError("give one application day for each household, and at least one")
    parts = [
        (rows, evaluate(facts.take(rows), law_of_day))
        for law_of_day, rows in _stretches(ordinals, law)
    ]
    return parts[0][1] if len(parts) == 1 else _merge(parts)


def _stretches(ordinals: NDArray[np.datetime64], law: Law) -> list[tuple[LawOfDay, IntArray]]:
    distinct, inverse = np.unique(ordinals, return_inverse=True)
    laws = [law.on(day) for day in distinct.tolist()]
    numbers: dict[int, int] = {}
    by_day = [numbers.setdefault(id(found), len(numbers)) for found in laws]
    number_of_row = np.array(by_day)[inverse]
    order = np.argsort(number_of_row, kind="stable")
    cuts = np.flatnonzero(np.diff(number_of_row[order])) + 1
    groups = np.split(order, cuts)
    by_number = dict(zip(by_day, laws, strict=True))
    return [(by_number[int(number_of_row[rows[0]])], rows) for rows in groups]


def _merge(parts: list[tuple[IntArray, Eligibility]]) -> Eligibility:
    """Put the answers of the stretches back in the order of the households."""
    places = np.empty(sum(len(rows) for rows, _ in parts), dtype=np.int64)
    places[np.concatenate([rows for rows, _ in parts])] = np.arange(len(places))
    columns = {
        part.name: np.concatenate([getattr(answer, part.name) for _, answer in parts])[places]
        for part in fields(Eligibility)
        if part.name not in _SHARED
    }
    first = parts[0][1]
    return Eligibility(**columns, product_ids=first.product_ids, ground_ids=first.ground_ids)
