"""Rows that only Food Act 13 keeps.

The stock is never stored: it is the sum of its events, and triggers of the database let no sum of a
category fall below zero, whoever writes (migration 0007).
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Intake
from energiehuis.cases.written import Written
from energiehuis.db.base import Base
from energiehuis.db.types import Instant, SerialKey, one_of
from energiehuis.people.models import Person
from energiehuis.programmes.food_act.states import DonorStatus, ReceiverStatus
from energiehuis.programmes.food_act.vocabulary import (
    Category,
    ExpiryKind,
    StockEventKind,
    WasteReason,
    Weekday,
)


class Donor(Base):
    """An organisation that gives food; `place_key` keeps one shop from being written down twice."""

    __tablename__ = "food_donors"
    __table_args__ = (
        CheckConstraint(one_of("status", DonorStatus), "status"),
        UniqueConstraint("organisation_id", "place_key"),
        Index("ix_food_donors_area", "organisation_id", "nis_code"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    place_key: Mapped[str] = mapped_column(String(240))
    chain: Mapped[str] = mapped_column(String(40))
    contact: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(20))
    status_since: Mapped[date]
    organisation: Mapped[Organisation] = relationship(
        foreign_keys=[id], lazy="joined", viewonly=True
    )


class DonorDay(Base):
    """A weekday on which a donor may be visited."""

    __tablename__ = "food_donor_days"
    __table_args__ = (CheckConstraint(one_of("weekday", Weekday), "weekday"),)

    donor_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id), primary_key=True)
    weekday: Mapped[str] = mapped_column(String(20), primary_key=True)


class DonorCategory(Base):
    """A kind of food that a donor gives."""

    __tablename__ = "food_donor_categories"
    __table_args__ = (CheckConstraint(one_of("category", Category), "category"),)

    donor_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True)


class Receiver(Base):
    """An organisation that gives the food on; active only with its number of the FAVV."""

    __tablename__ = "food_receivers"
    __table_args__ = (
        CheckConstraint(one_of("status", ReceiverStatus), "status"),
        CheckConstraint(
            "status NOT IN ('number_shown', 'active') OR favv_number IS NOT NULL", "favv"
        ),
        UniqueConstraint("organisation_id", "place_key"),
        Index("ix_food_receivers_area", "organisation_id", "nis_code"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    place_key: Mapped[str] = mapped_column(String(340))
    contact: Mapped[str | None] = mapped_column(String(120))
    favv_number: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    status_since: Mapped[date]
    organisation: Mapped[Organisation] = relationship(
        foreign_keys=[id], lazy="joined", viewonly=True
    )


class PartnerState(Written):
    """A state of a donor or a receiver, from a day on; never changed.

    `step` numbers the states of one partner, so that two who move it at once cannot both do it.
    """

    step: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(200))


class DonorStateRow(PartnerState, Base):
    """A state of a donor."""

    __tablename__ = "food_donor_states"
    __table_args__ = (
        CheckConstraint(one_of("status", DonorStatus), "status"),
        UniqueConstraint("partner_id", "step"),
    )

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id))


class ReceiverStateRow(PartnerState, Base):
    """A state of a receiver."""

    __tablename__ = "food_receiver_states"
    __table_args__ = (
        CheckConstraint(one_of("status", ReceiverStatus), "status"),
        UniqueConstraint("partner_id", "step"),
    )

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Receiver.id))


class PickupRow(Written, Base):
    """Food collected at a donor; one a round of a day."""

    __tablename__ = "food_pickups"
    __table_args__ = (
        CheckConstraint("round BETWEEN 1 AND 9", "round"),
        UniqueConstraint("donor_id", "picked_up_on", "round"),
        Index("ix_food_pickups_area", "organisation_id", "nis_code", "picked_up_on"),
    )

    donor_id: Mapped[UUID] = mapped_column(ForeignKey(Donor.id))
    picked_up_on: Mapped[date]
    round: Mapped[int]
    driver_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    reason: Mapped[str | None] = mapped_column(String(200))


class PickupLineRow(Base):
    """A line of a pickup, in whole grams."""

    __tablename__ = "food_pickup_lines"
    __table_args__ = (
        CheckConstraint("grams > 0 AND grams <= 5000000", "grams"),
        CheckConstraint(one_of("category", Category), "category"),
        CheckConstraint(one_of("expiry_kind", ExpiryKind), "expiry_kind"),
    )

    pickup_id: Mapped[UUID] = mapped_column(ForeignKey(PickupRow.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(String(20))
    grams: Mapped[int] = mapped_column(BigInteger)
    expiry_kind: Mapped[str] = mapped_column(String(3))
    temperature_ok: Mapped[bool] = mapped_column(Boolean)


class DistributionRow(Written, Base):
    """Food that a receiver got; its lines are events of the stock."""

    __tablename__ = "food_distributions"
    __table_args__ = (
        Index("ix_food_distributions_area", "organisation_id", "nis_code", "given_on"),
    )

    receiver_id: Mapped[UUID] = mapped_column(ForeignKey(Receiver.id))
    given_on: Mapped[date]


class WasteRow(Written, Base):
    """Food of the stock that was thrown away; its lines are events of the stock."""

    __tablename__ = "food_wastes"
    __table_args__ = (CheckConstraint(one_of("reason", WasteReason), "reason"),)

    wasted_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))


class StockCountRow(Written, Base):
    """That the stock was counted; what differed stands in events of the stock."""

    __tablename__ = "food_stock_counts"

    counted_on: Mapped[date]


class StockCountLineRow(Base):
    """What was counted of a category, in whole grams."""

    __tablename__ = "food_stock_count_lines"
    __table_args__ = (
        CheckConstraint("grams >= 0", "grams"),
        CheckConstraint(one_of("category", Category), "category"),
    )

    stock_count_id: Mapped[UUID] = mapped_column(ForeignKey(StockCountRow.id), primary_key=True)
    category: Mapped[str] = mapped_column(String(20), primary_key=True)
    grams: Mapped[int] = mapped_column(BigInteger)


class StockEvent(Base):
    """A change of the stock of a category, in whole grams; never changed.

    `source_id` is the pickup, the distribution, the waste or the count that made it.
    """

    __tablename__ = "food_stock_events"
    __table_args__ = (
        CheckConstraint(one_of("kind", StockEventKind), "kind"),
        CheckConstraint(one_of("category", Category), "category"),
        CheckConstraint(
            "kind = 'count' OR (kind = 'pickup' AND grams > 0) "
            "OR (kind IN ('distribution', 'waste') AND grams < 0)",
            "sign",
        ),
        Index("ix_food_stock_events_stock", "organisation_id", "category", "day", "grams"),
        Index("ix_food_stock_events_source", "source_id"),
    )

    id: Mapped[int] = mapped_column(SerialKey, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id))
    kind: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    grams: Mapped[int] = mapped_column(BigInteger)
    source_id: Mapped[UUID] = mapped_column(Uuid)


class Reach(Written, Base):
    """Whom a receiver reached in a month, as it told; once a month."""

    __tablename__ = "food_reaches"
    __table_args__ = (
        CheckConstraint("households >= 0", "households"),
        CheckConstraint("persons >= households", "persons"),
        UniqueConstraint("receiver_id", "month"),
    )

    receiver_id: Mapped[UUID] = mapped_column(ForeignKey(Receiver.id))
    # The first day of the month.
    month: Mapped[date]
    households: Mapped[int]
    persons: Mapped[int]
