"""Files, sessions and visits of the Woonclub in the demo: invented, one by one, from a fixed seed.

Counting gives what W13's deck for the council of Harelbeke prints for 2018 (it writes "01/01/2018 -
31/01/2018"; 47 sessions and "within the same year" say that December is meant): 61 new files of 61
households and 165 persons, 88 visitors, 223 visits in 47 sessions, 33 housed within the year. The
88 visitors are more than the adults of those households: the others belong to files of 2017. Which
incomes replace a wage, the deck does not say. Other municipalities are an assumption.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.commands import Composition, Envelope
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import Channel, HouseholdType, MainIncome
from energiehuis.identifiers import new_id
from energiehuis.people.commands import Identity, KnownPerson, Named
from energiehuis.programmes.woonclub.commands import AddSession, CloseFile, OpenFile, RecordVisit
from energiehuis.programmes.woonclub.service import close_file, open_file
from energiehuis.programmes.woonclub.sessions import add_session, record_visit
from energiehuis.programmes.woonclub.vocabulary import Outcome, SearchReason, Tenure
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.tables import read_table

SEED = 20180131
HARELBEKE = "34013"
_YEAR = 2018
_FIRST_TUESDAY = date(2018, 1, 9)
_GDPR = date(2018, 5, 25)
_ADULT_DAYS = (19 * 365, 70 * 365)
_FILES_ELSEWHERE_A_THOUSAND = 0.28
_REPLACEMENT = (
    MainIncome.LIVING_WAGE,
    MainIncome.UNEMPLOYMENT,
    MainIncome.DISABILITY,
    MainIncome.SICKNESS,
    MainIncome.PENSION,
)
_OTHER = (MainIncome.WAGE, MainIncome.WAGE, MainIncome.WAGE, MainIncome.SELF_EMPLOYED)
_S, _C, _W = HouseholdType.SINGLE, HouseholdType.COUPLE, HouseholdType.WITH_OTHERS


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a municipality had in the year."""

    nis_code: str
    households: tuple[Composition, ...]
    housed: int
    sessions: int
    older: int
    visits: int


def add_woonclub(session: Session, actor: Actor) -> None:
    """Write files, sessions and visits down through the services."""
    rng = np.random.Generator(np.random.Philox(SEED))
    for plan in _plans(actor, rng):
        held = _add_sessions(session, actor, plan)
        older = [_add_older_file(session, actor, plan, rng) for _ in range(plan.older)]
        visitors = older + _add_files(session, actor, plan, held, rng)
        _add_visits(session, actor, plan, held=held, visitors=visitors, rng=rng)


def _plans(actor: Actor, rng: np.random.Generator) -> Iterator[_Plan]:
    for place in list_municipalities():
        if place.nis_code not in actor.municipalities or not place.is_served_on(_FIRST_TUESDAY):
            continue
        if place.nis_code == HARELBEKE:
            yield _Plan(HARELBEKE, _households(), housed=33, sessions=47, older=27, visits=223)
            continue
        files = max(2, round(place.population_2020 / 1000 * _FILES_ELSEWHERE_A_THOUSAND))
        households = _households()
        some = tuple(households[i] for i in rng.choice(len(households), files).tolist())
        sessions = 12 if files < 10 else 24
        older = files // 4
        visits = round((files + older) * 1.8)
        yield _Plan(place.nis_code, some, round(files * 0.45), sessions, older, visits)


