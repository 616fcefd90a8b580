"""What comes in at the energy desk."""

from dataclasses import dataclass
from typing import Annotated

from energiehuis.cases.specs import Text, Whole
from energiehuis.programmes.energy_desk.vocabulary import Answer, Tenure, Theme


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question at the desk; who asked it stays unknown."""

    theme: Theme
    answer: Answer
    tenure: Tenure | None = None
    minutes: Annotated[int | None, Whole(0, 600)] = None


@dataclass(frozen=True, slots=True)
class RegisteredCoaching:
    """A household that wants to be coached through the renovation of its dwelling.

    `epc` is the energy score in kWh/m2 a year; None is not known.
    """

    address: Annotated[str, Text(200)]
    tenure: Tenure
    build_year: Annotated[int | None, Whole(1500, 2100)] = None
    epc: Annotated[int | None, Whole(0, 2000)] = None
