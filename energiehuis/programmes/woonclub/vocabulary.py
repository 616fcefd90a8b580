"""The closed lists of words of the Woonclub.

Its own intake form was not found; these lists are proposals and free text is not among them.
"""

from enum import StrEnum

PROGRAMME = "woonclub"


class SearchReason(StrEnum):
    """Why a household looks for a dwelling."""

    NOTICE = "notice"
    EVICTION = "eviction"
    DECLARED_UNFIT = "declared_unfit"
    POOR_CONDITION = "poor_condition"
    TOO_SMALL = "too_small"
    TOO_EXPENSIVE = "too_expensive"
    SEPARATION = "separation"
    LEAVING_FAMILY = "leaving_family"
    LEAVING_INSTITUTION = "leaving_institution"
    HOMELESS = "homeless"
    OTHER = "other"


class Outcome(StrEnum):
    """How a file ended."""

    HOUSED = "housed"
    STOPPED = "stopped"
    REFERRED_TO_KRACHT_WONEN = "referred_to_kracht_wonen"
    REFERRED_TO_CRISIS_NETWORK = "referred_to_crisis_network"


class Tenure(StrEnum):
    """From whom a household rents the dwelling it found."""

    PRIVATE_RENT = "private_rent"
    SOCIAL_RENT = "social_rent"
    OTHER = "other"
