"""Organisations and the municipalities that they serve, with the days on which they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation, ServiceArea
from energiehuis.access.permissions import Permission
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.audit.chain import Entry, append
from energiehuis.errors import FieldError, InvalidInput
from energiehuis.identifiers import new_id


@dataclass(frozen=True, slots=True)
class ServedArea:
    """A municipality that is served for a programme, until a day or without an end."""

    programme: str
    nis_code: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the municipality is served on a day; the last day is not."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class AddOrganisation:
    """A new organisation with all that it serves."""

    code: str
    name: str
    areas: tuple[ServedArea, ...] = ()
    kind: OrganisationKind = OrganisationKind.ASSOCIATION
    kbo_number: str | None = None
    nis_code: str | None = None
    address: str | None = None


def add_organisation(session: Session, actor: Actor, command: AddOrganisation) -> UUID:
    """Add an organisation and its service areas. Needs `account:manage`.

    Raises
    ------
    InvalidInput
        `organisation.code_taken`.
    """
    require(actor, Permission.ACCOUNT_MANAGE)
    if has_organisation(session, command.code):
        raise InvalidInput([FieldError("code", "organisation.code_taken", {"code": command.code})])
    organisation_id = new_id()
    row = {
        "id": organisation_id,
        "code": command.code,
        "name": command.name,
        "kind": command.kind.value,
        "kbo_number": command.kbo_number,
        "nis_code": command.nis_code,
        "address": command.address,
    }
    session.execute(insert(Organisation).values(row))
    if command.areas:
        session.execute(insert(ServiceArea), _area_rows(organisation_id, command.areas))
    line = Entry(
        actor.name, actor.role_name, "organisation.added", "organisation", str(organisation_id)
    )
    append(session, line)
    return organisation_id


def has_organisation(session: Session, code: str) -> bool:
    """Say whether an organisation with this code exists."""
    return bool(session.scalar(select(func.count()).where(Organisation.code == code)))


def list_service_areas(session: Session, programme: str) -> tuple[tuple[UUID, ServedArea], ...]:
    """List who serves which municipality for a programme, with the days, past and present."""
    rows = session.execute(
        select(
            ServiceArea.organisation_id,
            ServiceArea.nis_code,
            ServiceArea.valid_from,
            ServiceArea.valid_until,
        ).where(ServiceArea.programme == programme)
    )
    return tuple(
        (row.organisation_id, ServedArea(programme, row.nis_code, row.valid_from, row.valid_until))
        for row in rows
    )


def _area_rows(organisation_id: UUID, areas: Sequence[ServedArea]) -> list[dict[str, object]]:
    return [
        {
            "organisation_id": organisation_id,
            "programme": area.programme,
            "nis_code": area.nis_code,
            "valid_from": area.valid_from,
            "valid_until": area.valid_until,
        }
        for area in areas
    ]
