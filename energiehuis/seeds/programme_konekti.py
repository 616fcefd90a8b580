"""Records of Konekti in the demo: invented, one by one, from a fixed seed.

The deck prints "today", which is the spring of 2019: counted on 31 March 2019 there are 110 running
trajectories (13 in Harelbeke), 160 partners, 20 seats, 10 employers and 21 colleagues, of whom 3
psychologists. It does not say whether a partner is a legal person or a place (W13 writes of about
70 organisations elsewhere); here each is an organisation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.cases.commands import GivenAgreement, MoveCase, Referrer
from energiehuis.cases.partnerships import AddPartner, register_partners
from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Channel, Proof
from energiehuis.people.commands import Named
from energiehuis.programmes.case_service import move_case
from energiehuis.programmes.konekti import service, team
from energiehuis.programmes.konekti.commands import (
    AgreePlan,
    AssignVerbinder,
    FamilyMember,
    GiveMandate,
    MadeContact,
    PlanGoal,
    ReferFamily,
    SecondWorker,
    SetTarget,
)
from energiehuis.programmes.konekti.vocabulary import (
    PROGRAMME,
    MandateBody,
    MemberRole,
    Outcome,
    StaffFunction,
)
from energiehuis.seeds.past_intakes import (
    at_noon,
    draw_places,
    family_names,
    given_names,
    past,
    past_household,
)

START = date(2018, 10, 15)
TODAY = date(2019, 3, 31)
PARTNERS, SEATS, EMPLOYERS = 160, 20, 10
TEAM = (
    (StaffFunction.PSYCHOLOGIST,) * 3
    + (StaffFunction.COORDINATOR,)
    + (StaffFunction.VERBINDER,) * 17
)
RUNNING, RUNNING_IN_HARELBEKE = 110, 13
ENDED, UNHEARD = 16, 6
_SEED = 20190331 + 24
_SEAT = "34022"
_KINDS = ("Centrum", "School", "Huis", "Dienst", "Wijkteam", "Praktijk", "Atelier", "Steunpunt")
_REQUESTS = (
    "De ouders maken zich zorgen over de schoolmoeheid van de oudste.",
    "Na de scheiding loopt het in huis vaak uit de hand.",
    "Een moeder vraagt steun bij de opvoeding van drie kinderen.",
    "De jongere komt amper nog buiten.",
)
_GOALS = ("Elke schooldag op tijd vertrekken", "Een vast moment samen", "Rust bij het slapengaan")


@dataclass(frozen=True, slots=True)
class _Story:
    """What happens with a family: the day of each step, None where it does not come to that."""

    place: str
    received_on: date
    heard_after: int | None
    ended_after: int | None


def add_konekti(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(_SEED))
    with clock.frozen(at_noon(START)):
        partners = _add_partners(session, actor, rng)
        colleagues = _add_team(session, actor, partners, rng)
    for number, story in enumerate(_stories(rng)):
        helper = colleagues[number % len(colleagues)]
        _add_family(session, actor, story, partners=partners, helper=helper, rng=rng)


def _add_partners(session: Session, actor: Actor, rng: np.random.Generator) -> tuple[UUID, ...]:
    places = draw_places(PARTNERS, rng, in_harelbeke=14)
    names = family_names(PARTNERS, rng)
    incoming = [
        past(
            START,
            place,
            AddPartner(
                from_=START,
                keeps_secrecy=number % 4 != 0,
                name=f"{_KINDS[number % len(_KINDS)]} {name} {number + 1} (verzonnen)",
            ),
        )
        for number, (place, name) in enumerate(zip(places, names, strict=True))
    ]
    return register_partners(session, actor, PROGRAMME, incoming=incoming)


def _add_team(
    session: Session, actor: Actor, partners: tuple[UUID, ...], rng: np.random.Generator
) -> list[UUID]:
    """Add the grant, the seats and the colleagues; give the verbinders."""
    grant = SetTarget(200, "Vlaamse oproep 1 gezin 1 plan van 2018", START)
    team.record_target(session, actor, past(START, _SEAT, grant))
    for partner, name in zip(partners, family_names(SEATS, rng), strict=False):
        seat = GiveMandate(partner, MandateBody.STEERING_GROUP, name, START)
        team.record_mandate(session, actor, past(START, _SEAT, seat))
    verbinders = []
    for number, (function, name) in enumerate(zip(TEAM, given_names(len(TEAM), rng), strict=True)):
        lent = SecondWorker(partners[number % EMPLOYERS], name, function, START)
        made = team.record_secondment(session, actor, past(START, _SEAT, lent))
        if function is StaffFunction.VERBINDER:
            verbinders.append(made.id)
    return verbinders


def _stories(rng: np.random.Generator) -> Iterator[_Story]:
    """Give the families, those that run last to come in first of all, in no order of days."""
    for place in draw_places(RUNNING, rng, in_harelbeke=RUNNING_IN_HARELBEKE):
        # One in ten is heard later than the month that was promised.
        wait = int(rng.integers(31, 45)) if rng.random() < 0.1 else int(rng.integers(3, 31))
        last = (TODAY - START).days - wait - 10
        yield _Story(place, START + timedelta(days=int(rng.integers(last))), wait, None)
    for place in draw_places(ENDED, rng, in_harelbeke=2):
        received_on = START + timedelta(days=int(rng.integers(40)))
        yield _Story(place, received_on, int(rng.integers(3, 25)), int(rng.integers(60, 110)))
    for place in draw_places(UNHEARD, rng, in_harelbeke=1):
        yield _Story(place, TODAY - timedelta(days=int(rng.integers(2, 40))), None, None)


def _add_family(
    session: Session,
    actor: Actor,
    story: _Story,
    *,
    partners: tuple[UUID, ...],
    helper: UUID,
    rng: np.random.Generator,
) -> None:
    day, place = story.received_on, story.place
    referrer = partners[int(rng.integers(len(partners)))]
    with clock.frozen(at_noon(day)):
        case_id = service.record_family(
            session,
            actor,
            past_household(
                day,
                place,
                _family(day, rng),
                channel=Channel.PARTNER,
                referrer=Referrer(referrer, "Verwijzer"),
                agreement=GivenAgreement(("konekti",), Proof.SIGNED, day),
            ),
        ).id
    if story.heard_after is None:
        return
    heard_on = day + timedelta(days=story.heard_after)
    planned_on = heard_on + timedelta(days=7)
    goal = PlanGoal(_GOALS[int(rng.integers(len(_GOALS)))], partner=referrer)
    with clock.frozen(at_noon(heard_on)):
        met = past(heard_on, place, MadeContact(case_id, heard_on))
        service.record_first_contact(session, actor, met)
        beside = past(heard_on, place, AssignVerbinder(case_id, helper, heard_on))
        team.record_assignment(session, actor, beside)
    with clock.frozen(at_noon(planned_on)):
        agreed = AgreePlan(case_id, planned_on, (goal,), (referrer,))
        service.record_plan(session, actor, past(planned_on, place, agreed))
    if story.ended_after is not None:
        _end(session, actor, case_id, day + timedelta(days=story.ended_after), rng)


def _family(day: date, rng: np.random.Generator) -> ReferFamily:
    name = family_names(1, rng)[0]
    parent, child = given_names(2, rng)
    ages = rng.integers([26 * 365, 2 * 365], [48 * 365, 17 * 365]).tolist()
    people = (
        FamilyMember(Named(parent, name), day - timedelta(days=ages[0]), MemberRole.PARENT),
        FamilyMember(Named(child, name), day - timedelta(days=ages[1]), MemberRole.CHILD),
    )
    return ReferFamily(people, _REQUESTS[int(rng.integers(len(_REQUESTS)))])


def _end(
    session: Session, actor: Actor, case_id: UUID, day: date, rng: np.random.Generator
) -> None:
    outcome = tuple(Outcome)[int(rng.integers(len(Outcome)))].value
    # Referred, heard, planned: the third version.
    step = MoveCase(case_id, 3, CaseStatus.CLOSED, outcome=outcome, outcome_on=day)
    with clock.frozen(at_noon(day)):
        move_case(session, actor, step)
