"""people, cases, woonclub"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GROWING = ("intakes", "case_snapshots", "case_events")


def upgrade():
    op.create_table(
        "drop_in_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("takes_place_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'held', 'cancelled')", name=op.f("ck_drop_in_sessions_status")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_drop_in_sessions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drop_in_sessions")),
    )
    with op.batch_alter_table("drop_in_sessions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_drop_in_sessions_day",
            ["organisation_id", "programme", "takes_place_on"],
            unique=False,
        )
        batch_op.create_index(
            "uq_drop_in_sessions_place",
            ["programme", "organisation_id", "nis_code", "place", "takes_place_on"],
            unique=True,
            sqlite_where=sa.text("status <> 'cancelled'"),
            postgresql_where=sa.text("status <> 'cancelled'"),
        )

    op.create_table(
        "households",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_households_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
    )
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_households_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "intakes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("operator_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("referrer_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("referrer_worker", sa.String(length=80), nullable=True),
        sa.Column("referrer_case_id", sa.Uuid(), nullable=True),
        sa.Column("legal_basis", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "channel IN ('sitting_day', 'phone', 'mail', 'web', 'partner', 'crisis_line')",
            name=op.f("ck_intakes_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["operator_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_intakes_operator_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_intakes_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["referrer_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_intakes_referrer_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=True),
        sa.Column("family_name", sa.String(length=80), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("alias", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(alias IS NULL) <> (family_name IS NULL)", name=op.f("ck_people_name_or_alias")
        ),
        sa.CheckConstraint(
            "(given_name IS NULL) = (family_name IS NULL)", name=op.f("ck_people_whole_name")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_people_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint(
            "organisation_id", "alias", name=op.f("uq_people_organisation_id_alias")
        ),
    )
    op.create_table(
        "agreements",
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("proof", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "proof IN ('paper', 'signed', 'oral_noted')", name=op.f("ck_agreements_proof")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_agreements_intake_id_intakes")
        ),
        sa.PrimaryKeyConstraint("intake_id", "purpose", name=op.f("pk_agreements")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(status = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_cases_closed_with_outcome")
        ),
        sa.CheckConstraint(
            "status IN ('registered', 'inadmissible', 'intake', 'waiting', 'active', 'closed')",
            name=op.f("ck_cases_status"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL)", name=op.f("ck_cases_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_cases_household_id_households")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_cases_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_cases_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_cases_intake_id")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_area",
            ["organisation_id", "programme", "nis_code", "received_on"],
            unique=False,
        )
        batch_op.create_index(
            "uq_cases_open_household",
            ["programme", "household_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('registered', 'intake', 'waiting', 'active')"),
            postgresql_where=sa.text("status IN ('registered', 'intake', 'waiting', 'active')"),
        )

    op.create_table(
        "household_members",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_members_household_id_households"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_household_members_person_id_people")
        ),
        sa.PrimaryKeyConstraint(
            "household_id", "person_id", "valid_from", name=op.f("pk_household_members")
        ),
    )
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.create_index(
            "uq_household_members_current",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("valid_until IS NULL"),
            postgresql_where=sa.text("valid_until IS NULL"),
        )

    op.create_table(
        "case_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("from_status", sa.String(length=20), nullable=True),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.create_index("ix_case_events_case", ["case_id", "id"], unique=False)

    op.create_table(
        "case_snapshots",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("household_type", sa.String(length=20), nullable=False),
        sa.Column("main_income", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "household_type <> 'couple' OR adults = 2", name=op.f("ck_case_snapshots_couple")
        ),
        sa.CheckConstraint(
            "household_type <> 'single' OR adults = 1", name=op.f("ck_case_snapshots_single")
        ),
        sa.CheckConstraint(
            "household_type IN ('single', 'couple', 'with_others')",
            name=op.f("ck_case_snapshots_household_type"),
        ),
        sa.CheckConstraint(
            "main_income IN ('wage', 'self_employed', 'unemployment', 'sickness', 'disability', 'living_wage', 'pension', 'other', 'none')",
            name=op.f("ck_case_snapshots_main_income"),
        ),
        sa.CheckConstraint("adults >= 1", name=op.f("ck_case_snapshots_adults")),
        sa.CheckConstraint("children >= 0", name=op.f("ck_case_snapshots_children")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_snapshots_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_snapshots")),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_visits_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_visits_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["drop_in_sessions.id"],
            name=op.f("fk_visits_session_id_drop_in_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["people.id"], name=op.f("fk_visits_visitor_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_visits_intake_id")),
        sa.UniqueConstraint(
            "session_id", "visitor_id", name=op.f("uq_visits_session_id_visitor_id")
        ),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visits_visitor_id"), ["visitor_id"], unique=False)

    op.create_table(
        "woonclub_files",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("max_rent_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('notice', 'eviction', 'declared_unfit', 'poor_condition', 'too_small', 'too_expensive', 'separation', 'leaving_family', 'leaving_institution', 'homeless', 'other')",
            name=op.f("ck_woonclub_files_reason"),
        ),
        sa.CheckConstraint(
            "max_rent_cents BETWEEN 100 AND 500000", name=op.f("ck_woonclub_files_max_rent")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_woonclub_files_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_woonclub_files")),
    )
    op.create_table(
        "woonclub_housings",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("tenure", sa.String(length=20), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("rent_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "tenure IN ('private_rent', 'social_rent', 'other')",
            name=op.f("ck_woonclub_housings_tenure"),
        ),
        sa.CheckConstraint(
            "rent_cents BETWEEN 100 AND 500000", name=op.f("ck_woonclub_housings_rent")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["woonclub_files.case_id"],
            name=op.f("fk_woonclub_housings_case_id_woonclub_files"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_woonclub_housings")),
    )
    op.create_table(
        "woonclub_wanted_municipalities",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["woonclub_files.case_id"],
            name=op.f("fk_woonclub_wanted_municipalities_case_id_woonclub_files"),
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "nis_code", name=op.f("pk_woonclub_wanted_municipalities")
        ),
    )
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    op.drop_table("woonclub_wanted_municipalities")
    op.drop_table("woonclub_housings")
    op.drop_table("woonclub_files")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visits_visitor_id"))
        batch_op.drop_index(batch_op.f("ix_visits_case_id"))

    op.drop_table("visits")
    op.drop_table("case_snapshots")
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.drop_index("ix_case_events_case")

    op.drop_table("case_events")
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_household_members_current",
            sqlite_where=sa.text("valid_until IS NULL"),
            postgresql_where=sa.text("valid_until IS NULL"),
        )

    op.drop_table("household_members")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cases_open_household",
            sqlite_where=sa.text("status IN ('registered', 'intake', 'waiting', 'active')"),
            postgresql_where=sa.text("status IN ('registered', 'intake', 'waiting', 'active')"),
        )
        batch_op.drop_index("ix_cases_area")

    op.drop_table("cases")
    op.drop_table("agreements")
    op.drop_table("people")
    op.drop_table("intakes")
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_households_organisation_id"))

    op.drop_table("households")
    with op.batch_alter_table("drop_in_sessions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_drop_in_sessions_place",
            sqlite_where=sa.text("status <> 'cancelled'"),
            postgresql_where=sa.text("status <> 'cancelled'"),
        )
        batch_op.drop_index("ix_drop_in_sessions_day")

    op.drop_table("drop_in_sessions")
