"""Donors and receivers: written down, and moved from state to state, each from a day on."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.access.kbo import clean_kbo_number
from energiehuis.access.models import Organisation
from energiehuis.access.registered import NewOrganisation, register_organisation
from energiehuis.access.vocabulary import OrganisationKind
from energiehuis.cases.commands import Envelope
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import Conflict, FieldError
from energiehuis.programmes.food_act.commands import (
    DonorState,
    NewDonor,
    NewReceiver,
    ReceiverState,
)
from energiehuis.programmes.food_act.models import (
    Donor,
    DonorCategory,
    DonorDay,
    DonorStateRow,
    Receiver,
    ReceiverStateRow,
)
from energiehuis.programmes.food_act.queries import donor_pasts, receiver_pasts
from energiehuis.programmes.food_act.rules import (
    Past,
    donor_errors,
    receiver_errors,
    state_errors,
)
from energiehuis.programmes.food_act.states import (
    DONOR_MOVES,
    RECEIVER_MOVES,
    DonorStatus,
    ReceiverStatus,
)
from energiehuis.programmes.food_act.vocabulary import PROGRAMME, Category, Weekday


def record_donor(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, NewDonor]
) -> Recorded:
    """Write a donor down. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `field.enterprise_number`, `field.twice`, what the envelope has wrong.
    Conflict
        `food_act.donor_known`, when that number has a donor at that address; `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="donors", errors=donor_errors(said)
    )
    kbo_number = clean_kbo_number(said.kbo)
    made = NewOrganisation(
        OrganisationKind.DONOR, said.name, envelope.nis_code, said.address, kbo_number
    )
    donor_id = register_organisation(session, owner_id, made)
    row = {
        **_head(envelope, owner_id, donor_id, status=said.status),
        "place_key": f"{kbo_number} {_plain(said.address)}",
        "chain": said.chain.strip(),
        "contact": said.contact,
    }
    try:
        session.execute(insert(Donor).values(row))
    except IntegrityError as error:
        raise Conflict("food_act.donor_known", field="payload.address") from error
    days = [{"donor_id": donor_id, "weekday": day.value} for day in said.pickup_days]
    session.execute(insert(DonorDay), days)
    kinds = [{"donor_id": donor_id, "category": category.value} for category in said.categories]
    session.execute(insert(DonorCategory), kinds)
    first = DonorState(donor_id, said.status, envelope.received_on)
    state = _state_row(envelope, owner_id, donor_id, past=None, said=first)
    _write_state(session, DonorStateRow, state)
    say(session, actor, "food_donor.added", "food_donor", donor_id)
    return DONORS.written(session, actor, donor_id)


def record_receiver(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, NewReceiver]
) -> Recorded:
    """Write a receiving organisation down as a candidate. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `field.enterprise_number`, what the envelope has wrong.
    Conflict
        `food_act.receiver_known`, when one of that name is at that address; `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    owner_id = begin(
        session,
        actor,
        envelope,
        programme=PROGRAMME,
        kind="receivers",
        errors=receiver_errors(said),
    )
    kbo_number = clean_kbo_number(said.kbo) if said.kbo else None
    made = NewOrganisation(
        OrganisationKind.RECEIVER, said.name, envelope.nis_code, said.address, kbo_number
    )
    receiver_id = register_organisation(session, owner_id, made)
    status = ReceiverStatus.CANDIDATE
    row = {
        **_head(envelope, owner_id, receiver_id, status=status),
        "place_key": f"{_plain(said.name)} {_plain(said.address)}",
        "contact": said.contact,
        "favv_number": None,
    }
    try:
        session.execute(insert(Receiver).values(row))
    except IntegrityError as error:
        raise Conflict("food_act.receiver_known", field="payload.name") from error
    first = ReceiverState(receiver_id, status, envelope.received_on)
    state = _state_row(envelope, owner_id, receiver_id, past=None, said=first)
    _write_state(session, ReceiverStateRow, state)
    say(session, actor, "food_receiver.added", "food_receiver", receiver_id)
    return RECEIVERS.written(session, actor, receiver_id)


def record_donor_state(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, DonorState]
) -> Recorded:
    """Move a donor to another state. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `food_act.donor_unknown`, `food_act.in_future`, `food_act.before_last_state`.
    Conflict
        `food_act.move_not_allowed`, `food_act.moved_meanwhile`.
    """
    envelope, said = incoming.envelope, incoming.payload
    past = donor_pasts(session, actor, [said.donor_id]).get(said.donor_id)
    errors = _state_errors(said, past, envelope)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="donor-states", errors=errors
    )
    row = _state_row(envelope, owner_id, said.donor_id, past=past, said=said)
    _write_state(session, DonorStateRow, row)
    new = {"status": said.status.value, "status_since": said.date}
    session.execute(update(Donor).where(Donor.id == said.donor_id).values(new))
    say(session, actor, f"food_donor.{said.status.value}", "food_donor", said.donor_id)
    return DONOR_STATES.written(session, actor, row["id"])


