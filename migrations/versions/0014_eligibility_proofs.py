"""eligibility proofs"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "eligibility_proofs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by_role", sa.String(length=30), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "status IN ('holds', 'does_not_hold', 'cannot_be_told')",
            name=op.f("ck_eligibility_proofs_status"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["loan_applications.id"],
            name=op.f("fk_eligibility_proofs_application_id_loan_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_proofs")),
    )
    op.create_index(
        "ix_eligibility_proofs_application", "eligibility_proofs", ["application_id", "id"]
    )
    protect("eligibility_proofs")


def downgrade():
    release("eligibility_proofs")
    op.drop_index("ix_eligibility_proofs_application", table_name="eligibility_proofs")
    op.drop_table("eligibility_proofs")
