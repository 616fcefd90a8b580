"""The closed lists of words of the social economy."""

from enum import StrEnum

PROGRAMME = "social_economy"


class GrantSource(StrEnum):
    """Who pays a grant."""

    FLANDERS = "flanders"
    FEDERAL = "federal"
    PROVINCE = "province"
    EUROPE = "europe"
    MUNICIPALITY = "municipality"
    OTHER = "other"
