"""Holding the list of VDAB's platform against what stands here, and writing what is new.

The platform is the authentic source, so this is a reconciliation: every line is new, the same or
different, names somebody who is missing here, or cannot be; and hours that stand here for the days
of the list without being in it are told. Hours are never changed by a list: a difference is for a
person to look into. With one line that cannot be, nothing is written.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require, require_programme
from energiehuis.access.permissions import Permission
from energiehuis.errors import FieldError
from energiehuis.programmes.wijk_werken import performances, queries
from energiehuis.programmes.wijk_werken.imports.reading import HoursList, LineError, ListedHours
from energiehuis.programmes.wijk_werken.models import Cheque, Performance, User, Worker
from energiehuis.programmes.wijk_werken.performances import WorkedHours
from energiehuis.programmes.wijk_werken.rules import A_CHEQUE
from energiehuis.programmes.wijk_werken.vocabulary import PROGRAMME

_REFUSED = "performances_import.refused"


class Standing(StrEnum):
    """How a line of the list stands to what is here."""

    NEW = "new"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours by the numbers of the platform, so that a list and the database can be laid together.

    A worker or user without such a number is None, and equals no line.
    """

    worker: str | None
    user: str | None
    day: date
    hours: int
    cheques: frozenset[str]


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line with how it stands, and in what it differs."""

    hours: ListedHours
    standing: Standing
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursReport:
    """What a list holds against what stands here, and whether the new hours were written."""

    rows: int
    lines: tuple[ComparedLine, ...]
    errors: tuple[LineError, ...]
    not_in_file: tuple[Hours, ...]
    is_written: bool = False

    def count(self, standing: Standing) -> int:
        """Give how many lines stand so."""
        return sum(1 for line in self.lines if line.standing is standing)


def check_hours(session: Session, actor: Actor, hours_list: HoursList) -> HoursReport:
    """Say line by line what an import would do, and write nothing. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    """
    return _compared(session, actor, hours_list, is_trial=True)[0]


def import_hours(session: Session, actor: Actor, hours_list: HoursList) -> HoursReport:
    """Write the hours of a list that are new; with any error nothing is written.

    Needs `intake:write`. A list that comes twice changes nothing: its cheques stand here.

    Raises
    ------
    PermissionDenied
    Conflict
        `wijk_werken.cheque_used`, when somebody wrote one of the cheques down meanwhile.
    """
    report, fresh = _compared(session, actor, hours_list)
    if report.errors:
        return report
    performances.add_performances(session, actor, fresh)
    return HoursReport(
        report.rows, report.lines, report.errors, report.not_in_file, is_written=True
    )


def _compared(
    session: Session, actor: Actor, hours_list: HoursList, *, is_trial: bool = False
) -> tuple[HoursReport, list[WorkedHours]]:
    require(actor, Permission.INTAKE_WRITE)
    require_programme(actor, PROGRAMME)
    listed = hours_list.hours
    used = performances.used_cheques(session, [n for each in listed for n in each.cheques])
    here = dict(_hours_of(session, actor, set(used.values())))
    of_cheque = {number: each for each in here.values() for number in each.cheques}
    lines: list[ComparedLine] = []
    for each in listed:
        found = next((of_cheque[number] for number in each.cheques if number in of_cheque), None)
        columns = () if found is None else _differences(each, found)
        standing = Standing.NEW if found is None else Standing.SAME
        lines.append(ComparedLine(each, Standing.DIFFERENT if columns else standing, columns))
    new = [line.hours for line in lines if line.standing is Standing.NEW]
    fresh, errors = _worked(session, actor, new)
    hours = [worked for _, worked in fresh]
    errors += [
        LineError(fresh[number][0], _REFUSED, {"error": error})
        for number, error in performances.bulk_errors(session, hours, is_trial=is_trial)
    ]
    errors += _used_elsewhere(new, used.keys())
    errors = sorted([*hours_list.errors, *errors], key=lambda error: error.line)
    in_file = {number for each in listed for number in each.cheques}
    missing = tuple(each for each in _of_days(session, actor, listed) if not each.cheques & in_file)
    report = HoursReport(hours_list.rows, tuple(lines), tuple(errors), missing)
    return report, hours


def _worked(
    session: Session, actor: Actor, new: Sequence[ListedHours]
) -> tuple[list[tuple[int, WorkedHours]], list[LineError]]:
    """Find worker and user of each new line; who is missing here is an error."""
    workers: dict[str | None, list[queries.WorkerView]] = {}
    for view in queries.list_workers(session, actor, {each.worker for each in new}):
        workers.setdefault(view.platform_number, []).append(view)
    users = {
        view.platform_number: view
        for view in queries.list_users(session, actor, {each.user for each in new})
    }
    found: list[tuple[int, WorkedHours]] = []
    errors: list[LineError] = []
    for each in new:
        worker, user = next(iter(workers.get(each.worker, ())), None), users.get(each.user)
        if worker is None:
            said: dict[str, object] = {"number": each.worker}
            errors.append(LineError(each.line, "performances_import.missing_worker", said))
        if user is None:
            said = {"number": each.user}
            errors.append(LineError(each.line, "performances_import.missing_user", said))
        if worker is not None and user is not None:
            worked = WorkedHours(worker, user, each.day, each.hours, each.cheques)
            found.append((each.line, worked))
    return found, errors


def _differences(listed: ListedHours, here: Hours) -> tuple[str, ...]:
    told = {
        "worker": (listed.worker, here.worker),
        "user": (listed.user, here.user),
        "day": (listed.day.isoformat(), here.day.isoformat()),
        "hours": (listed.hours, here.hours),
        "cheques": (" ".join(sorted(listed.cheques)), " ".join(sorted(here.cheques))),
    }
    return tuple(f"{name} {one} / {other}" for name, (one, other) in told.items() if one != other)


def _used_elsewhere(new: Sequence[ListedHours], used: Collection[str]) -> Iterator[LineError]:
    """Give the new lines of which a cheque paid for hours of another organisation."""
    for each in new:
        taken = ", ".join(number for number in each.cheques if number in used)
        if taken:
            error = FieldError("cheques", "wijk_werken.cheque_used", {"cheques": taken})
            yield LineError(each.line, _REFUSED, {"error": error})


def _of_days(session: Session, actor: Actor, listed: Sequence[ListedHours]) -> list[Hours]:
    """Give the hours that stand here for the days from the first to the last of a list."""
    if not listed:
        return []
    first, last = min(each.day for each in listed), max(each.day for each in listed)
    ids = session.scalars(
        select(Performance.id).where(
            queries.performance_scope(actor), Performance.performed_on.between(first, last)
        )
    )
    found = [hours for _, hours in _hours_of(session, actor, set(ids))]
    return sorted(found, key=lambda hours: (hours.day, hours.worker or "", min(hours.cheques)))


def _hours_of(
    session: Session, actor: Actor, ids: Collection[UUID]
) -> Iterator[tuple[UUID, Hours]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), queries.BATCH):
        batch = ordered[start : start + queries.BATCH]
        cheques: dict[UUID, list[str]] = {}
        rows: Any = session.execute(
            select(Cheque.performance_id, Cheque.number).where(Cheque.performance_id.in_(batch))
        )
        for performance_id, number in rows:
            cheques.setdefault(performance_id, []).append(number)
        rows = session.execute(
            select(
                Performance.id,
                Worker.platform_number,
                User.platform_number,
                Performance.performed_on,
                Performance.hundredth_hours,
            )
            .join(Worker, Worker.case_id == Performance.case_id)
            .join(User, User.id == Performance.user_id)
            .where(Performance.id.in_(batch), Performance.organisation_id == actor.organisation_id)
        )
        for performance_id, worker, user, day, hours in rows:
            numbers = frozenset(cheques.get(performance_id, ()))
            yield performance_id, Hours(worker, user, day, hours // A_CHEQUE, numbers)
