"""Rental premises: offered by a landlord, inspected, certified, and let."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.field_classes import DataClass
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.commands import Envelope
from energiehuis.cases.intakes import begin, person_of, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import MOST_LISTED, Records, written_columns
from energiehuis.errors import FieldError, InvalidInput, NotFound, StaleVersion
from energiehuis.identifiers import new_id
from energiehuis.programmes.energy_desk import dwellings, rules, states
from energiehuis.programmes.energy_desk.commands import (
    RegisteredLandlord,
    RentalStep,
    ReportedPremises,
)
from energiehuis.programmes.energy_desk.models import EnergyRentalPremises, EnergyRentalStep
from energiehuis.programmes.energy_desk.vocabulary import PROGRAMME, RentalStatus


def record_landlord(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, RegisteredLandlord]
) -> Recorded:
    """Write an organisation down that lets dwellings. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What the envelope has wrong.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(session, actor, envelope, programme=PROGRAMME, kind="landlords")
    landlord_id = new_id()
    landlord = Organisation(
        id=landlord_id,
        code=f"lessor-{landlord_id.hex}",
        name=said.name,
        kind=OrganisationKind.LANDLORD.value,
        nis_code=envelope.nis_code,
        address=said.address,
        registered_by_id=organisation_id,
    )
    session.add(landlord)
    session.flush()
    say(session, actor, "energy_landlord.registered", "organisation", landlord_id)
    return _landlord(landlord)


def load_landlord(session: Session, actor: Actor, landlord_id: UUID) -> Recorded:
    """Give an organisation that lets dwellings. Needs `programme:read`.

    Raises
    ------
    PermissionDenied, NotFound
    """
    found = [row for row in _landlords(session, actor) if row.id == landlord_id]
    if not found:
        raise NotFound("request.not_found")
    return _landlord(found[0])


def list_landlords(session: Session, actor: Actor) -> list[Recorded]:
    """List the newest organisations that let dwellings. Needs `programme:read`."""
    return [_landlord(row) for row in _landlords(session, actor)[:MOST_LISTED]]


