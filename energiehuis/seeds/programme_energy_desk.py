"""Records of the energy desk in the demo: invented, one by one, from a fixed seed.

The deck of spring 2019 prints no count of questions or scans. This is one plausible year, 2018:
questions at the desk and scans in all municipalities, some coachings, one group purchase and a few
rental premises.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.cases.commands import Envelope, MoveCase
from energiehuis.cases.kinds import HouseholdSubject, Incoming, NoSubject, Recorded
from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Channel
from energiehuis.programmes.case_service import move_case
from energiehuis.programmes.energy_desk import coaching, premises, purchases, scans
from energiehuis.programmes.energy_desk import commands as energy
from energiehuis.programmes.energy_desk.service import record_questions
from energiehuis.programmes.energy_desk.vocabulary import (
    Answer,
    CoachingOutcome,
    CoachingStage,
    Ground,
    RenovationWish,
    RentalStatus,
    ScanKind,
    ScanStatus,
    Tenure,
    Theme,
)
from energiehuis.seeds.draws import (
    draw_address,
    draw_municipalities,
    draw_person,
    draw_working_days,
)
from energiehuis.seeds.past_intakes import at_noon, past_envelope

SEED = 20180105
KORTRIJK = "34022"
QUESTIONS, SCANS, COACHINGS, SUBSCRIPTIONS, PREMISES = 640, 120, 24, 40, 10
_FIRST, _LAST = date(2018, 1, 8), date(2018, 11, 16)
_CHANNELS = (Channel.PHONE, Channel.PHONE, Channel.SITTING_DAY, Channel.MAIL, Channel.WEB)
_GROUNDS = {
    Ground.PROTECTED_CUSTOMER: Tenure.PRIVATE_TENANT,
    Ground.SOCIAL_TENANT: Tenure.SOCIAL_TENANT,
    Ground.HEATING_ALLOWANCE: Tenure.OWNER,
    Ground.BUDGET_METER: Tenure.PRIVATE_TENANT,
    Ground.OCMW_JUDGEMENT: Tenure.PRIVATE_TENANT,
}
_STAGES = tuple(CoachingStage)[1:]
_WISHES = tuple(RenovationWish)[:6]
Subject = TypeVar("Subject")
Said = TypeVar("Said")


def add_energy_desk(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    seed = _Seed(session, actor, np.random.Generator(np.random.Philox(SEED)))
    seed.questions()
    seed.scans()
    seed.coachings()
    seed.purchase()
    seed.premises()


class _Seed:
    """The session, the actor and the source of chance that all steps share."""

    def __init__(self, session: Session, actor: Actor, rng: np.random.Generator) -> None:
        self.session, self.actor, self.rng = session, actor, rng

    def questions(self) -> None:
        """Add the questions of a year; a sixth is referred."""
        themes = tuple(Theme)
        intakes = []
        for day, nis_code in self._when_and_where(QUESTIONS, last=date(2018, 12, 21)):
            asked = energy.AskedQuestion(
                themes[int(self.rng.integers(len(themes)))],
                Answer.REFERRED if self.rng.random() < 1 / 6 else Answer.ANSWERED,
                minutes=int(self.rng.integers(3, 40)),
            )
            channel = _CHANNELS[int(self.rng.integers(len(_CHANNELS)))]
            envelope = past_envelope(day, nis_code, channel=channel)
            intakes.append(Incoming(envelope, NoSubject(), asked))
        # The list of the year is handed in at its end.
        with clock.frozen(at_noon(date(2018, 12, 28))):
            record_questions(self.session, self.actor, intakes)

    def scans(self) -> None:
        """Add scans; some are called off, and some dwellings get a follow-up in the same year."""
        grounds = tuple(_GROUNDS)
        for number, (day, nis_code) in enumerate(self._when_and_where(SCANS)):
            ground = grounds[int(self.rng.integers(len(grounds)))]
            asked = energy.AskedScan(
                draw_address(self.rng, 1_000 + number),
                _GROUNDS[ground],
                ground,
                f"056 00 {number // 100:02d} {number % 100:02d}",
            )
            done_on = self._scan(asked, day, nis_code, is_called_off=number % 15 == 14)
            if number % 12 == 0:
                again = energy.AskedScan(
                    asked.address, asked.tenure, ground, asked.phone, ScanKind.FOLLOW_UP_1
                )
                self._scan(again, done_on, nis_code, is_called_off=False)

    def coachings(self) -> None:
        """Add households that renovate, each some stages on its way."""
        for number, (day, nis_code) in enumerate(self._when_and_where(COACHINGS)):
            said = energy.RegisteredCoaching(
                draw_address(self.rng, 2_000 + number),
                Tenure.OWNER,
                tuple(sorted({_WISHES[number % 6], _WISHES[(number * 5 + 1) % 6]})),
                build_year=None if number % 7 == 0 else int(self.rng.integers(1900, 1985)),
                epc=None if number % 3 == 0 else int(self.rng.integers(250, 700)),
            )
            case_id = self._add(coaching.record_coaching, day, nis_code, self._household(), said)
            self._stages(case_id, day, nis_code, reached=number % 6)

    def purchase(self) -> None:
        """Add a group purchase of roofs and walls, and who joined it."""
        lots = (RenovationWish.ROOF, RenovationWish.WALLS)
        opens_on, closes_on = date(2018, 3, 1), date(2018, 5, 31)
        campaign = energy.OpenedCampaign("Samen isoleren 2018", lots, opens_on, closes_on)
        campaign_id = self._add(
            purchases.record_campaign, opens_on, KORTRIJK, NoSubject(), campaign
        )
        places = self._when_and_where(SUBSCRIPTIONS, first=opens_on, last=closes_on)
        for number, (day, nis_code) in enumerate(places):
            address = draw_address(self.rng, 3_000 + number)
            joined = energy.Subscription(campaign_id, address, lots[: 1 + number % 2])
            self._add(purchases.record_subscription, day, nis_code, self._household(), joined)

    def premises(self) -> None:
        """Add premises of landlords, each some steps on its way to a tenant."""
        for number, (day, nis_code) in enumerate(self._when_and_where(PREMISES)):
            said = energy.ReportedPremises(
                draw_address(self.rng, 4_000 + number),
                rooms=int(self.rng.integers(2, 6)),
                rent_cents=int(self.rng.integers(450, 750)) * 100,
                landlord=draw_person(self.rng),
                epc=int(self.rng.integers(200, 600)),
            )
            premises_id = self._add(premises.record_premises, day, nis_code, NoSubject(), said)
            steps = (
                RentalStatus.INSPECTION,
                RentalStatus.WORKS,
                RentalStatus.CERTIFICATE,
                RentalStatus.LET,
            )
            for version, status in enumerate(steps[: number % 5], start=1):
                on = day + timedelta(days=21 * version)
                step = energy.RentalStep(premises_id, version, status, on)
                self._add(premises.record_rental_step, on, nis_code, NoSubject(), step)

    def _scan(
        self, asked: energy.AskedScan, day: date, nis_code: str, *, is_called_off: bool
    ) -> date:
        scan_id = self._add(scans.record_scan, day, nis_code, HouseholdSubject(), asked)
        planned_on = day + timedelta(days=int(self.rng.integers(7, 30)))
        saving_kwh = None if is_called_off else int(self.rng.integers(2, 30)) * 50
        last = ScanStatus.CANCELLED if is_called_off else ScanStatus.DONE
        plan = energy.ScanStep(scan_id, 1, ScanStatus.PLANNED, planned_on)
        self._add(scans.record_scan_step, day, nis_code, NoSubject(), plan)
        done = energy.ScanStep(scan_id, 2, last, planned_on, saving_kwh)
        self._add(scans.record_scan_step, planned_on, nis_code, NoSubject(), done)
        return planned_on

    def _stages(self, case_id: UUID, day: date, nis_code: str, *, reached: int) -> None:
        on = day
        for stage in _STAGES[:reached]:
            on += timedelta(days=25)
            step = energy.CoachingStep(case_id, stage, on)
            self._add(coaching.record_coaching_step, on, nis_code, NoSubject(), step)
        if reached > len(_STAGES):
            outcome = CoachingOutcome.FINISHED.value
            end = MoveCase(
                case_id,
                # Registered, home visit, on its way.
                3,
                CaseStatus.CLOSED,
                outcome=outcome,
                outcome_on=on + timedelta(days=60),
            )
            with clock.frozen(at_noon(on + timedelta(days=60))):
                move_case(self.session, self.actor, end)

    def _household(self) -> HouseholdSubject:
        return HouseholdSubject(contact=draw_person(self.rng))

    def _when_and_where(
        self, count: int, *, first: date = _FIRST, last: date = _LAST
    ) -> list[tuple[date, str]]:
        days = draw_working_days(self.rng, count, first=first, last=last)
        return list(zip(days, draw_municipalities(self.rng, count), strict=True))

    def _add(
        self,
        record: Callable[[Session, Actor, Incoming[Subject, Said]], Recorded],
        day: date,
        nis_code: str,
        subject: Subject,
        said: Said,
    ) -> UUID:
        envelope: Envelope = past_envelope(day, nis_code)
        # Written down on the day itself, so that figures can be asked as they stood.
        with clock.frozen(at_noon(day)):
            return record(self.session, self.actor, Incoming(envelope, subject, said)).id
