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


class ScanKind(StrEnum):
    """A basic scan of a dwelling, or what follows on it."""

    BASIC = "basic"
    FOLLOW_UP_1 = "follow_up_1"
    FOLLOW_UP_2 = "follow_up_2"


class Ground(StrEnum):
    """Why a scan is free; the days on which a ground holds stand in `data/scan_grounds.yaml`."""

    PROTECTED_CUSTOMER = "protected_customer"
    BUDGET_METER = "budget_meter"
    HEATING_ALLOWANCE = "heating_allowance"
    SOCIAL_TENANT = "social_tenant"
    LOW_RENT = "low_rent"
    LOW_INCOME = "low_income"
    OCMW_JUDGEMENT = "ocmw_judgement"


class ScanProof(StrEnum):
    """What was shown for a ground."""

    BILL = "bill"
    STATEMENT = "statement"
    LEASE = "lease"
    TAX_NOTICE = "tax_notice"
    OCMW_LETTER = "ocmw_letter"


class ScanStatus(StrEnum):
    """Where a scan stands."""

    ASKED = "asked"
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class RenovationWish(StrEnum):
    """What a household wants done to its dwelling; also the lots of a group purchase."""

    ROOF = "roof"
    WALLS = "walls"
    FLOOR = "floor"
    GLAZING = "glazing"
    HEATING = "heating"
    VENTILATION = "ventilation"
    SOLAR = "solar"
    OTHER = "other"


class CoachingStage(StrEnum):
    """How far a renovation is; the end stands in the outcome of the case."""

    REGISTERED = "registered"
    HOME_VISIT = "home_visit"
    PLAN = "plan"
    QUOTES = "quotes"
    WORKS = "works"


class CoachingOutcome(StrEnum):
    """How a coaching ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    REFERRED = "referred"


class RentalStatus(StrEnum):
    """Where rental premises stand on their way to a tenant."""

    REPORTED = "reported"
    INSPECTION = "inspection"
    WORKS = "works"
    CERTIFICATE = "certificate"
    LET = "let"
