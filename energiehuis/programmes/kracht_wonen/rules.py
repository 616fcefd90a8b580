"""What a situation, a decision and a stay must be; plain functions, all errors at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from energiehuis.cases.commands import Composition, Envelope
from energiehuis.cases.rules import composition_errors
from energiehuis.errors import FieldError
from energiehuis.programmes.kracht_wonen.commands import (
    DecideSituation,
    People,
    ReportSituation,
)
from energiehuis.programmes.kracht_wonen.vocabulary import DeskDecision

LEAST_AREAS = 2


def composition_of(people: People) -> Composition:
    """Give the household at intake."""
    return Composition(people.adults, people.children, people.type, people.main_income)


def situation_errors(envelope: Envelope, command: ReportSituation) -> Iterator[FieldError]:
    """Give what cannot be in a situation."""
    if envelope.agreement is None:
        yield FieldError("agreement", "kracht_wonen.agreement_needed")
    yield from composition_errors(composition_of(command.persons), "payload.persons")
    yield from _twice("payload.problem_areas", command.problem_areas)
    yield from _twice("payload.ordinary_ways_tried", command.ordinary_ways_tried)
    if len(set(command.problem_areas)) < LEAST_AREAS and command.reason is None:
        params: dict[str, object] = {"minimum": LEAST_AREAS}
        yield FieldError("payload.problem_areas", "kracht_wonen.areas_or_reason", params)


def decision_errors(
    command: DecideSituation, *, reported_on: date, told_on: date
) -> Iterator[FieldError]:
    """Give what cannot be in a decision of the desk."""
    if not reported_on <= command.date <= told_on:
        params: dict[str, object] = {"day": reported_on.isoformat()}
        yield FieldError("payload.date", "kracht_wonen.decision_out_of_time", params)
    if command.decision is DeskDecision.INADMISSIBLE:
        if command.offer is not None:
            yield FieldError("payload.offer", "kracht_wonen.offer_when_inadmissible")
        if command.reason is None:
            yield FieldError("payload.reason", "field.required")


def days_errors(from_: date, to: date | None) -> Iterator[FieldError]:
    """Give why something cannot hold from a day until another."""
    if to is not None and to <= from_:
        yield FieldError("payload.to", "kracht_wonen.ends_before_it_begins")


def pool_errors(
    from_: date, to: date | None, *, pool_from: date, pool_until: date | None
) -> Iterator[FieldError]:
    """Give why a dwelling cannot be lived in then: it must be in the pool on all known days.

    A stay without an end is held against its first day; the dwelling leaves the pool when empty.
    """
    last = to or from_
    if from_ < pool_from or (pool_until is not None and not (from_ < pool_until >= last)):
        yield FieldError("payload.from", "kracht_wonen.not_in_pool")


def stay_end_errors(ended_on: date, *, began_on: date, told_on: date) -> Iterator[FieldError]:
    """Give why a stay cannot have ended on a day."""
    if not began_on < ended_on <= told_on:
        params: dict[str, object] = {"day": began_on.isoformat()}
        yield FieldError("payload.date", "kracht_wonen.end_out_of_time", params)


def _twice(path: str, values: Sequence[StrEnum]) -> Iterator[FieldError]:
    if len(set(values)) < len(values):
        yield FieldError(path, "field.twice")
