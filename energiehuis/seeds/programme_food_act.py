"""Records of Food Act 13 in the demo: invented, one by one, from a fixed seed.

Counting them gives the deck of spring 2019: 1,100 kg a working day since December 2018 and 250 to
350 kg before; 6 shops of Colruyt and 9 of Aldi, and before December 2 and 2 with one Hypercarrefour
and one Metro. The deck does not say what became of those two: here they stopped. Bakers are not
counted there and stand not here. In 2024 96 % of the food was given on; so it is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.programmes.food_act import depot, distributions, partners, pickups, reach
from energiehuis.programmes.food_act.commands import (
    CountLine,
    Distribution,
    DonorState,
    NewDonor,
    NewReceiver,
    Pickup,
    ReceiverReach,
    ReceiverState,
    StockCount,
    Waste,
)
from energiehuis.programmes.food_act.states import DonorStatus, ReceiverStatus
from energiehuis.programmes.food_act.vocabulary import Category, WasteReason, Weekday
from energiehuis.reference_data.municipalities import get_municipality, list_municipalities
from energiehuis.seeds.food_days import FoodDay, draw_days
from energiehuis.seeds.invented import address_of, incoming_of, kbo_number_of
from energiehuis.seeds.tables import read_table

SEED = 20181203
FIRST, GREW, LAST = date(2018, 1, 2), date(2018, 12, 1), date(2019, 12, 31)
DEPOT = "34022"
_AGREED = date(2017, 12, 11)
_RECEIVERS_EARLY = 14
_HOUSEHOLDS = (25, 72)
_PERSONS_A_HOUSEHOLD = (2.1, 2.8)


@dataclass(frozen=True, slots=True)
class Shop:
    """A donor of the demo, with the days between which it gives; `until` is not one of them."""

    id: UUID
    nis_code: str
    weekdays: tuple[int, ...]
    categories: tuple[Category, ...]
    since: date
    until: date | None


def add_food_act(session: Session, actor: Actor) -> None:
    """Write the records down through the services of the programme."""
    rng = np.random.Generator(np.random.Philox(SEED))
    shops = tuple(_shops(session, actor, rng))
    receivers = tuple(_receivers(session, actor, rng))
    days = draw_days(rng, shops=shops, receivers=receivers, span=(FIRST, GREW, LAST))
    for month in sorted({day.day.replace(day=1) for day in days}):
        _add_month(session, actor, [day for day in days if day.day.replace(day=1) == month])
    _add_reach(session, actor, rng, receivers=receivers)


def _add_month(session: Session, actor: Actor, days: list[FoodDay]) -> None:
    came = [
        incoming_of(day.day, nis, Pickup(shop_id, day.day, lines))
        for day in days
        for shop_id, nis, lines in day.pickups
    ]
    pickups.record_pickups(session, actor, came)
    went = [
        incoming_of(day.day, nis, Distribution(receiver_id, day.day, lines))
        for day in days
        for receiver_id, nis, lines in day.distributions
    ]
    distributions.record_distributions(session, actor, went)
    waste = [
        incoming_of(day.day, DEPOT, Waste(day.day, WasteReason.EXPIRED, day.waste))
        for day in days
        if day.waste
    ]
    depot.record_wastes(session, actor, waste)
    for day in days:
        if day.counted:
            lines = tuple(CountLine(category, Decimal(kg)) for category, kg in day.counted)
            depot.record_stock_count(
                session, actor, incoming_of(day.day, DEPOT, StockCount(day.day, lines))
            )


def _shops(session: Session, actor: Actor, rng: np.random.Generator) -> Iterator[Shop]:
    categories = tuple(Category)[:6]
    for number, row in enumerate(read_table("food_act")["donors"]):
        since = FIRST if row.get("early") else GREW
        # Three days a week, so that on each working day about as many are visited.
        weekdays = tuple(sorted({number % 5, (number + 2) % 5, (number + 4) % 5}))
        given = tuple(categories[(number + step) % 6] for step in (0, 1, 3))
        town = get_municipality(row["nis"]).name
        said = NewDonor(
            name=f"{row['chain']} {town} (verzonnen)",
            kbo=kbo_number_of(number),
            address=f"{address_of(rng, number + 1)}, {town}",
            chain=row["chain"],
            pickup_days=tuple(tuple(Weekday)[day] for day in weekdays),
            categories=given,
        )
        agreed = _AGREED if row.get("early") else GREW - timedelta(days=40)
        made = partners.record_donor(session, actor, incoming_of(agreed, row["nis"], said))
        states = [(DonorStatus.ACTIVE, since)]
        if until := row.get("until"):
            states.append((DonorStatus.STOPPED, until))
        for status, day in states:
            state = DonorState(made.id, status, day)
            partners.record_donor_state(session, actor, incoming_of(day, row["nis"], state))
        yield Shop(made.id, row["nis"], weekdays, given, since, row.get("until"))


def _receivers(
    session: Session, actor: Actor, rng: np.random.Generator
) -> Iterator[tuple[UUID, str, date]]:
    places = list_municipalities()
    names = read_table("food_act")["receivers"]
    for number in range(len(places) * len(names)):
        place, name = places[number % len(places)], names[number // len(places)]
        day = FIRST if number < _RECEIVERS_EARLY else GREW - timedelta(days=20)
        said = NewReceiver(
            f"{name} {place.name} (verzonnen)", f"{address_of(rng, number + 1)}, {place.name}"
        )
        made = partners.record_receiver(session, actor, incoming_of(_AGREED, place.nis_code, said))
        shown = ReceiverState(made.id, ReceiverStatus.NUMBER_SHOWN, day, f"2.999.{number:03d}.999")
        active = ReceiverState(made.id, ReceiverStatus.ACTIVE, day)
        for state in (shown, active):
            partners.record_receiver_state(session, actor, incoming_of(day, place.nis_code, state))
        yield made.id, place.nis_code, day


def _add_reach(
    session: Session,
    actor: Actor,
    rng: np.random.Generator,
    *,
    receivers: tuple[tuple[UUID, str, date], ...],
) -> None:
    """Let each receiver tell whom it reached in each month of 2019."""
    told = []
    usual = rng.integers(*_HOUSEHOLDS, size=len(receivers))
    for month in range(1, 13):
        day = date(2020, 1, 6) if month == 12 else date(2019, month + 1, 5)
        for (receiver_id, nis, _), count in zip(receivers, usual.tolist(), strict=True):
            households = max(1, count + int(rng.integers(-4, 5)))
            persons = round(households * float(rng.uniform(*_PERSONS_A_HOUSEHOLD)))
            said = ReceiverReach(receiver_id, f"2019-{month:02d}", households, persons)
            told.append(incoming_of(day, nis, said))
    reach.record_reaches(session, actor, told)
