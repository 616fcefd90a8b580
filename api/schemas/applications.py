"""The application for an energy loan, as JSON and as the pages send it."""

import datetime as dt
from typing import Any

from marshmallow import ValidationError, validates_schema
from stdnum.be import vat

from api.schemas.fields import (
    Choice,
    Code,
    Day,
    Flag,
    Group,
    Many,
    Money,
    StrictSchema,
    Text,
    Whole,
)
from energiehuis import clock
from energiehuis.eligibility.facts import DwellingKind, DwellingRole, HouseholdFacts
from energiehuis.eligibility.works import with_works
from energiehuis.law.vocabulary import TRUTH_FACTS, BorrowerKind
from energiehuis.loans import commands
from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier, WorkCode
from energiehuis.reference_data.municipalities import find_municipality_by_postcode

EMAIL = r"^[^@\s\x00-\x1f\x7f]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}$"
MOST_WORKS = 20
# Derived from the address and the works, never asked.
_DERIVED = (
    "dwelling_in_served_municipality",
    "dwelling_in_flemish_region",
    "only_owner_roof_works",
    "only_appliances",
)
MONEY_FACTS = (
    "latest_assessment_income",
    "joint_taxable_income",
    "extra_cadastral_income",
    "outstanding",
)
_DWELLING_KINDS: dict[str | None, DwellingKind | None] = {
    None: None,
    DwellingType.APARTMENT: DwellingKind.APARTMENT,
    **{house: DwellingKind.HOUSE for house in DwellingType if house is not DwellingType.APARTMENT},
}
ASKED_FACTS = tuple(name for name in TRUTH_FACTS if name not in _DERIVED)


class ApplicantSchema(StrictSchema):
    """A person: who applies, or who speaks for the legal person that does."""

    given_name = Text(80, required=True)
    family_name = Text(80, required=True)
    birth_date = Day(allow_none=True, load_default=None)
    email = Text(254, required=True, pattern=EMAIL, metadata={"examples": ["an@voorbeeld.be"]})
    phone = Text(
        30,
        load_default="",
        pattern=r"^[0-9+()/. -]{0,30}$",
        metadata={"examples": ["056 12 34 56"]},
    )

    @validates_schema
    def _is_of_age(self, data: dict[str, Any], **_: object) -> None:
        born: dt.date | None = data.get("birth_date")
        today = clock.today()
        if born is not None and not 18 <= _years_between(born, today) <= 120:
            raise ValidationError(Code("field.birth_date"), "birth_date")


class LegalPersonSchema(StrictSchema):
    """The organisation or owners' association that borrows."""

    name = Text(200, required=True)
    enterprise_number = Text(16, required=True, metadata={"examples": ["0630.835.639"]})

    @validates_schema
    def _has_right_number(self, data: dict[str, Any], **_: object) -> None:
        if not vat.is_valid(data["enterprise_number"]):
            raise ValidationError(Code("field.enterprise_number"), "enterprise_number")


class DwellingSchema(StrictSchema):
    """The dwelling that is to be renovated; the postcode says the municipality."""

    street = Text(120, required=True)
    house_number = Text(12, required=True)
    box = Text(12, load_default="")
    postcode = Text(4, required=True, pattern=r"^[1-9][0-9]{3}$", metadata={"examples": ["8530"]})
    dwelling_type = Choice(DwellingType, allow_none=True, load_default=None)
    build_year = Whole(1500, 2100, allow_none=True, load_default=None)
    floor_area_m2 = Whole(10, 5000, allow_none=True, load_default=None)
    heating_carrier = Choice(HeatingCarrier, allow_none=True, load_default=None)

    @validates_schema
    def _lies_in_a_known_municipality(self, data: dict[str, Any], **_: object) -> None:
        if find_municipality_by_postcode(data["postcode"]) is None:
            error = Code("field.postcode_unknown", postcode=data["postcode"])
            raise ValidationError(error, "postcode")


class _MoneyAndNumbers(StrictSchema):
    latest_assessment_income = Money(allow_none=True, load_default=None)
    latest_assessment_income_year = Whole(1990, 2100, allow_none=True, load_default=None)
    joint_taxable_income = Money(allow_none=True, load_default=None)
    joint_taxable_income_year = Whole(1990, 2100, allow_none=True, load_default=None)
    extra_cadastral_income = Money(allow_none=True, load_default=None)
    outstanding = Money(allow_none=True, load_default=None)
    outstanding_granted_on = Day(allow_none=True, load_default=None)
    dependents = Whole(0, 20, allow_none=True, load_default=None)
    persons = Whole(1, 40, allow_none=True, load_default=None)
    owners_association_units = Whole(1, 2000, allow_none=True, load_default=None)
    dwelling_role = Choice(DwellingRole, allow_none=True, load_default=None)
    applicant_lives_there = Flag(allow_none=True, load_default=None)
    target_epc_label = Choice(("A", "B", "C"), allow_none=True, load_default=None)


