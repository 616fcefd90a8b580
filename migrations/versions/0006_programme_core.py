"""programme core: cases of persons, notes, contacts, kinds of organisations, more roles"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

GROWING = ("contacts",)
OPEN = sa.text("status IN ('registered', 'intake', 'waiting', 'active')")
ONE_SUBJECT = "(household_id IS NULL) <> (person_id IS NULL)"
OLD_ROLES = "'counsellor', 'lead_counsellor', 'policymaker', 'programme_worker', 'administrator'"
ROLES = (
    "'counsellor', 'lead_counsellor', 'policymaker', 'programme_worker', 'social_worker', "
    "'psychologist', 'crisis_duty', 'programme_coordinator', 'finance', 'council_member', "
    "'auditor', 'partner', 'administrator'"
)
KINDS = (
    "kind IN ('association', 'ocmw', 'caw', 'municipality', 'referrer', 'partner', 'donor', "
    "'receiver', 'school', 'employer', 'landlord', 'user', 'enterprise')"
)


def upgrade():
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index("ix_case_notes_case", "case_notes", ["case_id", "written_at"])
    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("took_place_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "channel IN ('sitting_day', 'phone', 'mail', 'web', 'partner', 'crisis_line')",
            name=op.f("ck_contacts_channel"),
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 600", name=op.f("ck_contacts_minutes")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_contacts_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contacts_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_contacts_intake_id")),
    )
    op.create_index(
        "ix_contacts_area", "contacts", ["organisation_id", "programme", "took_place_on"]
    )
    op.create_index(op.f("ix_contacts_case_id"), "contacts", ["case_id"])
    with op.batch_alter_table("accounts") as batch:
        batch.drop_constraint(op.f("ck_accounts_role"), type_="check")
        batch.create_check_constraint(op.f("ck_accounts_role"), f"role IN ({ROLES})")
        batch.add_column(sa.Column("only_programme", sa.String(length=40), nullable=True))
    with op.batch_alter_table("organisations") as batch:
        batch.add_column(
            sa.Column("kind", sa.String(length=20), server_default="association", nullable=False)
        )
        batch.add_column(sa.Column("kbo_number", sa.String(length=10), nullable=True))
        batch.add_column(sa.Column("nis_code", sa.String(length=5), nullable=True))
        batch.add_column(sa.Column("address", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("registered_by_id", sa.Uuid(), nullable=True))
        batch.create_check_constraint(op.f("ck_organisations_kind"), KINDS)
        batch.create_index(op.f("ix_organisations_kbo_number"), ["kbo_number"])
        batch.create_foreign_key(
            op.f("fk_organisations_registered_by_id_organisations"),
            "organisations",
            ["registered_by_id"],
            ["id"],
        )
    with op.batch_alter_table("cases") as batch:
        batch.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        batch.alter_column("household_id", existing_type=sa.Uuid(), nullable=True)
        batch.create_check_constraint(op.f("ck_cases_one_subject"), ONE_SUBJECT)
        batch.create_index(op.f("ix_cases_household_id"), ["household_id"])
        batch.create_index(op.f("ix_cases_person_id"), ["person_id"])
        batch.create_foreign_key(op.f("fk_cases_person_id_people"), "people", ["person_id"], ["id"])
        batch.create_index(
            "uq_cases_open_person",
            ["programme", "person_id"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    with op.batch_alter_table("cases") as batch:
        batch.drop_constraint(op.f("ck_cases_one_subject"), type_="check")
        batch.drop_constraint(op.f("fk_cases_person_id_people"), type_="foreignkey")
        batch.drop_index("uq_cases_open_person")
        batch.drop_index(op.f("ix_cases_person_id"))
        batch.drop_index(op.f("ix_cases_household_id"))
        batch.alter_column("household_id", existing_type=sa.Uuid(), nullable=False)
        batch.drop_column("person_id")
    with op.batch_alter_table("organisations") as batch:
        batch.drop_constraint(op.f("ck_organisations_kind"), type_="check")
        batch.drop_constraint(
            op.f("fk_organisations_registered_by_id_organisations"), type_="foreignkey"
        )
        batch.drop_index(op.f("ix_organisations_kbo_number"))
        for name in ("registered_by_id", "address", "nis_code", "kbo_number", "kind"):
            batch.drop_column(name)
    with op.batch_alter_table("accounts") as batch:
        batch.drop_constraint(op.f("ck_accounts_role"), type_="check")
        batch.create_check_constraint(op.f("ck_accounts_role"), f"role IN ({OLD_ROLES})")
        batch.drop_column("only_programme")
    op.drop_table("contacts")
    op.drop_table("case_notes")
