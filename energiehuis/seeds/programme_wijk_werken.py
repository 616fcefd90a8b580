"""Hours of wijk-werken in the demo: invented, one by one, from a fixed seed.

Counting gives what W13's deck for the council of Harelbeke prints for 2018: 35 workers, 14 of them
new and 21 from the PWA, and 13,000 hours ("13.000 prestaties": that these are hours, is inferred
from one cheque an hour). What other municipalities did is not printed; theirs is an assumption.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.commands import Envelope
from energiehuis.cases.kinds import Incoming, NoSubject, PersonSubject
from energiehuis.cases.queries import CaseHead
from energiehuis.cases.service import change_status
from energiehuis.cases.states import CaseStatus
from energiehuis.cases.vocabulary import Channel
from energiehuis.identifiers import new_id
from energiehuis.people.commands import Named
from energiehuis.programmes.wijk_werken.commands import (
    AssignCoach,
    ConsentForm,
    PayFee,
    RegisterCandidate,
    RegisterUser,
    UserOrganisation,
)
from energiehuis.programmes.wijk_werken.performances import WorkedHours, add_performances
from energiehuis.programmes.wijk_werken.queries import users_by_id, workers_by_case
from energiehuis.programmes.wijk_werken.service import (
    record_candidate,
    record_coach,
    record_fee,
    record_user,
)
from energiehuis.programmes.wijk_werken.vocabulary import (
    PROGRAMME,
    Activity,
    ReferredBy,
    Regime,
    UserKind,
)
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.tables import read_table

SEED = 20180101
HARELBEKE = "34013"
_FIRST_DAY, _END_DAY = date(2018, 1, 2), date(2019, 1, 1)
_A_MONTH, _A_YEAR, _A_SHIFT = 60, 630, 8
# Elsewhere: a worker for so many inhabitants, and so many hours each; assumptions.
_INHABITANTS_A_WORKER = 12_000
_HOURS_ELSEWHERE = (60, 160)
_ADULT_DAYS = (23 * 365, 62 * 365)
_USERS = (
    (UserKind.AUTHORITY, "Stadsbestuur {place} (verzonnen)", (Activity.NEIGHBOURHOOD_CARE,)),
    (UserKind.SCHOOL, "School De Nok, {place} (verzonnen)", (Activity.SCHOOL_SUPERVISION,)),
    (UserKind.NON_PROFIT, "vzw De Zolder, {place} (verzonnen)", (Activity.EVENT_HELP,)),
    (UserKind.FARM, "Tuinderij Spouwhof, {place} (verzonnen)", (Activity.SEASONAL_WORK,)),
    (UserKind.PRIVATE, "", (Activity.GARDEN_WORK, Activity.ERRANDS)),
    (UserKind.PRIVATE, "", (Activity.SMALL_REPAIRS,)),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a municipality has: new workers, those from the PWA, and their hours together. [h]."""

    nis_code: str
    place: str
    new: int
    pwa: int
    hours: int


def add_wijk_werken(session: Session, actor: Actor) -> None:
    """Write coaches, users, workers and their hours down through the services."""
    rng = np.random.Generator(np.random.Philox(SEED))
    worked: list[WorkedHours] = []
    number = 0
    for plan in _plans(actor, rng):
        _add_coach(session, actor, plan, rng)
        users = [_add_user(session, actor, plan, each, rng) for each in range(len(_USERS))]
        regimes = [Regime.WIJK_WERK] * plan.new + [Regime.PWA_TRANSITION] * plan.pwa
        cases = [_add_worker(session, actor, plan, regime, rng) for regime in regimes]
        days = _shifts(plan.hours, len(cases), rng)
        where = users_by_id(session, actor, users)
        whose = {view.case_id: view for view in workers_by_case(session, actor, cases)}
        for case_id, shifts in zip(cases, days, strict=True):
            for day, hours in shifts:
                user = where[int(rng.integers(len(where)))]
                cheques = tuple(f"DEMO{number + each:07d}" for each in range(hours))
                worked.append(WorkedHours(whose[case_id], user, day, hours, cheques))
                number += hours
    add_performances(session, actor, worked)


