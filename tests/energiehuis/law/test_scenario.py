"""A scenario changes some values of the law and leaves the rest."""

from datetime import date
from decimal import Decimal

import pytest

from energiehuis.law.errors import NoSuchRuleError
from energiehuis.law.loader import load_law
from energiehuis.law.scenario import LawOverrides

DAY = date(2026, 11, 23)


def test_a_scenario_without_changes_keeps_the_rules_of_a_day():
    law = load_law()
    assert law.with_overrides(LawOverrides()).on(DAY).version == law.on(DAY).version


def test_a_scenario_changes_rate_ceiling_and_term_of_the_products_that_it_names():
    overrides = LawOverrides(
        rate_per_year=Decimal("0.02"),
        minimum_cents=500_00,
        maximum_cents=20_000_00,
        longest_term_months=180,
        product_ids=frozenset({"own_offer_priority"}),
    )
    day = load_law().with_overrides(overrides).on(DAY)
    changed, other = day.product("own_offer_priority"), day.product("own_offer_legal_person")
    assert (changed.rate_per_year, changed.maximum_cents) == (Decimal("0.02"), 20_000_00)
    assert (changed.minimum_cents, changed.longest_term_months) == (500_00, 180)
    assert (other.rate_per_year, other.maximum_cents) == (Decimal("0.01"), 15_000_00)
    assert changed.values.value("maximum_amount").basis.source_ids == ("SCENARIO",)
    assert day.version != load_law().on(DAY).version


def test_a_scenario_never_touches_what_the_energiehuis_does_not_lend():
    day = load_law().with_overrides(LawOverrides(maximum_cents=1)).on(DAY)
    assert day.product("mijn_verbouwlening_2026").maximum_cents == 60_000_00


def test_a_ceiling_raised_by_five_percent_is_rounded_to_the_cent():
    overrides = LawOverrides(
        income_limit_factor=Decimal("1.05"), parameters=frozenset({"income_ceiling_b"})
    )
    ceilings = load_law().with_overrides(overrides).on(DAY).thresholds
    # 32,980 (S05) and 1,720 times 1.05; ceiling A (S70) stays.
    assert ceilings["income_ceiling_b"].limit_cents == 34_629_00
    assert ceilings["income_ceiling_b"].per_dependent_cents == 1_806_00
    assert ceilings["income_ceiling_a"].limit_cents == 24_328_19


def test_another_reading_of_a_ground_looks_at_another_fact():
    overrides = LawOverrides(readings={"increased_allowance": "all_adults"})
    grounds = load_law().with_overrides(overrides).on(DAY).grounds
    found = next(ground for ground in grounds if ground.id == "increased_allowance")
    assert found.all_of == ("increased_allowance_all_adults",)


@pytest.mark.parametrize(
    "overrides",
    [
        LawOverrides(product_ids=frozenset({"nothing"})),
        LawOverrides(parameters=frozenset({"nothing"})),
        LawOverrides(readings={"nothing": "all_adults"}),
        LawOverrides(readings={"increased_allowance": "nothing"}),
    ],
)
def test_a_scenario_that_names_what_does_not_exist_is_refused(overrides):
    with pytest.raises(NoSuchRuleError):
        load_law().with_overrides(overrides)
