"""The closed lists of words of Kracht.Wonen.

Its own form was not found; the lists are proposals and free text is not among them.
"""

from enum import StrEnum

PROGRAMME = "kracht_wonen"


class ProblemArea(StrEnum):
    """Where things go wrong for somebody, beside having no home."""

    INCOME = "income"
    DEBT = "debt"
    ADDICTION = "addiction"
    MENTAL_HEALTH = "mental_health"
    PHYSICAL_HEALTH = "physical_health"
    RELATIONS = "relations"
    JUSTICE = "justice"
    RESIDENCE_STATUS = "residence_status"
    DAILY_LIVING = "daily_living"


class OrdinaryWay(StrEnum):
    """What was tried before."""

    PRIVATE_RENT = "private_rent"
    SOCIAL_HOUSING = "social_housing"
    WOONCLUB = "woonclub"
    SHELTER = "shelter"
    SUPPORTED_LIVING = "supported_living"
    HEALTH_CARE = "health_care"
    FAMILY_OR_FRIENDS = "family_or_friends"
    NONE_FITS = "none_fits"


class Offer(StrEnum):
    """What the desk offers."""

    DWELLING = "dwelling"
    COACHING = "coaching"
    BOTH = "both"


class DeskDecision(StrEnum):
    """What the desk decides on a situation."""

    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"


class StayEnd(StrEnum):
    """Why a stay ended: on to a lasting home, or out of the pool without one."""

    ON_TO_PRIVATE_RENT = "on_to_private_rent"
    ON_TO_SOCIAL_RENT = "on_to_social_rent"
    ON_TO_OTHER_HOME = "on_to_other_home"
    OUT_STOPPED = "out_stopped"
    OUT_INSTITUTION = "out_institution"
    OUT_PRISON = "out_prison"
    OUT_MOVED = "out_moved"
    OUT_DIED = "out_died"


# A home to stay in: what the deck calls doorstroom; the others are uitstroom.
LASTING = (StayEnd.ON_TO_PRIVATE_RENT, StayEnd.ON_TO_SOCIAL_RENT, StayEnd.ON_TO_OTHER_HOME)


class Outcome(StrEnum):
    """How a situation ended."""

    LASTING_HOME = "lasting_home"
    LEFT = "left"
    REFERRED = "referred"
    DROPPED_OUT = "dropped_out"
    DIED = "died"
    NO_OFFER = "no_offer"
