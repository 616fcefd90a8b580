"""What wijk-werken is to the shared core."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.kinds import IntakeKind, NoSubject, PersonSubject
from energiehuis.cases.models import Case
from energiehuis.cases.programmes import Detail, Programme
from energiehuis.cases.queries import CaseHead
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import FieldError
from energiehuis.people.queries import list_same_person
from energiehuis.programmes.wijk_werken import performances, reading, service
from energiehuis.programmes.wijk_werken.commands import (
    AssignCoach,
    EndCoach,
    PayFee,
    RecordPerformance,
    RegisterCandidate,
    RegisterUser,
)
from energiehuis.programmes.wijk_werken.models import Worker
from energiehuis.programmes.wijk_werken.queries import last_day_worked, load_ledgers
from energiehuis.programmes.wijk_werken.rules import A_CHEQUE
from energiehuis.programmes.wijk_werken.vocabulary import PROGRAMME as CODE
from energiehuis.programmes.wijk_werken.vocabulary import Outcome, Regime

CANDIDATES = IntakeKind(
    programme=CODE,
    name="candidates",
    subject=PersonSubject,
    payload=RegisterCandidate,
    record=service.record_candidate,
    load=reading.get_candidate,
    list_recent=reading.list_candidates,
)
USERS = IntakeKind(
    programme=CODE,
    name="users",
    subject=NoSubject,
    payload=RegisterUser,
    record=service.record_user,
    load=reading.get_user,
    list_recent=reading.list_users,
)
FEES = IntakeKind(
    programme=CODE,
    name="fees",
    subject=NoSubject,
    payload=PayFee,
    record=service.record_fee,
    load=reading.get_fee,
    list_recent=reading.list_fees,
    data_class=DataClass.MONEY,
)
PERFORMANCES = IntakeKind(
    programme=CODE,
    name="performances",
    subject=NoSubject,
    payload=RecordPerformance,
    record=performances.record_performance,
    load=reading.get_performance,
    list_recent=reading.list_performances,
)
COACHES = IntakeKind(
    programme=CODE,
    name="coaches",
    subject=NoSubject,
    payload=AssignCoach,
    record=service.record_coach,
    load=reading.get_coach,
    list_recent=reading.list_coaches,
    for_partners=False,
)
COACH_ENDS = IntakeKind(
    programme=CODE,
    name="coach-ends",
    subject=NoSubject,
    payload=EndCoach,
    record=service.record_coach_end,
    load=reading.get_coach,
    for_partners=False,
)


def details(session: Session, case_id: UUID) -> Iterator[Detail]:
    """Give the regime of a worker, the paper, and the hours of this month and year."""
    worker = session.get_one(Worker, case_id)
    yield Detail("referrer", worker.referred_by, DataClass.IDENTITY)
    yield Detail("regime", worker.regime, DataClass.IDENTITY)
    yield Detail("consent_form", worker.consent_reference, DataClass.IDENTITY)
    yield Detail("consent_signed_on", worker.consented_on.isoformat(), DataClass.IDENTITY)
    person_id = session.get_one(Case, case_id).person_id
    if person_id is not None:
        kept_id = list_same_person(session, person_id)[0]
        ledger = load_ledgers(session, [kept_id])[kept_id]
        today = clock.today()
        month, year = ledger.by_month[today.year, today.month], ledger.by_year[today.year]
        yield Detail("hours_this_month", month // A_CHEQUE, DataClass.IDENTITY)
        yield Detail("hours_this_year", year // A_CHEQUE, DataClass.IDENTITY)


def move_errors(session: Session, case: CaseHead, command: MoveCase) -> Iterator[FieldError]:
    """Give why the path of a worker cannot end so."""
    if command.status is not CaseStatus.CLOSED or command.outcome_on is None:
        return
    last_on = last_day_worked(session, case.id)
    if last_on is not None and command.outcome_on < last_on:
        params: dict[str, object] = {"day": last_on.isoformat()}
        yield FieldError("outcome_on", "wijk_werken.ends_before_hours", params)
    regime = session.get_one(Worker, case.id).regime
    if command.outcome == Outcome.TERM_REACHED.value and regime != Regime.WIJK_WERK.value:
        yield FieldError("outcome", "wijk_werken.no_term")


PROGRAMME = Programme(
    code=CODE,
    kinds=(CANDIDATES, USERS, FEES, PERFORMANCES, COACHES, COACH_ENDS),
    outcomes=tuple(outcome.value for outcome in Outcome),
    details=details,
    move_errors=move_errors,
)
