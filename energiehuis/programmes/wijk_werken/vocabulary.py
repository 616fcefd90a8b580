"""The closed lists of words of wijk-werken.

The field list of VDAB's platform was not found; these lists are proposals.
"""

from enum import StrEnum

PROGRAMME = "wijk_werken"


class ReferredBy(StrEnum):
    """Who referred a candidate."""

    VDAB = "vdab"
    OCMW = "ocmw"
    GTB = "gtb"


class Regime(StrEnum):
    """Under which rules somebody works; who came from the PWA is not bound by the twelve months."""

    WIJK_WERK = "wijk_werk"
    PWA_TRANSITION = "pwa_transition"


class UserKind(StrEnum):
    """For whom the work is done."""

    PRIVATE = "private"
    AUTHORITY = "authority"
    SCHOOL = "school"
    NON_PROFIT = "non_profit"
    FARM = "farm"


class UserStatus(StrEnum):
    """Where a user stands; it follows from the fees that were paid, and is stored nowhere."""

    REGISTERED = "registered"
    ACTIVE = "active"
    EXPIRED = "expired"


class Activity(StrEnum):
    """What may be done; which of these on which day for whom stands in `data/activities.yaml`."""

    GARDEN_WORK = "garden_work"
    SMALL_REPAIRS = "small_repairs"
    PET_CARE = "pet_care"
    COMPANY_AND_CHILDREN = "company_and_children"
    ERRANDS = "errands"
    SCHOOL_SUPERVISION = "school_supervision"
    CROSSING_GUARD = "crossing_guard"
    EVENT_HELP = "event_help"
    NEIGHBOURHOOD_CARE = "neighbourhood_care"
    SEASONAL_WORK = "seasonal_work"


class Outcome(StrEnum):
    """How the path of a worker ended: the first three are doorstroom, the others uitstroom."""

    JOB = "job"
    TRAINING = "training"
    NEXT_STEP = "next_step"
    STOPPED = "stopped"
    TERM_REACHED = "term_reached"
    MOVED_AWAY = "moved_away"

    @property
    def is_onward(self) -> bool:
        """Say whether it is a step towards work."""
        return self in ONWARD


ONWARD = frozenset({Outcome.JOB, Outcome.TRAINING, Outcome.NEXT_STEP})


class Source(StrEnum):
    """Where an hour worked was written down: an intake here, or the list of VDAB's platform."""

    INTAKE = "intake"
    IMPORT = "import"
