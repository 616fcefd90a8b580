"""What comes in at Konekti: families, first contacts, plans, the psychologist, the team."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Items, Of, Text, Whole
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.programmes.konekti.vocabulary import MandateBody, MemberRole, StaffFunction


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """Somebody in the family."""

    person: Named | Alias | KnownPerson
    birth_date: dt.date
    role: MemberRole


@dataclass(frozen=True, slots=True)
class ReferFamily:
    """A family that a partner refers, with its agreement; it hears from us within the month."""

    members: Annotated[tuple[FamilyMember, ...], Items(1, 20)]
    request_text: Annotated[str, Text(4000)]


@dataclass(frozen=True, slots=True)
class MadeContact:
    """The first contact with a family after it was referred."""

    family_case: Annotated[UUID, Of("case")]
    date: dt.date


@dataclass(frozen=True, slots=True)
class AssignVerbinder:
    """The member of the team who stands beside a family from a day on, until another does."""

    family_case: Annotated[UUID, Of("case")]
    secondment: Annotated[UUID, Of("secondment")]
    from_: dt.date


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """What the family wants to reach, and who helps with it."""

    goal: Annotated[str, Text(400)]
    is_reached: bool = False
    partner: Annotated[UUID | None, Of("organisation")] = None


@dataclass(frozen=True, slots=True)
class AgreePlan:
    """The one plan of a family with all who help it; each change is a new version."""

    family_case: Annotated[UUID, Of("case")]
    agreed_on: dt.date
    goals: Annotated[tuple[PlanGoal, ...], Items(1, 20)]
    partners: Annotated[tuple[Annotated[UUID, Of("organisation")], ...], Items(1, 20)]


@dataclass(frozen=True, slots=True)
class AskPsychologist:
    """A question to the primary-care psychologist for somebody of a family."""

    family_case: Annotated[UUID, Of("case")]
    age: Annotated[int, Whole(0, 120)]
    question: Annotated[str, Text(2000)]


@dataclass(frozen=True, slots=True)
class GiveMandate:
    """Somebody who speaks for an organisation in the steering group."""

    organisation: Annotated[UUID, Of("organisation")]
    body: MandateBody
    holder: Annotated[str, Text(120)]
    from_: dt.date
    to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SecondWorker:
    """A worker of a partner who works for the team, from a day until another."""

    employer: Annotated[UUID, Of("organisation")]
    worker: Annotated[str, Text(80)]
    function: StaffFunction
    from_: dt.date
    to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SetTarget:
    """How many extra families a year a grant asks for."""

    families_per_year: Annotated[int, Whole(1, 10_000)]
    decision: Annotated[str, Text(200)]
    from_: dt.date
    to: dt.date | None = None
