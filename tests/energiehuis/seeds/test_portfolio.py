"""The synthetic portfolio: what is fixed, what is drawn, and that nothing is scaled."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from numpy.random import default_rng

from energiehuis import clock
from energiehuis.eligibility.checks import find_contradictions
from energiehuis.loans.assessment import assess_many
from energiehuis.loans.bulk_entries import Approval, Refusal
from energiehuis.reference_data.municipalities import get_municipality, list_municipalities
from energiehuis.seeds.demo import SEED
from energiehuis.seeds.synthetic import generate_portfolio
from energiehuis.seeds.volume import largest_remainder, plan_intake


@pytest.fixture(scope="module")
def portfolio():
    return generate_portfolio(2412, SEED)


@pytest.fixture(scope="module")
def assessments(portfolio):
    facts = [entry.command.facts for entry in portfolio]
    return assess_many(facts, [clock.day_of(entry.received_at) for entry in portfolio])


def nis_code(entry) -> str:
    return entry.command.dwelling.nis_code


def test_the_portfolio_counts_what_w13_printed(portfolio):
    # W13 presentation, spring 2019: 2,412 applications since 1 October 2009, 275 in Harelbeke.
    assert len(portfolio) == 2412
    assert sum(nis_code(entry) == "34013" for entry in portfolio) == 275
    days = [clock.day_of(entry.received_at) for entry in portfolio]
    assert date(2009, 10, 1) <= min(days) <= max(days) <= date(2019, 3, 31)
    assert days == sorted(days)


def test_about_a_quarter_of_harelbeke_is_of_the_priority_group(portfolio, assessments):
    # W13 presentation, spring 2019: 24 %.
    found = [
        assessment.is_priority
        for entry, assessment in zip(portfolio, assessments, strict=True)
        if nis_code(entry) == "34013"
    ]
    assert sum(found) == 66


def test_the_same_seed_gives_the_same_portfolio_and_another_one_another():
    assert generate_portfolio(50, 7) == generate_portfolio(50, 7)
    assert generate_portfolio(50, 7) != generate_portfolio(50, 8)


def test_every_application_was_served_on_its_day(portfolio):
    assert len({nis_code(entry) for entry in portfolio}) == len(list_municipalities()) == 14
    for entry in portfolio:
        place = get_municipality(nis_code(entry))
        assert place.is_served_on(clock.day_of(entry.received_at))
        assert entry.command.dwelling.postcode in place.postcodes


def test_no_facts_contradict_each_other(portfolio):
    found = [
        find_contradictions(entry.command.facts, clock.day_of(entry.received_at))
        for entry in portfolio
    ]
    assert not any(found)


def test_only_what_the_law_allows_is_approved_and_inside_its_limits(portfolio, assessments):
    for entry, assessment in zip(portfolio, assessments, strict=True):
        assert assessment.outcome in {"eligible", "not_eligible"}
        if isinstance(entry.decision, Approval):
            limits = assessment.limits
            assert assessment.outcome == "eligible"
            assert limits.minimum_cents <= entry.decision.amount_cents <= limits.maximum_cents
            assert entry.decision.term_months <= limits.longest_term_months
            assert entry.decision.amount_cents <= entry.command.works_cost_cents


def test_who_is_not_of_the_group_gets_no_loan_from_2019(portfolio, assessments):
    # The 2 % loan ended with 2018: sources S01, S54 of the rule files.
    late = [
        (entry, assessment)
        for entry, assessment in zip(portfolio, assessments, strict=True)
        if clock.day_of(entry.received_at) >= date(2019, 1, 1) and not assessment.is_priority
    ]
    assert late
    for entry, assessment in late:
        assert assessment.outcome == "not_eligible"
        assert isinstance(entry.decision, Refusal)
        assert entry.decision.reason_codes == ("not_in_priority_group",)


def test_each_entry_is_decided_on_a_later_working_day(portfolio):
    for entry in portfolio:
        closed = entry.instants[-1]
        assert 8 <= (clock.day_of(closed) - clock.day_of(entry.received_at)).days <= 123
        assert clock.day_of(closed).weekday() < 5


def test_no_two_applications_share_a_dwelling(portfolio):
    assert len({entry.command.dwelling.key for entry in portfolio}) == len(portfolio)


def test_works_are_one_to_three_and_dearer_than_the_smallest_loan(portfolio):
    numbers = Counter(len(entry.command.works) for entry in portfolio)
    assert set(numbers) == {1, 2, 3}
    # The smallest loan is 1,250 euro: sources S35, S44.
    assert min(entry.command.works_cost_cents for entry in portfolio) >= 125_000


def test_the_drawn_shares_lie_near_the_documented_ones(portfolio):
    carriers = Counter(entry.command.dwelling.heating_carrier for entry in portfolio)
    # Documented 60 % gas; three standard errors of 2,412 draws are 3 percentage points.
    assert carriers["natural_gas"] / 2412 == pytest.approx(0.60, abs=0.03)
    before_1946 = sum(entry.command.dwelling.build_year < 1946 for entry in portfolio)
    # Census 2011 of Harelbeke: 3,027 of the 11,602 dwellings from before 2006.
    assert before_1946 / 2412 == pytest.approx(3027 / 11602, abs=0.03)


def test_the_largest_remainders_are_rounded_up():
    # 10 parts over 5, 3, 1: exactly 5.56, 3.33, 1.11.
    assert largest_remainder(np.array([5.0, 3.0, 1.0]), 10).tolist() == [6, 3, 1]


def test_a_larger_portfolio_keeps_the_part_of_harelbeke():
    intake = plan_intake(24_120, default_rng(1))
    assert (intake.nis_codes == "34013").sum() == 2750
