"""What comes in at Food Act 13: donors, receivers, pickups, distributions, counts and waste.

No households: those belong to the receiving organisation, which tells numbers only.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from energiehuis.cases.specs import Items, Of, Quantity, Text, Whole
from energiehuis.programmes.food_act.states import DonorStatus, ReceiverStatus
from energiehuis.programmes.food_act.vocabulary import Category, ExpiryKind, WasteReason, Weekday

Kg = Annotated[Decimal, Quantity(unit="kg", minimum="0.1", maximum="5000", decimals=1)]
CountedKg = Annotated[Decimal, Quantity(unit="kg", minimum="0", maximum="50000", decimals=1)]


@dataclass(frozen=True, slots=True)
class NewDonor:
    """A shop, a baker or a producer that gives food away; it starts with an agreement."""

    name: Annotated[str, Text(120)]
    kbo: Annotated[str, Text(16)]
    address: Annotated[str, Text(200)]
    chain: Annotated[str, Text(40)]
    pickup_days: Annotated[tuple[Weekday, ...], Items(1, 6)]
    categories: Annotated[tuple[Category, ...], Items(1, 8)]
    contact: Annotated[str | None, Text(120)] = None
    status: DonorStatus = DonorStatus.AGREEMENT


@dataclass(frozen=True, slots=True)
class DonorState:
    """A donor moves to another state, from a day on."""

    donor_id: Annotated[UUID, Of("donor")]
    status: DonorStatus
    date: date
    reason: Annotated[str | None, Text(200)] = None


@dataclass(frozen=True, slots=True)
class NewReceiver:
    """An organisation that wants to give food to people; it starts as a candidate."""

    name: Annotated[str, Text(120)]
    address: Annotated[str, Text(200)]
    kbo: Annotated[str | None, Text(16)] = None
    contact: Annotated[str | None, Text(120)] = None


@dataclass(frozen=True, slots=True)
class ReceiverState:
    """A receiver moves to another state, from a day on; it shows its FAVV number once."""

    receiver_id: Annotated[UUID, Of("receiver")]
    status: ReceiverStatus
    date: date
    favv_number: Annotated[str | None, Text(20, pattern=r"^[0-9A-Z][0-9A-Z./ -]{3,19}$")] = None
    reason: Annotated[str | None, Text(200)] = None


@dataclass(frozen=True, slots=True)
class PickupLine:
    """Food of a category that was loaded."""

    category: Category
    kg: Kg
    expiry_kind: ExpiryKind
    temperature_ok: bool


@dataclass(frozen=True, slots=True)
class Pickup:
    """Food that was collected at a donor, in a round of a day.

    What was too warm is weighed and goes to waste at once. A pickup that is told after more than a
    month says why.
    """

    donor_id: Annotated[UUID, Of("donor")]
    date: date
    lines: Annotated[tuple[PickupLine, ...], Items(1, 20)]
    round: Annotated[int, Whole(1, 9)] = 1
    driver_id: Annotated[UUID | None, Of("person")] = None
    reason: Annotated[str | None, Text(200)] = None


@dataclass(frozen=True, slots=True)
class FoodLine:
    """Food of a category."""

    category: Category
    kg: Kg


@dataclass(frozen=True, slots=True)
class Distribution:
    """Food that a receiver got."""

    receiver_id: Annotated[UUID, Of("receiver")]
    date: date
    lines: Annotated[tuple[FoodLine, ...], Items(1, 20)]


@dataclass(frozen=True, slots=True)
class Waste:
    """Food in stock that could not be given any more."""

    date: date
    reason: WasteReason
    lines: Annotated[tuple[FoodLine, ...], Items(1, 20)]


@dataclass(frozen=True, slots=True)
class CountLine:
    """How much of a category really stands there."""

    category: Category
    kg: CountedKg


@dataclass(frozen=True, slots=True)
class StockCount:
    """The stock as it was counted at the end of a day; the difference becomes an event."""

    date: date
    lines: Annotated[tuple[CountLine, ...], Items(1, 8)]


@dataclass(frozen=True, slots=True)
class ReceiverReach:
    """How many households and persons a receiver reached in a month; numbers only."""

    receiver_id: Annotated[UUID, Of("receiver")]
    month: Annotated[str, Text(7, pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    households: Annotated[int, Whole(0, 100_000)]
    persons: Annotated[int, Whole(0, 500_000)]
