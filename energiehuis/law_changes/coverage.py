"""Whether every change of a value has a case on both sides: the day before, and the day itself."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Protocol

from energiehuis.law.law import Law
from energiehuis.law.model import Period, Threshold
from energiehuis.law_changes.cases import CaseSet

_ONE_DAY = timedelta(days=1)


class _Dated(Protocol):
    @property
    def period(self) -> Period: ...


def days_without_case(law: Law, cases: CaseSet) -> tuple[tuple[str, date], ...]:
    """List what changes without a case, as (kind of rule, day that lacks one)."""
    needs = [need for work in law.works for need in work.requirements]
    lacking = {
        ("product", _changes(law.products), frozenset(_days(cases.products))),
        ("ground", _changes(law.grounds), frozenset(_days(cases.products))),
        ("work", _changes([*law.works, *needs]), frozenset(_days(cases.works))),
    }
    found = {
        (kind, day)
        for kind, days, covered in lacking
        for change in days
        for day in (change - _ONE_DAY, change)
        if day not in covered
    }
    found |= _ceilings_without_case(law.thresholds, cases)
    return tuple(sorted(found))


def _ceilings_without_case(
    thresholds: Iterable[Threshold], cases: CaseSet
) -> set[tuple[str, date]]:
    covered = {(row["ground"], row["day"]) for row in cases.ceilings}
    wanted = {
        (row.parameter, day)
        for row in thresholds
        for day in (row.period.valid_from, _last_day(row.period))
        if day is not None
    }
    return wanted - covered


def _last_day(period: Period) -> date | None:
    return None if period.valid_until is None else period.valid_until - _ONE_DAY


def _changes(rows: Iterable[_Dated]) -> frozenset[date]:
    periods = [row.period for row in rows]
    ends = (period.valid_until for period in periods)
    return frozenset({p.valid_from for p in periods} | {end for end in ends if end is not None})


def _days(cases: Iterable[Mapping[str, Any]]) -> Iterable[date]:
    return (case["day"] for case in cases)
