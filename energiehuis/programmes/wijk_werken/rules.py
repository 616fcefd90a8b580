"""What a candidate, a user and an hour worked must be; plain functions, all errors at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from energiehuis.cases.states import CaseStatus
from energiehuis.errors import FieldError
from energiehuis.people.commands import Alias
from energiehuis.programmes.wijk_werken.commands import (
    AssignCoach,
    RegisterCandidate,
    RegisterUser,
)
from energiehuis.programmes.wijk_werken.terms import (
    Limits,
    allowed_activities,
    fee_on,
    limits_on,
)
from energiehuis.programmes.wijk_werken.vocabulary import Regime, UserKind, UserStatus

# Hours are kept in hundredths; a cheque is one whole hour.
A_CHEQUE = 100
# A signature of years ago is a slip of the pen; own limit.
CONSENT_LASTS = timedelta(days=366)
# Who is a person, who an organisation; a farm may be either.
_IS_PERSON = {UserKind.PRIVATE}
_IS_EITHER = {UserKind.FARM}


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """What is known of a worker when an hour is written down."""

    regime: Regime
    status: CaseStatus
    consented_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days that a fee covers, from the first up to and without the last."""

    paid_on: date
    covers_until: date

    def holds_on(self, day: date) -> bool:
        """Say whether it covers a day."""
        return self.paid_on <= day < self.covers_until


@dataclass(slots=True)
class Ledger:
    """What one worker worked: hundredths of hours by day, month and year."""

    by_day: dict[date, int] = field(default_factory=dict)
    by_month: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    by_year: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, by_day: Mapping[date, int]) -> "Ledger":
        """Make the ledger of days that were written down before."""
        ledger = cls()
        for day, hours in by_day.items():
            ledger.add(day, hours)
        return ledger

    def add(self, day: date, hours: int) -> None:
        """Count hours. [hundredths]."""
        self.by_day[day] = self.by_day.get(day, 0) + hours
        self.by_month[day.year, day.month] += hours
        self.by_year[day.year] += hours

    def errors(
        self, day: date, hours: int, *, limits: Limits, regime: Regime
    ) -> Iterator[FieldError]:
        """Give which limit these hours would break, beside what is counted. [hundredths]."""
        sums = (
            ("day", self.by_day.get(day, 0), limits.hours_a_day),
            ("month", self.by_month.get((day.year, day.month), 0), limits.hours_a_month),
            ("year", self.by_year.get(day.year, 0), limits.hours_a_year),
        )
        for period, before, most in sums:
            if before + hours > most * A_CHEQUE:
                params: dict[str, object] = {"most": most, "left": _left(most, before)}
                yield FieldError("payload.hours", f"wijk_werken.too_many_hours_{period}", params)
        if regime is Regime.WIJK_WERK and self.by_day:
            first, last = min(day, *self.by_day), max(day, *self.by_day)
            months = limits.months_of_a_new_worker
            if last >= add_months(first, months):
                params = {"months": months, "day": first.isoformat()}
                yield FieldError("payload.date", "wijk_werken.term_is_over", params)


def candidate_errors(command: RegisterCandidate, received_on: date) -> Iterator[FieldError]:
    """Give what cannot be in a candidate: the paper must be signed, and not long ago."""
    signed_on = command.consent_form.signed_on
    if signed_on > received_on:
        yield FieldError("payload.consent_form.signed_on", "wijk_werken.consent_after_intake")
    elif signed_on < received_on - CONSENT_LASTS:
        yield FieldError("payload.consent_form.signed_on", "wijk_werken.consent_too_old")


def user_errors(command: RegisterUser, received_on: date) -> Iterator[FieldError]:
    """Give what cannot be in a user: who it is, what may be done there, when it paid."""
    yield from _who_errors(command)
    allowed = allowed_activities(command.kind, received_on)
    for index, activity in enumerate(command.activities):
        if activity not in allowed:
            params: dict[str, object] = {"day": received_on.isoformat()}
            path = f"payload.activities.{index}"
            yield FieldError(path, "wijk_werken.activity_not_allowed", params)
    if len(set(command.activities)) < len(command.activities):
        yield FieldError("payload.activities", "field.twice")
    if command.fee_paid_on is not None:
        yield from fee_errors(command.fee_paid_on, received_on, "payload.fee_paid_on")


