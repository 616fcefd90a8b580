"""The way of a household through the programmes: a list in words, and the same as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import render_template

from api.languages import requested_language
from api.pages.context import day as day_in_words
from api.pages.context import first_capital, text
from api.pages.programmes import words
from api.pages.programmes.blueprint import blueprint
from api.pages.programmes.door import for_workers, let_in
from api.unit_of_work import unit_of_work
from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.cases.states import CaseStatus
from energiehuis.db.engine import TransactionKind
from energiehuis.journeys.queries import Stop
from energiehuis.journeys.service import Step, get_journey
from energiehuis.money import format_number
from energiehuis.programmes.energy_desk.vocabulary import ScanStatus
from energiehuis.referrals.states import ReferralState, is_late

# These ended, but the way does not say on which day.
_ENDED_SOME_DAY = (CaseStatus.INADMISSIBLE.value, ScanStatus.CANCELLED.value)
# A bar of a single day can still be seen, in hundredths of the width.
_LEAST_WIDTH = 2.0
_MOST_YEARS = 6
_WAITS: dict[str, str] = {
    ReferralState.SENT: "journey_page.no_answer",
    ReferralState.ACCEPTED: "journey_page.no_contact",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A stop in words; `case_id` only where the reader works for the programme."""

    programme: str
    is_own: bool
    status: str
    state: str
    period: str
    outcome: str
    case_id: UUID | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A stop as a bar: where it begins and how long it is, in hundredths of the width."""

    name: str
    is_own: bool
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars under each other, between two days; a year stands where its first day is."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, float], ...]
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a client waits by now; late: longer than the programmes promised each other."""

    words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """A referral in words: its way, its state, how long it took, and how long it lasts."""

    way: str
    state: str
    took: tuple[str, ...]
    wait: Wait | None


@blueprint.get("/programmas/huishoudens/<uuid:household_id>")
@for_workers
def show_journey(household_id: UUID) -> str:
    """Show the way as far as the reader may see it; that it was read is written down."""
    with unit_of_work(TransactionKind.LOGGED_READ) as (session, actor):
        let_in(actor)
        found = get_journey(session, actor, household_id)
        lines = [_line(stop, actor) for stop in found.stops]
    return render_template(
        "programmes/journey.html",
        household_id=found.household_id,
        lines=lines,
        picture=_picture(found.stops, [line.is_own for line in lines]),
        steps=[_step_line(step) for step in found.steps],
        is_known_elsewhere=found.is_known_elsewhere,
    )


def _line(stop: Stop, actor: Actor) -> Line:
    is_own = actor.works_for(stop.programme)
    # How a case ended says why somebody came: only its own programme reads that.
    outcome = stop.outcome if is_own else None
    state = (
        words.value_word(stop.programme, "scan_status", stop.state)
        if stop.case_id is None
        else words.status_word(stop.programme, stop.state)
    )
    return Line(
        programme=words.programme_name(stop.programme),
        is_own=is_own,
        status=stop.state,
        state=first_capital(state),
        period=_period(stop),
        outcome=words.value_word(stop.programme, "outcome", outcome) if outcome else "",
        case_id=stop.case_id if is_own else None,
    )


def _is_open(stop: Stop) -> bool:
    return stop.until_on is None and stop.state not in _ENDED_SOME_DAY


def _period(stop: Stop) -> str:
    begin = _day(stop.from_on)
    if stop.until_on is not None and stop.until_on != stop.from_on:
        return text("journey_page.from_until", begin=begin, end=_day(stop.until_on))
    return text("journey_page.since" if _is_open(stop) else "journey_page.on", day=begin)


def _picture(stops: Sequence[Stop], owns: Sequence[bool]) -> Picture:
    first = min(stop.from_on for stop in stops)
    ends = [_end(stop) for stop in stops]
    last = max(*ends, first)
    days = max((last - first).days, 1)

    def place(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    bars = []
    for stop, end, is_own in zip(stops, ends, owns, strict=True):
        width = max(place(end) - place(stop.from_on), _LEAST_WIDTH)
        left = min(place(stop.from_on), 100 - width)
        name = words.programme_name(stop.programme)
        bars.append(Bar(name, is_own, round(left, 2), round(width, 2)))
    between = range(first.year + 1, last.year + 1)
    every = 1 + len(between) // (_MOST_YEARS + 1)
    years = tuple((year, place(date(year, 1, 1))) for year in between[::every])
    return Picture(tuple(bars), years, first, last)


def _end(stop: Stop) -> date:
    return clock.today() if _is_open(stop) else (stop.until_on or stop.from_on)


def _step_line(step: Step) -> StepLine:
    way = text(
        "journey_page.step",
        sender=words.programme_name(step.from_programme),
        receiver=words.programme_name(step.to_programme),
        day=_day(clock.day_of(step.sent_at)),
    )
    return StepLine(way, text(f"journey_page.state.{step.state}"), _took(step), _lasts(step))


def _took(step: Step) -> tuple[str, ...]:
    """Say how long it took until an answer and until a first contact."""
    instants = {
        "journey_page.answer": step.accepted_at or step.refused_at,
        "journey_page.contact": step.first_contact_at,
    }
    return tuple(_days(key, step, clock.day_of(at)) for key, at in instants.items() if at)


def _lasts(step: Step) -> Wait | None:
    """Say how long the client waits by now for an answer or for a first contact."""
    key = _WAITS.get(step.state)
    if key is None:
        return None
    return Wait(_days(key, step, clock.today()), is_late(step.sent_at))


def _days(key: str, step: Step, end: date) -> str:
    count = (end - clock.day_of(step.sent_at)).days
    if count <= 0:
        return text(f"{key}.same_day")
    if count == 1:
        return text(f"{key}.one")
    return text(key, count=format_number(count, requested_language()))


def _day(value: date) -> str:
    return day_in_words(value, requested_language())
