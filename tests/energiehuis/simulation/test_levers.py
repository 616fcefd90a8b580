"""Levers refuse what is out of range, all at once, and have a hash that names do not change."""

import pytest

from energiehuis.errors import InvalidInput
from energiehuis.i18n import has_text
from energiehuis.simulation.levers import (
    EMISSION_VERSIONS,
    PRICE_VERSIONS,
    Levers,
    RunScenarios,
    check_command,
)


def errors_of(name="Proef", draws=10, seed=1, **levers):
    with pytest.raises(InvalidInput) as refusal:
        check_command(RunScenarios(name, Levers(**levers), draws, seed))
    return {error.field: error for error in refusal.value.errors}


def test_every_lever_out_of_range_is_named_with_its_limits():
    found = errors_of(
        name=" ",
        draws=2_001,
        seed=-1,
        priority_rate_basis_points=1_001,
        ceiling_cents=999_99,
        longest_term_months=361,
        income_limit_percent=49,
        emission_factors="y1900",
        energy_prices="y1900",
    )
    assert set(found) == {
        "name",
        "draws",
        "seed",
        "levers.priority_rate_percent",
        "levers.ceiling",
        "levers.longest_term_months",
        "levers.income_limit_percent",
        "levers.emission_factors",
        "levers.energy_prices",
    }
    assert found["levers.ceiling"].params == {"minimum": "1000.00", "maximum": "100000.00"}
    assert all(has_text(error.code) for error in found.values())


def test_limits_themselves_are_allowed():
    check_command(
        RunScenarios(
            "a" * 80,
            Levers(
                general_rate_basis_points=1_000,
                ceiling_cents=100_000_00,
                longest_term_months=6,
                income_limit_percent=300,
            ),
            draws=0,
        )
    )


def test_the_hash_is_of_the_levers_and_not_of_the_name():
    assert Levers(ceiling_cents=5_000_00).hash == Levers(ceiling_cents=5_000_00).hash
    assert Levers(ceiling_cents=5_000_00).hash != Levers(ceiling_cents=5_000_01).hash


def test_every_version_has_words():
    assert all(has_text(f"policy.emissions.{code}") for code in EMISSION_VERSIONS)
    assert all(has_text(f"policy.prices.{code}") for code in PRICE_VERSIONS)
