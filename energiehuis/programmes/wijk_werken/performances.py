"""Writing hours worked down: one by one, or many at once under the same rules.

Whoever is written for is locked first, so that two posts at once cannot both find room in a month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor, require, require_programme
from energiehuis.access.permissions import Permission
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.errors import Conflict, FieldError, InvalidInput
from energiehuis.identifiers import new_id
from energiehuis.people.merging import lock_person
from energiehuis.programmes.wijk_werken import queries
from energiehuis.programmes.wijk_werken.commands import RecordPerformance
from energiehuis.programmes.wijk_werken.models import Cheque, Performance
from energiehuis.programmes.wijk_werken.queries import UserView, WorkerView
from energiehuis.programmes.wijk_werken.rules import A_CHEQUE, Ledger, performance_errors
from energiehuis.programmes.wijk_werken.vocabulary import PROGRAMME, Source

_PERFORMANCES, _CHEQUES = Performance.__table__, Cheque.__table__


@dataclass(frozen=True, slots=True)
class WorkedHours:
    """Hours of a worker for a user on a day, with their cheques."""

    worker: WorkerView
    user: UserView
    day: date
    hours: int
    cheques: tuple[str, ...]


def record_performance(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, RecordPerformance]
) -> Recorded:
    """Write hours worked down within the limits of day, month and year. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` and the envelope find, `wijk_werken.worker_unknown`,
        `wijk_werken.user_unknown`.
    Conflict
        `intake.id_taken`, `wijk_werken.cheque_used`.
    """
    require(actor, Permission.INTAKE_WRITE)
    require_programme(actor, PROGRAMME)
    envelope, said = incoming.envelope, incoming.payload
    worker = queries.find_worker(session, actor, said.worker)
    user = queries.find_user(session, actor, said.user)
    errors = list(_errors(session, said, worker, user))
    begin(session, actor, envelope, programme=PROGRAMME, kind="performances", errors=errors)
    if worker is None or user is None:
        raise TypeError("hours of nobody passed the rules")
    worked = WorkedHours(worker, user, said.date, int(said.hours), said.cheque_nos)
    refuse_used_cheques(session, said.cheque_nos)
    row = _row(actor, worked, envelope.nis_code)
    row |= {"source": Source.INTAKE.value, "intake_id": envelope.intake_id}
    _write(session, [row], [worked])
    say(session, actor, "wijk_werken_hours.recorded", "case", worker.case_id)
    body = {
        "worker": str(said.worker),
        "user": str(said.user),
        "date": said.date.isoformat(),
        "hours": worked.hours,
        "cheque_nos": sorted(said.cheque_nos),
    }
    return Recorded(row["id"], case_id=worker.case_id, body=body)


def add_performances(session: Session, actor: Actor, worked: Sequence[WorkedHours]) -> None:
    """Write many hours down at once, such as the list of VDAB's platform; all of them or none.

    Needs `intake:write`. The municipality of hours is that of their user.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules` finds, each under the number of its line from nought.
    Conflict
        `wijk_werken.cheque_used`.
    """
    require(actor, Permission.INTAKE_WRITE)
    require_programme(actor, PROGRAMME)
    errors = list(bulk_errors(session, worked))
    if errors:
        raise InvalidInput(
            [
                FieldError(f"{n}.{e.field.removeprefix('payload.')}", e.code, e.params)
                for n, e in errors
            ]
        )
    rows = [_row(actor, each, each.user.nis_code) for each in worked]
    for row in rows:
        row |= {"source": Source.IMPORT.value, "intake_id": None}
    refuse_used_cheques(session, [number for each in worked for number in each.cheques])
    _write(session, rows, worked)
    hours: dict[UUID, int] = {}
    for each in worked:
        hours[each.worker.case_id] = hours.get(each.worker.case_id, 0) + each.hours
    for case_id in hours:
        say(session, actor, "wijk_werken_hours.imported", "case", case_id)


def bulk_errors(
    session: Session, worked: Sequence[WorkedHours], *, is_trial: bool = False
) -> Iterator[tuple[int, FieldError]]:
    """Give what is wrong with hours by their place; each counts for those that come after.

    A trial writes nothing, so it locks nobody either.
    """
    people = sorted({each.worker.person_id for each in worked})
    for person_id in [] if is_trial else people:
        lock_person(session, person_id)
    ledgers = queries.load_ledgers(session, people)
    today, used = clock.today(), set[str]()
    for number, each in enumerate(worked):
        ledger = ledgers[each.worker.person_id]
        found = list(_rule_errors(each, ledger, today))
        yield from ((number, error) for error in found)
        if used.intersection(each.cheques):
            yield number, FieldError("payload.cheque_nos", "field.twice")
        used.update(each.cheques)
        if not found:
            ledger.add(each.day, each.hours * A_CHEQUE)


def refuse_used_cheques(session: Session, numbers: Sequence[str]) -> None:
    """Refuse cheques that paid before; the database keeps it, this names them.

    Raises
    ------
    Conflict
        `wijk_werken.cheque_used`.
    """
    used = used_cheques(session, numbers)
    if used:
        raise Conflict(
            "wijk_werken.cheque_used", field="payload.cheque_nos", cheques=_named(sorted(used))
        )


def used_cheques(session: Session, numbers: Sequence[str]) -> dict[str, UUID]:
    """Give which of these cheques paid before, and for which hours."""
    found: dict[str, UUID] = {}
    for start in range(0, len(numbers), queries.BATCH):
        batch = numbers[start : start + queries.BATCH]
        query = select(Cheque.number, Cheque.performance_id).where(Cheque.number.in_(batch))
        found |= {row.number: row.performance_id for row in session.execute(query)}
    return found


def _errors(
    session: Session, said: RecordPerformance, worker: WorkerView | None, user: UserView | None
) -> Iterator[FieldError]:
    if worker is None:
        yield FieldError("payload.worker", "wijk_werken.worker_unknown")
    if user is None:
        yield FieldError("payload.user", "wijk_werken.user_unknown")
    if worker is None or user is None:
        return
    lock_person(session, worker.person_id)
    ledger = queries.load_ledgers(session, [worker.person_id])[worker.person_id]
    yield from performance_errors(
        said.date,
        said.hours,
        said.cheque_nos,
        worker=worker.facts,
        fees=user.fees,
        ledger=ledger,
        today=clock.today(),
    )


def _rule_errors(each: WorkedHours, ledger: Ledger, today: date) -> Iterator[FieldError]:
    return performance_errors(
        each.day,
        Decimal(each.hours),
        each.cheques,
        worker=each.worker.facts,
        fees=each.user.fees,
        ledger=ledger,
        today=today,
    )


def _row(actor: Actor, worked: WorkedHours, nis_code: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": actor.organisation_id,
        "nis_code": nis_code,
        "case_id": worked.worker.case_id,
        "person_id": worked.worker.person_id,
        "user_id": worked.user.id,
        "regime": worked.worker.facts.regime.value,
        "performed_on": worked.day,
        "hundredth_hours": worked.hours * A_CHEQUE,
        "recorded_at": clock.now(),
        "recorded_by": actor.name,
    }


def _write(session: Session, rows: Sequence[dict[str, Any]], worked: Sequence[WorkedHours]) -> None:
    cheques = [
        {"number": number, "performance_id": row["id"]}
        for row, each in zip(rows, worked, strict=True)
        for number in each.cheques
    ]
    if not rows:
        return
    connection = session.connection()
    connection.execute(insert(_PERFORMANCES), rows)  # type: ignore[arg-type]
    try:
        connection.execute(insert(_CHEQUES), cheques)  # type: ignore[arg-type]
    except IntegrityError as error:
        numbers = _named([cheque["number"] for cheque in cheques])
        raise Conflict(
            "wijk_werken.cheque_used", field="payload.cheque_nos", cheques=numbers
        ) from error


def _named(numbers: Sequence[str]) -> str:
    most = 10
    return ", ".join(numbers[:most]) + (" …" if len(numbers) > most else "")
