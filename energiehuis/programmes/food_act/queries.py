"""Reading donors, receivers and the stock, within what an actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor, require
from energiehuis.access.models import Organisation
from energiehuis.access.permissions import Permission
from energiehuis.programmes.food_act.book import StockBook
from energiehuis.programmes.food_act.models import (
    Donor,
    DonorStateRow,
    Receiver,
    ReceiverStateRow,
    StockEvent,
)
from energiehuis.programmes.food_act.rules import Past
from energiehuis.programmes.food_act.vocabulary import PROGRAMME


@dataclass(frozen=True, slots=True)
class StockLine:
    """What stands in stock of a category, in whole grams."""

    category: str
    grams: int


def donor_pasts(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Past]:
    """Give what some donors were, those within the scope of the actor."""
    query = select(
        Donor.id, Donor.nis_code, literal(None), DonorStateRow.since, DonorStateRow.status
    ).join(DonorStateRow, DonorStateRow.partner_id == Donor.id)
    scoped = query.where(
        Donor.id.in_(list(ids)),
        Donor.organisation_id == actor.organisation_id,
        Donor.nis_code.in_(actor.municipalities),
    )
    return _pasts(session.execute(scoped.order_by(DonorStateRow.step)))


def receiver_pasts(session: Session, actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Past]:
    """Give what some receivers were, those within the scope of the actor."""
    query = select(
        Receiver.id,
        Receiver.nis_code,
        Receiver.favv_number,
        ReceiverStateRow.since,
        ReceiverStateRow.status,
    ).join(ReceiverStateRow, ReceiverStateRow.partner_id == Receiver.id)
    scoped = query.where(
        Receiver.id.in_(list(ids)),
        Receiver.organisation_id == actor.organisation_id,
        Receiver.nis_code.in_(actor.municipalities),
    )
    return _pasts(session.execute(scoped.order_by(ReceiverStateRow.step)))


def locked_book(session: Session, organisation_id: UUID) -> StockBook:
    """Give the stock of an organisation, and let nobody else take from it until we are done.

    Readers and the intakes of others go on: only who takes waits.
    """
    session.execute(
        select(Organisation.id)
        .where(Organisation.id == organisation_id)
        .with_for_update(key_share=True)
    )
    rows = session.execute(
        select(StockEvent.category, StockEvent.day, func.sum(StockEvent.grams))
        .where(StockEvent.organisation_id == organisation_id)
        .group_by(StockEvent.category, StockEvent.day)
    )
    sums: dict[str, dict[date, int]] = {}
    for category, day, grams in rows:
        sums.setdefault(category, {})[day] = int(grams)
    return StockBook(sums)


def list_stock(session: Session, actor: Actor) -> tuple[StockLine, ...]:
    """List what stands in stock, by category; the depot is one for all municipalities.

    Needs `programme:read` and that the actor works for the programme.
    """
    require(actor, Permission.PROGRAMME_READ)
    if not actor.works_for(PROGRAMME):
        return ()
    rows = session.execute(
        select(StockEvent.category, func.sum(StockEvent.grams))
        .where(StockEvent.organisation_id == actor.organisation_id)
        .group_by(StockEvent.category)
        .order_by(StockEvent.category)
    )
    return tuple(StockLine(category, int(grams)) for category, grams in rows)


def _pasts(rows: Iterable[Any]) -> dict[UUID, Past]:
    found: dict[UUID, Past] = {}
    for partner_id, nis_code, number, since, status in rows:
        before = found[partner_id].states if partner_id in found else ()
        found[partner_id] = Past(nis_code, (*before, (since, status)), number)
    return found
