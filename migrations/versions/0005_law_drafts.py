"""law drafts"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "law_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_drafts")),
        sa.UniqueConstraint("name", "revision", name=op.f("uq_law_drafts_name_revision")),
    )
    op.create_table(
        "law_draft_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["law_drafts.id"], name=op.f("fk_law_draft_events_draft_id_law_drafts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_draft_events")),
        sa.UniqueConstraint(
            "draft_id", "position", name=op.f("uq_law_draft_events_draft_id_position")
        ),
    )
    for table in ("law_drafts", "law_draft_events"):
        protect(table)


def downgrade():
    for table in ("law_draft_events", "law_drafts"):
        release(table)
        op.drop_table(table)
