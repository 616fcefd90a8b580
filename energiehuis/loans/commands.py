"""What comes in: an application as its form says it, and what staff do with it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from energiehuis.eligibility.facts import HouseholdFacts


class Channel(StrEnum):
    """How an application came in."""

    WEB = "web"
    API = "api"
    DESK = "desk"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who asks for the loan: a person, or who speaks for a legal person."""

    given_name: str
    family_name: str
    email: str
    phone: str
    birth_date: date | None = None

    @property
    def full_name(self) -> str:
        """Give the name as lists show it: family name first."""
        return f"{self.family_name} {self.given_name}"


@dataclass(frozen=True, slots=True)
class LegalPerson:
    """The organisation or owners' association that borrows."""

    name: str
    enterprise_number: str


@dataclass(frozen=True, slots=True)
class Dwelling:
    """The dwelling that is to be renovated; None where the applicant does not know."""

    street: str
    house_number: str
    box: str
    postcode: str
    nis_code: str
    dwelling_type: str | None = None
    build_year: int | None = None
    floor_area_m2: int | None = None
    heating_carrier: str | None = None

    @property
    def key(self) -> str:
        """Give one text for one dwelling, whatever capitals and spaces were typed."""
        parts = (self.postcode, self.street, self.house_number, self.box)
        return "|".join("".join(c for c in part.casefold() if c.isalnum()) for part in parts)


@dataclass(frozen=True, slots=True)
class Work:
    """A work with what it costs; `by_contractor` None where that is not decided yet."""

    work: str
    cost_cents: int
    by_contractor: bool | None = None

    def as_row(self) -> dict[str, object]:
        """Give the work as the JSON column keeps it."""
        return {
            "work": self.work,
            "cost_cents": self.cost_cents,
            "by_contractor": self.by_contractor,
        }


@dataclass(frozen=True, slots=True)
class SubmitApplication:
    """A whole application."""

    applicant: Applicant
    co_applicant: Applicant | None
    legal_person: LegalPerson | None
    dwelling: Dwelling
    facts: HouseholdFacts
    works: tuple[Work, ...]
    amount_cents: int
    term_months: int
    channel: Channel
    language: str

    @property
    def works_cost_cents(self) -> int:
        """Give what all works cost together."""
        return sum(work.cost_cents for work in self.works)

    def personal_data(self) -> dict[str, object]:
        """Give who applies for which dwelling, as the form column keeps it."""
        return {
            "applicant": _as_row(self.applicant),
            "co_applicant": _as_row(self.co_applicant),
            "legal_person": _as_row(self.legal_person),
            "dwelling": _as_row(self.dwelling),
        }


def _as_row(part: Applicant | LegalPerson | Dwelling | None) -> dict[str, object] | None:
    # `dataclasses.asdict` copies deeply, which costs ten times this.
    return None if part is None else {name: getattr(part, name) for name in part.__slots__}


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A counsellor's facts, as the documents show them; those not named stay as they are.

    `document` is the kind of document that proves a ground, None where it is another one.
    """

    application_id: UUID
    version: int
    changes: dict[str, object]
    evidence: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class MoveApplication:
    """A move that decides nothing: take up, ask the applicant, withdraw."""

    application_id: UUID
    version: int
    move: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    """A counsellor's decision: an amount and a term, or reasons to refuse.

    `confirms_open_points` says that what the system cannot tell was checked in the documents.
    """

    application_id: UUID
    version: int
    is_approved: bool
    amount_cents: int | None
    term_months: int | None
    reason_codes: tuple[str, ...]
    explanation: str
    confirms_open_points: bool = False
