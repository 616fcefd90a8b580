"""The closed lists of words of BudgetInZicht.

Its own forms were not found; these lists are proposals.
"""

from enum import StrEnum

PROGRAMME = "biz"


class EventType(StrEnum):
    """What BudgetInZicht sets up."""

    WAKOSTA = "wakosta"
    INSPIRATION_DAY = "inspiration_day"
    MEETING_DAY = "meeting_day"
    GROUP_WORK = "group_work"


class EventStatus(StrEnum):
    """Where an event stands."""

    PLANNED = "planned"
    OPEN = "open"
    FULL = "full"
    HELD = "held"
    REPORTED = "reported"


class Mode(StrEnum):
    """How those who came are written down."""

    HEADCOUNT = "headcount"
    PERSON = "person"
    ALIAS = "alias"


class Wish(StrEnum):
    """With whom a volunteer would work."""

    SINGLE = "single"
    FAMILY = "family"


class DuoTheme(StrEnum):
    """What a duo works on; no transfers, so nothing of a bank."""

    PAPERS = "papers"
    OVERVIEW = "overview"
    BILLS = "bills"
    SAVING = "saving"
    SHOPPING = "shopping"
    RIGHTS = "rights"
    OTHER = "other"


class DuoOutcome(StrEnum):
    """How a duo ended."""

    GOAL_REACHED = "goal_reached"
    STOPPED = "stopped"
    REFERRED = "referred"


class Kit(StrEnum):
    """What schools and organisations borrow."""

    TOOLBOX_LAGER = "toolbox_lager"
    WAKOSTA_KIT = "wakosta_kit"
