"""What this programme is to the shared core; it keeps no cases."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from energiehuis.access.actor import Actor
from energiehuis.access.field_classes import DataClass
from energiehuis.cases.kinds import IntakeKind, NoSubject, Recorded
from energiehuis.cases.programmes import Programme
from energiehuis.cases.records import Records
from energiehuis.programmes.food_act.commands import (
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
from energiehuis.programmes.food_act.depot import (
    STOCK_COUNTS,
    WASTE,
    record_stock_count,
    record_waste,
)
from energiehuis.programmes.food_act.distributions import DISTRIBUTIONS, record_distribution
from energiehuis.programmes.food_act.partners import (
    DONOR_STATES,
    DONORS,
    RECEIVER_STATES,
    RECEIVERS,
    record_donor,
    record_donor_state,
    record_receiver,
    record_receiver_state,
)
from energiehuis.programmes.food_act.pickups import PICKUPS, record_pickup
from energiehuis.programmes.food_act.reach import REACHES, record_reach
from energiehuis.programmes.food_act.vocabulary import PROGRAMME as CODE


def _kind(
    name: str,
    payload: type[Any],
    record: Callable[[Session, Actor, Any], Recorded],
    *,
    records: Records,
) -> IntakeKind:
    return IntakeKind(
        programme=CODE,
        name=name,
        subject=NoSubject,
        payload=payload,
        record=record,
        load=records.load,
        list_recent=records.list_recent,
        # A contact is somebody who speaks for an organisation; the rest are counts.
        data_class=DataClass.IDENTITY if payload in (NewDonor, NewReceiver) else DataClass.COUNT,
    )


PROGRAMME = Programme(
    code=CODE,
    kinds=(
        _kind("donors", NewDonor, record_donor, records=DONORS),
        _kind("donor-states", DonorState, record_donor_state, records=DONOR_STATES),
        _kind("receivers", NewReceiver, record_receiver, records=RECEIVERS),
        _kind("receiver-states", ReceiverState, record_receiver_state, records=RECEIVER_STATES),
        _kind("pickups", Pickup, record_pickup, records=PICKUPS),
        _kind("distributions", Distribution, record_distribution, records=DISTRIBUTIONS),
        _kind("receiver-reach", ReceiverReach, record_reach, records=REACHES),
        _kind("stock-counts", StockCount, record_stock_count, records=STOCK_COUNTS),
        _kind("waste", Waste, record_waste, records=WASTE),
    ),
)
