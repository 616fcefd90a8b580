"""The closed lists of words of Konekti, one family one plan."""

from enum import StrEnum

PROGRAMME = "konekti"


class MemberRole(StrEnum):
    """What somebody is in the family."""

    CHILD = "child"
    PARENT = "parent"
    STEP_PARENT = "step_parent"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER = "other"


class Outcome(StrEnum):
    """How the help to a family, or to somebody in it, ended."""

    COMPLETED = "completed"
    REFERRED = "referred"
    DROPPED_OUT = "dropped_out"


class StaffFunction(StrEnum):
    """What somebody does in the team."""

    VERBINDER = "verbinder"
    PSYCHOLOGIST = "psychologist"
    COORDINATOR = "coordinator"


class MandateBody(StrEnum):
    """Where an organisation has a seat."""

    STEERING_GROUP = "steering_group"
