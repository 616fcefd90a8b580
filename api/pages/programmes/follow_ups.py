"""What can be written down next: the kinds that name a case, a household or an earlier record."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from api.pages.programmes import words
from api.pages.programmes.inputs import Input, inputs_of, parts_of
from api.pages.programmes.kinds import find_kind_of_rows, kinds_of, slug_of
from energiehuis.cases.kinds import IntakeKind, Recorded
from energiehuis.programmes.case_service import CaseView
from energiehuis.programmes.registry import BY_CODE

_VERSION = "payload.version"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A form whose answer to "which one?" is filled in already."""

    title: str
    url: str


def follow_ups_of_case(case: CaseView) -> tuple[FollowUp, ...]:
    """Give the kinds that name a case, while it is open, or the household of one."""
    open_id = case.id if case.outcome is None else None
    known = {"case": open_id, "household": case.household_id}
    return _follow_ups(case.programme, lambda one: known.get(one.source))


def follow_ups_of_record(kind: IntakeKind, record: Recorded) -> tuple[FollowUp, ...]:
    """Give the kinds that name a record of this kind, such as a step of a scan."""

    def named(one: Input) -> UUID | None:
        is_list = not one.source or one.source in ("nis", "organisation", "case")
        if is_list or find_kind_of_rows(kind.programme, one.source) is not kind:
            return None
        return record.id

    return _follow_ups(kind.programme, named, version=record.version)


def _follow_ups(
    programme: str, named: Callable[[Input], UUID | None], *, version: int | None = None
) -> tuple[FollowUp, ...]:
    found = []
    for kind in kinds_of(BY_CODE[programme]):
        asked = list(inputs_of(parts_of(kind.payload, "payload", {})))
        filled = {one.path: str(known) for one in asked if (known := named(one)) is not None}
        if not filled:
            continue
        if version is not None and any(one.path == _VERSION for one in asked):
            filled[_VERSION] = str(version)
        address = {"programme": slug_of(programme), "kind": kind.name, **filled}
        url = url_for("programmes.ask", **address)  # type: ignore[arg-type]
        found.append(FollowUp(words.kind_title(kind), url))
    return tuple(found)
