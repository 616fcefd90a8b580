"""What comes in with every intake, whatever the programme."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Channel, HouseholdType, MainIncome, Proof
from energiehuis.clock import day_of


@dataclass(frozen=True, slots=True)
class Referrer:
    """Who sent the client; `case_id` is the number of the case over there."""

    organisation_id: UUID | None = None
    worker: str | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GivenAgreement:
    """What the client agreed to, for which purposes, and how that was kept."""

    purposes: tuple[str, ...]
    proof: Proof
    given_on: date


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends an intake, how, when, for which municipality, and on which legal basis.

    `operator_organisation_id` is who runs the desk in the name of the programme; None: the
    organisation of the worker itself.
    """

    intake_id: UUID
    channel: Channel
    received_at: datetime
    nis_code: str
    legal_basis: str
    operator_organisation_id: UUID | None = None
    referrer: Referrer | None = None
    agreement: GivenAgreement | None = None

    @property
    def received_on(self) -> date:
        """Give the Brussels day on which it came in."""
        return day_of(self.received_at)


@dataclass(frozen=True, slots=True)
class Composition:
    """Who lives in a household, and what it mainly lives on; income None is not known."""

    adults: int
    children: int
    household_type: HouseholdType
    main_income: MainIncome | None


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that is opened by an intake, for a household or for a person alone.

    Without a composition nothing is known of the household at intake, and figures over people
    leave the case out.
    """

    programme: str
    household_id: UUID | None
    composition: Composition | None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MoveCase:
    """A step of a case to another state; an outcome and its day only when it closes."""

    case_id: UUID
    version: int
    status: CaseStatus
    reason: str | None = None
    outcome: str | None = None
    outcome_on: date | None = None
