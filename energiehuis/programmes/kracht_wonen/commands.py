"""What comes in at Kracht.Wonen: situations, decisions, dwellings, stays, coaching, staff."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Amount, Items, Of, Quantity, Text, Whole
from energiehuis.cases.vocabulary import HouseholdType, MainIncome
from energiehuis.programmes.kracht_wonen.vocabulary import (
    DeskDecision,
    Offer,
    OrdinaryWay,
    ProblemArea,
    StayEnd,
)


@dataclass(frozen=True, slots=True)
class People:
    """Who is in a situation, as numbers; income None is not known."""

    adults: Annotated[int, Whole(1, 40)]
    children: Annotated[int, Whole(0, 40)]
    type: HouseholdType
    main_income: MainIncome | None = None


@dataclass(frozen=True, slots=True)
class ReportSituation:
    """Somebody without a home for whom no ordinary answer comes, reported by a partner."""

    persons: People
    reporting_org: Annotated[UUID, Of("organisation")]
    problem_areas: Annotated[tuple[ProblemArea, ...], Items(1, 9)]
    ordinary_ways_tried: Annotated[tuple[OrdinaryWay, ...], Items(1, 8)]
    reason: Annotated[str | None, Text(400)] = None


@dataclass(frozen=True, slots=True)
class DecideSituation:
    """What the desk decides: admissible or not, and what it offers."""

    situation: Annotated[UUID, Of("case")]
    decision: DeskDecision
    date: dt.date
    offer: Offer | None = None
    reason: Annotated[str | None, Text(400)] = None


@dataclass(frozen=True, slots=True)
class AddDwelling:
    """A dwelling of a partner in the pool, from a day until another."""

    owner: Annotated[UUID, Of("organisation")]
    address: Annotated[str, Text(200)]
    beds: Annotated[int, Whole(1, 20)]
    from_: dt.date
    to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class BeginStay:
    """A household lives in a dwelling of the pool from a day on; the last day is not one of it."""

    dwelling_id: Annotated[UUID, Of("dwelling")]
    household_id: Annotated[UUID, Of("household")]
    from_: dt.date
    to: dt.date | None = None
    rent_cents: Annotated[int | None, Amount(0, 5_000_00)] = None


@dataclass(frozen=True, slots=True)
class EndStay:
    """A household left a dwelling of the pool."""

    stay_id: Annotated[UUID, Of("stay")]
    date: dt.date
    end_reason: StayEnd


@dataclass(frozen=True, slots=True)
class BeginCoaching:
    """A housing coach works with a household; begun before Kracht.Wonen when taken over."""

    situation: Annotated[UUID, Of("case")]
    from_: dt.date
    to: dt.date | None = None
    is_taken_over: bool = False


@dataclass(frozen=True, slots=True)
class AddStaff:
    """Full-time equivalents that a partner gives to the team, from a day until another."""

    employer: Annotated[UUID, Of("organisation")]
    fte: Annotated[Decimal, Quantity(unit="fte", minimum="0.05", maximum="100", decimals=2)]
    from_: dt.date
    to: dt.date | None = None
