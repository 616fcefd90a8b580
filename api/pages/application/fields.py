"""What a question is: its place in the document and how it is answered."""

import re
from dataclasses import dataclass
from enum import StrEnum

# The names of the answers that are not in the document themselves.
UNKNOWN = "unknown"
FLAG_ANSWERS = ("yes", "no", UNKNOWN)
DAY_PARTS = ("day", "month", "year")


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    SELECT = "select"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the form.

    Attributes
    ----------
    path : str
        Path in the JSON document, such as `dwelling.postcode`; also the name of its input.
    kind : Kind
        How it is answered.
    choices : tuple of str
        Values of a choice or select, in the order shown.
    has_unknown : bool
        There is a way to say "I do not know"; then no answer at all is an error.
    is_optional : bool
        May be left empty, and says so.
    width : int
        Width of the input in signs; 0 is as wide as the page.
    autocomplete, inputmode : str
        For the browser.
    suffix : str
        Key of the unit behind the input.
    words : str
        Key before the words of the answers, where they are not its own.
    """

    path: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    has_unknown: bool = False
    is_optional: bool = False
    width: int = 0
    autocomplete: str = ""
    inputmode: str = ""
    suffix: str = ""
    words: str = ""

    @property
    def answer_key(self) -> str:
        """Key of the words of an answer, without its last part."""
        return self.words or self.text_key

    @property
    def text_key(self) -> str:
        """Key of its words; rows of a list share theirs, as do applicant and co-applicant."""
        return "apply.q." + re.sub(r"\.\d+", "", self.path).replace("co_applicant", "applicant")

    @property
    def input_names(self) -> tuple[str, ...]:
        """Names of all inputs of the question."""
        if self.kind is Kind.DAY:
            return tuple(f"{self.path}.{part}" for part in DAY_PARTS)
        if self.has_unknown and self.kind in (Kind.WHOLE, Kind.MONEY):
            return (self.path, f"{self.path}.{UNKNOWN}")
        return (self.path,)

    @property
    def first_input(self) -> str:
        """Name and id of the input that an error links to."""
        return self.input_names[0]

    @property
    def answers(self) -> tuple[str, ...]:
        """All values that a choice may take."""
        if self.kind is Kind.FLAG:
            return FLAG_ANSWERS
        return (*self.choices, UNKNOWN) if self.has_unknown else self.choices


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading; the key is empty where they need none."""

    key: str
    questions: tuple[Question, ...]
