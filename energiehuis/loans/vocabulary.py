"""The closed lists of words of an application."""

from enum import StrEnum


class DwellingType(StrEnum):
    """How the dwelling stands to its neighbours."""

    DETACHED = "detached"
    SEMI_DETACHED = "semi_detached"
    TERRACED = "terraced"
    APARTMENT = "apartment"


class HeatingCarrier(StrEnum):
    """What the dwelling is heated with."""

    NATURAL_GAS = "natural_gas"
    HEATING_OIL = "heating_oil"
    ELECTRICITY = "electricity"
    WOOD = "wood"
    COAL = "coal"
    OTHER = "other"


class WorkCode(StrEnum):
    """Works that an applicant can name; which of them a law pays for, the rule files say."""

    ROOF_ATTIC_FLOOR_INSULATION = "roof_attic_floor_insulation"
    CAVITY_WALL_INSULATION = "cavity_wall_insulation"
    OUTER_WALL_INSULATION = "outer_wall_insulation"
    FLOOR_INSULATION = "floor_insulation"
    HIGH_EFFICIENCY_GLAZING = "high_efficiency_glazing"
    INSULATED_GARAGE_DOOR = "insulated_garage_door"
    AIRTIGHTNESS = "airtightness"
    VENTILATION = "ventilation"
    HEATING = "heating"
    HEATING_CONTROL = "heating_control"
    PV = "pv"
    SOLAR_BOILER = "solar_boiler"
    RELIGHTING = "relighting"
    ENERGY_AUDIT = "energy_audit"
    EFFICIENT_APPLIANCES = "efficient_appliances"
    STORAGE_AND_CONTROL = "storage_and_control"
    ROOF_REPLACEMENT_WITH_INSULATION = "roof_replacement_with_insulation"


class RefusalReason(StrEnum):
    """Why an application is refused; more than one may hold.

    The grounds that an Energiehuis of the region names itself: income, dwelling, works,
    repayment capacity, recorded as defaulter.
    """

    NOT_IN_PRIORITY_GROUP = "not_in_priority_group"
    BORROWER_NOT_ELIGIBLE = "borrower_not_eligible"
    DWELLING_NOT_ELIGIBLE = "dwelling_not_eligible"
    WORKS_NOT_ELIGIBLE = "works_not_eligible"
    AMOUNT_OR_TERM = "amount_or_term"
    REPAYMENT_CAPACITY = "repayment_capacity"
    RECORDED_DEFAULT = "recorded_default"
    FILE_INCOMPLETE = "file_incomplete"


class ProofStatus(StrEnum):
    """What a document showed of a ground."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    CANNOT_BE_TOLD = "cannot_be_told"
