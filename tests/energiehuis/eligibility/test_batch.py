"""One formula: a batch gives what one household gives, in any order, and gaps never mislead."""

from dataclasses import fields
from datetime import date

import numpy as np
import pytest

from energiehuis.eligibility.dated import evaluate_dated
from energiehuis.eligibility.facts import Facts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.eligibility.rules import evaluate
from energiehuis.eligibility.truth import Truth
from energiehuis.law.loader import load_law
from tests.random_households import draw_many, fill_gaps

LAW = load_law()
HOUSEHOLDS = 10_000
COLUMNS = [part.name for part in fields(Eligibility) if not part.name.endswith("_ids")]


def assert_same(one, other, rows):
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name)[rows], err_msg=name)


def test_a_batch_over_many_days_equals_the_households_one_by_one():
    households, days, _ = draw_many(HOUSEHOLDS, seed=20211)
    batch = evaluate_dated(Facts.from_records(households), days, LAW)
    alone = [
        evaluate(Facts.from_records([household]), LAW.on(day))
        for household, day in zip(households, days, strict=True)
    ]
    for name in COLUMNS:
        one_by_one = np.concatenate([getattr(answer, name) for answer in alone])
        np.testing.assert_array_equal(one_by_one, getattr(batch, name), err_msg=name)
    outcomes = {batch.outcome(row) for row in range(len(batch))}
    assert outcomes == {"eligible", "not_eligible", "undetermined"}
    assert len(set(batch.product_indexes.tolist())) > 10


def test_the_random_days_meet_every_stretch_of_the_law_since_2006():
    _, days, _ = draw_many(HOUSEHOLDS, seed=20211)
    met, last = {LAW.on(day).first_day for day in days}, max(days)
    day = LAW.on(date(2006, 1, 1)).first_day
    while day <= last:
        assert day in met
        day = LAW.on(day).next_change_on
    assert min(days) < date(2006, 6, 2)


def test_the_order_of_households_is_irrelevant():
    households, days, random = draw_many(HOUSEHOLDS, seed=20212)
    order = random.permutation(len(households))
    batch = evaluate_dated(Facts.from_records(households), days, LAW)
    mixed = evaluate_dated(
        Facts.from_records([households[row] for row in order]), [days[row] for row in order], LAW
    )
    assert_same(mixed, batch, order)


def test_a_certain_answer_stays_whatever_the_unknown_facts_turn_out_to_be():
    households, days, random = draw_many(1_500, seed=20213, unknown_share=0.4)
    before = evaluate_dated(Facts.from_records(households), days, LAW)
    for _ in range(3):
        filled = [fill_gaps(random, household) for household in households]
        after = evaluate_dated(Facts.from_records(filled), days, LAW)
        for name in ("overall", "priority", "grounds"):
            known = getattr(before, name) != Truth.UNKNOWN
            assert (getattr(before, name)[known] == getattr(after, name)[known]).all()
            assert known.any()
            assert not known.all()
        is_certain = before.product_indexes >= 0
        assert (before.product_indexes == after.product_indexes)[is_certain].all()
        fits = is_certain & (before.wish_fits != Truth.UNKNOWN)
        assert (before.wish_fits == after.wish_fits)[fits].all()


def test_with_every_fact_known_only_unpublished_terms_leave_an_answer_open():
    households, days, _ = draw_many(2_000, seed=20214, unknown_share=0.0)
    batch = evaluate_dated(Facts.from_records(households), days, LAW)
    is_open = batch.overall == Truth.UNKNOWN
    assert {batch.open_points_of(row).codes for row in np.flatnonzero(is_open)} <= {
        ("terms_not_published",)
    }
    assert (batch.priority != Truth.UNKNOWN).all()


def test_who_cannot_borrow_is_told_why():
    households, days, _ = draw_many(2_000, seed=20215)
    batch = evaluate_dated(Facts.from_records(households), days, LAW)
    assert (batch.reasons[batch.overall == Truth.NO] > 0).all()
    assert (batch.open_points[batch.overall == Truth.UNKNOWN] > 0).all()


def test_an_empty_batch_has_no_answers():
    assert len(evaluate(Facts.from_records([]), LAW.on(LAW.change_days[-1]))) == 0


def test_a_batch_needs_a_day_for_each_household():
    households, days, _ = draw_many(3, seed=1)
    with pytest.raises(ValueError, match="one application day"):
        evaluate_dated(Facts.from_records(households), days[:2], LAW)
