"""agreements to share and their withdrawal; referrals and their events"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

GROWING = ("consents", "consent_withdrawals", "referral_events")


def upgrade():
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("from_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_programme", sa.String(length=40), nullable=False),
        sa.Column("to_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("to_programme", sa.String(length=40), nullable=False),
        sa.Column("classes", sa.String(length=5), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(length=20), nullable=False),
        sa.Column("proof_reference", sa.String(length=80), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("classes <> ''", name=op.f("ck_consents_classes")),
        sa.CheckConstraint(
            "classes NOT LIKE '%D%' OR proof <> 'oral_noted'",
            name=op.f("ck_consents_sensitive_in_writing"),
        ),
        sa.CheckConstraint(
            "proof IN ('paper', 'signed', 'oral_noted')", name=op.f("ck_consents_proof")
        ),
        sa.CheckConstraint("purpose IN ('referral', 'journey')", name=op.f("ck_consents_purpose")),
        sa.CheckConstraint(
            "(household_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_consents_one_subject")
        ),
        sa.CheckConstraint(
            "from_programme <> to_programme", name=op.f("ck_consents_two_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["from_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_consents_from_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_consents_household_id_households")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["to_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_consents_to_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_household_id"), "consents", ["household_id"])
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"])
    op.create_table(
        "consent_withdrawals",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consents.id"], name=op.f("fk_consent_withdrawals_consent_id_consents")
        ),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_consent_withdrawals")),
    )
    op.create_table(
        "referrals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("from_case_id", sa.Uuid(), nullable=False),
        sa.Column("from_programme", sa.String(length=40), nullable=False),
        sa.Column("to_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("to_programme", sa.String(length=40), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("classes", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal_reason", sa.String(length=20), nullable=True),
        sa.Column("first_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (refused_at IS NOT NULL)", name=op.f("ck_referrals_refused")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)",
            name=op.f("ck_referrals_withdrawn"),
        ),
        sa.CheckConstraint(
            "reason IN ('housing', 'budget', 'energy', 'food', 'work', 'family', 'psychological', 'crisis', 'other')",
            name=op.f("ck_referrals_reason"),
        ),
        sa.CheckConstraint(
            "refusal_reason IN ('full', 'not_target_group', 'client_declined', 'unreachable', 'helped_elsewhere', 'other')",
            name=op.f("ck_referrals_refusal_reason"),
        ),
        sa.CheckConstraint(
            "state <> 'sent' OR accepted_at IS NULL", name=op.f("ck_referrals_sent")
        ),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'refused', 'first_contact', 'done', 'withdrawn')",
            name=op.f("ck_referrals_state"),
        ),
        sa.CheckConstraint(
            "(refused_at IS NULL) = (refusal_reason IS NULL)",
            name=op.f("ck_referrals_refused_with_reason"),
        ),
        sa.CheckConstraint(
            "done_at IS NULL OR first_contact_at IS NOT NULL", name=op.f("ck_referrals_done")
        ),
        sa.CheckConstraint(
            "first_contact_at IS NULL OR accepted_at IS NOT NULL", name=op.f("ck_referrals_contact")
        ),
        sa.CheckConstraint(
            "from_programme <> to_programme", name=op.f("ck_referrals_two_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consents.id"], name=op.f("fk_referrals_consent_id_consents")
        ),
        sa.ForeignKeyConstraint(
            ["from_case_id"], ["cases.id"], name=op.f("fk_referrals_from_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_referrals_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["to_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_referrals_to_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("reference", name=op.f("uq_referrals_reference")),
    )
    op.create_index(op.f("ix_referrals_consent_id"), "referrals", ["consent_id"])
    op.create_index(
        "ix_referrals_in", "referrals", ["to_organisation_id", "to_programme", "sent_at"]
    )
    op.create_index(
        "ix_referrals_out", "referrals", ["organisation_id", "from_programme", "sent_at"]
    )
    op.create_index(
        "uq_referrals_running",
        "referrals",
        ["from_case_id", "to_programme"],
        unique=True,
        sqlite_where=sa.text("state IN ('sent', 'accepted', 'first_contact')"),
        postgresql_where=sa.text("state IN ('sent', 'accepted', 'first_contact')"),
    )
    op.create_table(
        "referral_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_events_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_events")),
    )
    op.create_index("ix_referral_events_referral", "referral_events", ["referral_id", "id"])
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    for table in ("referral_events", "referrals", "consent_withdrawals", "consents"):
        op.drop_table(table)
