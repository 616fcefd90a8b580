"""Records of Kracht.Wonen in the demo: invented, one by one, from a fixed seed.

The deck prints the first year of Kracht.Wonen without its days; here it is the year 2018. Its "39
trajectories + 5 (voor KW)" reads as five that were begun before Kracht.Wonen and taken over.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.cases.commands import GivenAgreement
from energiehuis.cases.partnerships import AddPartner, register_partners
from energiehuis.cases.vocabulary import HouseholdType, MainIncome, Proof
from energiehuis.programmes.kracht_wonen import queries, service, stays
from energiehuis.programmes.kracht_wonen.commands import (
    AddDwelling,
    AddStaff,
    BeginCoaching,
    BeginStay,
    DecideSituation,
    EndStay,
    People,
    ReportSituation,
)
from energiehuis.programmes.kracht_wonen.vocabulary import (
    PROGRAMME,
    DeskDecision,
    Offer,
    OrdinaryWay,
    ProblemArea,
    StayEnd,
)
from energiehuis.seeds.past_intakes import HARELBEKE, at_noon, draw_places, past, past_household
from energiehuis.seeds.tables import read_table

YEAR = date(2018, 1, 1)
BEFORE = date(2017, 9, 1)
# 117 situations of 186 persons.
SIZES = (1,) * 80 + (2,) * 20 + (3,) * 2 + (4,) * 15
IN_HARELBEKE = 11
DWELLINGS, DWELLINGS_IN_HARELBEKE = 26, 3
# 66 offers, of which 32 with a dwelling; 39 of the 50 with coaching had begun in the year.
OFFERS = (Offer.BOTH,) * 16 + (Offer.DWELLING,) * 16 + (Offer.COACHING,) * 34
COACHED, COACHED_IN_HARELBEKE, TAKEN_OVER = 39, 3, 5
# Ten stays ended in the year, eight of them for a home to stay in; six households came after.
ENDS = (
    *(StayEnd.ON_TO_PRIVATE_RENT, StayEnd.ON_TO_SOCIAL_RENT) * 4,
    StayEnd.OUT_STOPPED,
    StayEnd.OUT_INSTITUTION,
)
_SEED = 20190331 + 26
_SEAT = "34022"
_PARTNERS = ("OCMW", "CAW De Nokbalk", "Team Ubuntu-Zolder", "Vzw De Schouw", "Vzw Kompaspunt")
_TYPES = {1: HouseholdType.SINGLE, 2: HouseholdType.SINGLE, 3: HouseholdType.SINGLE}


@dataclass(frozen=True, slots=True)
class _Situation:
    """A situation that was decided, with its household."""

    case_id: UUID
    household_id: UUID
    place: str
    decided_on: date
    offer: Offer | None


def add_kracht_wonen(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(_SEED))
    with clock.frozen(at_noon(BEFORE)):
        partners = _add_partners(session, actor)
        _add_staff(session, actor, partners)
        dwellings = _add_dwellings(session, actor, partners, rng)
    told = [
        _add_situation(session, actor, drawn, partner=partners[number % len(partners)], rng=rng)
        for number, drawn in enumerate(_drawn(rng))
    ]
    offered = [each for each in told if each.offer is not None]
    _add_stays(session, actor, offered, dwellings)
    _add_coaching(session, actor, offered)
    for number in range(TAKEN_OVER):
        _take_over(session, actor, partners[number], number=number, rng=rng)


def _add_partners(session: Session, actor: Actor) -> tuple[UUID, ...]:
    incoming = [
        past(BEFORE, _SEAT, AddPartner(BEFORE, keeps_secrecy=True, name=f"{name} (verzonnen)"))
        for name in _PARTNERS
    ]
    return register_partners(session, actor, PROGRAMME, incoming=incoming)


def _add_staff(session: Session, actor: Actor, partners: tuple[UUID, ...]) -> None:
    for partner, fte in zip(partners[1:4], ("1.00", "1.00", "0.50"), strict=True):
        given = AddStaff(partner, Decimal(fte), BEFORE)
        service.record_staff(session, actor, past(BEFORE, _SEAT, given))


def _add_dwellings(
    session: Session, actor: Actor, partners: tuple[UUID, ...], rng: np.random.Generator
) -> dict[UUID, str]:
    """Add the pool; give the municipality of each dwelling."""
    places = draw_places(DWELLINGS, rng, in_harelbeke=DWELLINGS_IN_HARELBEKE)
    streets = read_table("words")["streets"]["nl"]
    pool: dict[UUID, str] = {}
    for number, place in enumerate(places):
        address = f"{streets[number % len(streets)]} {900 + number}"
        added = AddDwelling(partners[0], address, 1 + number % 4, BEFORE)
        made = service.record_dwelling(session, actor, past(BEFORE, place, added))
        pool[made.id] = place
    return pool


def _drawn(rng: np.random.Generator) -> list[tuple[date, str, int, Offer | None]]:
    """Draw day, municipality, size and offer of each situation; Harelbeke gets its printed three.

    Its three offers are a dwelling with coaching; its other situations get no offer.
    """
    count = len(SIZES)
    days = sorted(rng.integers(0, 330, size=count).tolist())
    sizes = rng.permutation(np.array(SIZES)).tolist()
    places = draw_places(count, rng, in_harelbeke=IN_HARELBEKE)
    ours = [index for index, place in enumerate(places) if place == HARELBEKE]
    early = [index for index, place in enumerate(places) if place != HARELBEKE]
    # Offers of the first weeks leave time for a stay; the desk says no all year.
    housed = {*ours[:COACHED_IN_HARELBEKE]}
    others = [index for index in early if index not in housed][: len(OFFERS) - len(housed)]
    by_index: dict[int, Offer] = dict.fromkeys(housed, Offer.BOTH)
    left = list(OFFERS[len(housed) :])
    by_index |= dict(zip(others, _spread(left), strict=True))
    return [
        (YEAR + timedelta(days=day), place, size, by_index.get(index))
        for index, (day, place, size) in enumerate(zip(days, places, sizes, strict=True))
    ]


def _spread(offers: list[Offer]) -> list[Offer]:
    """Put the offers in turn, those of a dwelling first as long as there are any."""
    homes = [offer for offer in offers if offer is not Offer.COACHING]
    coached = [offer for offer in offers if offer is Offer.COACHING]
    turns = [pair for both in zip(homes, coached, strict=False) for pair in both]
    rest = homes[len(coached) :] + coached[len(homes) :]
    return turns + rest


def _add_situation(
    session: Session,
    actor: Actor,
    drawn: tuple[date, str, int, Offer | None],
    *,
    partner: UUID,
    rng: np.random.Generator,
) -> _Situation:
    day, place, size, offer = drawn
    decided_on = day + timedelta(days=int(rng.integers(2, 20)))
    said = _report(partner, size, rng)
    agreed = GivenAgreement(("kracht_wonen",), Proof.ORAL_NOTED, day)
    with clock.frozen(at_noon(day)):
        made = service.record_situation(
            session, actor, past_household(day, place, said, agreement=agreed)
        )
    is_refused = offer is None and rng.random() < 0.6
    decision = DecideSituation(
        made.id,
        DeskDecision.INADMISSIBLE if is_refused else DeskDecision.ADMISSIBLE,
        decided_on,
        offer,
        "Een gewone weg staat nog open." if is_refused else None,
    )
    with clock.frozen(at_noon(decided_on)):
        service.record_decision(session, actor, past(decided_on, place, decision))
    household_id = queries.household_of_case(session, made.id)
    return _Situation(made.id, household_id, place, decided_on, offer)


def _report(partner: UUID, size: int, rng: np.random.Generator) -> ReportSituation:
    kind = _TYPES.get(size, HouseholdType.COUPLE)
    adults = 2 if kind is HouseholdType.COUPLE else 1
    areas = rng.choice(len(ProblemArea), size=int(rng.integers(2, 5)), replace=False).tolist()
    ways = rng.choice(len(OrdinaryWay), size=2, replace=False).tolist()
    income = MainIncome.LIVING_WAGE if rng.random() < 0.6 else None
    return ReportSituation(
        persons=People(adults, size - adults, kind, income),
        reporting_org=partner,
        problem_areas=tuple(tuple(ProblemArea)[area] for area in areas),
        ordinary_ways_tried=tuple(tuple(OrdinaryWay)[way] for way in ways),
    )


def _add_stays(
    session: Session, actor: Actor, offered: list[_Situation], dwellings: dict[UUID, str]
) -> None:
    """House who was offered a dwelling, the first ones first; Harelbeke in Harelbeke."""
    homes = [each for each in offered if each.offer is not Offer.COACHING]
    homes.sort(key=lambda each: each.decided_on)
    free = {
        is_ours: [home for home, place in dwellings.items() if (place == HARELBEKE) is is_ours]
        for is_ours in (True, False)
    }
    ended: list[tuple[UUID, date]] = []
    for each in homes:
        is_ours = each.place == HARELBEKE
        begins = each.decided_on + timedelta(days=5)
        if free[is_ours]:
            home = free[is_ours].pop(0)
        else:
            home, empty_from = ended.pop(0)
            begins = max(begins, empty_from + timedelta(days=7))
        stay_id = _house(session, actor, each, home=home, begins=begins)
        if not is_ours and len(ended) < len(ENDS) and free[is_ours]:
            leaves = begins + timedelta(days=60)
            _leave(session, actor, stay_id, place=each.place, day=leaves, why=ENDS[len(ended)])
            ended.append((home, leaves))


def _house(session: Session, actor: Actor, each: _Situation, *, home: UUID, begins: date) -> UUID:
    said = BeginStay(home, each.household_id, begins, rent_cents=450_00)
    with clock.frozen(at_noon(begins)):
        return stays.record_stay(session, actor, past(begins, each.place, said)).id


def _leave(
    session: Session, actor: Actor, stay_id: UUID, *, place: str, day: date, why: StayEnd
) -> None:
    with clock.frozen(at_noon(day)):
        stays.record_stay_end(session, actor, past(day, place, EndStay(stay_id, day, why)))


def _add_coaching(session: Session, actor: Actor, offered: list[_Situation]) -> None:
    """Coach the first 39 of those to whom it was offered, three of them in Harelbeke."""
    wanted = [each for each in offered if each.offer is not Offer.DWELLING]
    ours = [each for each in wanted if each.place == HARELBEKE][:COACHED_IN_HARELBEKE]
    others = [each for each in wanted if each.place != HARELBEKE]
    for each in (*ours, *others[: COACHED - len(ours)]):
        begins = each.decided_on + timedelta(days=10)
        with clock.frozen(at_noon(begins)):
            service.record_trajectory(
                session, actor, past(begins, each.place, BeginCoaching(each.case_id, begins))
            )


def _take_over(
    session: Session, actor: Actor, partner: UUID, *, number: int, rng: np.random.Generator
) -> None:
    """Add somebody whose coach came along; reported before the year, so not one of its 117."""
    day = BEFORE + timedelta(days=20 + number)
    drawn = (day, _SEAT, 1, Offer.COACHING)
    told = _add_situation(session, actor, drawn, partner=partner, rng=rng)
    begun = BeginCoaching(told.case_id, date(2017, 3, 1), is_taken_over=True)
    with clock.frozen(at_noon(told.decided_on)):
        service.record_trajectory(session, actor, past(told.decided_on, _SEAT, begun))