# One flag for each fact that a rule file may use, so that a new fact needs no new code here.
FactsSchema = type(
    "FactsSchema",
    (_MoneyAndNumbers,),
    {
        "__doc__": "What decides on eligibility; null means: not known (yet).",
        **{name: Flag(allow_none=True, load_default=None) for name in ASKED_FACTS},
        # A wish of the applicant: no, unless said.
        "asks_energy_loan_plus": Flag(load_default=False),
    },
)


class WorkSchema(StrictSchema):
    """A work with what it costs, VAT included."""

    work = Choice(WorkCode, required=True)
    cost = Money(required=True, minimum_cents=1_00, maximum_cents=1_000_000_00)
    by_contractor = Flag(allow_none=True, load_default=None)


class ApplicationSchema(StrictSchema):
    """A whole application for an energy loan."""

    borrower_kind = Choice(BorrowerKind, required=True)
    applicant = Group(ApplicantSchema, required=True)
    co_applicant = Group(ApplicantSchema, allow_none=True, load_default=None)
    legal_person = Group(LegalPersonSchema, allow_none=True, load_default=None)
    dwelling = Group(DwellingSchema, required=True)
    facts = Group(FactsSchema(partial=True), required=True)
    works = Many(Group(WorkSchema), 1, MOST_WORKS, required=True)
    amount = Money(required=True, minimum_cents=1_00, maximum_cents=1_000_000_00)
    term_months = Whole(1, 1200, required=True)
    language = Choice(("nl", "fr", "en"), load_default="nl")

    @validates_schema
    def _fits_the_borrower(self, data: dict[str, Any], **_: object) -> None:
        is_natural = data["borrower_kind"] == BorrowerKind.NATURAL_PERSON
        if is_natural and data["legal_person"]:
            raise ValidationError(Code("field.not_for_natural_persons"), "legal_person")
        if not is_natural and data["legal_person"] is None:
            raise ValidationError(Code("field.required"), "legal_person")
        if not is_natural and data["co_applicant"]:
            raise ValidationError(Code("field.only_for_natural_persons"), "co_applicant")


def as_command(data: dict[str, Any], channel: commands.Channel) -> commands.SubmitApplication:
    """Turn a checked application into the command that the service takes."""
    dwelling = data["dwelling"]
    municipality = find_municipality_by_postcode(dwelling["postcode"])
    assert municipality is not None  # noqa: S101  the schema saw to it
    works = tuple(
        commands.Work(work["work"], work["cost"], work["by_contractor"]) for work in data["works"]
    )
    return commands.SubmitApplication(
        applicant=commands.Applicant(**data["applicant"]),
        co_applicant=_optional(commands.Applicant, data["co_applicant"]),
        legal_person=_optional(commands.LegalPerson, data["legal_person"]),
        dwelling=commands.Dwelling(**dwelling, nis_code=municipality.nis_code),
        facts=as_facts(data),
        works=works,
        amount_cents=data["amount"],
        term_months=data["term_months"],
        channel=channel,
        language=data["language"],
    )


def as_facts(data: dict[str, Any]) -> HouseholdFacts:
    """Give the facts of a checked application, or of a check alone, for the rules."""
    given = dict(data["facts"])
    for name in MONEY_FACTS:
        if name in given:
            given[f"{name}_cents"] = given.pop(name)
    dwelling_type = (data.get("dwelling") or {}).get("dwelling_type")
    works = data.get("works") or []
    facts = HouseholdFacts(
        **given,
        borrower_kind=BorrowerKind(data["borrower_kind"]),
        dwelling_kind=_DWELLING_KINDS.get(dwelling_type),
        amount_wished_cents=data.get("amount"),
        term_wished_months=data.get("term_months"),
        works_cost_cents=sum(work["cost"] for work in works) if works else None,
    )
    return with_works(facts, [(work["work"], work["by_contractor"]) for work in works])


def _optional(kind: type[Any], data: dict[str, Any] | None) -> Any:  # noqa: ANN401
    return None if data is None else kind(**data)


def _years_between(born: dt.date, today: dt.date) -> int:
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (0 if had_birthday else 1)
