"""partner keys and what they sent"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

GROWING = ("partner_sendings",)
INSTANT = sa.DateTime(timezone=True)


def upgrade():
    add_keys()
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    op.drop_table("partner_sendings")
    op.drop_table("partner_keys")


def add_keys():
    op.create_table(
        "partner_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("programmes", sa.Text(), nullable=False),
        sa.Column("token_number", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("old_token_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("old_until", sa.Date(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(old_token_digest IS NULL) = (old_until IS NULL)",
            name=op.f("ck_partner_keys_old_token"),
        ),
        sa.CheckConstraint("token_number >= 1", name=op.f("ck_partner_keys_token_number")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_partner_keys_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["organisations.id"],
            name=op.f("fk_partner_keys_partner_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_keys")),
        sa.UniqueConstraint("old_token_digest", name=op.f("uq_partner_keys_old_token_digest")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_partner_keys_token_digest")),
    )
    op.create_index(op.f("ix_partner_keys_organisation_id"), "partner_keys", ["organisation_id"])
    op.create_table(
        "partner_sendings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["partner_keys.id"], name=op.f("fk_partner_sendings_key_id_partner_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_sendings")),
    )
    op.create_index("ix_partner_sendings_record", "partner_sendings", ["record_id", "key_id"])
