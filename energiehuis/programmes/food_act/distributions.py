"""Distributions: food that receivers got, never more than there is."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.bulk_intakes import begin_all, entry_path
from energiehuis.cases.intakes import say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import FieldError
from energiehuis.programmes.food_act.commands import Distribution
from energiehuis.programmes.food_act.models import DistributionRow
from energiehuis.programmes.food_act.queries import locked_book, receiver_pasts
from energiehuis.programmes.food_act.rules import receiver_on_errors, take_errors
from energiehuis.programmes.food_act.stock import taken_lines, taken_rows, write_events
from energiehuis.programmes.food_act.vocabulary import PROGRAMME, StockEventKind

IncomingDistribution = Incoming[NoSubject, Distribution]


def record_distribution(session: Session, actor: Actor, incoming: IncomingDistribution) -> Recorded:
    """Write down what a receiver got; it leaves the stock at once. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `food_act.receiver_unknown`, `food_act.receiver_without_number`,
        `food_act.receiver_not_active`, `food_act.above_stock`, `food_act.in_future`.
    Conflict
        `food_act.stock_below_zero`, `intake.id_taken`.
    """
    (distribution_id,) = record_distributions(session, actor, [incoming])
    return DISTRIBUTIONS.written(session, actor, distribution_id)


def record_distributions(
    session: Session, actor: Actor, incomings: Sequence[IncomingDistribution]
) -> tuple[UUID, ...]:
    """Write distributions down in their order, all or none, and give their ids.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        As for one, with `entries.<index>.` before the field where there are several.
    Conflict
        `food_act.stock_below_zero`, `intake.id_taken`.
    """
    owner_id = begin_all(
        session,
        actor,
        [incoming.envelope for incoming in incomings],
        programme=PROGRAMME,
        kind="distributions",
        errors=_errors(session, actor, incomings),
    )
    rows = [_row(incoming, owner_id) for incoming in incomings]
    session.execute(insert(DistributionRow), rows)
    given = StockEventKind.DISTRIBUTION
    events = [
        event
        for row, incoming in zip(rows, incomings, strict=True)
        for event in taken_rows(row, incoming.payload.date, given, incoming.payload.lines)
    ]
    write_events(session, events)
    for row in rows:
        say(session, actor, "food_distribution.recorded", "food_distribution", row["id"])
    return tuple(row["id"] for row in rows)


def _errors(
    session: Session, actor: Actor, incomings: Sequence[IncomingDistribution]
) -> Iterator[FieldError]:
    if actor.organisation_id is None:
        return
    book = locked_book(session, actor.organisation_id)
    ids = {incoming.payload.receiver_id for incoming in incomings}
    pasts = receiver_pasts(session, actor, ids)
    for index, incoming in enumerate(incomings):
        envelope, said = incoming.envelope, incoming.payload
        past = pasts.get(said.receiver_id)
        path = entry_path(index, len(incomings))
        found = [
            *receiver_on_errors(past, said.date, nis_code=envelope.nis_code),
            *take_errors(book, said.date, said.lines, received_on=envelope.received_on),
        ]
        for error in found:
            yield FieldError(f"{path}{error.field}", error.code, error.params)


def _row(incoming: IncomingDistribution, owner_id: UUID) -> dict[str, Any]:
    return {
        **written_columns(incoming.envelope, owner_id),
        "receiver_id": incoming.payload.receiver_id,
        "given_on": incoming.payload.date,
    }


def _said(row: DistributionRow) -> Iterator[Detail]:
    yield Detail("receiver_id", str(row.receiver_id), DataClass.COUNT)
    yield Detail("date", row.given_on.isoformat(), DataClass.COUNT)


DISTRIBUTIONS = Records(
    programme=PROGRAMME,
    name="food_distribution",
    rows=DistributionRow,
    said=_said,
    parts=lambda session, row: taken_lines(session, row.id),
    is_about_people=False,
)
