"""What may stand in a field of an intake, written beside its type: `Annotated[int, Whole(1, 40)]`.

One dataclass is the whole truth about what comes in: the JSON schema, the form on a page and the
columns of a list are made from it, and none of them is written a second time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Text of at most so many signs; long text is shown as a box of several lines."""

    most: int = 120
    pattern: str | None = None

    @property
    def is_long(self) -> bool:
        """Say whether it needs more than a line."""
        return self.most > 200


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two limits, both allowed."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with decimals and a unit, above or at its minimum; exact, never a float inside."""

    unit: str
    minimum: str
    maximum: str
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Amount:
    """Euros as text outside, whole cents inside; the field is called `…_cents` in the command."""

    minimum_cents: int = 0
    maximum_cents: int = 10_000_000_00


@dataclass(frozen=True, slots=True)
class Items:
    """A list of so many parts."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class NisCode:
    """The NIS code of a municipality."""


@dataclass(frozen=True, slots=True)
class Of:
    """An id that names a row of a kind, such as `organisation`, `case` or `dwelling`."""

    kind: str
