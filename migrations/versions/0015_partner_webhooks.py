"""partners: endpoints of their own, and cases found by who sent them"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLE, _COLUMN = "webhook_endpoints", "partner_id"
_NAME = "fk_webhook_endpoints_partner_id_organisations"


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        # SQLite takes a reference with the column, and none afterwards.
        op.execute(
            f"ALTER TABLE {_TABLE} ADD COLUMN {_COLUMN} CHAR(32) "
            f"CONSTRAINT {_NAME} REFERENCES organisations (id)"
        )
    else:
        op.add_column(_TABLE, sa.Column(_COLUMN, sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(_NAME), _TABLE, "organisations", [_COLUMN], ["id"])
    op.create_index("ix_partner_sendings_case", "partner_sendings", ["case_id"])


def downgrade():
    op.drop_index("ix_partner_sendings_case", table_name="partner_sendings")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(_NAME), _TABLE, type_="foreignkey")
        op.drop_column(_TABLE, _COLUMN)
        return
    with op.batch_alter_table(_TABLE) as batch:
        batch.drop_column(_COLUMN)
