"""Organisations that work with a programme: written down, and asked for on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.access.models import Organisation
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.bulk_intakes import begin_all, entry_path
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, IntakeKind, NoSubject, Recorded
from energiehuis.cases.models import Partnership
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.cases.specs import Of, Text
from energiehuis.errors import Conflict, FieldError, InvalidInput
from energiehuis.identifiers import new_id


@dataclass(frozen=True, slots=True)
class AddPartner:
    """An organisation that works with the programme: known before, or a new one by its name."""

    from_: date
    keeps_secrecy: bool
    organisation: Annotated[UUID | None, Of("organisation")] = None
    name: Annotated[str | None, Text(120)] = None
    to: date | None = None


def holds_on(rows: type[Partnership], day: date) -> ColumnElement[bool]:
    """Give the condition that a partnership holds on a day; the last day is not one of it."""
    ends = or_(rows.valid_until.is_(None), rows.valid_until > day)
    return and_(rows.valid_from <= day, ends)


def partners_on(
    session: Session, actor: Actor, programme: str, *, among: Iterable[UUID], day: date
) -> dict[UUID, bool]:
    """Give which of some organisations are partners on a day, and whether each keeps secrecy."""
    rows = session.execute(
        select(Partnership.partner_id, Partnership.keeps_secrecy).where(
            Partnership.organisation_id == actor.organisation_id,
            Partnership.programme == programme,
            Partnership.partner_id.in_(list(among)),
            holds_on(Partnership, day),
        )
    )
    return {row.partner_id: row.keeps_secrecy for row in rows}


def partner_errors(command: AddPartner) -> Iterator[FieldError]:
    """Give what cannot be in a partnership."""
    if (command.organisation is None) == (command.name is None):
        choices = "organisation, name"
        yield FieldError("payload.organisation", "field.one_of_these_only", {"choices": choices})
    if command.to is not None and command.to <= command.from_:
        yield FieldError("payload.to", "partnership.ends_before_it_begins")


def partners_kind(programme: str) -> IntakeKind:
    """Make the kind of intake by which a programme writes its partners down."""
    records = Records(
        programme=programme,
        name=f"{programme}_partnership",
        rows=Partnership,
        said=_said,
        is_about_people=False,
    )

    def record(
        session: Session, actor: Actor, incoming: Incoming[NoSubject, AddPartner]
    ) -> Recorded:
        partnership_id = _record_partner(session, actor, programme, incoming)
        say(session, actor, f"{records.name}.added", records.name, partnership_id)
        return records.written(session, actor, partnership_id)

    return IntakeKind(
        programme=programme,
        name="partners",
        subject=NoSubject,
        payload=AddPartner,
        record=record,
        load=records.load,
        list_recent=records.list_recent,
        data_class=DataClass.COUNT,
        for_partners=False,
    )


def register_partners(
    session: Session,
    actor: Actor,
    programme: str,
    *,
    incoming: Sequence[Incoming[NoSubject, AddPartner]],
) -> tuple[UUID, ...]:
    """Write many new partners down by their names, and give their organisations in that order.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What is wrong with any of them.
    """
    errors = [
        FieldError(f"{entry_path(index, len(incoming))}{error.field}", error.code, error.params)
        for index, each in enumerate(incoming)
        for error in partner_errors(each.payload)
    ]
    envelopes = [each.envelope for each in incoming]
    owner_id = begin_all(
        session, actor, envelopes, programme=programme, kind="partners", errors=errors
    )
    made = [
        new_partner_row(
            owner_id, each.payload.name or "", each.envelope.nis_code, OrganisationKind.PARTNER
        )
        for each in incoming
    ]
    session.execute(insert(Organisation), made)
    partners = tuple(UUID(str(row["id"])) for row in made)
    rows = [
        _row(each, programme, owner_id, partner_id)
        for each, partner_id in zip(incoming, partners, strict=True)
    ]
    session.execute(insert(Partnership), rows)
    for row in rows:
        subject = f"{programme}_partnership"
        say(session, actor, f"{subject}.added", subject, UUID(str(row["id"])))
    return partners


def new_partner_row(
    organisation_id: UUID, name: str, nis_code: str, kind: OrganisationKind
) -> dict[str, object]:
    """Give the row of an organisation that a programme writes down."""
    partner_id = new_id()
    return {
        "id": partner_id,
        "code": f"partner-{partner_id.hex[-20:]}",
        "name": name,
        "kind": kind.value,
        "nis_code": nis_code,
        "registered_by_id": organisation_id,
    }


def _record_partner(
    session: Session, actor: Actor, programme: str, incoming: Incoming[NoSubject, AddPartner]
) -> UUID:
    envelope, said = incoming.envelope, incoming.payload
    errors = list(partner_errors(said))
    owner_id = begin(session, actor, envelope, programme=programme, kind="partners", errors=errors)
    partner_id = said.organisation
    if partner_id is None:
        made = new_partner_row(
            owner_id, said.name or "", envelope.nis_code, OrganisationKind.PARTNER
        )
        session.execute(insert(Organisation).values(made))
        partner_id = UUID(str(made["id"]))
    elif session.get(Organisation, partner_id) is None:
        raise InvalidInput([FieldError("payload.organisation", "organisation.unknown")])
    row = _row(incoming, programme, owner_id, partner_id)
    try:
        session.execute(insert(Partnership).values(row))
    except IntegrityError as error:
        raise Conflict("partnership.exists", field="payload.organisation") from error
    return UUID(str(row["id"]))


def _row(
    incoming: Incoming[NoSubject, AddPartner], programme: str, owner_id: UUID, partner_id: UUID
) -> dict[str, object]:
    said = incoming.payload
    return {
        **written_columns(incoming.envelope, owner_id),
        "programme": programme,
        "partner_id": partner_id,
        "keeps_secrecy": said.keeps_secrecy,
        "valid_from": said.from_,
        "valid_until": said.to,
    }


def _said(row: Partnership) -> Iterator[Detail]:
    yield Detail("organisation", str(row.partner_id), DataClass.COUNT)
    yield Detail("name", row.partner.name, DataClass.COUNT)
    yield Detail("keeps_secrecy", row.keeps_secrecy, DataClass.COUNT)
    yield Detail("from", row.valid_from.isoformat(), DataClass.COUNT)
    yield Detail("to", row.valid_until and row.valid_until.isoformat(), DataClass.COUNT)
