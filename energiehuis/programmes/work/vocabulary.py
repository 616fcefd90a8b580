"""The closed lists of words of work placements."""

from enum import StrEnum

PROGRAMME = "work"


class Statute(StrEnum):
    """Under which statute somebody works; W13's deck names the first two and volunteers."""

    TWE = "TWE"
    WES = "WES"
    ART60 = "art60"
    LDE = "LDE"
    VOLUNTEER = "volunteer"
    WIJK_WERK = "wijk_werk"


class WorkReferrer(StrEnum):
    """Who sent somebody to a work placement."""

    VDAB = "vdab"
    OCMW = "ocmw"
    GTB = "gtb"


class WorkProgramme(StrEnum):
    """The programme in which somebody works."""

    FOOD_ACT = "food_act"
    WIJK_WERKEN = "wijk_werken"
    SOCIAL_ECONOMY = "social_economy"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a placement ended; after an extension a new one begins."""

    JOB = "job"
    TRAINING = "training"
    STOPPED = "stopped"
    EXTENSION = "extension"


# Where somebody leaves the placements for good; an extension goes on.
OUTCOMES = (EndReason.JOB, EndReason.TRAINING, EndReason.STOPPED)