def _plans(actor: Actor, rng: np.random.Generator) -> Iterator[_Plan]:
    for place in list_municipalities():
        if place.nis_code not in actor.municipalities or not place.is_served_on(_FIRST_DAY):
            continue
        if place.nis_code == HARELBEKE:
            yield _Plan(HARELBEKE, place.name, new=14, pwa=21, hours=13_000)
            continue
        workers = max(2, place.population_2020 // _INHABITANTS_A_WORKER)
        hours = int(rng.integers(*_HOURS_ELSEWHERE, size=workers).sum())
        yield _Plan(place.nis_code, place.name, workers // 2, workers - workers // 2, hours)


def _shifts(hours: int, workers: int, rng: np.random.Generator) -> list[list[tuple[date, int]]]:
    """Spread hours over workers, months and weekdays within the limits; all are handed out."""
    shares = rng.dirichlet(np.full(workers, 12.0))
    targets = _handed_out(hours, shares, _A_YEAR)
    return [_shifts_of(target, rng) for target in targets]


def _shifts_of(target: int, rng: np.random.Generator) -> list[tuple[date, int]]:
    months = _handed_out(target, rng.dirichlet(np.full(12, 8.0)), _A_MONTH)
    shifts: list[tuple[date, int]] = []
    for month, hours in enumerate(months, start=1):
        days = _weekdays(month)
        order = rng.permutation(len(days)).tolist()
        left = hours
        while left:
            shift = min(left, int(rng.integers(3, _A_SHIFT + 1)))
            shifts.append((days[order.pop()], shift))
            left -= shift
    return sorted(shifts)


def _handed_out(total: int, shares: np.ndarray, most: int) -> list[int]:
    """Hand out whole hours by shares; what is above the limit goes to those with room."""
    parts = np.minimum((shares * total).astype(np.int64), most)
    for place in np.argsort(parts, kind="stable").tolist():
        missing = total - int(parts.sum())
        parts[place] += min(missing, most - int(parts[place]), max(1, missing // 3 + 1))
    for place in range(len(parts)):
        parts[place] += min(total - int(parts.sum()), most - int(parts[place]))
    return [int(part) for part in parts]


def _weekdays(month: int) -> list[date]:
    first = max(date(2018, month, 1), _FIRST_DAY)
    days = (first + timedelta(number) for number in range(31))
    return [day for day in days if day.month == month and day.weekday() < 5]


def _add_coach(session: Session, actor: Actor, plan: _Plan, rng: np.random.Generator) -> None:
    said = AssignCoach(_full_name(rng), _FIRST_DAY)
    record_coach(session, actor, Incoming(_envelope(plan, _FIRST_DAY), NoSubject(), said))


def _add_user(
    session: Session, actor: Actor, plan: _Plan, which: int, rng: np.random.Generator
) -> UUID:
    kind, name, activities = _USERS[which]
    paid_on = _FIRST_DAY
    organisation = person = None
    if kind is UserKind.PRIVATE:
        person = _person(rng)
    else:
        organisation = UserOrganisation(name.format(place=plan.place), f"Nokstraat {which + 1}")
    said = RegisterUser(
        kind,
        activities,
        person,
        organisation,
        fee_paid_on=paid_on,
        platform_number=f"G{plan.nis_code}-{which + 1}",
    )
    incoming = Incoming(_envelope(plan, paid_on), NoSubject(), said)
    user_id = record_user(session, actor, incoming).id
    # The first fee covers the year of the deck; half of the users went on.
    if which % 2 == 0:
        again = Incoming(_envelope(plan, _END_DAY), NoSubject(), PayFee(user_id, _END_DAY))
        record_fee(session, actor, again)
    return user_id


def _add_worker(
    session: Session, actor: Actor, plan: _Plan, regime: Regime, rng: np.random.Generator
) -> UUID:
    referrers: Sequence[ReferredBy] = tuple(ReferredBy)
    said = RegisterCandidate(
        referrers[int(rng.integers(len(referrers)))],
        ConsentForm(f"map {plan.nis_code}/{int(rng.integers(1, 99))}", _FIRST_DAY),
        regime,
        platform_number=f"W{plan.nis_code}-{int(rng.integers(10**9)):09d}",
    )
    subject = PersonSubject(_person(rng))
    incoming = Incoming(_envelope(plan, _FIRST_DAY), subject, said)
    case_id = record_candidate(session, actor, incoming).id
    head = CaseHead(case_id, 1, PROGRAMME, CaseStatus.REGISTERED.value, _FIRST_DAY)
    change_status(session, actor, head, end=CaseStatus.ACTIVE)
    return case_id


def _envelope(plan: _Plan, day: date) -> Envelope:
    # Before the GDPR the older law was the ground.
    basis = "public_task" if day >= date(2018, 5, 25) else "public_task_1992"
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Envelope(new_id(), Channel.PARTNER, at, plan.nis_code, basis)


def _person(rng: np.random.Generator) -> Named:
    born = _FIRST_DAY - timedelta(int(rng.integers(*_ADULT_DAYS)))
    given, _, family = _full_name(rng).partition(" ")
    return Named(given, family, born)


def _full_name(rng: np.random.Generator) -> str:
    words = read_table("words")
    given, family = words["given_names"]["nl"], words["family_names"]["nl"]
    return f"{given[int(rng.integers(len(given)))]} {family[int(rng.integers(len(family)))]}"
