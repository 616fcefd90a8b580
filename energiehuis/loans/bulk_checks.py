"""Whether entries may be registered: the same rules as for one application, all errors at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.organisations import ServedArea, list_service_areas
from energiehuis.eligibility.checks import find_contradictions
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.loans.assessment import Assessment, assess_many
from energiehuis.loans.bulk_entries import BulkEntry
from energiehuis.loans.models import LoanApplication
from energiehuis.loans.rules import limit_errors
from energiehuis.loans.service import PROGRAMME, located
from energiehuis.loans.states import OPEN_STATUSES

_KEYS_A_QUERY = 500
_TAKEN = "application.dwelling_has_open_application"


@dataclass(frozen=True, slots=True)
class WeighedEntry:
    """An entry with what the law of its day says of it, and whose it is."""

    entry: BulkEntry
    applied_on: date
    organisation_id: UUID
    assessment: Assessment


def weigh_entries(
    session: Session, actor: Actor, entries: Sequence[BulkEntry]
) -> list[WeighedEntry]:
    """Weigh every entry by the law of its own day.

    Raises
    ------
    InvalidInput
        Naming entry and field of everything that is wrong.
    """
    raise_if_any(_instant_errors(entries))
    days = [clock.day_of(entry.received_at) for entry in entries]
    owners = _owners(session, actor, entries, days)
    located_entries = [
        replace(entry, command=replace(entry.command, facts=located(entry.command)))
        for entry in entries
    ]
    assessments = assess_many([entry.command.facts for entry in located_entries], days)
    weighed = [
        WeighedEntry(*parts)
        for parts in zip(located_entries, days, owners, assessments, strict=True)
    ]
    raise_if_any(_content_errors(weighed))
    return weighed


def require_free_dwellings(
    session: Session, weighed: Sequence[WeighedEntry], rows: Sequence[dict[str, Any]]
) -> None:
    """Refuse an application for a dwelling that had another open one when it came in.

    Raises
    ------
    InvalidInput
        `application.dwelling_has_open_application`, for each of them.
    """
    places = [place for place, row in enumerate(rows) if row["status"] in OPEN_STATUSES]
    open_elsewhere = _open_dwellings(session, [rows[place]["dwelling_key"] for place in places])
    taken = {place for place in places if rows[place]["dwelling_key"] in open_elsewhere}
    taken |= set(_overlapping(weighed, rows))
    raise_if_any(at_entry(place, [FieldError("dwelling", _TAKEN)]) for place in sorted(taken))


def at_entry(place: int, errors: Iterable[FieldError]) -> list[FieldError]:
    """Put the index of the entry before the fields of its errors."""
    return [FieldError(f"entries.{place}.{e.field}", e.code, e.params) for e in errors]


def raise_if_any(found: Iterable[list[FieldError]]) -> None:
    """Raise all errors that were found, if there are any."""
    errors = [error for group in found for error in group]
    if errors:
        raise InvalidInput(errors)


def _instant_errors(entries: Sequence[BulkEntry]) -> Iterator[list[FieldError]]:
    now = clock.now()
    for place, entry in enumerate(entries):
        code = _instant_fault(entry.instants, now)
        if code is not None:
            yield at_entry(place, [FieldError("received_at", code)])


def _instant_fault(instants: tuple[datetime, ...], now: datetime) -> str | None:
    if any(instant.tzinfo is None for instant in instants):
        return "bulk.instant_without_zone"
    if instants[-1] > now:
        return "bulk.instant_in_future"
    if any(later < earlier for earlier, later in pairwise(instants)):
        return "bulk.instants_out_of_order"
    return None


def _owners(
    session: Session, actor: Actor, entries: Sequence[BulkEntry], days: Sequence[date]
) -> list[UUID]:
    by_place: dict[str, list[tuple[UUID, ServedArea]]] = {}
    for owner, area in list_service_areas(session, PROGRAMME):
        if actor.is_system or _is_of(actor, owner, area.nis_code):
            by_place.setdefault(area.nis_code, []).append((owner, area))
    found = [
        next(
            (o for o, area in by_place.get(e.command.dwelling.nis_code, ()) if area.holds_on(day)),
            None,
        )
        for e, day in zip(entries, days, strict=True)
    ]
    not_served = FieldError("dwelling.postcode", "application.municipality_not_served")
    raise_if_any(at_entry(place, [not_served]) for place, o in enumerate(found) if o is None)
    return [owner for owner in found if owner is not None]


def _is_of(actor: Actor, organisation_id: UUID, nis_code: str) -> bool:
    return organisation_id == actor.organisation_id and nis_code in actor.municipalities


def _content_errors(weighed: Sequence[WeighedEntry]) -> Iterator[list[FieldError]]:
    for place, one in enumerate(weighed):
        command = one.entry.command
        contradictions = find_contradictions(command.facts, one.applied_on)
        errors = [FieldError(f"facts.{c.field}", c.code) for c in contradictions]
        errors += limit_errors(
            one.assessment.limits.when_asked(),
            command.amount_cents,
            term_months=command.term_months,
            works_cost_cents=command.works_cost_cents,
        )
        yield at_entry(place, errors)


def _open_dwellings(session: Session, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), _KEYS_A_QUERY):
        part = keys[start : start + _KEYS_A_QUERY]
        found.update(
            session.scalars(
                select(LoanApplication.dwelling_key).where(
                    LoanApplication.dwelling_key.in_(part),
                    LoanApplication.status.in_(OPEN_STATUSES),
                )
            )
        )
    return found


def _overlapping(weighed: Sequence[WeighedEntry], rows: Sequence[dict[str, Any]]) -> Iterator[int]:
    """Give the entries that came in while an earlier entry for the same dwelling was open."""
    by_dwelling: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        by_dwelling.setdefault(row["dwelling_key"], []).append(place)
    for places in by_dwelling.values():
        in_order = sorted(places, key=lambda place: weighed[place].entry.received_at)
        for earlier, later in pairwise(in_order):
            still_open = rows[earlier]["status"] in OPEN_STATUSES
            if still_open or weighed[later].entry.received_at < rows[earlier]["status_since"]:
                yield later
