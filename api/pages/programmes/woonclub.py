"""The Woonclub as kinds of intake, so that it has the same pages; its services came before these.

Its JSON addresses stay as they are (`api.v1.intakes`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases import commands as shared
from energiehuis.cases.kinds import HouseholdSubject, Incoming, IntakeKind, NoSubject, Recorded
from energiehuis.cases.queries import SessionView
from energiehuis.cases.specs import Amount, Items, NisCode, Of, Text, Whole
from energiehuis.cases.states import SessionStatus
from energiehuis.cases.vocabulary import HouseholdType, MainIncome
from energiehuis.db.session import Session
from energiehuis.people.commands import Alias, KnownPerson, Named
from energiehuis.programmes.overview import list_sessions
from energiehuis.programmes.woonclub.commands import AddSession, CloseFile, OpenFile, RecordVisit
from energiehuis.programmes.woonclub.queries import FileView, get_file
from energiehuis.programmes.woonclub.service import open_file
from energiehuis.programmes.woonclub.sessions import (
    RecordedVisit,
    add_session,
    get_session,
    get_visit,
    record_visit,
)
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME, Outcome, SearchReason, Tenure


@dataclass(frozen=True, slots=True)
class SessionPayload:
    """A drop-in session, planned or already held."""

    place: Annotated[str, Text(120)]
    date: date
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class VisitPayload:
    """Somebody came to a session; nobody named stays nobody."""

    session_id: Annotated[UUID, Of("session")]
    visitor: Named | Alias | KnownPerson | None = None
    case_id: Annotated[UUID | None, Of("case")] = None


@dataclass(frozen=True, slots=True)
class Composition:
    """Who lives in the household."""

    adults: Annotated[int, Whole(1, 40)]
    children: Annotated[int, Whole(0, 40)]
    type: HouseholdType


@dataclass(frozen=True, slots=True)
class FilePayload:
    """A household looks for a dwelling; the main income None is not known."""

    composition: Composition
    municipalities: Annotated[tuple[Annotated[str, NisCode()], ...], Items(1, 13)]
    max_rent_cents: Annotated[int, Amount()]
    reason: SearchReason
    main_income: MainIncome | None = None
    notice_date: date | None = None


@dataclass(frozen=True, slots=True)
class OutcomePayload:
    """How the search ended; tenure, municipality and rent only when the household was housed."""

    outcome: Outcome
    date: date
    tenure: Tenure | None = None
    nis: Annotated[str | None, NisCode()] = None
    rent_cents: Annotated[int | None, Amount()] = None


def as_close(case_id: UUID, version: int, said: OutcomePayload) -> CloseFile:
    """Turn a checked outcome into the command that the service takes."""
    return CloseFile(
        case_id, version, said.outcome, said.date, said.tenure, said.nis, said.rent_cents
    )


def _record_session(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, SessionPayload]
) -> Recorded:
    said = incoming.payload
    command = AddSession(incoming.envelope.nis_code, said.place, said.date, said.status)
    return _session(add_session(session, actor, command))


def _load_session(session: Session, actor: Actor, session_id: UUID) -> Recorded:
    return _session(get_session(session, actor, session_id))


def _list_sessions(session: Session, actor: Actor) -> Iterator[Recorded]:
    return (_session(view) for view in list_sessions(session, actor, PROGRAMME))


def _session(view: SessionView) -> Recorded:
    body = {
        "date": view.takes_place_on.isoformat(),
        "place": view.place,
        "nis": view.nis_code,
        "status": view.status,
    }
    return Recorded(view.id, view.version, body=body)


def _record_visit(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, VisitPayload]
) -> Recorded:
    said = incoming.payload
    command = RecordVisit(incoming.envelope, said.session_id, said.visitor, said.case_id)
    return _visit(record_visit(session, actor, command))


def _load_visit(session: Session, actor: Actor, visit_id: UUID) -> Recorded:
    return _visit(get_visit(session, actor, visit_id))


def _visit(visit: RecordedVisit) -> Recorded:
    body = {"session_id": str(visit.session_id), "is_named": visit.visitor_id is not None}
    return Recorded(visit.id, case_id=visit.case_id, body=body)


def _record_file(
    session: Session, actor: Actor, incoming: Incoming[HouseholdSubject, FilePayload]
) -> Recorded:
    said, household = incoming.payload, said_composition(incoming.payload)
    command = OpenFile(
        incoming.envelope,
        incoming.subject.household_id,
        incoming.subject.contact,
        household,
        said.municipalities,
        said.max_rent_cents,
        said.reason,
        said.notice_date,
    )
    return _file(open_file(session, actor, command))


def said_composition(said: FilePayload) -> shared.Composition:
    """Give who lives in the household as the shared core keeps it."""
    home = said.composition
    return shared.Composition(home.adults, home.children, home.type, said.main_income)


def _load_file(session: Session, actor: Actor, case_id: UUID) -> Recorded:
    return _file(get_file(session, actor, case_id))


def _file(view: FileView) -> Recorded:
    body = {
        "reason": view.reason,
        "max_rent_cents": view.max_rent_cents,
        "municipalities": view.municipalities,
        "notice_date": None if view.notice_on is None else view.notice_on.isoformat(),
    }
    return Recorded(view.id, view.version, view.id, body)


WOONCLUB_KINDS = (
    IntakeKind(
        programme=PROGRAMME,
        name="files",
        subject=HouseholdSubject,
        payload=FilePayload,
        record=_record_file,
        load=_load_file,
        data_class=DataClass.MONEY,
    ),
    IntakeKind(
        programme=PROGRAMME,
        name="visits",
        subject=NoSubject,
        payload=VisitPayload,
        record=_record_visit,
        load=_load_visit,
        data_class=DataClass.IDENTITY,
    ),
    IntakeKind(
        programme=PROGRAMME,
        name="sessions",
        subject=NoSubject,
        payload=SessionPayload,
        record=_record_session,
        load=_load_session,
        list_recent=_list_sessions,
        data_class=DataClass.COUNT,
    ),
)
# A session is no intake: only its municipality is asked.
WITHOUT_ENVELOPE = frozenset({f"{PROGRAMME}.sessions"})
