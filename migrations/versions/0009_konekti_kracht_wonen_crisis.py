"""konekti, kracht.wonen and the crisis network, with stays and nights that cannot overlap"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

GROWING = (
    "konekti_first_contacts",
    "konekti_plans",
    "konekti_plan_goals",
    "konekti_plan_partners",
    "kracht_wonen_decisions",
    "kracht_wonen_stay_endings",
    "crisis_handovers",
    "crisis_refusals",
    "crisis_conferences",
    "crisis_conference_organisations",
)
# What a stay may share with no other: its dwelling, and its household.
ALONE = {"one_household": "dwelling_id", "one_home": "household_id"}
SHADOW = """
CREATE TRIGGER kracht_wonen_stays_{name}_{act} BEFORE {act} ON kracht_wonen_stays
WHEN EXISTS (
  SELECT 1 FROM kracht_wonen_stays AS other
  WHERE other.{column} = NEW.{column} AND other.id <> NEW.id
    AND (NEW.valid_until IS NULL OR other.valid_from < NEW.valid_until)
    AND (other.valid_until IS NULL OR NEW.valid_from < other.valid_until)
)
BEGIN SELECT RAISE(ABORT, 'kracht_wonen_stays overlap: {name}'); END
"""


def keep_stays_apart():
    if op.get_bind().dialect.name == "sqlite":
        for name, column in ALONE.items():
            for act in ("INSERT", "UPDATE"):
                op.execute(SHADOW.format(name=name, column=column, act=act))
        return
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, column in ALONE.items():
        op.execute(
            f"ALTER TABLE kracht_wonen_stays ADD CONSTRAINT ex_kracht_wonen_stays_{name} "
            f"EXCLUDE USING gist ({column} WITH =, daterange(valid_from, valid_until) WITH &&)"
        )


def upgrade():
    op.create_table(
        "crisis_beds",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sleeps", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('regular', 'family_studio')", name=op.f("ck_crisis_beds_kind")
        ),
        sa.CheckConstraint("sleeps BETWEEN 1 AND 10", name=op.f("ck_crisis_beds_sleeps")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_crisis_beds_days")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_crisis_beds_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_crisis_beds_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_beds")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_crisis_beds_intake_id")),
    )
    op.create_table(
        "crisis_refusals",
        sa.Column("refused_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('no_room', 'not_through_helper', 'other_help_fits', 'unsafe')",
            name=op.f("ck_crisis_refusals_reason"),
        ),
        sa.CheckConstraint("persons BETWEEN 1 AND 20", name=op.f("ck_crisis_refusals_persons")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_crisis_refusals_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_crisis_refusals_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_refusals")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_crisis_refusals_intake_id")),
    )
    op.create_table(
        "konekti_mandates",
        sa.Column("represented_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("body IN ('steering_group')", name=op.f("ck_konekti_mandates_body")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_konekti_mandates_days")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_konekti_mandates_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_mandates_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["represented_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_mandates_represented_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_konekti_mandates")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_konekti_mandates_intake_id")),
    )
    op.create_table(
        "konekti_secondments",
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("function", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "function IN ('verbinder', 'psychologist', 'coordinator')",
            name=op.f("ck_konekti_secondments_function"),
        ),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_konekti_secondments_days")),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_secondments_employer_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_konekti_secondments_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_secondments_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_konekti_secondments")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_konekti_secondments_intake_id")),
    )
    op.create_table(
        "konekti_targets",
        sa.Column("families_per_year", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("families_per_year >= 1", name=op.f("ck_konekti_targets_families")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_konekti_targets_days")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_konekti_targets_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_targets_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_konekti_targets")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_konekti_targets_intake_id")),
    )
    op.create_table(
        "kracht_wonen_dwellings",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("beds BETWEEN 1 AND 20", name=op.f("ck_kracht_wonen_dwellings_beds")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_kracht_wonen_dwellings_days")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_kracht_wonen_dwellings_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_dwellings_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_dwellings_owner_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kracht_wonen_dwellings")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_kracht_wonen_dwellings_intake_id")),
    )
    op.create_table(
        "kracht_wonen_staff",
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("fte_hundredths", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "fte_hundredths BETWEEN 1 AND 10000", name=op.f("ck_kracht_wonen_staff_fte")
        ),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_kracht_wonen_staff_days")),
        sa.ForeignKeyConstraint(
            ["employer_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_staff_employer_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_kracht_wonen_staff_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_staff_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kracht_wonen_staff")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_kracht_wonen_staff_intake_id")),
    )
    op.create_table(
        "partnerships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("keeps_secrecy", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_partnerships_days")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_partnerships_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_partnerships_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["organisations.id"],
            name=op.f("fk_partnerships_partner_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerships")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_partnerships_intake_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "programme",
            "partner_id",
            "valid_from",
            name=op.f("uq_partnerships_organisation_id_programme_partner_id_valid_from"),
        ),
    )
    op.create_table(
        "crisis_admissions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("nights", sa.Integer(), nullable=False),
        sa.Column("referring_helper", sa.String(length=120), nullable=False),
        sa.Column("safety_remark", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("nights BETWEEN 0 AND 60", name=op.f("ck_crisis_admissions_nights")),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["crisis_beds.id"], name=op.f("fk_crisis_admissions_bed_id_crisis_beds")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_crisis_admissions_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_crisis_admissions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_admissions")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_crisis_admissions_intake_id")),
    )
    op.create_index(
        op.f("ix_crisis_admissions_bed_id"), "crisis_admissions", ["bed_id"], unique=False
    )
    op.create_table(
        "crisis_conferences",
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("situation", sa.String(length=40), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("rule_id", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (situation IS NULL)",
            name=op.f("ck_crisis_conferences_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_crisis_conferences_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_crisis_conferences_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_crisis_conferences_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_conferences")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_crisis_conferences_intake_id")),
    )
    op.create_index(
        op.f("ix_crisis_conferences_case_id"), "crisis_conferences", ["case_id"], unique=False
    )
    op.create_table(
        "konekti_families",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("request_text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_contact_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_konekti_families_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_konekti_families")),
    )
    op.create_index(
        "ix_konekti_families_due", "konekti_families", ["first_contact_on", "due_on"], unique=False
    )
    op.create_table(
        "kracht_wonen_situations",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reporting_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_kracht_wonen_situations_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["reporting_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_situations_reporting_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_kracht_wonen_situations")),
    )
    op.create_table(
        "crisis_bed_nights",
        sa.Column("bed_id", sa.Uuid(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("admission_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["admission_id"],
            ["crisis_admissions.id"],
            name=op.f("fk_crisis_bed_nights_admission_id_crisis_admissions"),
        ),
        sa.ForeignKeyConstraint(
            ["bed_id"], ["crisis_beds.id"], name=op.f("fk_crisis_bed_nights_bed_id_crisis_beds")
        ),
        sa.PrimaryKeyConstraint("bed_id", "night", name=op.f("pk_crisis_bed_nights")),
    )
    op.create_index(
        op.f("ix_crisis_bed_nights_admission_id"),
        "crisis_bed_nights",
        ["admission_id"],
        unique=False,
    )
    op.create_table(
        "crisis_conference_organisations",
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["crisis_conferences.id"],
            name=op.f("fk_crisis_conference_organisations_conference_id_crisis_conferences"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["organisations.id"],
            name=op.f("fk_crisis_conference_organisations_partner_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "conference_id", "partner_id", name=op.f("pk_crisis_conference_organisations")
        ),
    )
    op.create_table(
        "crisis_guests",
        sa.Column("admission_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "birth_year BETWEEN 1900 AND 2100", name=op.f("ck_crisis_guests_birth_year")
        ),
        sa.ForeignKeyConstraint(
            ["admission_id"],
            ["crisis_admissions.id"],
            name=op.f("fk_crisis_guests_admission_id_crisis_admissions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_crisis_guests_person_id_people")
        ),
        sa.PrimaryKeyConstraint("admission_id", "person_id", name=op.f("pk_crisis_guests")),
    )
    op.create_index(
        op.f("ix_crisis_guests_person_id"), "crisis_guests", ["person_id"], unique=False
    )
    op.create_table(
        "crisis_handovers",
        sa.Column("admission_id", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("handed_to", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "handed_to IN ('referring_service', 'kracht_wonen', 'ocmw', 'caw', 'hospital', 'left_alone')",
            name=op.f("ck_crisis_handovers_handed_to"),
        ),
        sa.ForeignKeyConstraint(
            ["admission_id"],
            ["crisis_admissions.id"],
            name=op.f("fk_crisis_handovers_admission_id_crisis_admissions"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_crisis_handovers_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_crisis_handovers_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_handovers")),
        sa.UniqueConstraint("admission_id", name=op.f("uq_crisis_handovers_admission_id")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_crisis_handovers_intake_id")),
    )
    op.create_table(
        "crisis_person_nights",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("admission_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["admission_id"],
            ["crisis_admissions.id"],
            name=op.f("fk_crisis_person_nights_admission_id_crisis_admissions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_crisis_person_nights_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "night", name=op.f("pk_crisis_person_nights")),
    )
    op.create_index(
        op.f("ix_crisis_person_nights_admission_id"),
        "crisis_person_nights",
        ["admission_id"],
        unique=False,
    )
    op.create_table(
        "konekti_assignments",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("secondment_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["konekti_families.case_id"],
            name=op.f("fk_konekti_assignments_case_id_konekti_families"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_konekti_assignments_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_assignments_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["secondment_id"],
            ["konekti_secondments.id"],
            name=op.f("fk_konekti_assignments_secondment_id_konekti_secondments"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_konekti_assignments")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_konekti_assignments_intake_id")),
    )
    op.create_index(
        "uq_konekti_assignments_current",
        "konekti_assignments",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    op.create_table(
        "konekti_first_contacts",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("took_place_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["konekti_families.case_id"],
            name=op.f("fk_konekti_first_contacts_case_id_konekti_families"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_konekti_first_contacts_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_first_contacts_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_konekti_first_contacts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_konekti_first_contacts_case_id")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_konekti_first_contacts_intake_id")),
    )
    op.create_table(
        "konekti_members",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "role IN ('child', 'parent', 'step_parent', 'grandparent', 'sibling', 'other')",
            name=op.f("ck_konekti_members_role"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["konekti_families.case_id"],
            name=op.f("fk_konekti_members_case_id_konekti_families"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_konekti_members_person_id_people")
        ),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_konekti_members")),
    )
    op.create_table(
        "konekti_plans",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["konekti_families.case_id"],
            name=op.f("fk_konekti_plans_case_id_konekti_families"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_konekti_plans_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_plans_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_konekti_plans")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_konekti_plans_case_id_version")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_konekti_plans_intake_id")),
    )
    op.create_table(
        "konekti_psychologist_cases",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("family_case_id", sa.Uuid(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.CheckConstraint("age BETWEEN 0 AND 120", name=op.f("ck_konekti_psychologist_cases_age")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_konekti_psychologist_cases_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["family_case_id"],
            ["konekti_families.case_id"],
            name=op.f("fk_konekti_psychologist_cases_family_case_id_konekti_families"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_konekti_psychologist_cases")),
    )
    op.create_index(
        op.f("ix_konekti_psychologist_cases_family_case_id"),
        "konekti_psychologist_cases",
        ["family_case_id"],
        unique=False,
    )
    op.create_table(
        "kracht_wonen_decisions",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("offer", sa.String(length=20), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "decision = 'admissible' OR offer IS NULL",
            name=op.f("ck_kracht_wonen_decisions_no_offer"),
        ),
        sa.CheckConstraint(
            "decision IN ('admissible', 'inadmissible')",
            name=op.f("ck_kracht_wonen_decisions_decision"),
        ),
        sa.CheckConstraint(
            "offer IN ('dwelling', 'coaching', 'both')",
            name=op.f("ck_kracht_wonen_decisions_offer"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["kracht_wonen_situations.case_id"],
            name=op.f("fk_kracht_wonen_decisions_case_id_kracht_wonen_situations"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_kracht_wonen_decisions_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_decisions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kracht_wonen_decisions")),
        sa.UniqueConstraint("case_id", name=op.f("uq_kracht_wonen_decisions_case_id")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_kracht_wonen_decisions_intake_id")),
    )
    op.create_table(
        "kracht_wonen_problems",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "area IN ('income', 'debt', 'addiction', 'mental_health', 'physical_health', 'relations', 'justice', 'residence_status', 'daily_living')",
            name=op.f("ck_kracht_wonen_problems_area"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["kracht_wonen_situations.case_id"],
            name=op.f("fk_kracht_wonen_problems_case_id_kracht_wonen_situations"),
        ),
        sa.PrimaryKeyConstraint("case_id", "area", name=op.f("pk_kracht_wonen_problems")),
    )
    op.create_table(
        "kracht_wonen_stays",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("dwelling_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("rent_cents", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "end_reason IN ('on_to_private_rent', 'on_to_social_rent', 'on_to_other_home', 'out_stopped', 'out_institution', 'out_prison', 'out_moved', 'out_died')",
            name=op.f("ck_kracht_wonen_stays_end_reason"),
        ),
        sa.CheckConstraint(
            "end_reason IS NULL OR valid_until IS NOT NULL",
            name=op.f("ck_kracht_wonen_stays_ended"),
        ),
        sa.CheckConstraint(
            "rent_cents BETWEEN 0 AND 500000", name=op.f("ck_kracht_wonen_stays_rent")
        ),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_kracht_wonen_stays_days")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["kracht_wonen_situations.case_id"],
            name=op.f("fk_kracht_wonen_stays_case_id_kracht_wonen_situations"),
        ),
        sa.ForeignKeyConstraint(
            ["dwelling_id"],
            ["kracht_wonen_dwellings.id"],
            name=op.f("fk_kracht_wonen_stays_dwelling_id_kracht_wonen_dwellings"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_kracht_wonen_stays_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_kracht_wonen_stays_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_stays_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kracht_wonen_stays")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_kracht_wonen_stays_intake_id")),
    )
    op.create_index(
        "ix_kracht_wonen_stays_dwelling",
        "kracht_wonen_stays",
        ["dwelling_id", "valid_from"],
        unique=False,
    )
    op.create_index(
        "ix_kracht_wonen_stays_household",
        "kracht_wonen_stays",
        ["household_id", "valid_from"],
        unique=False,
    )
    op.create_table(
        "kracht_wonen_trajectories",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("is_taken_over", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "valid_until > valid_from", name=op.f("ck_kracht_wonen_trajectories_days")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["kracht_wonen_situations.case_id"],
            name=op.f("fk_kracht_wonen_trajectories_case_id_kracht_wonen_situations"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["intakes.id"],
            name=op.f("fk_kracht_wonen_trajectories_intake_id_intakes"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_trajectories_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kracht_wonen_trajectories")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_kracht_wonen_trajectories_intake_id")),
    )
    op.create_index(
        op.f("ix_kracht_wonen_trajectories_case_id"),
        "kracht_wonen_trajectories",
        ["case_id"],
        unique=False,
    )
    op.create_table(
        "kracht_wonen_tried_ways",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "way IN ('private_rent', 'social_housing', 'woonclub', 'shelter', 'supported_living', 'health_care', 'family_or_friends', 'none_fits')",
            name=op.f("ck_kracht_wonen_tried_ways_way"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["kracht_wonen_situations.case_id"],
            name=op.f("fk_kracht_wonen_tried_ways_case_id_kracht_wonen_situations"),
        ),
        sa.PrimaryKeyConstraint("case_id", "way", name=op.f("pk_kracht_wonen_tried_ways")),
    )
    op.create_table(
        "konekti_plan_goals",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal", sa.String(length=400), nullable=False),
        sa.Column("is_reached", sa.Boolean(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_plan_goals_partner_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["konekti_plans.id"],
            name=op.f("fk_konekti_plan_goals_plan_id_konekti_plans"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "position", name=op.f("pk_konekti_plan_goals")),
    )
    op.create_table(
        "konekti_plan_partners",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["organisations.id"],
            name=op.f("fk_konekti_plan_partners_partner_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["konekti_plans.id"],
            name=op.f("fk_konekti_plan_partners_plan_id_konekti_plans"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "partner_id", name=op.f("pk_konekti_plan_partners")),
    )
    op.create_table(
        "kracht_wonen_stay_endings",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("end_reason", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "end_reason IN ('on_to_private_rent', 'on_to_social_rent', 'on_to_other_home', 'out_stopped', 'out_institution', 'out_prison', 'out_moved', 'out_died')",
            name=op.f("ck_kracht_wonen_stay_endings_end_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"],
            ["intakes.id"],
            name=op.f("fk_kracht_wonen_stay_endings_intake_id_intakes"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_kracht_wonen_stay_endings_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["stay_id"],
            ["kracht_wonen_stays.id"],
            name=op.f("fk_kracht_wonen_stay_endings_stay_id_kracht_wonen_stays"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kracht_wonen_stay_endings")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_kracht_wonen_stay_endings_intake_id")),
        sa.UniqueConstraint("stay_id", name=op.f("uq_kracht_wonen_stay_endings_stay_id")),
    )
    keep_stays_apart()
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    op.drop_table("kracht_wonen_stay_endings")
    op.drop_table("konekti_plan_partners")
    op.drop_table("konekti_plan_goals")
    op.drop_table("kracht_wonen_tried_ways")
    op.drop_index(
        op.f("ix_kracht_wonen_trajectories_case_id"), table_name="kracht_wonen_trajectories"
    )
    op.drop_table("kracht_wonen_trajectories")
    op.drop_index("ix_kracht_wonen_stays_household", table_name="kracht_wonen_stays")
    op.drop_index("ix_kracht_wonen_stays_dwelling", table_name="kracht_wonen_stays")
    op.drop_table("kracht_wonen_stays")
    op.drop_table("kracht_wonen_problems")
    op.drop_table("kracht_wonen_decisions")
    op.drop_index(
        op.f("ix_konekti_psychologist_cases_family_case_id"),
        table_name="konekti_psychologist_cases",
    )
    op.drop_table("konekti_psychologist_cases")
    op.drop_table("konekti_plans")
    op.drop_table("konekti_members")
    op.drop_table("konekti_first_contacts")
    op.drop_index(
        "uq_konekti_assignments_current",
        table_name="konekti_assignments",
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    op.drop_table("konekti_assignments")
    op.drop_index(op.f("ix_crisis_person_nights_admission_id"), table_name="crisis_person_nights")
    op.drop_table("crisis_person_nights")
    op.drop_table("crisis_handovers")
    op.drop_index(op.f("ix_crisis_guests_person_id"), table_name="crisis_guests")
    op.drop_table("crisis_guests")
    op.drop_table("crisis_conference_organisations")
    op.drop_index(op.f("ix_crisis_bed_nights_admission_id"), table_name="crisis_bed_nights")
    op.drop_table("crisis_bed_nights")
    op.drop_table("kracht_wonen_situations")
    op.drop_index("ix_konekti_families_due", table_name="konekti_families")
    op.drop_table("konekti_families")
    op.drop_index(op.f("ix_crisis_conferences_case_id"), table_name="crisis_conferences")
    op.drop_table("crisis_conferences")
    op.drop_index(op.f("ix_crisis_admissions_bed_id"), table_name="crisis_admissions")
    op.drop_table("crisis_admissions")
    op.drop_table("partnerships")
    op.drop_table("kracht_wonen_staff")
    op.drop_table("kracht_wonen_dwellings")
    op.drop_table("konekti_targets")
    op.drop_table("konekti_secondments")
    op.drop_table("konekti_mandates")
    op.drop_table("crisis_refusals")
    op.drop_table("crisis_beds")
