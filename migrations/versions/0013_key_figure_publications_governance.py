"""key figure publications governance"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

GROWING = ("budget_lines", "key_figure_publications", "published_key_figures")
INSTANT = sa.DateTime(timezone=True)


def _organisation(table):
    return sa.ForeignKeyConstraint(
        ["organisation_id"],
        ["organisations.id"],
        name=op.f(f"fk_{table}_organisation_id_organisations"),
    )


def upgrade():
    op.create_table(
        "mandates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=True),
        sa.Column("holder_name", sa.String(length=120), nullable=False),
        sa.Column("is_voting", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("body IN ('general_assembly', 'board')", name=op.f("ck_mandates_body")),
        sa.CheckConstraint("until_on IS NULL OR until_on > from_on", name=op.f("ck_mandates_days")),
        _organisation("mandates"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
        sa.UniqueConstraint(
            "organisation_id",
            "body",
            "holder_name",
            "from_on",
            name=op.f("uq_mandates_organisation_id_body_holder_name_from_on"),
        ),
    )
    op.create_index("ix_mandates_body", "mandates", ["organisation_id", "body", "nis_code"])
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("side IN ('income', 'expense')", name=op.f("ck_budget_lines_side")),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_budget_lines_amount")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_budget_lines_year")),
        _organisation("budget_lines"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
    )
    op.create_index("ix_budget_lines_year", "budget_lines", ["organisation_id", "year", "side"])
    op.create_table(
        "key_figure_publications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_key_figure_publications_days")),
        _organisation("key_figure_publications"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_figure_publications")),
        sa.UniqueConstraint(
            "organisation_id",
            "from_on",
            "to_on",
            name=op.f("uq_key_figure_publications_organisation_id_from_on_to_on"),
        ),
    )
    op.create_table(
        "published_key_figures",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("figure_id", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("formula_digest", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=True),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("unknown_count", sa.BigInteger(), nullable=True),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("undated", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("restated_because", sa.String(length=500), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "(revision = 0) = (restated_because IS NULL)",
            name=op.f("ck_published_key_figures_restated"),
        ),
        sa.CheckConstraint(
            "reason IS NULL OR value IS NULL", name=op.f("ck_published_key_figures_reason")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["key_figure_publications.id"],
            name=op.f("fk_published_key_figures_publication_id_key_figure_publications"),
        ),
        sa.PrimaryKeyConstraint(
            "publication_id",
            "nis_code",
            "figure_id",
            "revision",
            name=op.f("pk_published_key_figures"),
        ),
    )
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    for table in (
        "published_key_figures",
        "key_figure_publications",
        "budget_lines",
        "mandates",
    ):
        op.drop_table(table)
