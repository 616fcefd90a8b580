"""What an admission, its end and a conference must be; plain functions, all errors at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from energiehuis.cases.commands import Envelope
from energiehuis.cases.legal_bases import find_legal_basis
from energiehuis.cases.vocabulary import Channel
from energiehuis.clock import day_of
from energiehuis.errors import FieldError
from energiehuis.people.commands import Alias, Named
from energiehuis.programmes.crisis_network.commands import (
    AddBed,
    Admit,
    HandOver,
    HoldConference,
    Sleeper,
)
from energiehuis.programmes.crisis_network.vocabulary import MOST_NIGHTS, BedKind

# Own limit against slips of the pen: a night is written down the evening or the morning after.
NEAR = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class BedFacts:
    """What a rule has to know of a bed."""

    kind: BedKind
    sleeps: int
    valid_from: date
    valid_until: date | None


def nights_of(said: Admit) -> tuple[date, ...]:
    """Give the nights of an admission, each by the day on which it begins."""
    first = day_of(said.start)
    return tuple(first + timedelta(days=number) for number in range(said.nights))


def admission_errors(
    envelope: Envelope, said: Admit, *, bed: BedFacts | None, now: datetime
) -> Iterator[FieldError]:
    """Give what cannot be in an admission that is written down now."""
    if envelope.channel is not Channel.CRISIS_LINE:
        yield FieldError("channel", "crisis.only_crisis_line")
    if abs(said.start - now) > NEAR and said.reason is None:
        yield FieldError(
            "payload.start", "crisis.start_far", {"hours": int(NEAR.total_seconds() // 3600)}
        )
    if bed is None:
        yield FieldError("payload.bed_id", "crisis.bed_unknown")
    else:
        yield from _bed_errors(said, bed)
    named = [sleeper.person for sleeper in said.persons]
    if len(set(named)) < len(named):
        yield FieldError("payload.persons", "field.twice")
    for index, sleeper in enumerate(said.persons):
        yield from _sleeper_errors(f"payload.persons.{index}", sleeper)


def bed_errors(said: AddBed) -> Iterator[FieldError]:
    """Give what cannot be in a bed."""
    if said.to is not None and said.to <= said.from_:
        yield FieldError("payload.to", "crisis.ends_before_it_begins")
    if said.kind is BedKind.REGULAR and said.sleeps != 1:
        yield FieldError("payload.sleeps", "crisis.regular_bed_sleeps_one")


def handover_errors(
    said: HandOver, *, start_on: date, nights: int, told_on: date
) -> Iterator[FieldError]:
    """Give why an admission cannot have ended on a day."""
    last = start_on + timedelta(days=nights)
    if not start_on <= said.date <= min(last, told_on):
        params: dict[str, object] = {"from_day": start_on.isoformat(), "day": last.isoformat()}
        yield FieldError("payload.date", "crisis.end_out_of_time", params)


def conference_errors(
    envelope: Envelope, said: HoldConference, *, secrecy: Mapping[UUID, bool]
) -> Iterator[FieldError]:
    """Give what cannot be in a conference; `secrecy` holds the partners of that day."""
    if (said.case_id is None) == (said.situation is None):
        choices = "case_id, situation"
        yield FieldError("payload.case_id", "field.one_of_these_only", {"choices": choices})
    if said.date > envelope.received_on:
        yield FieldError("payload.date", "crisis.conference_in_future")
    if envelope.agreement is None and said.rule is None:
        yield FieldError("agreement", "crisis.agreement_or_rule")
    if said.rule is not None and find_legal_basis(said.rule, said.date) is None:
        day = said.date.isoformat()
        yield FieldError("payload.rule", "intake.legal_basis_unknown", {"day": day})
    yield from _presence_errors(said, secrecy)


def _presence_errors(said: HoldConference, secrecy: Mapping[UUID, bool]) -> Iterator[FieldError]:
    if len(set(said.present_orgs)) < len(said.present_orgs):
        yield FieldError("payload.present_orgs", "field.twice")
    for index, organisation_id in enumerate(said.present_orgs):
        if organisation_id not in secrecy:
            yield FieldError(f"payload.present_orgs.{index}", "crisis.not_a_partner")
        elif not secrecy[organisation_id]:
            yield FieldError(f"payload.present_orgs.{index}", "crisis.not_under_secrecy")


def _bed_errors(said: Admit, bed: BedFacts) -> Iterator[FieldError]:
    nights = nights_of(said)
    if nights[0] < bed.valid_from or (bed.valid_until and nights[-1] >= bed.valid_until):
        yield FieldError("payload.bed_id", "crisis.bed_not_in_use")
    most = MOST_NIGHTS[bed.kind]
    if said.nights > most and said.reason is None:
        yield FieldError("payload.nights", "crisis.many_nights", {"most": most})
    if len(said.persons) > bed.sleeps:
        yield FieldError("payload.persons", "crisis.bed_too_small", {"most": bed.sleeps})


def _sleeper_errors(path: str, sleeper: Sleeper) -> Iterator[FieldError]:
    person, year = sleeper.person, sleeper.birth_year
    if isinstance(person, Alias) and year is None:
        yield FieldError(f"{path}.birth_year", "crisis.birth_year_needed")
    if isinstance(person, Named) and year is not None:
        born = person.birth_date
        if born is not None and born.year != year:
            yield FieldError(f"{path}.birth_year", "crisis.birth_year_differs")
