"""The closed lists of words about organisations."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is; the association runs the programmes."""

    ASSOCIATION = "association"
    OCMW = "ocmw"
    CAW = "caw"
    MUNICIPALITY = "municipality"
    REFERRER = "referrer"
    PARTNER = "partner"
    DONOR = "donor"
    RECEIVER = "receiver"
    SCHOOL = "school"
    EMPLOYER = "employer"
    LANDLORD = "landlord"
    USER = "user"
    ENTERPRISE = "enterprise"
