"""Rows that only the energy desk keeps: dwellings, scans, coachings, purchases and premises."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from energiehuis.access.models import Organisation
from energiehuis.cases.models import Case, Intake
from energiehuis.db.base import Base
from energiehuis.db.types import Cents, one_of
from energiehuis.people.models import Household, Person
from energiehuis.programmes.energy_desk.vocabulary import (
    CoachingStage,
    Ground,
    RenovationWish,
    RentalStatus,
    ScanKind,
    ScanProof,
    ScanStatus,
    Tenure,
)


class EnergyDwelling(Base):
    """A dwelling by its address; `last_basic_scan_on` keeps basic scans a term apart."""

    __tablename__ = "energy_dwellings"
    __table_args__ = (UniqueConstraint("organisation_id", "nis_code", "address_key"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    address: Mapped[str] = mapped_column(String(200))
    address_key: Mapped[str] = mapped_column(String(400))
    last_basic_scan_on: Mapped[date | None]


class EnergyScan(Base):
    """An energy scan: asked, planned, done."""

    __tablename__ = "energy_scans"
    __table_args__ = (
        CheckConstraint(one_of("scan_kind", ScanKind), "scan_kind"),
        CheckConstraint(one_of("tenure", Tenure), "tenure"),
        CheckConstraint(one_of("ground", Ground), "ground"),
        CheckConstraint(one_of("proof", ScanProof), "proof"),
        CheckConstraint(one_of("status", ScanStatus), "status"),
        CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", "done_on"),
        CheckConstraint("saving_kwh IS NULL OR done_on IS NOT NULL", "saving"),
        CheckConstraint("saving_kwh BETWEEN 0 AND 200000", "saving_kwh"),
        Index("ix_energy_scans_done", "organisation_id", "done_on"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id), index=True)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyDwelling.id), index=True)
    scan_kind: Mapped[str] = mapped_column(String(20))
    tenure: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    proof: Mapped[str | None] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(26))
    rent_cents: Mapped[int | None] = mapped_column(Cents)
    income_cents: Mapped[int | None] = mapped_column(Cents)
    dependents: Mapped[int | None]
    # NULL: the ground asks for no amount. False: no limit of that day is known.
    is_amount_checked: Mapped[bool | None]
    status: Mapped[str] = mapped_column(String(20))
    asked_on: Mapped[date]
    planned_on: Mapped[date | None]
    done_on: Mapped[date | None]
    # A year, as the scan reckons it; NULL: it says nothing of it.
    saving_kwh: Mapped[int | None]


class EnergyScanStep(Base):
    """A step of a scan; never changed."""

    __tablename__ = "energy_scan_steps"
    __table_args__ = (CheckConstraint(one_of("status", ScanStatus), "status"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    scan_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyScan.id), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    status: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]


class EnergyCoaching(Base):
    """What is known of a dwelling whose renovation is coached."""

    __tablename__ = "energy_coachings"
    __table_args__ = (
        CheckConstraint(one_of("tenure", Tenure), "tenure"),
        CheckConstraint("epc BETWEEN 0 AND 2000", "epc"),
        CheckConstraint("build_year BETWEEN 1500 AND 2100", "build_year"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(Case.id), primary_key=True)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyDwelling.id), index=True)
    tenure: Mapped[str] = mapped_column(String(20))
    build_year: Mapped[int | None]
    # kWh/m2 a year; NULL: nobody knows.
    epc: Mapped[int | None]


class EnergyCoachingWish(Base):
    """Something that a household wants done."""

    __tablename__ = "energy_coaching_wishes"
    __table_args__ = (CheckConstraint(one_of("wish", RenovationWish), "wish"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyCoaching.case_id), primary_key=True)
    wish: Mapped[str] = mapped_column(String(20), primary_key=True)


class EnergyCoachingStep(Base):
    """A stage that a coaching reached; never changed."""

    __tablename__ = "energy_coaching_steps"
    __table_args__ = (
        CheckConstraint(one_of("stage", CoachingStage), "stage"),
        UniqueConstraint("case_id", "stage"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyCoaching.case_id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    stage: Mapped[str] = mapped_column(String(20))
    reached_on: Mapped[date]


class EnergyCampaign(Base):
    """A group purchase; both its days count."""

    __tablename__ = "energy_campaigns"
    __table_args__ = (CheckConstraint("closes_on >= opens_on", "closes_on"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    opens_on: Mapped[date]
    closes_on: Mapped[date]


class EnergyCampaignLot(Base):
    """What a group purchase offers."""

    __tablename__ = "energy_campaign_lots"
    __table_args__ = (CheckConstraint(one_of("lot", RenovationWish), "lot"),)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyCampaign.id), primary_key=True)
    lot: Mapped[str] = mapped_column(String(20), primary_key=True)


class EnergySubscription(Base):
    """A dwelling in a group purchase, once."""

    __tablename__ = "energy_subscriptions"
    __table_args__ = (UniqueConstraint("campaign_id", "dwelling_id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyCampaign.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id), index=True)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyDwelling.id))
    subscribed_on: Mapped[date]


class EnergySubscriptionLot(Base):
    """What a household joins for."""

    __tablename__ = "energy_subscription_lots"
    __table_args__ = (CheckConstraint(one_of("lot", RenovationWish), "lot"),)

    subscription_id: Mapped[UUID] = mapped_column(
        ForeignKey(EnergySubscription.id), primary_key=True
    )
    lot: Mapped[str] = mapped_column(String(20), primary_key=True)


class EnergyRentalPremises(Base):
    """A dwelling that a landlord offers, on its way to a tenant."""

    __tablename__ = "energy_rental_premises"
    __table_args__ = (
        CheckConstraint(
            "(landlord_person_id IS NULL) <> (landlord_organisation_id IS NULL)", "one_landlord"
        ),
        CheckConstraint("landlord_person_id <> tenant_id", "landlord_is_not_tenant"),
        CheckConstraint("rent_cents > 0", "rent"),
        CheckConstraint("rooms >= 1", "rooms"),
        CheckConstraint("epc BETWEEN 0 AND 2000", "epc"),
        CheckConstraint(one_of("status", RentalStatus), "status"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    version: Mapped[int]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyDwelling.id), index=True)
    landlord_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    landlord_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id))
    tenant_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    rooms: Mapped[int]
    epc: Mapped[int | None]
    rent_cents: Mapped[int] = mapped_column(Cents)
    status: Mapped[str] = mapped_column(String(20))
    reported_on: Mapped[date]


class EnergyRentalStep(Base):
    """A step of rental premises; never changed."""

    __tablename__ = "energy_rental_steps"
    __table_args__ = (CheckConstraint(one_of("status", RentalStatus), "status"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    premises_id: Mapped[UUID] = mapped_column(ForeignKey(EnergyRentalPremises.id), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    nis_code: Mapped[str] = mapped_column(String(5))
    intake_id: Mapped[UUID] = mapped_column(ForeignKey(Intake.id), unique=True)
    status: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
