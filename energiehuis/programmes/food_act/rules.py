"""What donors, pickups, distributions and counts must be; plain functions, all errors at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from energiehuis.access.kbo import clean_kbo_number
from energiehuis.errors import FieldError
from energiehuis.programmes.food_act.book import StockBook
from energiehuis.programmes.food_act.commands import (
    DonorState,
    FoodLine,
    NewDonor,
    NewReceiver,
    Pickup,
    ReceiverReach,
    ReceiverState,
    StockCount,
)
from energiehuis.programmes.food_act.states import DonorStatus, ReceiverStatus

LATEST_WITHOUT_REASON = timedelta(days=31)
LEAST_KG, MOST_KG = Decimal("0.1"), Decimal(5000)
FIRST_STATUSES = (DonorStatus.PROSPECT, DonorStatus.AGREEMENT)


@dataclass(frozen=True, slots=True)
class Past:
    """What a donor or a receiver was: its states in order, each with the day it began."""

    nis_code: str
    states: tuple[tuple[date, str], ...]
    favv_number: str | None = None

    @property
    def status(self) -> str:
        """Give its newest state."""
        return self.states[-1][1]

    def status_on(self, day: date) -> str | None:
        """Give its state on a day, or None before it was written down."""
        known = [status for since, status in self.states if since <= day]
        return known[-1] if known else None


def grams_of(kg: Decimal) -> int:
    """Give whole grams.

    Examples
    --------
    >>> grams_of(Decimal("12.5"))
    12500
    """
    return int(kg * 1000)


def donor_errors(said: NewDonor) -> Iterator[FieldError]:
    """Give what cannot be in a donor."""
    if clean_kbo_number(said.kbo) is None:
        yield FieldError("payload.kbo", "field.enterprise_number")
    if len(set(said.pickup_days)) < len(said.pickup_days):
        yield FieldError("payload.pickup_days", "field.twice")
    if len(set(said.categories)) < len(said.categories):
        yield FieldError("payload.categories", "field.twice")
    if said.status not in FIRST_STATUSES:
        choices = ", ".join(FIRST_STATUSES)
        yield FieldError("payload.status", "field.choice", {"choices": choices})


def receiver_errors(said: NewReceiver) -> Iterator[FieldError]:
    """Give what cannot be in a receiver."""
    if said.kbo is not None and clean_kbo_number(said.kbo) is None:
        yield FieldError("payload.kbo", "field.enterprise_number")


def state_errors(
    said: DonorState | ReceiverState, past: Past, *, received_on: date
) -> Iterator[FieldError]:
    """Give why a donor or a receiver cannot be in a state from the day told."""
    last_on = past.states[-1][0]
    if said.date > received_on:
        yield FieldError("payload.date", "food_act.in_future")
    if said.date < last_on:
        day = last_on.isoformat()
        yield FieldError("payload.date", "food_act.before_last_state", {"day": day})
    if not isinstance(said, ReceiverState):
        return
    if said.status is ReceiverStatus.NUMBER_SHOWN and said.favv_number is None:
        yield FieldError("payload.favv_number", "food_act.favv_needed")
    if said.status is not ReceiverStatus.NUMBER_SHOWN and said.favv_number is not None:
        yield FieldError("payload.favv_number", "food_act.favv_only_when_shown")


def pickup_errors(
    said: Pickup, past: Past | None, *, received_on: date, nis_code: str
) -> Iterator[FieldError]:
    """Give what cannot be in a pickup."""
    yield from kg_errors([line.kg for line in said.lines])
    if said.date > received_on:
        yield FieldError("payload.date", "food_act.in_future")
    if said.date < received_on - LATEST_WITHOUT_REASON and not (said.reason or "").strip():
        days: dict[str, object] = {"days": LATEST_WITHOUT_REASON.days}
        yield FieldError("payload.reason", "food_act.reason_needed", days)
    if past is None:
        yield FieldError("payload.donor_id", "food_act.donor_unknown")
        return
    yield from _place_errors(past, nis_code)
    if past.status_on(said.date) != DonorStatus.ACTIVE:
        day = said.date.isoformat()
        yield FieldError("payload.donor_id", "food_act.donor_not_active", {"day": day})


def receiver_on_errors(past: Past | None, day: date, *, nis_code: str) -> Iterator[FieldError]:
    """Give why a receiver can get nothing on a day."""
    if past is None:
        yield FieldError("payload.receiver_id", "food_act.receiver_unknown")
        return
    yield from _place_errors(past, nis_code)
    if past.favv_number is None:
        yield FieldError("payload.receiver_id", "food_act.receiver_without_number")
    elif past.status_on(day) != ReceiverStatus.ACTIVE:
        said: dict[str, object] = {"day": day.isoformat()}
        yield FieldError("payload.receiver_id", "food_act.receiver_not_active", said)


def take_errors(
    book: StockBook, day: date, lines: Sequence[FoodLine], *, received_on: date
) -> Iterator[FieldError]:
    """Give why food cannot be taken from the stock; what can be, the book counts as taken."""
    yield from kg_errors([line.kg for line in lines])
    if day > received_on:
        yield FieldError("payload.date", "food_act.in_future")
    for index, line in enumerate(lines):
        available = book.available(line.category, day)
        if grams_of(line.kg) > available:
            kg: dict[str, object] = {"kg": kg_text(max(available, 0))}
            yield FieldError(f"payload.lines.{index}.kg", "food_act.above_stock", kg)
        else:
            book.add(line.category, day, -grams_of(line.kg))


def count_errors(said: StockCount, book: StockBook, *, received_on: date) -> Iterator[FieldError]:
    """Give what cannot be in a count of the stock."""
    if said.date > received_on:
        yield FieldError("payload.date", "food_act.in_future")
    if len({line.category for line in said.lines}) < len(said.lines):
        yield FieldError("payload.lines", "field.twice")
    for index, line in enumerate(said.lines):
        missing = book.balance(line.category, said.date) - grams_of(line.kg)
        if missing > book.available(line.category, said.date):
            yield FieldError(f"payload.lines.{index}.kg", "food_act.given_since")


def reach_errors(
    said: ReceiverReach, past: Past | None, *, received_on: date, nis_code: str
) -> Iterator[FieldError]:
    """Give what cannot be in the reach of a receiver."""
    if said.persons < said.households:
        yield FieldError("payload.persons", "food_act.persons_below_households")
    if month_of(said.month) > received_on:
        yield FieldError("payload.month", "food_act.in_future")
    if past is None:
        yield FieldError("payload.receiver_id", "food_act.receiver_unknown")
    else:
        yield from _place_errors(past, nis_code)


def kg_errors(weights: Sequence[Decimal]) -> Iterator[FieldError]:
    """Give lines that weigh nothing, less, or more than a van can carry."""
    limits: dict[str, object] = {"minimum": str(LEAST_KG), "maximum": str(MOST_KG)}
    for index, kg in enumerate(weights):
        if not LEAST_KG <= kg <= MOST_KG:
            yield FieldError(f"payload.lines.{index}.kg", "field.number_out_of_range", limits)


def month_of(text: str) -> date:
    """Give the first day of a month such as `2019-03`."""
    return date.fromisoformat(f"{text}-01")


def kg_text(grams: int) -> str:
    """Write grams as kilogrammes, without zeros that say nothing.

    Examples
    --------
    >>> kg_text(12500), kg_text(3000)
    ('12.5', '3')
    """
    return f"{Decimal(grams) / 1000:f}"


def _place_errors(past: Past, nis_code: str) -> Iterator[FieldError]:
    if past.nis_code != nis_code:
        yield FieldError("nis", "food_act.other_municipality")
