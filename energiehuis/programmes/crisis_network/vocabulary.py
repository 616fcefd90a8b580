"""The closed lists of words of the crisis network."""

from enum import StrEnum

PROGRAMME = "crisis"


class BedKind(StrEnum):
    """What kind of place a bed is."""

    REGULAR = "regular"
    FAMILY_STUDIO = "family_studio"


class RefusalReason(StrEnum):
    """Why somebody was not admitted."""

    NO_ROOM = "no_room"
    NOT_THROUGH_HELPER = "not_through_helper"
    OTHER_HELP_FITS = "other_help_fits"
    UNSAFE = "unsafe"


class HandedTo(StrEnum):
    """Who goes on with somebody after the last night."""

    REFERRING_SERVICE = "referring_service"
    KRACHT_WONEN = "kracht_wonen"
    OCMW = "ocmw"
    CAW = "caw"
    HOSPITAL = "hospital"
    LEFT_ALONE = "left_alone"


# Nights that need no reason (programmes.md 2.6): normally one, three if needed; the studio three
# weeks.
MOST_NIGHTS = {BedKind.REGULAR: 3, BedKind.FAMILY_STUDIO: 21}
