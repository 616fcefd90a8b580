"""The closed lists of words that all programmes share."""

from enum import StrEnum


class Channel(StrEnum):
    """How an intake came in."""

    SITTING_DAY = "sitting_day"
    PHONE = "phone"
    MAIL = "mail"
    WEB = "web"
    PARTNER = "partner"
    CRISIS_LINE = "crisis_line"


class Proof(StrEnum):
    """How an agreement of a client was kept."""

    PAPER = "paper"
    SIGNED = "signed"
    ORAL_NOTED = "oral_noted"


class HouseholdType(StrEnum):
    """How the adults of a household live together."""

    SINGLE = "single"
    COUPLE = "couple"
    WITH_OTHERS = "with_others"


class MainIncome(StrEnum):
    """What a household mainly lives on; not known is null, which is none of these."""

    WAGE = "wage"
    SELF_EMPLOYED = "self_employed"
    UNEMPLOYMENT = "unemployment"
    SICKNESS = "sickness"
    DISABILITY = "disability"
    LIVING_WAGE = "living_wage"
    PENSION = "pension"
    OTHER = "other"
    NONE = "none"


# The key-figure catalogue of W13 names these five; which incomes the deck counts, it does not say.
REPLACEMENT_INCOMES = (
    MainIncome.UNEMPLOYMENT,
    MainIncome.SICKNESS,
    MainIncome.DISABILITY,
    MainIncome.LIVING_WAGE,
    MainIncome.PENSION,
)
