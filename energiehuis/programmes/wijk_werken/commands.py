"""What comes in at wijk-werken: candidates, users, fees, hours worked, coaches."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Items, Of, Quantity, Text
from energiehuis.people.commands import Identity
from energiehuis.programmes.wijk_werken.vocabulary import Activity, ReferredBy, Regime, UserKind

PLATFORM_NUMBER = r"^[A-Za-z0-9./_-]{0,20}$"
CHEQUE_NUMBER = r"^[A-Za-z0-9-]{4,20}$"


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """The paper with which a candidate agrees: where it is kept, and when it was signed."""

    reference: Annotated[str, Text(80)]
    signed_on: dt.date


@dataclass(frozen=True, slots=True)
class RegisterCandidate:
    """Somebody is referred to wijk-werken, with a consent form that he or she signed.

    `platform_number` is how VDAB's platform names the worker; the import finds him or her by it.
    """

    referrer: ReferredBy
    consent_form: ConsentForm
    regime: Regime
    platform_number: Annotated[str | None, Text(20, PLATFORM_NUMBER)] = None


@dataclass(frozen=True, slots=True)
class UserOrganisation:
    """An organisation for which work is done."""

    name: Annotated[str, Text(120)]
    address: Annotated[str, Text(200)]
    kbo: Annotated[str | None, Text(12)] = None


@dataclass(frozen=True, slots=True)
class RegisterUser:
    """Somebody for whom work is done: a person or an organisation.

    Active only once the yearly fee is paid.
    """

    kind: UserKind
    activities: Annotated[tuple[Activity, ...], Items(1, 10)]
    person: Identity | None = None
    organisation: UserOrganisation | None = None
    fee_paid_on: dt.date | None = None
    platform_number: Annotated[str | None, Text(20, PLATFORM_NUMBER)] = None


@dataclass(frozen=True, slots=True)
class PayFee:
    """The yearly fee of a user was paid."""

    user: Annotated[UUID, Of("wijk_werken_user")]
    paid_on: dt.date


@dataclass(frozen=True, slots=True)
class RecordPerformance:
    """Hours that somebody worked for a user on a day, one cheque an hour.

    `worker` is the file of the worker.
    """

    worker: Annotated[UUID, Of("case")]
    user: Annotated[UUID, Of("wijk_werken_user")]
    date: dt.date
    hours: Annotated[Decimal, Quantity(unit="h", minimum="0.25", maximum="24", decimals=2)]
    cheque_nos: Annotated[tuple[Annotated[str, Text(20, CHEQUE_NUMBER)], ...], Items(1, 24)]


@dataclass(frozen=True, slots=True)
class AssignCoach:
    """A coach takes a municipality on, from a day until another or without an end."""

    coach: Annotated[str, Text(80)]
    from_on: dt.date
    until_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EndCoach:
    """A coach no longer has a municipality; the day is the first without."""

    assignment: Annotated[UUID, Of("wijk_werken_coach")]
    until_on: dt.date
