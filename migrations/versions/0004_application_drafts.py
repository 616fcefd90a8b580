"""application drafts"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "application_drafts",
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("sent_reference", sa.String(length=16), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_application_drafts")),
    )
    op.create_index(op.f("ix_application_drafts_expires_at"), "application_drafts", ["expires_at"])


def downgrade():
    op.drop_index(op.f("ix_application_drafts_expires_at"), table_name="application_drafts")
    op.drop_table("application_drafts")
