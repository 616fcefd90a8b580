"""The closed lists of words that a rule file may use."""

from enum import StrEnum


class BorrowerKind(StrEnum):
    """Who asks for the loan; the place in this list is the code in arrays."""

    NATURAL_PERSON = "natural_person"
    NON_COMMERCIAL_LEGAL_PERSON = "non_commercial_legal_person"
    COOPERATIVE = "cooperative"
    OWNERS_ASSOCIATION = "owners_association"
    PUBLIC_BODY = "public_body"
    OTHER_LEGAL_PERSON = "other_legal_person"

    @property
    def code(self) -> int:
        """Give the number that stands for this kind in arrays."""
        return _KIND_CODES[self]


_KIND_CODES = {kind: code for code, kind in enumerate(BorrowerKind)}


class Standing(StrEnum):
    """What a product is to this Energiehuis."""

    LEGAL = "legal"
    OWN = "own"
    ELSEWHERE = "elsewhere"
    ANNOUNCED = "announced"


class Confidence(StrEnum):
    """How well a value is established."""

    MULTI = "multi"
    ONE = "one"
    DERIVED = "derived"
    INFERRED = "inferred"
    COMMISSION = "commission"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """Units that a rule file may use, with how the value is written."""

    EUR = "EUR"
    EUR_PER_DEPENDENT = "EUR/dependent"
    EUR_PER_UNIT = "EUR/unit"
    SHARE_PER_YEAR = "share/year"
    MONTHS = "months"
    FACTOR = "factor"
    COUNT = "count"
    RULE = "rule"
    DAY = "day"
    M2K_PER_W = "m2K/W"
    W_PER_M2K = "W/m2K"


MONEY_UNITS = frozenset({Unit.EUR, Unit.EUR_PER_DEPENDENT, Unit.EUR_PER_UNIT})
WHOLE_UNITS = frozenset({Unit.MONTHS, Unit.FACTOR, Unit.COUNT})


class IncomeNotion(StrEnum):
    """Which income a ceiling looks at."""

    LATEST_ASSESSMENT = "latest_assessment"
    JOINT_TAXABLE = "joint_taxable"


# Facts that are yes, no or unknown. A rule file may name no other; the order is the order of
# questions, lightest first. No question here touches what credit law forbids to ask.
TRUTH_FACTS = (
    "dwelling_in_served_municipality",
    "dwelling_in_flemish_region",
    "main_residence",
    "new_build",
    "new_build_e_level_at_most_30",
    "new_build_before_final_epb_declaration",
    "increased_allowance",
    "protected_customer",
    "exclusive_night_tariff",
    "lets_through_social_rental_agency",
    "ocmw_energy_guidance",
    "debt_mediation",
    "heating_bill_unpaid",
    "heating_allowance",
    "increased_allowance_all_adults",
    "asks_energy_loan_plus",
    "acquired_by_inheritance_or_gift",
    "full_ownership",
    "label_path_promised",
    "only_owner_roof_works",
    "only_appliances",
)

INSTALMENT_ROUNDINGS = frozenset({"down", "half_up"})
PARALLEL_RULES = frozenset({"after_full_repayment", "one_a_property", "sum_within_maximum"})
# Under these any loan that still runs on the dwelling must first be repaid.
REPAYMENT_FIRST_RULES = frozenset({"after_full_repayment", "one_a_property"})
