"""Whom receivers reached: households and persons a month, as they told it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
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
from energiehuis.programmes.food_act.commands import ReceiverReach
from energiehuis.programmes.food_act.models import Reach
from energiehuis.programmes.food_act.queries import receiver_pasts
from energiehuis.programmes.food_act.rules import month_of, reach_errors
from energiehuis.programmes.food_act.vocabulary import PROGRAMME

IncomingReach = Incoming[NoSubject, ReceiverReach]


def record_reach(session: Session, actor: Actor, incoming: IncomingReach) -> Recorded:
    """Write down whom a receiver reached in a month. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `food_act.persons_below_households`, `food_act.receiver_unknown`, `food_act.in_future`.
    Conflict
        `food_act.reach_known`, `intake.id_taken`.
    """
    (reach_id,) = record_reaches(session, actor, [incoming])
    return REACHES.written(session, actor, reach_id)


def record_reaches(
    session: Session, actor: Actor, incomings: Sequence[IncomingReach]
) -> tuple[UUID, ...]:
    """Write the reach of many receivers down, all or none. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        As for one, with `entries.<index>.` before the field where there are several.
    Conflict
        `food_act.reach_known`, `intake.id_taken`.
    """
    owner_id = begin_all(
        session,
        actor,
        [incoming.envelope for incoming in incomings],
        programme=PROGRAMME,
        kind="receiver-reach",
        errors=_errors(session, actor, incomings),
    )
    rows = [_row(incoming, owner_id) for incoming in incomings]
    try:
        session.execute(insert(Reach), rows)
    except IntegrityError as error:
        raise Conflict("food_act.reach_known", field="payload.month") from error
    for row in rows:
        say(session, actor, "food_reach.recorded", "food_reach", row["id"])
    return tuple(row["id"] for row in rows)


def _errors(
    session: Session, actor: Actor, incomings: Sequence[IncomingReach]
) -> Iterator[FieldError]:
    ids = {incoming.payload.receiver_id for incoming in incomings}
    pasts = receiver_pasts(session, actor, ids)
    for index, incoming in enumerate(incomings):
        envelope, said = incoming.envelope, incoming.payload
        path = entry_path(index, len(incomings))
        found = reach_errors(
            said,
            pasts.get(said.receiver_id),
            received_on=envelope.received_on,
            nis_code=envelope.nis_code,
        )
        for error in found:
            yield FieldError(f"{path}{error.field}", error.code, error.params)


def _row(incoming: IncomingReach, owner_id: UUID) -> dict[str, Any]:
    said = incoming.payload
    return {
        **written_columns(incoming.envelope, owner_id),
        "receiver_id": said.receiver_id,
        "month": month_of(said.month),
        "households": said.households,
        "persons": said.persons,
    }


def _said(row: Reach) -> Iterator[Detail]:
    yield Detail("receiver_id", str(row.receiver_id), DataClass.COUNT)
    yield Detail("month", row.month.isoformat()[:7], DataClass.COUNT)
    yield Detail("households", row.households, DataClass.COUNT)
    yield Detail("persons", row.persons, DataClass.COUNT)


REACHES = Records(
    programme=PROGRAMME,
    name="food_reach",
    rows=Reach,
    said=_said,
    is_about_people=False,
)
