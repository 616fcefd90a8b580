"""Records of BudgetInZicht in the demo: invented, one by one, from a fixed seed.

They count up to the deck of spring 2019: some 1,350 pupils a year at the fair, 170 at the
inspiration day, 75 at the meeting day of 12 March (the deck prints no year; 2019 is likely) and
some 100 participants of group work, 5 of them from Harelbeke. The deck does not say which year the
other figures are of; they stand in 2018, and the fair in 2019 as well. Duos began in Harelbeke in
2019; how many, and how many loans of the toolbox there were, the deck does not print.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.organisations import AddOrganisation, add_organisation, has_organisation
from energiehuis.access.queries import get_organisation_id
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.commands import Envelope, GivenAgreement, MoveCase, Referrer
from energiehuis.cases.kinds import Incoming, NoSubject, PersonSubject, Recorded
from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Channel, Proof
from energiehuis.people.commands import Alias, Identity, KnownPerson
from energiehuis.programmes.budget_in_zicht import bookings, duos, events, kits
from energiehuis.programmes.budget_in_zicht import commands as biz
from energiehuis.programmes.budget_in_zicht import participations as came
from energiehuis.programmes.budget_in_zicht.vocabulary import (
    DuoOutcome,
    DuoTheme,
    EventStatus,
    EventType,
    Kit,
    Mode,
    Wish,
)
from energiehuis.programmes.case_service import move_case
from energiehuis.reference_data.municipalities import get_municipality, list_municipalities
from energiehuis.seeds.draws import draw_municipalities, draw_person
from energiehuis.seeds.past_intakes import at_noon, past_envelope

SEED = 20190312
HARELBEKE, KORTRIJK = "34013", "34022"
PUPILS_A_YEAR = 1_350
ON_INSPIRATION_DAY, ON_MEETING_DAY = 170, 75
IN_GROUP_WORK, OF_HARELBEKE = 100, 5
_FAIR_DAYS = 15
_SERIES, _SESSIONS = 8, 3
_DAY_BEFORE_BOOKING = timedelta(days=40)
_GRADES = ("5 ASO", "5 TSO", "5 BSO", "6 TSO", "6 BSO", "7 BSO")

Said = TypeVar("Said")


def add_budget_in_zicht(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(SEED))
    seed = _Seed(session, actor, rng)
    schools = seed.schools()
    for year in (2018, 2019):
        seed.fairs(year, schools)
        seed.loans(year, schools)
    seed.days()
    seed.group_work()
    seed.duos()


class _Seed:
    """The session, the actor and the source of chance that all steps share."""

    def __init__(self, session: Session, actor: Actor, rng: np.random.Generator) -> None:
        self.session, self.actor, self.rng = session, actor, rng

    def schools(self) -> list[tuple[UUID, str]]:
        """Add a school or two in each municipality; give each with where it stands."""
        made = []
        for place in list_municipalities():
            for name in ("Atheneum", "Instituut")[: 1 + (place.population_2020 > 25_000)]:
                said = biz.RegisteredSchool(f"{name} Zonneboiler {place.name}", "Schoolplein 1")
                envelope = past_envelope(date(2018, 1, 8), place.nis_code)
                made.append((self._add(bookings.record_school, envelope, said), place.nis_code))
        return made

    def fairs(self, year: int, schools: list[tuple[UUID, str]]) -> None:
        """Add the days of the fair in a year, with classes that came; 1,350 pupils in all."""
        sizes = self._parts(PUPILS_A_YEAR, 66, spread=4)
        share = -(-len(sizes) // _FAIR_DAYS)
        for number in range(_FAIR_DAYS):
            day = date(year, 2, 5) + timedelta(days=7 * (number // 3) + number % 3)
            fair_id = self._event(EventType.WAKOSTA, "Wakosta?!", day, capacity=160)
            for size in sizes[number * share : (number + 1) * share]:
                school_id, nis_code = schools[int(self.rng.integers(len(schools)))]
                self._class_comes(fair_id, day, school_id, nis_code, size)
            self._close(fair_id, day, has_bookings=True)

    def days(self) -> None:
        """Add the inspiration day of 2018 and the meeting day of 12 March 2019."""
        days = (
            (EventType.INSPIRATION_DAY, date(2018, 11, 20), ON_INSPIRATION_DAY, 9),
            (EventType.MEETING_DAY, date(2019, 3, 12), ON_MEETING_DAY, 8),
        )
        for kind, day, heads, groups in days:
            name = "Jong en zelfstandig" if kind is EventType.INSPIRATION_DAY else "Trefdag CSR"
            event_id = self._event(kind, name, day, capacity=250)
            places = draw_municipalities(self.rng, groups)
            for nis_code, head in zip(places, self._parts(heads, groups, spread=2), strict=True):
                said = biz.Participation(event_id, Mode.HEADCOUNT, headcount=head)
                self._add(came.record_participation, past_envelope(day, nis_code), said)
            self._close(event_id, day)

    def group_work(self) -> None:
        """Add series of three sessions; a quarter comes by name, sent by the OCMW of the place."""
        elsewhere = frozenset({HARELBEKE})
        others = draw_municipalities(self.rng, IN_GROUP_WORK - OF_HARELBEKE, without=elsewhere)
        places = [HARELBEKE] * OF_HARELBEKE + others
        for number in range(_SERIES):
            first = date(2018, 1, 16) + timedelta(days=35 * number)
            days = tuple(first + timedelta(days=7 * session) for session in range(_SESSIONS))
            name = f"Rondkomen, reeks {number + 1}"
            series_id = self._event(EventType.GROUP_WORK, name, first, capacity=16, days=days)
            for guest, nis_code in enumerate(places[number::_SERIES]):
                self._guest(series_id, days, nis_code, guest)
            self._close(series_id, days[-1])

    def duos(self) -> None:
        """Add seven duos of Harelbeke; one has no volunteer yet, two have ended."""
        for number in range(7):
            asked_on = date(2019, 2, 18) + timedelta(days=24 * number)
            themes = (DuoTheme.PAPERS, DuoTheme.OVERVIEW, DuoTheme.BILLS)[: 1 + number % 3]
            said = biz.AskedDuo(Wish.FAMILY if number % 3 == 0 else Wish.SINGLE, themes)
            envelope = past_envelope(asked_on, HARELBEKE)
            subject = PersonSubject(draw_person(self.rng))
            with clock.frozen(at_noon(asked_on)):
                case_id = duos.record_duo(
                    self.session, self.actor, Incoming(envelope, subject, said)
                ).id
            self._move(case_id, 1, CaseStatus.INTAKE, asked_on + timedelta(days=10))
            if number == 6:
                continue
            starts_on = asked_on + timedelta(days=20)
            match = biz.DuoMatch(case_id, draw_person(self.rng), starts_on)
            self._add(duos.record_match, past_envelope(starts_on, HARELBEKE), match)
            self._move(case_id, 3, CaseStatus.ACTIVE, starts_on)
            if number in (1, 3):
                outcome = DuoOutcome.GOAL_REACHED if number == 1 else DuoOutcome.STOPPED
                ended_on = starts_on + timedelta(days=150)
                self._move(case_id, 4, CaseStatus.CLOSED, ended_on, outcome)

    def loans(self, year: int, schools: list[tuple[UUID, str]]) -> None:
        """Add loans of the two toolboxes for three weeks each; all came back in time."""
        for number in range(14):
            school_id, nis_code = schools[int(self.rng.integers(len(schools)))]
            out_on = date(year, 1, 9) + timedelta(days=24 * (number // 2))
            due_on = out_on + timedelta(days=21)
            said = biz.KitLoan(Kit.TOOLBOX_LAGER, school_id, out_on, due_on, 1 + number % 2)
            loan_id = self._add(kits.record_loan, past_envelope(out_on, nis_code), said)
            back = biz.KitReturn(loan_id, due_on - timedelta(days=int(self.rng.integers(0, 4))))
            self._add(kits.record_return, past_envelope(due_on, nis_code), back)

    def _event(
        self,
        kind: EventType,
        name: str,
        day: date,
        *,
        capacity: int,
        days: tuple[date, ...] = (),
    ) -> UUID:
        envelope = past_envelope(max(day - timedelta(days=60), date(2018, 1, 2)), KORTRIJK)
        place = "Zaal De Radiator"
        said = biz.PlannedEvent(kind, name, place, day, capacity, days, EventStatus.OPEN)
        return self._add(events.record_event, envelope, said)

    def _class_comes(
        self, fair_id: UUID, day: date, school_id: UUID, nis_code: str, size: int
    ) -> None:
        # Somebody is ill in most classes: more pupils were booked than came.
        booked = biz.BookedClass(
            _GRADES[int(self.rng.integers(len(_GRADES)))], size + int(self.rng.integers(0, 3))
        )
        booked_on = max(day - _DAY_BEFORE_BOOKING, date(2018, 1, 9))
        said = biz.BookedClasses(school_id, fair_id, (booked,))
        booking_id = self._add(bookings.record_booking, past_envelope(booked_on, nis_code), said)
        there = biz.Participation(fair_id, Mode.HEADCOUNT, headcount=size, booking_id=booking_id)
        self._add(came.record_participation, past_envelope(day, nis_code), there)

    def _guest(self, series_id: UUID, days: tuple[date, ...], nis_code: str, guest: int) -> None:
        is_named = guest % 4 == 0
        person: Identity = draw_person(self.rng) if is_named else Alias(f"deelnemer {guest + 1}")
        mode = Mode.PERSON if is_named else Mode.ALIAS
        first_id: UUID | None = None
        # Everybody comes the first time, and then as it suits.
        for day in (days[0], *[day for day in days[1:] if self.rng.random() < 0.8]):
            envelope = (
                self._sent_by_ocmw(day, nis_code)
                if is_named
                else past_envelope(day, nis_code, channel=Channel.SITTING_DAY)
            )
            said = biz.Participation(series_id, mode, person=person, held_on=day)
            with clock.frozen(at_noon(day)):
                found = came.record_participation(
                    self.session, self.actor, Incoming(envelope, NoSubject(), said)
                )
            if is_named and first_id is None:
                first_id = UUID(str(found.body["person_id"]))
                person = KnownPerson(first_id)

    def _sent_by_ocmw(self, day: date, nis_code: str) -> Envelope:
        code = f"ocmw-{nis_code}"
        if not has_organisation(self.session, code):
            name = f"OCMW {get_municipality(nis_code).name}"
            command = AddOrganisation(code, name, kind=OrganisationKind.OCMW, nis_code=nis_code)
            add_organisation(self.session, self.actor, command)
        return past_envelope(
            day,
            nis_code,
            channel=Channel.PARTNER,
            referrer=Referrer(get_organisation_id(self.session, code)),
            agreement=GivenAgreement(("biz:group_work",), Proof.SIGNED, day),
        )

    def _close(self, event_id: UUID, day: date, *, has_bookings: bool = False) -> None:
        version = 1
        if has_bookings:
            version = events.load_event(self.session, self.actor, event_id).version
        said = biz.EventStep(event_id, version, EventStatus.HELD)
        self._add(events.record_event_step, past_envelope(day, KORTRIJK), said)

    def _move(
        self,
        case_id: UUID,
        version: int,
        status: CaseStatus,
        day: date,
        outcome: DuoOutcome | None = None,
    ) -> None:
        command = MoveCase(
            case_id,
            version,
            status,
            outcome=outcome.value if outcome else None,
            outcome_on=day if outcome else None,
        )
        with clock.frozen(at_noon(day)):
            move_case(self.session, self.actor, command)

    def _parts(self, whole: int, count: int, *, spread: int) -> list[int]:
        """Part a whole number in so many parts that differ by at most so much from the mean."""
        parts = [whole // count + (number < whole % count) for number in range(count)]
        for number in range(0, count - 1, 2):
            shift = int(self.rng.integers(0, spread + 1))
            parts[number] += shift
            parts[number + 1] -= shift
        return parts

    def _add(
        self,
        record: Callable[[Session, Actor, Incoming[NoSubject, Said]], Recorded],
        envelope: Envelope,
        said: Said,
    ) -> UUID:
        # Written down on the day itself, so that figures can be asked as they stood.
        with clock.frozen(at_noon(envelope.received_on)):
            return record(self.session, self.actor, Incoming(envelope, NoSubject(), said)).id
