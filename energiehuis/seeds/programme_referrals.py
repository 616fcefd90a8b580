"""Referrals between the cases of the demo: invented, one by one, from a fixed seed.

The sources of W13 show one path between programmes: Kracht.Wonen to the Woonclub, for lasting
housing. The others are plausible only, such as Woonclub to energy scan and to budget guidance. How
many there were, and how they ended, no source says: the counts are assumptions, with some that
nobody ever answered.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.access.queries import find_serving_organisation_id
from energiehuis.cases.commands import Referrer
from energiehuis.cases.kinds import HouseholdSubject, Incoming
from energiehuis.cases.models import Case
from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Proof
from energiehuis.programmes.energy_desk.commands import AskedScan, ScanStep
from energiehuis.programmes.energy_desk.scans import record_scan, record_scan_step
from energiehuis.programmes.energy_desk.vocabulary import Ground, ScanProof, ScanStatus, Tenure
from energiehuis.referrals.consents import GiveConsent, give_consent, withdraw_consent
from energiehuis.referrals.service import SendReferral, TakeStep, send_referral, take_step
from energiehuis.referrals.states import ReferralState
from energiehuis.referrals.vocabulary import Purpose, ReferralReason, RefusalReason
from energiehuis.seeds.past_intakes import at_noon, past, past_envelope

SEED = 20181113
ENERGY = "energy"
_FIRST_SCAN = date(2019, 1, 14)
_A, _B, _C = DataClass.IDENTITY, DataClass.COMPOSITION, DataClass.MONEY
_S = ReferralState
# From, to, why, which classes, and how many at most.
PATHS: tuple[tuple[str, str, ReferralReason, frozenset[DataClass], int], ...] = (
    ("kracht_wonen", "woonclub", ReferralReason.HOUSING, frozenset({_A, _B, _C}), 14),
    ("woonclub", "energy", ReferralReason.ENERGY, frozenset({_A, _B}), 24),
    ("woonclub", "biz", ReferralReason.BUDGET, frozenset({_A, _B, _C}), 18),
    ("woonclub", "kracht_wonen", ReferralReason.HOUSING, frozenset({_A, _B}), 8),
    ("konekti", "biz", ReferralReason.BUDGET, frozenset({_A, _B}), 10),
    ("energy", "biz", ReferralReason.BUDGET, frozenset({_A}), 8),
    ("wijk_werken", "work", ReferralReason.WORK, frozenset({_A}), 12),
    ("biz", "energy", ReferralReason.ENERGY, frozenset({_A}), 6),
)
# What becomes of a referral: days after it was sent, by step; the weights are assumptions.
_ENDS: tuple[tuple[int, tuple[tuple[ReferralState, int], ...]], ...] = (
    (42, ((_S.ACCEPTED, 6), (_S.FIRST_CONTACT, 17))),
    (10, ((_S.ACCEPTED, 4), (_S.FIRST_CONTACT, 12), (_S.DONE, 90))),
    (10, ((_S.ACCEPTED, 21), (_S.FIRST_CONTACT, 44))),
    (6, ((_S.ACCEPTED, 11),)),
    (14, ((_S.REFUSED, 9),)),
    (14, ()),
    (4, ((_S.WITHDRAWN, 5),)),
)
_REFUSALS = tuple(RefusalReason)


@dataclass(frozen=True, slots=True)
class _Sent:
    consent_id: UUID
    referral_id: UUID
    on: date


def add_referrals(session: Session, actor: Actor) -> None:
    """Write agreements, referrals and their answers down through the services."""
    rng = np.random.Generator(np.random.Philox(SEED))
    weights = np.array([weight for weight, _steps in _ENDS], dtype=float)
    for start, end, reason, share, most in PATHS:
        for case in _cases(session, actor, start, rng=rng)[:most]:
            sent = _send(session, actor, case, to=(end, reason, share), rng=rng)
            if sent is None:
                continue
            steps = _ENDS[int(rng.choice(len(_ENDS), p=weights / weights.sum()))][1]
            _answer(session, actor, sent, steps=steps, rng=rng)
            if end == ENERGY and _S.FIRST_CONTACT in dict(steps):
                on = sent.on + timedelta(days=dict(steps)[_S.FIRST_CONTACT])
                _scan(session, actor, case, on=on, number=int(rng.integers(1, 200)))


def _cases(
    session: Session, actor: Actor, programme: str, *, rng: np.random.Generator
) -> list[Case]:
    found = session.scalars(
        select(Case)
        .where(
            Case.organisation_id == actor.organisation_id,
            Case.programme == programme,
            Case.status != CaseStatus.INADMISSIBLE.value,
        )
        .order_by(Case.received_on, Case.nis_code, Case.id)
    ).all()
    return [found[index] for index in rng.permutation(len(found)).tolist()]


def _send(
    session: Session,
    actor: Actor,
    case: Case,
    *,
    to: tuple[str, ReferralReason, frozenset[DataClass]],
    rng: np.random.Generator,
) -> _Sent | None:
    """Send a case on some weeks after it came in; None where the other does not run there then."""
    day = min(
        case.received_on + timedelta(days=int(rng.integers(5, 60))),
        clock.today() - timedelta(days=2),
    )
    programme, reason, share = to
    if find_serving_organisation_id(session, programme, case.nis_code, day) is None:
        return None
    with clock.frozen(at_noon(day)):
        agreed = GiveConsent(case.id, Purpose.REFERRAL, programme, share, day, Proof.SIGNED)
        consent = give_consent(session, actor, agreed)
        sent = SendReferral(case.id, programme, reason, consent.id)
        line = send_referral(session, actor, sent)
    return _Sent(consent.id, line.id, day)


def _scan(session: Session, actor: Actor, case: Case, *, on: date, number: int) -> None:
    """Let the energy desk scan the home; not before 2019, so that the year of the deck stays."""
    done = max(on + timedelta(days=18), _FIRST_SCAN)
    if case.household_id is None or done > clock.today():
        return
    asked = AskedScan(
        address=f"Verzonnen Doorverwijsstraat {number}, {case.nis_code} {case.id.hex[-6:]}",
        tenure=Tenure.PRIVATE_TENANT,
        eligibility_ground=Ground.PROTECTED_CUSTOMER,
        phone="056 00 00 00",
        proof=ScanProof.BILL,
    )
    came_from = Referrer(case_id=case.id)
    envelope = past_envelope(on, case.nis_code, referrer=came_from)
    with clock.frozen(at_noon(on)):
        subject = HouseholdSubject(household_id=case.household_id)
        scan = record_scan(session, actor, Incoming(envelope, subject, asked))
    for version, (status, day) in enumerate(
        ((ScanStatus.PLANNED, on + timedelta(days=7)), (ScanStatus.DONE, done)), start=1
    ):
        saving = number * 10 if status is ScanStatus.DONE else None
        with clock.frozen(at_noon(day)):
            step = ScanStep(scan.id, version, status, day, saving)
            record_scan_step(session, actor, past(day, case.nis_code, step))


def _answer(
    session: Session,
    actor: Actor,
    sent: _Sent,
    *,
    steps: tuple[tuple[ReferralState, int], ...],
    rng: np.random.Generator,
) -> None:
    for version, (state, days) in enumerate(steps, start=1):
        day = sent.on + timedelta(days=days)
        if day > clock.today():
            return
        with clock.frozen(at_noon(day)):
            if state is ReferralState.WITHDRAWN:
                withdraw_consent(session, actor, sent.consent_id)
                return
            reason = _REFUSALS[int(rng.integers(len(_REFUSALS)))]
            refusal = reason if state is ReferralState.REFUSED else None
            take_step(session, actor, TakeStep(sent.referral_id, version, state, refusal))
