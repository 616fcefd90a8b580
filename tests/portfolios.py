"""Small portfolios of invented files, drawn from a fixed seed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from energiehuis.access.actor import SYSTEM
from energiehuis.loans.bulk import register_applications
from energiehuis.loans.schedule import first_due_day
from energiehuis.seeds.synthetic import generate_portfolio
from energiehuis.simulation.portfolio import PortfolioFile, in_order

NIS_CODES = ("34013", "34022", "34027")
_WORKS = (
    ("roof_attic_floor_insulation",),
    ("high_efficiency_glazing", "roof_attic_floor_insulation"),
    ("heating",),
    ("cavity_wall_insulation",),
    ("pv",),
)


def a_file(number: int = 1, **changes: Any) -> PortfolioFile:
    """Give a loan of 8,000 EUR at 2 % for a roof on a terraced house in Harelbeke."""
    values: dict[str, Any] = {
        "id": f"{number:08d}",
        "nis_code": "34013",
        "applied_on": date(2018, 3, 1),
        "status": "approved",
        "reason_codes": (),
        "borrower_kind": "natural_person",
        "is_priority": False,
        "facts": {
            "borrower_kind": "natural_person",
            "dwelling_in_served_municipality": True,
            "dwelling_in_flemish_region": True,
            "main_residence": True,
            "new_build": False,
            "increased_allowance": False,
            "protected_customer": False,
            "lets_through_social_rental_agency": False,
            "ocmw_energy_guidance": False,
            "debt_mediation": False,
            "heating_bill_unpaid": False,
            "asks_energy_loan_plus": False,
            "latest_assessment_income_cents": 40_000_00,
            "joint_taxable_income_cents": 40_000_00,
            "extra_cadastral_income_cents": 0,
            "dependents": 0,
        },
        "requested_cents": 8_000_00,
        "works_cost_cents": 8_000_00,
        "principal_cents": 8_000_00,
        "rate_basis_points": 200,
        "term_months": 60,
        "first_due_on": date(2018, 5, 1),
        "works": ("roof_attic_floor_insulation",),
        "dwelling_type": "terraced",
        "build_year": 1955,
        "floor_area_m2": 140,
        "heating_carrier": "natural_gas",
    }
    return PortfolioFile(**{**values, **changes})


def with_income(file_number: int, income_cents: int, **changes: Any) -> PortfolioFile:
    """Give a file with another income in both notions of income."""
    plain = a_file(file_number)
    facts = {
        **(plain.facts or {}),
        "latest_assessment_income_cents": income_cents,
        "joint_taxable_income_cents": income_cents,
    }
    return a_file(file_number, **{"facts": facts, **changes})


def refused(file_number: int, income_cents: int, *reasons: str, **changes: Any) -> PortfolioFile:
    """Give a file of 2019, when only the priority group and legal persons could borrow, refused."""
    without = {
        "status": "refused",
        "reason_codes": reasons or ("not_in_priority_group",),
        "applied_on": date(2019, 6, 3),
        "principal_cents": None,
        "rate_basis_points": None,
        "first_due_on": None,
    }
    return with_income(file_number, income_cents, **{**without, **changes})


def many_files(count: int, seed: int = 7) -> tuple[PortfolioFile, ...]:
    """Give loans over three municipalities, some refused and some with an unknown dwelling."""
    random = np.random.Generator(np.random.Philox(seed))
    return in_order(_drawn(random, number) for number in range(count))


def _drawn(random: np.random.Generator, number: int) -> PortfolioFile:
    income = int(random.integers(12_000, 60_000)) * 100
    day = date(2017, 10, 1) + timedelta(days=int(random.integers(0, 900)))
    amount = int(random.integers(1_500, 15_000)) * 100
    shared: dict[str, Any] = {
        "nis_code": NIS_CODES[int(random.integers(0, 3))],
        "works": _WORKS[int(random.integers(0, len(_WORKS)))],
        "build_year": int(random.integers(1900, 2005)),
        "floor_area_m2": int(random.integers(70, 250)) if random.random() < 0.9 else None,
        "requested_cents": amount,
        "works_cost_cents": amount + int(random.integers(0, 5_000)) * 100,
        "term_months": int(random.integers(12, 120)),
        "applied_on": day,
    }
    if random.random() < 0.2:
        return refused(number, income, **shared)
    return with_income(
        number,
        income,
        principal_cents=amount,
        first_due_on=first_due_day(day),
        is_priority=income < 30_000_00,
        rate_basis_points=0 if income < 30_000_00 else 200,
        **shared,
    )


def register_region(database, count: int = 90, seed: int = 11) -> int:
    """Write decided applications of invented people through the bulk path; give how many."""
    entries = [
        entry
        for entry in generate_portfolio(count, seed)
        if entry.received_at >= datetime(2012, 1, 1, tzinfo=UTC)
        and entry.command.dwelling.nis_code != "37017"
    ]
    with database.unit_of_work() as session:
        register_applications(session, SYSTEM, entries)
    return len(entries)