def fee_errors(paid_on: date, received_on: date, path: str) -> Iterator[FieldError]:
    """Give why a fee cannot have been paid on a day."""
    if paid_on > received_on:
        yield FieldError(path, "wijk_werken.paid_in_future")
    elif fee_on(paid_on) is None:
        yield FieldError(path, "wijk_werken.not_begun")


def coach_errors(command: AssignCoach) -> Iterator[FieldError]:
    """Give what cannot be in the days of a coach."""
    if command.until_on is not None and command.until_on <= command.from_on:
        yield FieldError("payload.until_on", "wijk_werken.ends_before_it_begins")


def user_status(fees: Iterable[Coverage], day: date) -> UserStatus:
    """Give where a user stands on a day; it follows from what was paid.

    Examples
    --------
    >>> year = Coverage(date(2018, 3, 1), date(2019, 3, 1))
    >>> [user_status([year], date(y, 3, 1)).value for y in (2017, 2018, 2019)]
    ['registered', 'active', 'expired']
    """
    paid = [fee for fee in fees if fee.paid_on <= day]
    if any(fee.holds_on(day) for fee in paid):
        return UserStatus.ACTIVE
    return UserStatus.EXPIRED if paid else UserStatus.REGISTERED


def performance_errors(  # noqa: PLR0913  what an hour is held against
    day: date,
    hours: Decimal,
    cheques: Sequence[str],
    *,
    worker: WorkerFacts,
    fees: Iterable[Coverage],
    ledger: Ledger,
    today: date,
) -> Iterator[FieldError]:
    """Give why hours cannot have been worked as told."""
    if day > today:
        yield FieldError("payload.date", "wijk_werken.worked_in_future")
    if hours != len(cheques):
        params: dict[str, object] = {"cheques": len(cheques)}
        yield FieldError("payload.hours", "wijk_werken.hours_not_cheques", params)
    if len(set(cheques)) < len(cheques):
        yield FieldError("payload.cheque_nos", "field.twice")
    yield from _worker_errors(day, worker)
    status = user_status(fees, day)
    if status is not UserStatus.ACTIVE:
        yield FieldError("payload.user", f"wijk_werken.user_{status.value}")
    limits = limits_on(day)
    if limits is None:
        yield FieldError("payload.date", "wijk_werken.not_begun")
    else:
        hundredths = int(hours * A_CHEQUE)
        yield from ledger.errors(day, hundredths, limits=limits, regime=worker.regime)


def add_months(day: date, months: int) -> date:
    """Give the same day of a later month, or the first of the next when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 2, 1)


def _left(most: int, before: int) -> int:
    return max(0, most - before // A_CHEQUE)


def _who_errors(command: RegisterUser) -> Iterator[FieldError]:
    if (command.person is None) == (command.organisation is None):
        yield FieldError("payload.person", "wijk_werken.person_or_organisation")
        return
    is_person = command.person is not None
    if command.kind not in _IS_EITHER and is_person != (command.kind in _IS_PERSON):
        wrong = "person" if is_person else "organisation"
        yield FieldError(f"payload.{wrong}", "wijk_werken.kind_does_not_fit")
    if isinstance(command.person, Alias):
        yield FieldError("payload.person.alias", "wijk_werken.user_needs_name")


def _worker_errors(day: date, worker: WorkerFacts) -> Iterator[FieldError]:
    if day < worker.consented_on:
        params: dict[str, object] = {"day": worker.consented_on.isoformat()}
        yield FieldError("payload.date", "wijk_werken.before_consent", params)
    if worker.status not in (CaseStatus.ACTIVE, CaseStatus.CLOSED):
        yield FieldError("payload.worker", "wijk_werken.worker_not_active")
    if worker.ended_on is not None and day > worker.ended_on:
        params = {"day": worker.ended_on.isoformat()}
        yield FieldError("payload.date", "wijk_werken.after_end", params)
