"""The formulas of the Woonclub: records counted in two questions, then told figure by figure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from energiehuis.cases.models import Case, CaseSnapshot, DropInSession, Visit
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import REPLACEMENT_INCOMES, HouseholdType
from energiehuis.key_figures.measures import Area, Measured, Period
from energiehuis.people.queries import kept_person
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME, Outcome


@dataclass(frozen=True, slots=True)
class FileCounts:
    """Files that came in in a period, by what their households were at intake."""

    files: int
    households: int
    persons: int
    housed: int
    single: int
    single_children: int
    couple: int
    couple_children: int
    with_others_children: int
    replacement_income: int
    unknown_income: int

    @property
    def with_others(self) -> int:
        """Give the households that are neither single nor a couple."""
        return self.files - self.single - self.couple


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """Held sessions of a period and the visits to them."""

    sessions: int
    visits: int
    visitors: int
    unnamed: int

    @property
    def people(self) -> int:
        """Give how many people may at most be behind the visits."""
        return self.visitors + self.unnamed


def _part(count: int, whole: int) -> Measured:
    # What is left of the whole can be found by subtracting.
    return Measured(count, cells=(count, whole - count))


FILE_FORMULAS: dict[str, Callable[[FileCounts], Measured]] = {
    "wc.new_files": lambda c: Measured(c.files, cells=(c.files,)),
    "wc.households": lambda c: Measured(c.households, cells=(c.households,)),
    "wc.persons": lambda c: Measured(c.persons, cells=(c.households,)),
    "wc.housed_same_year": lambda c: _part(c.housed, c.files),
    "wc.housed_share": lambda c: Measured(c.housed, c.files, cells=(c.housed, c.files - c.housed)),
    "wc.single": lambda c: _part(c.single, c.files),
    "wc.single_children": lambda c: _part(c.single_children, c.single),
    # Files less singles less couples would tell who lives with others.
    "wc.couple": lambda c: Measured(c.couple, cells=(c.couple, c.files - c.couple, c.with_others)),
    "wc.couple_children": lambda c: _part(c.couple_children, c.couple),
    "wc.with_others_children": lambda c: _part(c.with_others_children, c.with_others),
    "wc.replacement_income": lambda c: Measured(
        c.replacement_income,
        unknown=c.unknown_income,
        cells=(c.replacement_income, c.files - c.unknown_income - c.replacement_income),
    ),
}
VISIT_FORMULAS: dict[str, Callable[[VisitCounts], Measured]] = {
    "wc.unique_visitors": lambda c: Measured(c.visitors, unknown=c.unnamed, cells=(c.visitors,)),
    "wc.visits": lambda c: Measured(c.visits, cells=(c.people,)),
    "wc.sessions": lambda c: Measured(c.sessions),
    "wc.visits_per_session": lambda c: Measured(c.visits, c.sessions, cells=(c.people,)),
}


def measure_woonclub(session: Session, area: Area, period: Period) -> dict[str, Measured]:
    """Count the records of the Woonclub and give each of its figures by id."""
    files, visits = count_files(session, area, period), count_visits(session, area, period)
    return {
        **{figure: formula(files) for figure, formula in FILE_FORMULAS.items()},
        **{figure: formula(visits) for figure, formula in VISIT_FORMULAS.items()},
    }


def count_files(session: Session, area: Area, period: Period) -> FileCounts:
    """Count the files that came in in a period, in one question to the database."""
    return FileCounts(*_whole(session, _files_query(area, period)))


def count_visits(session: Session, area: Area, period: Period) -> VisitCounts:
    """Count held sessions and their visits, in one question to the database."""
    query = (
        select(
            func.count(DropInSession.id.distinct()),
            func.count(Visit.id),
            func.count(kept_person(Visit.visitor_id).distinct()),
            func.count(Visit.id) - func.count(Visit.visitor_id),
        )
        .select_from(DropInSession)
        .outerjoin(Visit, Visit.session_id == DropInSession.id)
        .where(
            DropInSession.organisation_id == area.organisation_id,
            DropInSession.programme == PROGRAMME,
            DropInSession.nis_code.in_(area.nis_codes),
            DropInSession.status == SessionStatus.HELD.value,
            DropInSession.takes_place_on >= period.from_on,
            DropInSession.takes_place_on < period.to_on,
        )
    )
    return VisitCounts(*_whole(session, query))


def _files_query(area: Area, period: Period) -> Select[*tuple[Any, ...]]:
    has_children = CaseSnapshot.children > 0
    kinds = [
        CaseSnapshot.household_type == HouseholdType.SINGLE.value,
        CaseSnapshot.household_type == HouseholdType.COUPLE.value,
    ]
    others = CaseSnapshot.household_type == HouseholdType.WITH_OTHERS.value
    columns: list[ColumnElement[Any]] = [
        func.count(Case.id),
        func.count(Case.household_id.distinct()),
        func.coalesce(func.sum(CaseSnapshot.adults + CaseSnapshot.children), 0),
        _how_many(
            and_(
                Case.outcome == Outcome.HOUSED.value,
                Case.outcome_on >= period.from_on,
                Case.outcome_on < period.to_on,
            )
        ),
    ]
    for kind in kinds:
        columns += [_how_many(kind), _how_many(and_(kind, has_children))]
    columns += [
        _how_many(and_(others, has_children)),
        _how_many(CaseSnapshot.main_income.in_([income.value for income in REPLACEMENT_INCOMES])),
        _how_many(CaseSnapshot.main_income.is_(None)),
    ]
    return (
        select(*columns)
        .join(CaseSnapshot, CaseSnapshot.case_id == Case.id)
        .where(
            Case.organisation_id == area.organisation_id,
            Case.programme == PROGRAMME,
            Case.nis_code.in_(area.nis_codes),
            Case.received_on >= period.from_on,
            Case.received_on < period.to_on,
        )
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _whole(session: Session, query: Select[*tuple[Any, ...]]) -> list[int]:
    return [int(count) for count in session.execute(query).one()]
