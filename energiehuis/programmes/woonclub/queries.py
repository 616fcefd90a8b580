"""Reading files of the Woonclub; each read leaves an audit line in the same transaction."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.permissions import Permission
from energiehuis.audit.chain import Entry, append
from energiehuis.cases.models import Case, CaseSnapshot, Intake
from energiehuis.cases.queries import StatusChange, list_status_changes, scope_of
from energiehuis.errors import NotFound
from energiehuis.people.queries import PersonView, list_members
from energiehuis.programmes.woonclub.models import Housing, WantedMunicipality, WoonclubFile
from energiehuis.programmes.woonclub.vocabulary import PROGRAMME


@dataclass(frozen=True, slots=True)
class FileView:
    """Everything of a file that a worker of the Woonclub may see."""

    id: UUID
    version: int
    status: str
    status_since: datetime
    nis_code: str
    received_on: date
    household_id: UUID
    intake_id: UUID
    channel: str
    operator_organisation_id: UUID
    legal_basis: str
    adults: int
    children: int
    household_type: str
    main_income: str | None
    max_rent_cents: int
    reason: str
    notice_on: date | None
    outcome: str | None
    outcome_on: date | None
    tenure: str | None
    housing_nis_code: str | None
    rent_cents: int | None
    municipalities: tuple[str, ...]
    members: tuple[PersonView, ...]
    changes: tuple[StatusChange, ...]


# In the order of the fields of the view.
_FILE = (
    select(
        Case.id,
        Case.version,
        Case.status,
        Case.status_since,
        Case.nis_code,
        Case.received_on,
        Case.household_id,
        Case.intake_id,
        Intake.channel,
        Intake.operator_organisation_id,
        Intake.legal_basis,
        CaseSnapshot.adults,
        CaseSnapshot.children,
        CaseSnapshot.household_type,
        CaseSnapshot.main_income,
        WoonclubFile.max_rent_cents,
        WoonclubFile.reason,
        WoonclubFile.notice_on,
        Case.outcome,
        Case.outcome_on,
        Housing.tenure,
        Housing.nis_code,
        Housing.rent_cents,
    )
    .join(Intake, Intake.id == Case.intake_id)
    .join(CaseSnapshot, CaseSnapshot.case_id == Case.id)
    .join(WoonclubFile, WoonclubFile.case_id == Case.id)
    .outerjoin(Housing, Housing.case_id == Case.id)
    .where(Case.programme == PROGRAMME)
)
_LISTS = ("municipalities", "members", "changes")
_NAMES = tuple(field.name for field in fields(FileView) if field.name not in _LISTS)


def get_file(session: Session, actor: Actor, case_id: UUID) -> FileView:
    """Give a file, and write down that it was read. Needs `programme:read`.

    Raises
    ------
    NotFound
        When there is none, or when the actor may not know that there is.
    """
    require(actor, Permission.PROGRAMME_READ)
    view = load_file(session, actor, case_id)
    entry = Entry(actor.name, actor.role_name, "woonclub_file.read", "woonclub_file", str(case_id))
    append(session, entry)
    return view


def load_file(session: Session, actor: Actor, case_id: UUID) -> FileView:
    """Give a file within the scope of the actor, for a service that writes its own audit line.

    Raises
    ------
    NotFound
        When there is none within the scope.
    """
    row = session.execute(_FILE.where(Case.id == case_id, scope_of(actor, Case))).first()
    if row is None:
        raise NotFound("request.not_found")
    return _view(session, tuple(row))


def _view(session: Session, values: tuple[Any, ...]) -> FileView:
    head = dict(zip(_NAMES, values, strict=True))
    wanted = session.scalars(
        select(WantedMunicipality.nis_code)
        .where(WantedMunicipality.case_id == head["id"])
        .order_by(WantedMunicipality.nis_code)
    )
    return FileView(
        **head,
        municipalities=tuple(wanted),
        members=tuple(list_members(session, head["household_id"])),
        changes=tuple(list_status_changes(session, head["id"])),
    )
