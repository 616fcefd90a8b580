"""biz, energy desk"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

GROWING = (
    "biz_event_steps",
    "biz_participations",
    "biz_kit_returns",
    "energy_scan_steps",
    "energy_coaching_steps",
    "energy_rental_steps",
)
# In the order in which they go.
TABLES = (
    "energy_subscription_lots",
    "energy_coaching_wishes",
    "energy_coaching_steps",
    "biz_participations",
    "biz_duo_themes",
    "biz_duo_matches",
    "biz_booked_classes",
    "energy_subscriptions",
    "energy_scan_steps",
    "energy_rental_steps",
    "energy_coachings",
    "energy_campaign_lots",
    "biz_sessions",
    "biz_kit_returns",
    "biz_kit_days",
    "biz_event_steps",
    "biz_duos",
    "biz_bookings",
    "energy_scans",
    "energy_rental_premises",
    "energy_campaigns",
    "biz_kit_loans",
    "biz_events",
    "energy_dwellings",
)


def upgrade():
    op.create_table(
        "energy_dwellings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("address_key", sa.String(length=400), nullable=False),
        sa.Column("last_basic_scan_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_dwellings_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_dwellings")),
        sa.UniqueConstraint(
            "organisation_id",
            "nis_code",
            "address_key",
            name=op.f("uq_energy_dwellings_organisation_id_nis_code_address_key"),
        ),
    )
    op.create_table(
        "biz_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("takes_place_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("booked", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "event_type IN ('wakosta', 'inspiration_day', 'meeting_day', 'group_work')",
            name=op.f("ck_biz_events_event_type"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'full', 'held', 'reported')",
            name=op.f("ck_biz_events_status"),
        ),
        sa.CheckConstraint("booked BETWEEN 0 AND capacity", name=op.f("ck_biz_events_booked")),
        sa.CheckConstraint("capacity BETWEEN 1 AND 5000", name=op.f("ck_biz_events_capacity")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_events_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_events_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_events")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_events_intake_id")),
    )
    op.create_index(
        "ix_biz_events_day",
        "biz_events",
        ["organisation_id", "event_type", "takes_place_on"],
        unique=False,
    )
    op.create_table(
        "biz_kit_loans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("kit", sa.String(length=20), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("out_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kit IN ('toolbox_lager', 'wakosta_kit')", name=op.f("ck_biz_kit_loans_kit")
        ),
        sa.CheckConstraint(
            "copy_number BETWEEN 1 AND 20", name=op.f("ck_biz_kit_loans_copy_number")
        ),
        sa.CheckConstraint("due_on > out_on", name=op.f("ck_biz_kit_loans_due_on")),
        sa.ForeignKeyConstraint(
            ["borrower_id"],
            ["organisations.id"],
            name=op.f("fk_biz_kit_loans_borrower_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_kit_loans_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_kit_loans_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_kit_loans")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_kit_loans_intake_id")),
    )
    op.create_index(
        "ix_biz_kit_loans_day", "biz_kit_loans", ["organisation_id", "kit", "out_on"], unique=False
    )
    op.create_table(
        "energy_campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_energy_campaigns_closes_on")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_campaigns_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_campaigns_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_campaigns")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_campaigns_intake_id")),
    )
    op.create_index(
        op.f("ix_energy_campaigns_organisation_id"),
        "energy_campaigns",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "energy_rental_premises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("landlord_person_id", sa.Uuid(), nullable=True),
        sa.Column("landlord_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("epc", sa.Integer(), nullable=True),
        sa.Column("rent_cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('reported', 'inspection', 'works', 'certificate', 'let')",
            name=op.f("ck_energy_rental_premises_status"),
        ),
        sa.CheckConstraint(
            "(landlord_person_id IS NULL) <> (landlord_organisation_id IS NULL)",
            name=op.f("ck_energy_rental_premises_one_landlord"),
        ),
        sa.CheckConstraint("epc BETWEEN 0 AND 2000", name=op.f("ck_energy_rental_premises_epc")),
        sa.CheckConstraint(
            "landlord_person_id <> tenant_id",
            name=op.f("ck_energy_rental_premises_landlord_is_not_tenant"),
        ),
        sa.CheckConstraint("rent_cents > 0", name=op.f("ck_energy_rental_premises_rent")),
        sa.CheckConstraint("rooms >= 1", name=op.f("ck_energy_rental_premises_rooms")),
        sa.ForeignKeyConstraint(
            ["dwelling_id"],
            ["energy_dwellings.id"],
            name=op.f("fk_energy_rental_premises_dwelling_id_energy_dwellings"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_rental_premises_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_rental_premises_landlord_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["landlord_person_id"],
            ["people.id"],
            name=op.f("fk_energy_rental_premises_landlord_person_id_people"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_rental_premises_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["people.id"], name=op.f("fk_energy_rental_premises_tenant_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_rental_premises")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_rental_premises_intake_id")),
    )
    op.create_index(
        op.f("ix_energy_rental_premises_dwelling_id"),
        "energy_rental_premises",
        ["dwelling_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_energy_rental_premises_landlord_person_id"),
        "energy_rental_premises",
        ["landlord_person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_energy_rental_premises_organisation_id"),
        "energy_rental_premises",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_energy_rental_premises_tenant_id"),
        "energy_rental_premises",
        ["tenant_id"],
        unique=False,
    )
    op.create_table(
        "energy_scans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("scan_kind", sa.String(length=20), nullable=False),
        sa.Column("tenure", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("proof", sa.String(length=20), nullable=True),
        sa.Column("phone", sa.String(length=26), nullable=False),
        sa.Column("rent_cents", sa.BigInteger(), nullable=True),
        sa.Column("income_cents", sa.BigInteger(), nullable=True),
        sa.Column("dependents", sa.Integer(), nullable=True),
        sa.Column("is_amount_checked", sa.Boolean(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("saving_kwh", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status = 'done') = (done_on IS NOT NULL)", name=op.f("ck_energy_scans_done_on")
        ),
        sa.CheckConstraint(
            "ground IN ('protected_customer', 'budget_meter', 'heating_allowance', 'social_tenant', 'low_rent', 'low_income', 'ocmw_judgement')",
            name=op.f("ck_energy_scans_ground"),
        ),
        sa.CheckConstraint(
            "proof IN ('bill', 'statement', 'lease', 'tax_notice', 'ocmw_letter')",
            name=op.f("ck_energy_scans_proof"),
        ),
        sa.CheckConstraint(
            "scan_kind IN ('basic', 'follow_up_1', 'follow_up_2')",
            name=op.f("ck_energy_scans_scan_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('asked', 'planned', 'done', 'cancelled')",
            name=op.f("ck_energy_scans_status"),
        ),
        sa.CheckConstraint(
            "tenure IN ('owner', 'private_tenant', 'social_tenant', 'landlord')",
            name=op.f("ck_energy_scans_tenure"),
        ),
        sa.CheckConstraint(
            "saving_kwh BETWEEN 0 AND 200000", name=op.f("ck_energy_scans_saving_kwh")
        ),
        sa.CheckConstraint(
            "saving_kwh IS NULL OR done_on IS NOT NULL", name=op.f("ck_energy_scans_saving")
        ),
        sa.ForeignKeyConstraint(
            ["dwelling_id"],
            ["energy_dwellings.id"],
            name=op.f("fk_energy_scans_dwelling_id_energy_dwellings"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_energy_scans_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_scans_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_scans_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_scans")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_scans_intake_id")),
    )
    op.create_index(
        "ix_energy_scans_done", "energy_scans", ["organisation_id", "done_on"], unique=False
    )
    op.create_index(
        op.f("ix_energy_scans_dwelling_id"), "energy_scans", ["dwelling_id"], unique=False
    )
    op.create_index(
        op.f("ix_energy_scans_household_id"), "energy_scans", ["household_id"], unique=False
    )
    op.create_table(
        "biz_bookings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_name", sa.String(length=120), nullable=True),
        sa.Column("teacher_contact", sa.String(length=120), nullable=True),
        sa.CheckConstraint(
            "(teacher_name IS NULL) = (teacher_contact IS NULL)",
            name=op.f("ck_biz_bookings_teacher"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["biz_events.id"], name=op.f("fk_biz_bookings_event_id_biz_events")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_bookings_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_bookings_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["organisations.id"],
            name=op.f("fk_biz_bookings_school_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_bookings")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_bookings_intake_id")),
    )
    op.create_index(op.f("ix_biz_bookings_event_id"), "biz_bookings", ["event_id"], unique=False)
    op.create_index(
        op.f("ix_biz_bookings_organisation_id"), "biz_bookings", ["organisation_id"], unique=False
    )
    op.create_table(
        "biz_duos",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("wish", sa.String(length=20), nullable=False),
        sa.CheckConstraint("wish IN ('single', 'family')", name=op.f("ck_biz_duos_wish")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_biz_duos_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_biz_duos")),
    )
    op.create_table(
        "biz_event_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'open', 'full', 'held', 'reported')",
            name=op.f("ck_biz_event_steps_status"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["biz_events.id"], name=op.f("fk_biz_event_steps_event_id_biz_events")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_event_steps_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_event_steps_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_event_steps")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_event_steps_intake_id")),
    )
    op.create_index(
        op.f("ix_biz_event_steps_event_id"), "biz_event_steps", ["event_id"], unique=False
    )
    op.create_table(
        "biz_kit_days",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kit", sa.String(length=20), nullable=False),
        sa.Column("copy_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["biz_kit_loans.id"], name=op.f("fk_biz_kit_days_loan_id_biz_kit_loans")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_kit_days_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "kit", "copy_number", "day", name=op.f("pk_biz_kit_days")
        ),
    )
    op.create_index(op.f("ix_biz_kit_days_loan_id"), "biz_kit_days", ["loan_id"], unique=False)
    op.create_table(
        "biz_kit_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_kit_returns_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["loan_id"], ["biz_kit_loans.id"], name=op.f("fk_biz_kit_returns_loan_id_biz_kit_loans")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_kit_returns_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_kit_returns")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_kit_returns_intake_id")),
        sa.UniqueConstraint("loan_id", name=op.f("uq_biz_kit_returns_loan_id")),
    )
    op.create_table(
        "biz_sessions",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["biz_events.id"], name=op.f("fk_biz_sessions_event_id_biz_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "held_on", name=op.f("pk_biz_sessions")),
    )
    op.create_table(
        "energy_campaign_lots",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("lot", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "lot IN ('roof', 'walls', 'floor', 'glazing', 'heating', 'ventilation', 'solar', 'other')",
            name=op.f("ck_energy_campaign_lots_lot"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["energy_campaigns.id"],
            name=op.f("fk_energy_campaign_lots_campaign_id_energy_campaigns"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "lot", name=op.f("pk_energy_campaign_lots")),
    )
    op.create_table(
        "energy_coachings",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("tenure", sa.String(length=20), nullable=False),
        sa.Column("build_year", sa.Integer(), nullable=True),
        sa.Column("epc", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "tenure IN ('owner', 'private_tenant', 'social_tenant', 'landlord')",
            name=op.f("ck_energy_coachings_tenure"),
        ),
        sa.CheckConstraint(
            "build_year BETWEEN 1500 AND 2100", name=op.f("ck_energy_coachings_build_year")
        ),
        sa.CheckConstraint("epc BETWEEN 0 AND 2000", name=op.f("ck_energy_coachings_epc")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_energy_coachings_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["dwelling_id"],
            ["energy_dwellings.id"],
            name=op.f("fk_energy_coachings_dwelling_id_energy_dwellings"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_energy_coachings")),
    )
    op.create_index(
        op.f("ix_energy_coachings_dwelling_id"), "energy_coachings", ["dwelling_id"], unique=False
    )
    op.create_table(
        "energy_rental_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("premises_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('reported', 'inspection', 'works', 'certificate', 'let')",
            name=op.f("ck_energy_rental_steps_status"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_rental_steps_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_rental_steps_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["premises_id"],
            ["energy_rental_premises.id"],
            name=op.f("fk_energy_rental_steps_premises_id_energy_rental_premises"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_rental_steps")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_rental_steps_intake_id")),
    )
    op.create_index(
        op.f("ix_energy_rental_steps_premises_id"),
        "energy_rental_steps",
        ["premises_id"],
        unique=False,
    )
    op.create_table(
        "energy_scan_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('asked', 'planned', 'done', 'cancelled')",
            name=op.f("ck_energy_scan_steps_status"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_scan_steps_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_scan_steps_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["energy_scans.id"], name=op.f("fk_energy_scan_steps_scan_id_energy_scans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_scan_steps")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_scan_steps_intake_id")),
    )
    op.create_index(
        op.f("ix_energy_scan_steps_scan_id"), "energy_scan_steps", ["scan_id"], unique=False
    )
    op.create_table(
        "energy_subscriptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("subscribed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["energy_campaigns.id"],
            name=op.f("fk_energy_subscriptions_campaign_id_energy_campaigns"),
        ),
        sa.ForeignKeyConstraint(
            ["dwelling_id"],
            ["energy_dwellings.id"],
            name=op.f("fk_energy_subscriptions_dwelling_id_energy_dwellings"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_energy_subscriptions_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_subscriptions_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_subscriptions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_subscriptions")),
        sa.UniqueConstraint(
            "campaign_id",
            "dwelling_id",
            name=op.f("uq_energy_subscriptions_campaign_id_dwelling_id"),
        ),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_subscriptions_intake_id")),
    )
    op.create_index(
        op.f("ix_energy_subscriptions_household_id"),
        "energy_subscriptions",
        ["household_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_energy_subscriptions_organisation_id"),
        "energy_subscriptions",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "biz_booked_classes",
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "headcount BETWEEN 1 AND 40", name=op.f("ck_biz_booked_classes_headcount")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["biz_bookings.id"],
            name=op.f("fk_biz_booked_classes_booking_id_biz_bookings"),
        ),
        sa.PrimaryKeyConstraint("booking_id", "number", name=op.f("pk_biz_booked_classes")),
    )
    op.create_table(
        "biz_duo_matches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["biz_duos.case_id"], name=op.f("fk_biz_duo_matches_case_id_biz_duos")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_duo_matches_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_duo_matches_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["people.id"], name=op.f("fk_biz_duo_matches_volunteer_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_duo_matches")),
        sa.UniqueConstraint("case_id", name=op.f("uq_biz_duo_matches_case_id")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_duo_matches_intake_id")),
    )
    op.create_index(
        op.f("ix_biz_duo_matches_volunteer_id"), "biz_duo_matches", ["volunteer_id"], unique=False
    )
    op.create_table(
        "biz_duo_themes",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "theme IN ('papers', 'overview', 'bills', 'saving', 'shopping', 'rights', 'other')",
            name=op.f("ck_biz_duo_themes_theme"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["biz_duos.case_id"], name=op.f("fk_biz_duo_themes_case_id_biz_duos")
        ),
        sa.PrimaryKeyConstraint("case_id", "theme", name=op.f("pk_biz_duo_themes")),
    )
    op.create_table(
        "biz_participations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("alias", sa.String(length=80), nullable=True),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(mode = 'alias') = (alias IS NOT NULL)", name=op.f("ck_biz_participations_alias")
        ),
        sa.CheckConstraint(
            "(mode = 'headcount') = (headcount IS NOT NULL)",
            name=op.f("ck_biz_participations_headcount"),
        ),
        sa.CheckConstraint(
            "(mode = 'person') = (person_id IS NOT NULL)", name=op.f("ck_biz_participations_person")
        ),
        sa.CheckConstraint(
            "event_type IN ('wakosta', 'inspiration_day', 'meeting_day', 'group_work')",
            name=op.f("ck_biz_participations_event_type"),
        ),
        sa.CheckConstraint(
            "mode IN ('headcount', 'person', 'alias')", name=op.f("ck_biz_participations_mode")
        ),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_biz_participations_size")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["biz_bookings.id"],
            name=op.f("fk_biz_participations_booking_id_biz_bookings"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["biz_events.id"], name=op.f("fk_biz_participations_event_id_biz_events")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_biz_participations_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_biz_participations_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_biz_participations_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_biz_participations")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_biz_participations_booking_id")),
        sa.UniqueConstraint(
            "event_id",
            "alias",
            "held_on",
            name=op.f("uq_biz_participations_event_id_alias_held_on"),
        ),
        sa.UniqueConstraint(
            "event_id",
            "person_id",
            "held_on",
            name=op.f("uq_biz_participations_event_id_person_id_held_on"),
        ),
        sa.UniqueConstraint("intake_id", name=op.f("uq_biz_participations_intake_id")),
    )
    op.create_index(
        "ix_biz_participations_day",
        "biz_participations",
        ["organisation_id", "held_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_biz_participations_person_id"), "biz_participations", ["person_id"], unique=False
    )
    op.create_table(
        "energy_coaching_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('registered', 'home_visit', 'plan', 'quotes', 'works')",
            name=op.f("ck_energy_coaching_steps_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["energy_coachings.case_id"],
            name=op.f("fk_energy_coaching_steps_case_id_energy_coachings"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_energy_coaching_steps_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_energy_coaching_steps_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_energy_coaching_steps")),
        sa.UniqueConstraint(
            "case_id", "stage", name=op.f("uq_energy_coaching_steps_case_id_stage")
        ),
        sa.UniqueConstraint("intake_id", name=op.f("uq_energy_coaching_steps_intake_id")),
    )
    op.create_table(
        "energy_coaching_wishes",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("wish", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "wish IN ('roof', 'walls', 'floor', 'glazing', 'heating', 'ventilation', 'solar', 'other')",
            name=op.f("ck_energy_coaching_wishes_wish"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["energy_coachings.case_id"],
            name=op.f("fk_energy_coaching_wishes_case_id_energy_coachings"),
        ),
        sa.PrimaryKeyConstraint("case_id", "wish", name=op.f("pk_energy_coaching_wishes")),
    )
    op.create_table(
        "energy_subscription_lots",
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("lot", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "lot IN ('roof', 'walls', 'floor', 'glazing', 'heating', 'ventilation', 'solar', 'other')",
            name=op.f("ck_energy_subscription_lots_lot"),
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["energy_subscriptions.id"],
            name=op.f("fk_energy_subscription_lots_subscription_id_energy_subscriptions"),
        ),
        sa.PrimaryKeyConstraint("subscription_id", "lot", name=op.f("pk_energy_subscription_lots")),
    )
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    for table in TABLES:
        op.drop_table(table)
