"""What comes in at the energy desk."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Amount, Items, Of, Text, Whole
from energiehuis.people.commands import Identity
from energiehuis.programmes.energy_desk.vocabulary import (
    Answer,
    CoachingStage,
    Ground,
    RenovationWish,
    RentalStatus,
    ScanKind,
    ScanProof,
    ScanStatus,
    Tenure,
    Theme,
)

PHONE = r"^\+?[0-9][0-9 ./-]{6,24}$"
HIGHEST_EPC = 2_000
MOST_KWH = 200_000


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question at the desk; who asked it stays unknown."""

    theme: Theme
    answer: Answer
    tenure: Tenure | None = None
    minutes: Annotated[int | None, Whole(0, 600)] = None


@dataclass(frozen=True, slots=True)
class AskedScan:
    """A household asks for an energy scan, which is free on some grounds.

    The rent of a month is told for a low rent only, the taxable income of a year and the number of
    dependents for a low income only.
    """

    address: Annotated[str, Text(200)]
    tenure: Tenure
    eligibility_ground: Ground
    phone: Annotated[str, Text(26, PHONE)]
    scan_kind: ScanKind = ScanKind.BASIC
    proof: ScanProof | None = None
    rent_cents: Annotated[int | None, Amount(1, 10_000_00)] = None
    income_cents: Annotated[int | None, Amount(0, 500_000_00)] = None
    dependents: Annotated[int | None, Whole(0, 20)] = None


@dataclass(frozen=True, slots=True)
class ScanStep:
    """A scan is planned, done or called off; what it may save is told when it was done."""

    scan_id: Annotated[UUID, Of("energy_scan")]
    version: Annotated[int, Whole(1, 1_000_000)]
    status: ScanStatus
    day: date
    saving_kwh: Annotated[int | None, Whole(0, MOST_KWH)] = None


@dataclass(frozen=True, slots=True)
class RegisteredCoaching:
    """A household that wants to be coached through the renovation of its dwelling.

    `epc` is the energy score in kWh/m2 a year; None is not known.
    """

    address: Annotated[str, Text(200)]
    tenure: Tenure
    wishes: Annotated[tuple[RenovationWish, ...], Items(1, len(RenovationWish))]
    build_year: Annotated[int | None, Whole(1500, 2100)] = None
    epc: Annotated[int | None, Whole(0, HIGHEST_EPC)] = None


@dataclass(frozen=True, slots=True)
class CoachingStep:
    """A coaching reached its next stage."""

    case_id: Annotated[UUID, Of("case")]
    stage: CoachingStage
    reached_on: date


@dataclass(frozen=True, slots=True)
class OpenedCampaign:
    """A group purchase that households may join, from a day until another; both days count."""

    name: Annotated[str, Text(120)]
    lots: Annotated[tuple[RenovationWish, ...], Items(1, len(RenovationWish))]
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Subscription:
    """A household joins a group purchase for its dwelling, once an address."""

    campaign_id: Annotated[UUID, Of("energy_campaign")]
    address: Annotated[str, Text(200)]
    lots: Annotated[tuple[RenovationWish, ...], Items(1, len(RenovationWish))]


@dataclass(frozen=True, slots=True)
class RegisteredLandlord:
    """An organisation that lets dwellings; it stands in `nis`."""

    name: Annotated[str, Text(120)]
    address: Annotated[str | None, Text(200)] = None


@dataclass(frozen=True, slots=True)
class ReportedPremises:
    """A dwelling that a landlord offers; the landlord is a person or an organisation."""

    address: Annotated[str, Text(200)]
    rooms: Annotated[int, Whole(1, 50)]
    rent_cents: Annotated[int, Amount(1, 10_000_00)]
    landlord: Identity | None = None
    landlord_id: Annotated[UUID | None, Of("organisation")] = None
    tenant: Identity | None = None
    epc: Annotated[int | None, Whole(0, HIGHEST_EPC)] = None


@dataclass(frozen=True, slots=True)
class RentalStep:
    """Rental premises reached their next step."""

    premises_id: Annotated[UUID, Of("energy_rental_premises")]
    version: Annotated[int, Whole(1, 1_000_000)]
    status: RentalStatus
    day: date