def record_premises(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, ReportedPremises]
) -> Recorded:
    """Write premises down that a landlord offers. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules.premises_errors` finds, `energy.landlord_unknown`, `energy.landlord_is_tenant`,
        `person.unknown`, and what the envelope has wrong.
    Conflict
        `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="rental-premises",
        errors=_premises_errors(session, actor, said),
    )
    row = {
        **written_columns(envelope, organisation_id),
        **_people(session, organisation_id, said),
        **_dwelling(session, organisation_id, envelope, said),
        "version": 1,
        "status": RentalStatus.REPORTED.value,
        "reported_on": envelope.received_on,
    }
    session.execute(insert(EnergyRentalPremises).values(row))
    premises_id: UUID = row["id"]  # type: ignore[assignment]
    say(session, actor, "energy_rental_premises.reported", "energy_rental_premises", premises_id)
    return PREMISES.written(session, actor, premises_id)


def record_rental_step(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, RentalStep]
) -> Recorded:
    """Write down that premises reached their next step. Needs `intake:write`.

    Raises
    ------
    PermissionDenied, StaleVersion
    InvalidInput
        `energy.premises_unknown`, `energy.before_asked`, `energy.step_in_future`, and what the
        envelope has wrong.
    Conflict
        `energy.move_not_allowed`, `intake.id_taken`.
    """
    envelope, step = incoming.envelope, incoming.payload
    found: EnergyRentalPremises | None = PREMISES.find(session, actor, step.premises_id)
    organisation_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="rental-steps",
        errors=_step_errors(found, incoming),
    )
    if found is None:
        raise TypeError("unknown premises were not refused")
    states.require_move(states.RENTAL_MOVES, RentalStatus(found.status), step.status)
    _change(session, step)
    row = {
        **written_columns(envelope, organisation_id),
        "premises_id": found.id,
        "status": step.status.value,
        "day": step.day,
    }
    session.execute(insert(EnergyRentalStep).values(row))
    action = f"energy_rental_premises.{step.status.value}"
    say(session, actor, action, "energy_rental_premises", found.id)
    return RENTAL_STEPS.written(session, actor, row["id"])  # type: ignore[arg-type]


def _people(session: Session, organisation_id: UUID, said: ReportedPremises) -> dict[str, object]:
    landlord_id = tenant_id = None
    if said.landlord is not None:
        landlord_id = person_of(session, organisation_id, said.landlord, "payload.landlord")
    if said.tenant is not None:
        tenant_id = person_of(session, organisation_id, said.tenant, "payload.tenant")
    if landlord_id is not None and landlord_id == tenant_id:
        raise InvalidInput([FieldError("payload.tenant", "energy.landlord_is_tenant")])
    return {
        "landlord_person_id": landlord_id,
        "landlord_organisation_id": said.landlord_id,
        "tenant_id": tenant_id,
    }


def _dwelling(
    session: Session, organisation_id: UUID, envelope: Envelope, said: ReportedPremises
) -> dict[str, object]:
    return {
        "dwelling_id": dwellings.take_dwelling(
            session, organisation_id, envelope.nis_code, said.address
        ),
        "rooms": said.rooms,
        "epc": said.epc,
        "rent_cents": said.rent_cents,
    }


def _premises_errors(
    session: Session, actor: Actor, said: ReportedPremises
) -> Iterator[FieldError]:
    yield from rules.premises_errors(said)
    if said.landlord_id is None:
        return
    known = session.scalar(
        select(Organisation.id).where(
            Organisation.id == said.landlord_id,
            Organisation.kind == OrganisationKind.LANDLORD.value,
            Organisation.registered_by_id == actor.organisation_id,
        )
    )
    if known is None:
        yield FieldError("payload.landlord_id", "energy.landlord_unknown")


def _step_errors(
    found: EnergyRentalPremises | None, incoming: Incoming[NoSubject, RentalStep]
) -> Iterator[FieldError]:
    step = incoming.payload
    if found is None:
        yield FieldError("payload.premises_id", "energy.premises_unknown")
        return
    if step.day < found.reported_on:
        day = found.reported_on.isoformat()
        yield FieldError("payload.day", "energy.before_asked", {"day": day})
    if step.day > incoming.envelope.received_on:
        yield FieldError("payload.day", "energy.step_in_future")


def _change(session: Session, step: RentalStep) -> None:
    rows = EnergyRentalPremises
    statement = (
        update(rows)
        .where(rows.id == step.premises_id, rows.version == step.version)
        .values(version=step.version + 1, status=step.status.value)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersion("version.stale")


def _landlords(session: Session, actor: Actor) -> list[Organisation]:
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return []
    rows = session.scalars(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.LANDLORD.value,
            Organisation.registered_by_id == actor.organisation_id,
            Organisation.nis_code.in_(actor.municipalities),
        )
        .order_by(Organisation.id.desc())
    )
    return list(rows)


def _landlord(row: Organisation) -> Recorded:
    return Recorded(row.id, body={"name": row.name, "nis": row.nis_code, "address": row.address})


def _premises_said(row: EnergyRentalPremises) -> Iterator[Detail]:
    yield Detail("status", row.status, DataClass.IDENTITY)
    yield Detail("rooms", row.rooms, DataClass.IDENTITY)
    yield Detail("epc", row.epc, DataClass.IDENTITY)
    yield Detail("rent_cents", row.rent_cents, DataClass.MONEY)
    yield Detail("reported_on", row.reported_on.isoformat(), DataClass.IDENTITY)


def _premises_parts(session: Session, row: EnergyRentalPremises) -> Iterator[Detail]:
    people = {
        "landlord_person_id": row.landlord_person_id,
        "landlord_id": row.landlord_organisation_id,
        "tenant_id": row.tenant_id,
    }
    yield Detail("address", dwellings.address_of(session, row.dwelling_id), DataClass.IDENTITY)
    for name, who in people.items():
        yield Detail(name, str(who) if who else None, DataClass.IDENTITY)


def _step_said(row: EnergyRentalStep) -> Iterator[Detail]:
    yield Detail("premises_id", str(row.premises_id), DataClass.IDENTITY)
    yield Detail("status", row.status, DataClass.IDENTITY)
    yield Detail("day", row.day.isoformat(), DataClass.IDENTITY)


PREMISES = Records(
    programme=PROGRAMME,
    name="energy_rental_premises",
    rows=EnergyRentalPremises,
    said=_premises_said,
    parts=_premises_parts,
)
RENTAL_STEPS = Records(
    programme=PROGRAMME,
    name="energy_rental_step",
    rows=EnergyRentalStep,
    said=_step_said,
    is_about_people=False,
)
