"""Pickups: food that was collected, one or many at a time by the same rules."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.bulk_intakes import begin_all, entry_path
from energiehuis.cases.intakes import say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import Conflict, FieldError
from energiehuis.people.queries import find_person_id
from energiehuis.programmes.food_act.commands import Pickup
from energiehuis.programmes.food_act.models import PickupLineRow, PickupRow
from energiehuis.programmes.food_act.queries import donor_pasts
from energiehuis.programmes.food_act.rules import grams_of, kg_text, pickup_errors
from energiehuis.programmes.food_act.stock import event_row, write_events
from energiehuis.programmes.food_act.vocabulary import PROGRAMME, StockEventKind

IncomingPickup = Incoming[NoSubject, Pickup]


def record_pickup(session: Session, actor: Actor, incoming: IncomingPickup) -> Recorded:
    """Write a pickup down; what was cold enough is in stock at once. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        What `rules.pickup_errors` finds, `person.unknown` for the driver.
    Conflict
        `food_act.pickup_known`, `intake.id_taken`.
    """
    (pickup_id,) = record_pickups(session, actor, [incoming])
    return PICKUPS.written(session, actor, pickup_id)


def record_pickups(
    session: Session, actor: Actor, incomings: Sequence[IncomingPickup]
) -> tuple[UUID, ...]:
    """Write pickups down, all or none, and give their ids. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        As for one, with `entries.<index>.` before the field where there are several.
    Conflict
        `food_act.pickup_known`, `intake.id_taken`.
    """
    owner_id = begin_all(
        session,
        actor,
        [incoming.envelope for incoming in incomings],
        programme=PROGRAMME,
        kind="pickups",
        errors=_errors(session, actor, incomings),
    )
    rows = [_row(incoming, owner_id) for incoming in incomings]
    pairs = list(zip(rows, incomings, strict=True))
    try:
        session.execute(insert(PickupRow), rows)
    except IntegrityError as error:
        raise Conflict("food_act.pickup_known", field="payload.round") from error
    lines = [line for row, incoming in pairs for line in _line_rows(row, incoming.payload)]
    session.execute(insert(PickupLineRow), lines)
    write_events(session, [e for row, incoming in pairs for e in _events(row, incoming.payload)])
    for row in rows:
        say(session, actor, "food_pickup.recorded", "food_pickup", row["id"])
    return tuple(row["id"] for row in rows)


def _errors(
    session: Session, actor: Actor, incomings: Sequence[IncomingPickup]
) -> Iterator[FieldError]:
    pasts = donor_pasts(session, actor, {incoming.payload.donor_id for incoming in incomings})
    drivers = {incoming.payload.driver_id for incoming in incomings} - {None}
    known = {one for one in drivers if one and _is_ours(session, actor, one)}
    for index, incoming in enumerate(incomings):
        envelope, said = incoming.envelope, incoming.payload
        path = entry_path(index, len(incomings))
        found = pickup_errors(
            said,
            pasts.get(said.donor_id),
            received_on=envelope.received_on,
            nis_code=envelope.nis_code,
        )
        for error in found:
            yield FieldError(f"{path}{error.field}", error.code, error.params)
        if said.driver_id is not None and said.driver_id not in known:
            yield FieldError(f"{path}payload.driver_id", "person.unknown")


def _is_ours(session: Session, actor: Actor, person_id: UUID) -> bool:
    owner_id = actor.organisation_id
    return owner_id is not None and find_person_id(session, owner_id, person_id) is not None


def _row(incoming: IncomingPickup, owner_id: UUID) -> dict[str, Any]:
    said = incoming.payload
    return {
        **written_columns(incoming.envelope, owner_id),
        "donor_id": said.donor_id,
        "picked_up_on": said.date,
        "round": said.round,
        "driver_id": said.driver_id,
        "reason": said.reason,
    }


def _line_rows(row: dict[str, Any], said: Pickup) -> Iterator[dict[str, object]]:
    for number, line in enumerate(said.lines):
        yield {
            "pickup_id": row["id"],
            "number": number,
            "category": line.category.value,
            "grams": grams_of(line.kg),
            "expiry_kind": line.expiry_kind.value,
            "temperature_ok": line.temperature_ok,
        }


def _events(row: dict[str, Any], said: Pickup) -> Iterator[dict[str, object]]:
    """Give what comes in; what was too warm may not be given, and goes out as waste at once."""
    for line in said.lines:
        category, grams = line.category.value, grams_of(line.kg)
        yield event_row(row, said.date, StockEventKind.PICKUP, category=category, grams=grams)
        if not line.temperature_ok:
            yield event_row(row, said.date, StockEventKind.WASTE, category=category, grams=-grams)


def _said(row: PickupRow) -> Iterator[Detail]:
    yield Detail("donor_id", str(row.donor_id), DataClass.COUNT)
    yield Detail("date", row.picked_up_on.isoformat(), DataClass.COUNT)
    yield Detail("round", row.round, DataClass.COUNT)
    yield Detail("driver_id", row.driver_id and str(row.driver_id), DataClass.IDENTITY)
    yield Detail("reason", row.reason, DataClass.COUNT)


def _parts(session: Session, row: PickupRow) -> Iterator[Detail]:
    lines = session.scalars(
        select(PickupLineRow)
        .where(PickupLineRow.pickup_id == row.id)
        .order_by(PickupLineRow.number)
    )
    said = tuple(
        {
            "category": line.category,
            "kg": kg_text(line.grams),
            "expiry_kind": line.expiry_kind,
            "temperature_ok": line.temperature_ok,
        }
        for line in lines
    )
    yield Detail("lines", said, DataClass.COUNT)


PICKUPS = Records(
    programme=PROGRAMME,
    name="food_pickup",
    rows=PickupRow,
    said=_said,
    parts=_parts,
    is_about_people=False,
)
