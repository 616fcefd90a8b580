"""What somebody has to see to say whether two people are one: by what each of them is known.

The same people and no others than those of `person_doubles`, and of each of them only what lies
within the places and programmes of who asks. A merge that stands is shown with both names.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.cases.models import Case, DropInSession, Visit
from energiehuis.cases.person_doubles import known_to, organisation_of, say_read, works_on
from energiehuis.people import merging
from energiehuis.people.merging import MOST_LISTED, MergeView
from energiehuis.people.models import HouseholdMember
from energiehuis.people.queries import PersonView, kept_by_number, people_as_written


@dataclass(frozen=True, slots=True)
class CaseTrace:
    """A case that names somebody, or the household in which he or she lives or lived."""

    case_id: UUID
    programme: str
    nis_code: str
    received_on: date
    is_of_household: bool


@dataclass(frozen=True, slots=True)
class VisitTrace:
    """How often somebody came to the sessions of a programme."""

    programme: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of a pair, with what the asker may know of him or her; oldest case first."""

    person: PersonView
    cases: tuple[CaseTrace, ...]
    visits: tuple[VisitTrace, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one; `first` was written down first."""

    first: Candidate
    second: Candidate


@dataclass(frozen=True, slots=True)
class StandingMerge:
    """A merge that nobody undid, with the names that both had."""

    merge: MergeView
    kept: PersonView
    merged: PersonView


@dataclass(frozen=True, slots=True)
class DoubleReview:
    """The newest pairs and the newest merges; `has_more` says whether pairs were left out."""

    pairs: tuple[Pair, ...]
    merges: tuple[StandingMerge, ...]
    has_more: bool


def review_doubles(session: Session, actor: Actor) -> DoubleReview:
    """List pairs and merges so that somebody can judge them; that they were read is written down.

    Needs `person:merge`.

    Raises
    ------
    PermissionDenied
    """
    organisation_id, known = organisation_of(actor), known_to(session, actor)
    found = merging.list_doubles(session, organisation_id, known)
    merges = merging.list_merges(session, organisation_id, known)
    views = {view.id: view for pair in found for view in (pair.first, pair.second)}
    names = people_as_written(session, (n for m in merges for n in (m.kept_id, m.merged_id)))
    say_read(session, actor, views.keys() | names.keys())
    candidates = _candidates(session, actor, views)
    pairs = [Pair(candidates[pair.first.id], candidates[pair.second.id]) for pair in found]
    standing = [StandingMerge(one, names[one.kept_id], names[one.merged_id]) for one in merges]
    return DoubleReview(tuple(pairs), tuple(standing), has_more=len(pairs) >= MOST_LISTED)


def _candidates(
    session: Session, actor: Actor, views: Mapping[UUID, PersonView]
) -> dict[UUID, Candidate]:
    """Join people with their traces: a few questions, however many people there are."""
    kept = kept_by_number(session, views)
    cases: dict[UUID, dict[UUID, CaseTrace]] = defaultdict(dict)
    for is_of_household in (True, False):
        for person_id, trace in _cases(session, actor, kept, is_of_household=is_of_household):
            cases[kept[person_id]][trace.case_id] = trace
    visits: dict[UUID, dict[str, int]] = defaultdict(dict)
    for person_id, visit in _visits(session, actor, kept):
        counts = visits[kept[person_id]]
        counts[visit.programme] = counts.get(visit.programme, 0) + visit.count
    return {
        person_id: Candidate(
            view,
            tuple(
                sorted(cases[person_id].values(), key=lambda one: (one.received_on, one.case_id))
            ),
            tuple(VisitTrace(*one) for one in sorted(visits[person_id].items())),
        )
        for person_id, view in views.items()
    }


def _cases(
    session: Session, actor: Actor, person_ids: Iterable[UUID], *, is_of_household: bool
) -> Iterator[tuple[UUID, CaseTrace]]:
    who = HouseholdMember.person_id if is_of_household else Case.person_id
    query = select(who, Case.id, Case.programme, Case.nis_code, Case.received_on).where(
        who.in_(list(person_ids)), works_on(actor, Case)
    )
    if is_of_household:
        query = query.join(Case, Case.household_id == HouseholdMember.household_id)
    for row in session.execute(query):
        if row[0] is not None:
            yield row[0], CaseTrace(*row[1:], is_of_household)


def _visits(
    session: Session, actor: Actor, person_ids: Iterable[UUID]
) -> Iterator[tuple[UUID, VisitTrace]]:
    rows = session.execute(
        select(Visit.visitor_id, DropInSession.programme, func.count())
        .join(DropInSession, DropInSession.id == Visit.session_id)
        .where(Visit.visitor_id.in_(list(person_ids)), works_on(actor, DropInSession))
        .group_by(Visit.visitor_id, DropInSession.programme)
    )
    for row in rows:
        if row[0] is not None:
            yield row[0], VisitTrace(*row[1:])
