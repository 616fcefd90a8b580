"""What stands in a report of a municipality: plain values, the same for every form of output."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """One key figure: here, here the year before, and in the region; as text, or why not.

    `definition` is what is counted, from the registry; `number` the value for a plot, None where
    there is none to draw.
    """

    figure_id: str
    version: int
    name: str
    unit: str
    value: str
    before: str
    region: str
    definition: str
    number: float | None
    number_before: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A programme: its lines, a sentence that says the main thing, and a picture when it helps."""

    id: str
    title: str
    sentence: str
    lines: tuple[Line, ...]
    picture: str | None = None
    picture_words: str = ""


@dataclass(frozen=True, slots=True)
class MunicipalityReport:
    """The whole report; `is_internal` shows small counts and may not be shared."""

    nis_code: str
    place: str
    year: int
    language: str
    title: str
    introduction: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    headings: dict[str, str]
    made_on: date
    is_internal: bool
