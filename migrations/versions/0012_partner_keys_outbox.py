"""partner keys and what they sent; messages, where they go, and each try to send one"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

GROWING = ("partner_sendings", "outbox_messages", "webhook_tries")
INSTANT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    add_keys()
    add_outbox()
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    for table in ("webhook_tries", "webhook_deliveries", "outbox_messages", "webhook_endpoints"):
        op.drop_table(table)
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
        sa.Column("id", SERIAL, nullable=False),
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


def add_outbox():
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_webhook_endpoints_failures")),
        sa.CheckConstraint(
            "(claimed_by IS NULL) = (claimed_until IS NULL)",
            name=op.f("ck_webhook_endpoints_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_webhook_endpoints_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoints")),
    )
    op.create_index(
        op.f("ix_webhook_endpoints_organisation_id"), "webhook_endpoints", ["organisation_id"]
    )
    op.create_table(
        "outbox_messages",
        sa.Column("position", SERIAL, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_outbox_messages_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_messages_id")),
    )
    add_deliveries()


def add_deliveries():
    waits = sa.text("delivered_at IS NULL")
    op.create_table(
        "webhook_deliveries",
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("position", SERIAL, nullable=False),
        sa.Column("delivered_at", INSTANT, nullable=True),
        *to_endpoint_and_message("webhook_deliveries"),
        sa.PrimaryKeyConstraint("endpoint_id", "position", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index(
        "ix_webhook_deliveries_waiting",
        "webhook_deliveries",
        ["endpoint_id", "position"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "webhook_tries",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("position", SERIAL, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(status IS NULL) <> (fault IS NULL)", name=op.f("ck_webhook_tries_end")
        ),
        *to_endpoint_and_message("webhook_tries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_tries")),
    )
    op.create_index("ix_webhook_tries_endpoint", "webhook_tries", ["endpoint_id", "id"])


def to_endpoint_and_message(table):
    return (
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoints.id"],
            name=op.f(f"fk_{table}_endpoint_id_webhook_endpoints"),
        ),
        sa.ForeignKeyConstraint(
            ["position"],
            ["outbox_messages.position"],
            name=op.f(f"fk_{table}_position_outbox_messages"),
        ),
    )
