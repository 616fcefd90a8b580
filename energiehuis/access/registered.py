"""Organisations that a programme writes down: a donor of food, a receiver, an enterprise."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from energiehuis.access.models import Organisation
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.identifiers import new_id


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation of the outside world; it signs in nowhere and serves nobody."""

    kind: OrganisationKind
    name: str
    nis_code: str
    address: str | None = None
    kbo_number: str | None = None


def register_organisation(session: Session, owner_id: UUID, said: NewOrganisation) -> UUID:
    """Write an organisation down for the one whose programme registers it.

    The programme checks the rights and writes the audit line.
    """
    organisation_id = new_id()
    row = {
        "id": organisation_id,
        "code": f"{said.kind.value[:6]}-{organisation_id.hex}",
        "name": said.name,
        "kind": said.kind.value,
        "kbo_number": said.kbo_number,
        "nis_code": said.nis_code,
        "address": said.address,
        "registered_by_id": owner_id,
    }
    session.execute(insert(Organisation).values(row))
    return organisation_id
