"""Words of the governance of the association."""

from enum import StrEnum


class Body(StrEnum):
    """A body that members send people to."""

    GENERAL_ASSEMBLY = "general_assembly"
    BOARD = "board"


class Side(StrEnum):
    """A side of the budget."""

    INCOME = "income"
    EXPENSE = "expense"