def record_receiver_state(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, ReceiverState]
) -> Recorded:
    """Move a receiver to another state; it shows its number before it is active.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `food_act.receiver_unknown`, `food_act.favv_needed`, `food_act.favv_only_when_shown`,
        `food_act.in_future`, `food_act.before_last_state`.
    Conflict
        `food_act.move_not_allowed`, `food_act.moved_meanwhile`.
    """
    envelope, said = incoming.envelope, incoming.payload
    past = receiver_pasts(session, actor, [said.receiver_id]).get(said.receiver_id)
    errors = _state_errors(said, past, envelope)
    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="receiver-states", errors=errors
    )
    row = _state_row(envelope, owner_id, said.receiver_id, past=past, said=said)
    _write_state(session, ReceiverStateRow, row)
    new: dict[str, object] = {"status": said.status.value, "status_since": said.date}
    if said.favv_number is not None:
        new["favv_number"] = said.favv_number
    session.execute(update(Receiver).where(Receiver.id == said.receiver_id).values(new))
    say(session, actor, f"food_receiver.{said.status.value}", "food_receiver", said.receiver_id)
    return RECEIVER_STATES.written(session, actor, row["id"])


def _state_errors(
    said: DonorState | ReceiverState, past: Past | None, envelope: Envelope
) -> Iterator[FieldError]:
    if past is None:
        name = "donor" if isinstance(said, DonorState) else "receiver"
        yield FieldError(f"payload.{name}_id", f"food_act.{name}_unknown")
        return
    if past.nis_code != envelope.nis_code:
        yield FieldError("nis", "food_act.other_municipality")
    yield from state_errors(said, past, received_on=envelope.received_on)


def _state_row(
    envelope: Envelope,
    owner_id: UUID,
    partner_id: UUID,
    *,
    past: Past | None,
    said: DonorState | ReceiverState,
) -> dict[str, Any]:
    states = past.states if past else ()
    moves = DONOR_MOVES if isinstance(said, DonorState) else RECEIVER_MOVES
    if past is not None and said.status not in moves[past.status]:
        raise Conflict("food_act.move_not_allowed", status=past.status, move=said.status.value)
    return {
        **written_columns(envelope, owner_id),
        "partner_id": partner_id,
        "step": len(states) + 1,
        "status": said.status.value,
        "since": said.date,
        "at": clock.now(),
        "reason": said.reason,
    }


def _write_state(
    session: Session, rows: type[DonorStateRow] | type[ReceiverStateRow], row: dict[str, Any]
) -> None:
    try:
        session.execute(insert(rows).values(row))
    except IntegrityError as error:
        # Somebody else moved it in this very moment.
        raise Conflict("food_act.moved_meanwhile", field="payload.status") from error


def _head(
    envelope: Envelope, owner_id: UUID, partner_id: UUID, *, status: DonorStatus | ReceiverStatus
) -> dict[str, object]:
    since = {"status": status.value, "status_since": envelope.received_on}
    return {**written_columns(envelope, owner_id), "id": partner_id, **since}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _donor_said(row: Donor) -> Iterator[Detail]:
    yield from _partner_said(row, row.organisation)
    yield Detail("chain", row.chain, DataClass.COUNT)
    yield Detail("contact", row.contact, DataClass.IDENTITY)


def _receiver_said(row: Receiver) -> Iterator[Detail]:
    yield from _partner_said(row, row.organisation)
    yield Detail("favv_number", row.favv_number, DataClass.COUNT)
    yield Detail("contact", row.contact, DataClass.IDENTITY)


def _partner_said(row: Donor | Receiver, known: Organisation) -> Iterator[Detail]:
    yield Detail("name", known.name, DataClass.COUNT)
    yield Detail("kbo", known.kbo_number, DataClass.COUNT)
    yield Detail("address", known.address, DataClass.COUNT)
    yield Detail("status", row.status, DataClass.COUNT)
    yield Detail("date", row.status_since.isoformat(), DataClass.COUNT)


def _donor_parts(session: Session, row: Donor) -> Iterator[Detail]:
    days = set(session.scalars(select(DonorDay.weekday).where(DonorDay.donor_id == row.id)))
    kinds = set(
        session.scalars(select(DonorCategory.category).where(DonorCategory.donor_id == row.id))
    )
    in_order = tuple(day.value for day in Weekday if day in days)
    yield Detail("pickup_days", in_order, DataClass.COUNT)
    given = tuple(category.value for category in Category if category in kinds)
    yield Detail("categories", given, DataClass.COUNT)


def _state_said(name: str, row: DonorStateRow | ReceiverStateRow) -> Iterator[Detail]:
    yield Detail(name, str(row.partner_id), DataClass.COUNT)
    yield Detail("status", row.status, DataClass.COUNT)
    yield Detail("date", row.since.isoformat(), DataClass.COUNT)
    yield Detail("reason", row.reason, DataClass.COUNT)


DONORS = Records(
    programme=PROGRAMME,
    name="food_donor",
    rows=Donor,
    said=_donor_said,
    parts=_donor_parts,
    is_about_people=False,
)
RECEIVERS = Records(
    programme=PROGRAMME,
    name="food_receiver",
    rows=Receiver,
    said=_receiver_said,
    is_about_people=False,
)
DONOR_STATES = Records(
    programme=PROGRAMME,
    name="food_donor_state",
    rows=DonorStateRow,
    said=lambda row: _state_said("donor_id", row),
    is_about_people=False,
)
RECEIVER_STATES = Records(
    programme=PROGRAMME,
    name="food_receiver_state",
    rows=ReceiverStateRow,
    said=lambda row: _state_said("receiver_id", row),
    is_about_people=False,
)
