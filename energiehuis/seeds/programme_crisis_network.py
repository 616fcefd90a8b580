"""Records of the crisis network in the demo: invented, one by one, from a fixed seed.

The deck prints them under Kracht.Wonen, without their days; here they are those of 2018: three
beds, 249 admissions of 119 persons for 536 nights, 14 conferences in 7 situations. Nobody
is known by more than an alias and a year of birth.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.cases.commands import GivenAgreement
from energiehuis.cases.kinds import Incoming, NoSubject
from energiehuis.cases.partnerships import AddPartner, register_partners
from energiehuis.cases.vocabulary import Channel, Proof
from energiehuis.clock import BRUSSELS
from energiehuis.people.commands import Alias
from energiehuis.programmes.crisis_network import conferences, service
from energiehuis.programmes.crisis_network.bulk import register_past_admissions
from energiehuis.programmes.crisis_network.commands import (
    AddBed,
    Admit,
    HandOver,
    HoldConference,
    Refuse,
    Sleeper,
)
from energiehuis.programmes.crisis_network.vocabulary import (
    PROGRAMME,
    BedKind,
    HandedTo,
    RefusalReason,
)
from energiehuis.seeds.past_intakes import at_noon, draw_places, past, past_envelope

YEAR, DAYS = date(2018, 1, 1), 365
SINCE, STUDIO_SINCE = date(2017, 1, 1), date(2023, 1, 1)
PERSONS = 119
# 249 admissions, 536 nights.
NIGHTS = (3,) * 110 + (2,) * 67 + (1,) * 72
SITUATIONS, MEETINGS_EACH, REFUSALS, HANDED_OVER = 7, 2, 5, 12
_SEED = 20190331 + 27
_SEAT = "34022"
_BEDS = ("Studio van de huisvestingsmaatschappij", "Kamer van het CAW", "Bed in het ziekenhuis")
_PARTNERS = ("CAW De Nokbalk", "OCMW", "Ziekenhuis De Ketel", "Psychiatrisch centrum De Luwte")
_REMARKS = ("Geen bijzonderheden.", "Heeft een hond bij.", "Slaapt licht, graag rustig benaderen.")
_COLOURS = ("rode", "blauwe", "groene", "gele", "grijze", "witte", "zwarte", "paarse")
_THINGS = ("fiets", "jas", "trein", "kade", "toren", "muts", "brug", "lamp", "tent", "sleutel")


def add_crisis_network(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(_SEED))
    with clock.frozen(at_noon(SINCE)):
        partners = _add_partners(session, actor)
        beds = [_add_bed(session, actor, name) for name in _BEDS]
    _add_studio(session, actor)
    incoming = list(_admissions(beds, rng))
    made = register_past_admissions(session, actor, incoming)
    for admission_id, each in list(zip(made, incoming, strict=True))[:HANDED_OVER]:
        _hand_over(session, actor, admission_id, each)
    for number in range(REFUSALS):
        _refuse(session, actor, YEAR + timedelta(days=40 + 60 * number))
    for number in range(SITUATIONS):
        _confer(session, actor, partners, number=number)


def _add_partners(session: Session, actor: Actor) -> tuple[UUID, ...]:
    incoming = [
        past(SINCE, _SEAT, AddPartner(SINCE, keeps_secrecy=True, name=f"{name} (verzonnen)"))
        for name in _PARTNERS
    ]
    return register_partners(session, actor, PROGRAMME, incoming=incoming)


def _add_bed(session: Session, actor: Actor, name: str) -> UUID:
    said = AddBed(name, BedKind.REGULAR, 1, SINCE)
    return service.record_bed(session, actor, past(SINCE, _SEAT, said)).id


def _add_studio(session: Session, actor: Actor) -> None:
    said = AddBed("Gezinsstudio", BedKind.FAMILY_STUDIO, 5, STUDIO_SINCE)
    with clock.frozen(at_noon(STUDIO_SINCE)):
        service.record_bed(session, actor, past(STUDIO_SINCE, _SEAT, said))


def _admissions(beds: list[UUID], rng: np.random.Generator) -> Iterator[Incoming[NoSubject, Admit]]:
    """Give each admission a bed and nights that are free, for somebody who sleeps nowhere then."""
    count = len(NIGHTS)
    people = rng.permutation(
        np.concatenate([np.arange(PERSONS), rng.integers(PERSONS, size=count - PERSONS)])
    ).tolist()
    nights = rng.permutation(np.array(NIGHTS)).tolist()
    places = draw_places(count, rng, in_harelbeke=22)
    bed_is_taken = np.zeros((len(beds), DAYS), dtype=bool)
    person_is_in = np.zeros((PERSONS, DAYS), dtype=bool)
    # The longest first: a single night always fits somewhere.
    for row in sorted(range(count), key=lambda row: -nights[row]):
        while True:
            bed, first = int(rng.integers(len(beds))), int(rng.integers(DAYS - nights[row] + 1))
            slept = slice(first, first + nights[row])
            if not (bed_is_taken[bed, slept].any() or person_is_in[people[row], slept].any()):
                break
        bed_is_taken[bed, slept] = person_is_in[people[row], slept] = True
        day = YEAR + timedelta(days=first)
        yield _admission(day, places[row], bed_id=beds[bed], nights=nights[row], person=people[row])


def _admission(
    day: date, place: str, *, bed_id: UUID, nights: int, person: int
) -> Incoming[NoSubject, Admit]:
    start = datetime.combine(day, time(20, 30), BRUSSELS)
    colour, thing = _COLOURS[person % len(_COLOURS)], _THINGS[person % len(_THINGS)]
    sleeper = Sleeper(Alias(f"{colour} {thing} {person}"), 1950 + person % 50)
    said = Admit(
        bed_id=bed_id,
        start=start,
        nights=nights,
        referring_helper="Hulpverlener van wacht",
        safety_remark=_REMARKS[person % len(_REMARKS)],
        persons=(sleeper,),
    )
    envelope = past_envelope(day, place, channel=Channel.CRISIS_LINE, received_at=start)
    return Incoming(envelope, NoSubject(), said)


def _hand_over(
    session: Session, actor: Actor, admission_id: UUID, each: Incoming[NoSubject, Admit]
) -> None:
    day = each.envelope.received_on + timedelta(days=each.payload.nights)
    said = HandOver(admission_id, day, HandedTo.REFERRING_SERVICE)
    with clock.frozen(at_noon(day)):
        service.record_handover(session, actor, past(day, each.envelope.nis_code, said))


def _refuse(session: Session, actor: Actor, day: date) -> None:
    said = Refuse(day, RefusalReason.NO_ROOM, 1)
    with clock.frozen(at_noon(day)):
        service.record_refusal(session, actor, past(day, _SEAT, said))


def _confer(session: Session, actor: Actor, partners: tuple[UUID, ...], *, number: int) -> None:
    """Let services speak of one situation, twice, with a month between."""
    for meeting in range(MEETINGS_EACH):
        day = YEAR + timedelta(days=30 + 40 * number + 30 * meeting)
        said = HoldConference(day, partners[:3], situation=f"overleg {number + 1}")
        agreed = GivenAgreement(("case_conference",), Proof.SIGNED, day)
        with clock.frozen(at_noon(day)):
            conferences.record_conference(session, actor, past(day, _SEAT, said, agreement=agreed))
