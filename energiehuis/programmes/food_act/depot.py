"""What happens in the depot itself: food that is thrown away, and the stock as it was counted."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.bulk_intakes import begin_all, entry_path
from energiehuis.cases.intakes import begin, say
from energiehuis.cases.kinds import Incoming, NoSubject, Recorded
from energiehuis.cases.programmes import Detail
from energiehuis.cases.records import Records, written_columns
from energiehuis.errors import FieldError
from energiehuis.programmes.food_act.book import StockBook
from energiehuis.programmes.food_act.commands import StockCount, Waste
from energiehuis.programmes.food_act.models import (
    StockCountLineRow,
    StockCountRow,
    WasteRow,
)
from energiehuis.programmes.food_act.queries import locked_book
from energiehuis.programmes.food_act.rules import count_errors, grams_of, kg_text, take_errors
from energiehuis.programmes.food_act.stock import (
    event_row,
    taken_lines,
    taken_rows,
    write_events,
)
from energiehuis.programmes.food_act.vocabulary import PROGRAMME, StockEventKind

IncomingWaste = Incoming[NoSubject, Waste]


def record_waste(session: Session, actor: Actor, incoming: IncomingWaste) -> Recorded:
    """Write down what was thrown away; it leaves the stock at once. Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `food_act.above_stock`, `food_act.in_future`, what the envelope has wrong.
    Conflict
        `food_act.stock_below_zero`, `intake.id_taken`.
    """
    (waste_id,) = record_wastes(session, actor, [incoming])
    return WASTE.written(session, actor, waste_id)


def record_wastes(
    session: Session, actor: Actor, incomings: Sequence[IncomingWaste]
) -> tuple[UUID, ...]:
    """Write waste of several days down in their order, all or none. Needs `intake:write`.

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
        kind="waste",
        errors=_waste_errors(session, actor, incomings),
    )
    rows = [_waste_row(incoming, owner_id) for incoming in incomings]
    session.execute(insert(WasteRow), rows)
    events = [
        event
        for row, incoming in zip(rows, incomings, strict=True)
        for event in taken_rows(
            row, incoming.payload.date, StockEventKind.WASTE, incoming.payload.lines
        )
    ]
    write_events(session, events)
    for row in rows:
        say(session, actor, "food_waste.recorded", "food_waste", row["id"])
    return tuple(row["id"] for row in rows)


def record_stock_count(
    session: Session, actor: Actor, incoming: Incoming[NoSubject, StockCount]
) -> Recorded:
    """Write down what was counted; the difference with the events becomes an event.

    Needs `intake:write`.

    Raises
    ------
    PermissionDenied
    InvalidInput
        `food_act.given_since`, when more left the stock later than was counted; `field.twice`,
        `food_act.in_future`, what the envelope has wrong.
    Conflict
        `food_act.stock_below_zero`, `intake.id_taken`.
    """
    envelope, said = incoming.envelope, incoming.payload
    books: list[StockBook] = []

    def errors() -> Iterator[FieldError]:
        books.append(_book(session, actor))
        yield from count_errors(said, books[0], received_on=envelope.received_on)

    owner_id = begin(
        session, actor, envelope, programme=PROGRAMME, kind="stock-counts", errors=errors()
    )
    row: dict[str, Any] = {**written_columns(envelope, owner_id), "counted_on": said.date}
    session.execute(insert(StockCountRow).values(row))
    session.execute(insert(StockCountLineRow), list(_count_lines(row, said)))
    write_events(session, list(_differences(row, said, books[0])))
    say(session, actor, "food_stock.counted", "food_stock_count", row["id"])
    return STOCK_COUNTS.written(session, actor, row["id"])


def _waste_errors(
    session: Session, actor: Actor, incomings: Sequence[IncomingWaste]
) -> Iterator[FieldError]:
    book = _book(session, actor)
    for index, incoming in enumerate(incomings):
        said, path = incoming.payload, entry_path(index, len(incomings))
        received_on = incoming.envelope.received_on
        for error in take_errors(book, said.date, said.lines, received_on=received_on):
            yield FieldError(f"{path}{error.field}", error.code, error.params)


def _waste_row(incoming: IncomingWaste, owner_id: UUID) -> dict[str, Any]:
    return {
        **written_columns(incoming.envelope, owner_id),
        "wasted_on": incoming.payload.date,
        "reason": incoming.payload.reason.value,
    }


def _book(session: Session, actor: Actor) -> StockBook:
    return locked_book(session, actor.organisation_id) if actor.organisation_id else StockBook({})


def _count_lines(row: dict[str, Any], said: StockCount) -> Iterator[dict[str, object]]:
    for line in said.lines:
        yield {
            "stock_count_id": row["id"],
            "category": line.category.value,
            "grams": grams_of(line.kg),
        }


def _differences(
    row: dict[str, Any], said: StockCount, book: StockBook
) -> Iterator[dict[str, object]]:
    kind = StockEventKind.COUNT
    for line in said.lines:
        category = line.category.value
        grams = grams_of(line.kg) - book.balance(category, said.date)
        if grams:
            yield event_row(row, said.date, kind, category=category, grams=grams)


def _waste_said(row: WasteRow) -> Iterator[Detail]:
    yield Detail("date", row.wasted_on.isoformat(), DataClass.COUNT)
    yield Detail("reason", row.reason, DataClass.COUNT)


def _count_said(row: StockCountRow) -> Iterator[Detail]:
    yield Detail("date", row.counted_on.isoformat(), DataClass.COUNT)


def _count_parts(session: Session, row: StockCountRow) -> Iterator[Detail]:
    lines = session.scalars(
        select(StockCountLineRow)
        .where(StockCountLineRow.stock_count_id == row.id)
        .order_by(StockCountLineRow.category)
    )
    said = tuple({"category": line.category, "kg": kg_text(line.grams)} for line in lines)
    yield Detail("lines", said, DataClass.COUNT)


WASTE = Records(
    programme=PROGRAMME,
    name="food_waste",
    rows=WasteRow,
    said=_waste_said,
    parts=lambda session, row: taken_lines(session, row.id),
    is_about_people=False,
)
STOCK_COUNTS = Records(
    programme=PROGRAMME,
    name="food_stock_count",
    rows=StockCountRow,
    said=_count_said,
    parts=_count_parts,
    is_about_people=False,
)
