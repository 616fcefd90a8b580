"""Facts of one household that cannot be true together."""

from dataclasses import dataclass
from datetime import date

from energiehuis.eligibility.facts import DwellingRole, HouseholdFacts
from energiehuis.law.vocabulary import BorrowerKind

_INCOME_YEARS = ("latest_assessment_income_year", "joint_taxable_income_year")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field and the code of the sentence that says what is wrong and what to do."""

    field: str
    code: str


def find_contradictions(household: HouseholdFacts, day: date) -> tuple[Contradiction, ...]:
    """List what contradicts itself in the facts of an application on a day; unknown never does."""
    found = [
        *_people(household),
        *_income_years(household, day),
        *_dwelling(household),
        *_borrower(household),
    ]
    return tuple(Contradiction(field, f"eligibility.contradiction.{code}") for field, code in found)


def _people(household: HouseholdFacts) -> list[tuple[str, str]]:
    persons, dependents = household.persons, household.dependents
    # Somebody on whom the others depend is no dependent.
    if persons is not None and dependents is not None and dependents >= persons:
        return [("dependents", "more_dependents_than_persons")]
    return []


def _income_years(household: HouseholdFacts, day: date) -> list[tuple[str, str]]:
    years = [(name, getattr(household, name)) for name in _INCOME_YEARS]
    # The income of a year is assessed in the next year at the earliest.
    return [
        (name, "income_year_in_future")
        for name, year in years
        if year is not None and year >= day.year
    ]


def _dwelling(household: HouseholdFacts) -> list[tuple[str, str]]:
    role, found = household.dwelling_role, []
    # Equal, not identical: through JSON a role is a plain text until it was written once.
    if role == DwellingRole.LANDLORD and household.applicant_lives_there:
        found.append(("dwelling_role", "landlord_lives_there"))
    lets = household.lets_through_social_rental_agency
    if lets and role in (DwellingRole.OWNER_OCCUPIER, DwellingRole.TENANT):
        found.append(("lets_through_social_rental_agency", "lets_but_no_landlord"))
    if role == DwellingRole.TENANT and household.full_ownership:
        found.append(("full_ownership", "tenant_is_owner"))
    return found


def _borrower(household: HouseholdFacts) -> list[tuple[str, str]]:
    kind, found = household.borrower_kind, []
    if kind is not BorrowerKind.OWNERS_ASSOCIATION and household.owners_association_units:
        found.append(("owners_association_units", "units_without_association"))
    if kind is not BorrowerKind.NATURAL_PERSON and household.dependents:
        found.append(("dependents", "dependents_of_legal_person"))
    return found
