"""Facts that contradict each other are named with their field; unknown never contradicts."""

from dataclasses import replace
from datetime import date

import pytest

from energiehuis.eligibility.checks import find_contradictions
from energiehuis.eligibility.facts import DwellingRole, HouseholdFacts
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.law.vocabulary import BorrowerKind

DAY = date(2026, 11, 23)
PERSON = HouseholdFacts(borrower_kind=BorrowerKind.NATURAL_PERSON)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"persons": 2, "dependents": 3}, "dependents", "more_dependents_than_persons"),
        ({"persons": 2, "dependents": 2}, "dependents", "more_dependents_than_persons"),
        ({"joint_taxable_income_year": 2027}, "joint_taxable_income_year", "income_year_in_future"),
        (
            {"latest_assessment_income_year": 2026},
            "latest_assessment_income_year",
            "income_year_in_future",
        ),
        (
            {"dwelling_role": DwellingRole.LANDLORD, "applicant_lives_there": True},
            "dwelling_role",
            "landlord_lives_there",
        ),
        (
            {
                "dwelling_role": DwellingRole.OWNER_OCCUPIER,
                "lets_through_social_rental_agency": True,
            },
            "lets_through_social_rental_agency",
            "lets_but_no_landlord",
        ),
        (
            {"dwelling_role": DwellingRole.TENANT, "full_ownership": True},
            "full_ownership",
            "tenant_is_owner",
        ),
        ({"owners_association_units": 4}, "owners_association_units", "units_without_association"),
        (
            {"borrower_kind": BorrowerKind.COOPERATIVE, "dependents": 1},
            "dependents",
            "dependents_of_legal_person",
        ),
    ],
)
def test_a_contradiction_names_its_field_and_has_words(changes, field, code):
    (found,) = find_contradictions(replace(PERSON, **changes), DAY)
    assert (found.field, found.code) == (field, f"eligibility.contradiction.{code}")
    assert all(translate(found.code, language) for language in LANGUAGES)


def test_nothing_known_contradicts_nothing():
    assert find_contradictions(PERSON, DAY) == ()


def test_a_plausible_household_contradicts_nothing():
    household = replace(
        PERSON,
        persons=3,
        dependents=2,
        joint_taxable_income_year=2023,
        latest_assessment_income_year=2025,
        dwelling_role=DwellingRole.LANDLORD,
        applicant_lives_there=False,
        lets_through_social_rental_agency=True,
    )
    assert find_contradictions(household, DAY) == ()
