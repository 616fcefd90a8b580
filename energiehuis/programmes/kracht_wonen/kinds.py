"""What Kracht.Wonen is to the shared core."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.commands import MoveCase
from energiehuis.cases.kinds import HouseholdSubject, IntakeKind, NoSubject, Recorded
from energiehuis.cases.partnerships import partners_kind
from energiehuis.cases.programmes import Programme
from energiehuis.cases.queries import CaseHead
from energiehuis.cases.records import Records
from energiehuis.cases.states import CaseStatus
from energiehuis.errors import FieldError
from energiehuis.programmes.kracht_wonen import commands, queries, service, stays
from energiehuis.programmes.kracht_wonen.models import Decision, Stay
from energiehuis.programmes.kracht_wonen.states import MOVES
from energiehuis.programmes.kracht_wonen.vocabulary import PROGRAMME as CODE
from energiehuis.programmes.kracht_wonen.vocabulary import Outcome


def move_errors(session: Session, case: CaseHead, command: MoveCase) -> Iterator[FieldError]:
    """Refuse a step before the desk decided, and the end of a case whose household lives there."""
    decided = session.scalar(select(Decision.id).where(Decision.case_id == case.id))
    if command.status is not CaseStatus.CLOSED and decided is None:
        yield FieldError("status", "kracht_wonen.decision_needed")
    lives = select(Stay.id).where(Stay.case_id == case.id, Stay.end_reason.is_(None)).limit(1)
    if command.status is CaseStatus.CLOSED and session.scalar(lives) is not None:
        yield FieldError("status", "kracht_wonen.still_lives_there")


def _kind(  # noqa: PLR0913  a kind has as many parts
    name: str,
    payload: type[Any],
    *,
    record: Callable[..., Recorded],
    records: Records,
    subject: type[Any] = NoSubject,
    data_class: DataClass = DataClass.COUNT,
    for_partners: bool = False,
) -> IntakeKind:
    return IntakeKind(
        programme=CODE,
        name=name,
        subject=subject,
        payload=payload,
        record=record,
        load=records.load,
        list_recent=records.list_recent,
        data_class=data_class,
        for_partners=for_partners,
    )


PROGRAMME = Programme(
    code=CODE,
    kinds=(
        _kind(
            "situations",
            commands.ReportSituation,
            record=service.record_situation,
            records=queries.SITUATIONS,
            subject=HouseholdSubject,
            data_class=DataClass.SENSITIVE,
            for_partners=True,
        ),
        _kind(
            "decisions",
            commands.DecideSituation,
            record=service.record_decision,
            records=queries.DECISIONS,
            data_class=DataClass.SENSITIVE,
        ),
        _kind(
            "stays",
            commands.BeginStay,
            record=stays.record_stay,
            records=queries.STAYS,
            data_class=DataClass.SENSITIVE,
        ),
        _kind(
            "stay-ends",
            commands.EndStay,
            record=stays.record_stay_end,
            records=queries.STAY_ENDINGS,
            data_class=DataClass.SENSITIVE,
        ),
        _kind(
            "trajectories",
            commands.BeginCoaching,
            record=service.record_trajectory,
            records=queries.TRAJECTORIES,
            data_class=DataClass.IDENTITY,
        ),
        _kind(
            "dwellings",
            commands.AddDwelling,
            record=service.record_dwelling,
            records=queries.DWELLINGS,
            data_class=DataClass.IDENTITY,
        ),
        partners_kind(CODE),
        _kind("staff", commands.AddStaff, record=service.record_staff, records=queries.STAFF),
    ),
    moves=MOVES,
    outcomes=tuple(outcome.value for outcome in Outcome),
    details=queries.details,
    move_errors=move_errors,
)