def _households() -> tuple[Composition, ...]:
    """Give the 61 households of the deck; its children (86 less) are spread over 39 of them.

    43 single heads, 22 with children; 17 couples, 16 with children; 1 with others and children.
    165 persons are 43 + 34 + 2 adults and 86 children.
    """
    # 22 single heads with 46 children, 16 couples with 38, one with others with two: 86.
    singles = [1] * 6 + [2] * 9 + [3] * 6 + [4]
    couples = [1] * 3 + [2] * 6 + [3] * 5 + [4] * 2
    children = [(_S, 1, n) for n in singles] + [(_S, 1, 0)] * 21
    children += [(_C, 2, n) for n in couples] + [(_C, 2, 0), (_W, 2, 2)]
    # 32 of 61 live on a replacement income; every other one, so that all types do.
    incomes = [
        _REPLACEMENT[n // 2 % len(_REPLACEMENT)] if n % 2 == 0 or n == 59 else _OTHER[n // 2 % 4]
        for n in range(len(children))
    ]
    return tuple(
        Composition(adults, young, kind, income)
        for (kind, adults, young), income in zip(children, incomes, strict=True)
    )


def _add_sessions(session: Session, actor: Actor, plan: _Plan) -> list[tuple[UUID, date]]:
    """Hold sessions on Tuesdays, spread over the year."""
    held = []
    for number in range(plan.sessions):
        weeks = number * 50 // plan.sessions
        day = _FIRST_TUESDAY + timedelta(weeks=weeks)
        command = AddSession(plan.nis_code, "Huis van Welzijn", day, SessionStatus.HELD)
        held.append((add_session(session, actor, command).id, day))
    return held


def _add_older_file(
    session: Session, actor: Actor, plan: _Plan, rng: np.random.Generator
) -> KnownPerson:
    """Open a file of the year before, whose contact still comes by."""
    households = _households()
    day = date(_YEAR - 1, int(rng.integers(3, 13)), int(rng.integers(1, 28)))
    composition = households[int(rng.integers(len(households)))]
    return _open(session, actor, plan, day=day, composition=composition, rng=rng)[1]


def _add_files(
    session: Session,
    actor: Actor,
    plan: _Plan,
    held: list[tuple[UUID, date]],
    rng: np.random.Generator,
) -> list[KnownPerson]:
    """Open the files of the year on days of sessions, and close those that were housed in it."""
    visitors = []
    # The housed came in first, so that there was time.
    late = held[-max(1, len(held) // 12) :]
    for number, composition in enumerate(plan.households):
        is_housed = number < plan.housed
        days = held[: -len(late)] if is_housed else held
        day = days[int(rng.integers(len(days)))][1]
        case_id, contact = _open(session, actor, plan, day=day, composition=composition, rng=rng)
        visitors.append(contact)
        if is_housed:
            _house(session, actor, plan, case_id, day=day, rng=rng)
    return visitors


def _open(
    session: Session,
    actor: Actor,
    plan: _Plan,
    *,
    day: date,
    composition: Composition,
    rng: np.random.Generator,
) -> tuple[UUID, KnownPerson]:
    reasons = tuple(SearchReason)
    rent = 450 + 25 * int(rng.integers(0, 13)) + 40 * composition.children
    command = OpenFile(
        envelope=_envelope(plan, day),
        household_id=None,
        contact=_person(rng),
        composition=composition,
        municipalities=(plan.nis_code,),
        max_rent_cents=rent * 100,
        reason=reasons[int(rng.integers(len(reasons)))],
        notice_on=None,
    )
    file = open_file(session, actor, command)
    return file.id, KnownPerson(file.members[0].id)


def _house(
    session: Session,
    actor: Actor,
    plan: _Plan,
    case_id: UUID,
    *,
    day: date,
    rng: np.random.Generator,
) -> None:
    longest = (date(_YEAR, 12, 31) - day).days
    found_on = day + timedelta(int(rng.integers(1, longest + 1)))
    tenure = Tenure.SOCIAL_RENT if rng.random() < 0.2 else Tenure.PRIVATE_RENT
    rent_cents = 100 * (420 + 20 * int(rng.integers(0, 18)))
    command = CloseFile(
        case_id, 1, Outcome.HOUSED, found_on, tenure, plan.nis_code, rent_cents=rent_cents
    )
    close_file(session, actor, command)


def _add_visits(
    session: Session,
    actor: Actor,
    plan: _Plan,
    *,
    held: list[tuple[UUID, date]],
    visitors: list[KnownPerson],
    rng: np.random.Generator,
) -> None:
    """Let everybody come once, and some again until all visits are made; once a session each."""
    came: set[tuple[int, int]] = set()
    turns = list(range(len(visitors)))
    turns += rng.integers(len(visitors), size=3 * plan.visits).tolist()
    for visitor in turns:
        if len(came) == plan.visits:
            break
        at = int(rng.integers(len(held)))
        if (visitor, at) in came:
            continue
        came.add((visitor, at))
        session_id, day = held[at]
        who: Identity = visitors[visitor]
        record_visit(session, actor, RecordVisit(_envelope(plan, day), session_id, who))


def _envelope(plan: _Plan, day: date) -> Envelope:
    # Before the GDPR the older law was the ground.
    basis = "public_task" if day >= _GDPR else "public_task_1992"
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Envelope(new_id(), Channel.SITTING_DAY, at, plan.nis_code, basis)


def _person(rng: np.random.Generator) -> Named:
    words = read_table("words")
    given, family = words["given_names"]["nl"], words["family_names"]["nl"]
    born = _FIRST_TUESDAY - timedelta(int(rng.integers(*_ADULT_DAYS)))
    names = (given[int(rng.integers(len(given)))], family[int(rng.integers(len(family)))])
    return Named(*names, born)
