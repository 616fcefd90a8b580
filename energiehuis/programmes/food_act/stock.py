"""Events of the stock: what a pickup brings, what a distribution, waste or a count takes."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from energiehuis.access.field_classes import DataClass
from energiehuis.cases.programmes import Detail
from energiehuis.errors import Conflict
from energiehuis.programmes.food_act.commands import FoodLine
from energiehuis.programmes.food_act.models import StockEvent
from energiehuis.programmes.food_act.rules import grams_of, kg_text
from energiehuis.programmes.food_act.vocabulary import StockEventKind

Row = dict[str, object]


def event_row(head: Row, day: date, kind: StockEventKind, *, category: str, grams: int) -> Row:
    """Give the row of an event that a record made; `head` holds its `cases.written` columns."""
    return {
        "organisation_id": head["organisation_id"],
        "nis_code": head["nis_code"],
        "intake_id": head["intake_id"],
        "source_id": head["id"],
        "kind": kind.value,
        "category": category,
        "day": day,
        "grams": grams,
    }


def taken_rows(
    head: Row, day: date, kind: StockEventKind, lines: Sequence[FoodLine]
) -> Iterator[Row]:
    """Give the events of food that leaves."""
    for line in lines:
        yield event_row(head, day, kind, category=line.category.value, grams=-grams_of(line.kg))


def write_events(session: Session, rows: Sequence[Row]) -> None:
    """Write events down, in their order.

    Raises
    ------
    Conflict
        `food_act.stock_below_zero`; the database keeps it, whatever was checked before.
    """
    if not rows:
        return
    try:
        session.execute(insert(StockEvent), rows)
    except IntegrityError as error:
        raise Conflict("food_act.stock_below_zero", field="payload.lines") from error


def taken_lines(session: Session, source_id: UUID) -> Iterator[Detail]:
    """Give the lines of a distribution or of waste, as they came in."""
    rows = session.execute(
        select(StockEvent.category, StockEvent.grams)
        .where(StockEvent.source_id == source_id)
        .order_by(StockEvent.id)
    )
    lines = tuple({"category": row.category, "kg": kg_text(-row.grams)} for row in rows)
    yield Detail("lines", lines, DataClass.COUNT)
