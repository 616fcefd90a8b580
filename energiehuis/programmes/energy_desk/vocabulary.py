"""The closed lists of words of the energy desk."""

from enum import StrEnum

PROGRAMME = "energy"


class Theme(StrEnum):
    """What a question is about."""

    PREMIUMS = "premiums"
    LOAN = "loan"
    INSULATION = "insulation"
    HEATING = "heating"
    SUPPLIER = "supplier"
    BILL = "bill"
    SOCIAL_TARIFF = "social_tariff"
    RENTING = "renting"
    OTHER = "other"


class Tenure(StrEnum):
    """How somebody lives in a dwelling."""

    OWNER = "owner"
    PRIVATE_TENANT = "private_tenant"
    SOCIAL_TENANT = "social_tenant"
    LANDLORD = "landlord"


class Answer(StrEnum):
    """What became of a question at the desk."""

    ANSWERED = "answered"
    REFERRED = "referred"
