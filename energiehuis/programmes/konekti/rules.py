"""What a referred family, its plan and its team must be; plain functions, all errors at once."""

from collections.abc import Iterator
from datetime import date, timedelta

from energiehuis.cases.commands import Envelope
from energiehuis.errors import FieldError
from energiehuis.people.commands import KnownPerson, Named
from energiehuis.programmes.konekti.commands import AgreePlan, ReferFamily

# The Flemish call: every request is answered within the month.
DAYS_TO_FIRST_CONTACT = 30
# Help to young people reaches up to here (programmes.md 2.4, to be checked against the decree).
YOUNG_BEFORE_AGE = 25


def due_on(received_on: date) -> date:
    """Give the last day on which the first contact is within the month.

    Examples
    --------
    >>> due_on(date(2019, 1, 31))
    datetime.date(2019, 3, 2)
    """
    return received_on + timedelta(days=DAYS_TO_FIRST_CONTACT)


def age_on(birth_date: date, day: date) -> int:
    """Give how many birthdays somebody had by a day.

    Examples
    --------
    >>> age_on(date(1994, 3, 2), date(2019, 3, 1)), age_on(date(1994, 3, 2), date(2019, 3, 2))
    (24, 25)
    """
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def family_errors(envelope: Envelope, command: ReferFamily) -> Iterator[FieldError]:
    """Give what cannot be in a referral of a family."""
    referrer = envelope.referrer
    if referrer is None or referrer.organisation_id is None:
        yield FieldError("referrer.org", "konekti.referrer_needed")
    if envelope.agreement is None:
        yield FieldError("agreement", "konekti.agreement_needed")
    day = envelope.received_on
    ages = [age_on(member.birth_date, day) for member in command.members]
    if all(age >= YOUNG_BEFORE_AGE for age in ages):
        params: dict[str, object] = {"age": YOUNG_BEFORE_AGE}
        yield FieldError("payload.members", "konekti.nobody_young", params)
    yield from _member_errors(command, day)


def contact_errors(
    took_place_on: date, *, referred_on: date, told_on: date
) -> Iterator[FieldError]:
    """Give why a first contact cannot have been on a day."""
    if not referred_on <= took_place_on <= told_on:
        params: dict[str, object] = {"day": referred_on.isoformat()}
        yield FieldError("payload.date", "konekti.contact_out_of_time", params)


def plan_errors(command: AgreePlan, *, referred_on: date, told_on: date) -> Iterator[FieldError]:
    """Give what cannot be in a plan."""
    if not referred_on <= command.agreed_on <= told_on:
        params: dict[str, object] = {"day": referred_on.isoformat()}
        yield FieldError("payload.agreed_on", "konekti.plan_out_of_time", params)
    if len(set(command.partners)) < len(command.partners):
        yield FieldError("payload.partners", "field.twice")
    for index, goal in enumerate(command.goals):
        if goal.partner is not None and goal.partner not in command.partners:
            yield FieldError(f"payload.goals.{index}.partner", "konekti.goal_of_stranger")


def days_errors(from_: date, to: date | None) -> Iterator[FieldError]:
    """Give why something cannot hold from a day until another."""
    if to is not None and to <= from_:
        yield FieldError("payload.to", "konekti.ends_before_it_begins")


def _member_errors(command: ReferFamily, day: date) -> Iterator[FieldError]:
    known = [m.person.person_id for m in command.members if isinstance(m.person, KnownPerson)]
    if len(set(known)) < len(known):
        yield FieldError("payload.members", "field.twice")
    for index, member in enumerate(command.members):
        path = f"payload.members.{index}"
        if member.birth_date > day:
            yield FieldError(f"{path}.birth_date", "konekti.born_later")
        person = member.person
        if isinstance(person, Named) and person.birth_date not in (None, member.birth_date):
            yield FieldError(f"{path}.birth_date", "konekti.birth_date_differs")
