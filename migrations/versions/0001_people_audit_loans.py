"""people, audit, loans"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GROWING = ("audit_lines", "application_events", "loan_decisions")


def upgrade():
    op.create_table(
        "audit_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("chain_position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_lines")),
        sa.UniqueConstraint(
            "chain_id", "chain_position", name=op.f("uq_audit_lines_chain_id_chain_position")
        ),
    )
    with op.batch_alter_table("audit_lines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_lines_opened",
            ["chain_position"],
            unique=False,
            sqlite_where=sa.text("chain_position = 0"),
            postgresql_where=sa.text("chain_position = 0"),
        )
        batch_op.create_index(
            "ix_audit_lines_subject", ["subject_type", "subject_id"], unique=False
        )

    op.create_table(
        "failed_sign_ins",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_ins")),
    )
    with op.batch_alter_table("failed_sign_ins", schema=None) as batch_op:
        batch_op.create_index("ix_failed_sign_ins_subject", ["subject_digest", "at"], unique=False)

    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("operation", sa.String(length=60), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("code", name=op.f("uq_organisations_code")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("only_nis_code", sa.String(length=5), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('counsellor', 'lead_counsellor', 'policymaker', 'programme_worker', 'administrator')",
            name=op.f("ck_accounts_role"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_accounts_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "loan_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applicant_name", sa.String(length=200), nullable=False),
        sa.Column("dwelling_key", sa.String(length=200), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("works_cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("works", sa.Text(), nullable=False),
        sa.Column("borrower_kind", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("law_version", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=True),
        sa.Column("rate_basis_points", sa.Integer(), nullable=True),
        sa.Column("is_priority", sa.Boolean(), nullable=True),
        sa.Column("dwelling_type", sa.String(length=30), nullable=True),
        sa.Column("build_year", sa.Integer(), nullable=True),
        sa.Column("floor_area_m2", sa.Integer(), nullable=True),
        sa.Column("heating_carrier", sa.String(length=30), nullable=True),
        sa.CheckConstraint(
            "status IN ('submitted', 'under_assessment', 'waiting_for_applicant', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_loan_applications_status"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_loan_applications_amount")),
        sa.CheckConstraint(
            "term_months BETWEEN 1 AND 1200", name=op.f("ck_loan_applications_term")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_loan_applications_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_applications")),
        sa.UniqueConstraint("reference", name=op.f("uq_loan_applications_reference")),
    )
    with op.batch_alter_table("loan_applications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_loan_applications_received", ["organisation_id", "received_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_loan_applications_worklist",
            ["organisation_id", "status", "received_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_loan_applications_open_dwelling",
            ["dwelling_key"],
            unique=True,
            sqlite_where=sa.text(
                "status IN ('submitted', 'under_assessment', 'waiting_for_applicant')"
            ),
            postgresql_where=sa.text(
                "status IN ('submitted', 'under_assessment', 'waiting_for_applicant')"
            ),
        )

    op.create_table(
        "service_areas",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_service_areas_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "programme", "nis_code", "valid_from", name=op.f("pk_service_areas")
        ),
    )
    op.create_table(
        "application_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["loan_applications.id"],
            name=op.f("fk_application_events_application_id_loan_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_events")),
    )
    with op.batch_alter_table("application_events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_application_events_application", ["application_id", "id"], unique=False
        )

    op.create_table(
        "loan_decisions",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("reason_codes", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["loan_applications.id"],
            name=op.f("fk_loan_decisions_application_id_loan_applications"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_loan_decisions")),
    )
    op.create_table(
        "loans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("borrower_kind", sa.String(length=40), nullable=False),
        sa.Column("is_priority", sa.Boolean(), nullable=True),
        sa.Column("product_code", sa.String(length=60), nullable=True),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("rate_basis_points", sa.Integer(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("rounding", sa.String(length=10), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("works", sa.Text(), nullable=True),
        sa.Column("works_cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("dwelling_type", sa.String(length=30), nullable=True),
        sa.Column("build_year", sa.Integer(), nullable=True),
        sa.Column("floor_area_m2", sa.Integer(), nullable=True),
        sa.Column("heating_carrier", sa.String(length=30), nullable=True),
        sa.CheckConstraint("principal_cents > 0", name=op.f("ck_loans_principal")),
        sa.CheckConstraint("rate_basis_points BETWEEN 0 AND 10000", name=op.f("ck_loans_rate")),
        sa.CheckConstraint("term_months BETWEEN 1 AND 1200", name=op.f("ck_loans_term")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["loan_applications.id"],
            name=op.f("fk_loans_application_id_loan_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_loans_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans")),
        sa.UniqueConstraint("application_id", name=op.f("uq_loans_application_id")),
        sa.UniqueConstraint("number", name=op.f("uq_loans_number")),
    )
    with op.batch_alter_table("loans", schema=None) as batch_op:
        batch_op.create_index("ix_loans_area", ["organisation_id", "nis_code"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_account_id"), ["account_id"], unique=False)
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_account_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("loans", schema=None) as batch_op:
        batch_op.drop_index("ix_loans_area")

    op.drop_table("loans")
    op.drop_table("loan_decisions")
    with op.batch_alter_table("application_events", schema=None) as batch_op:
        batch_op.drop_index("ix_application_events_application")

    op.drop_table("application_events")
    op.drop_table("service_areas")
    with op.batch_alter_table("loan_applications", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_loan_applications_open_dwelling",
            sqlite_where=sa.text(
                "status IN ('submitted', 'under_assessment', 'waiting_for_applicant')"
            ),
            postgresql_where=sa.text(
                "status IN ('submitted', 'under_assessment', 'waiting_for_applicant')"
            ),
        )
        batch_op.drop_index("ix_loan_applications_worklist")
        batch_op.drop_index("ix_loan_applications_received")

    op.drop_table("loan_applications")
    op.drop_table("accounts")
    op.drop_table("organisations")

    op.drop_table("idempotency_keys")
    with op.batch_alter_table("failed_sign_ins", schema=None) as batch_op:
        batch_op.drop_index("ix_failed_sign_ins_subject")

    op.drop_table("failed_sign_ins")
    with op.batch_alter_table("audit_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_lines_subject")
        batch_op.drop_index(
            "ix_audit_lines_opened",
            sqlite_where=sa.text("chain_position = 0"),
            postgresql_where=sa.text("chain_position = 0"),
        )

    op.drop_table("audit_lines")
