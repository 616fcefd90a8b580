"""wijk-werken: workers, users, fees, hours and cheques, coaches; doubles of people"""

import sqlalchemy as sa
from alembic import op

from energiehuis.people.sounds import sound_code
from migrations.append_only import protect, release

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GROWING = (
    "person_merges",
    "person_unmerges",
    "wijk_werken_user_activities",
    "wijk_werken_user_fees",
    "wijk_werken_performances",
    "wijk_werken_cheques",
)
REGIME = "regime IN ('wijk_werk', 'pwa_transition')"
ACTIVITIES = (
    "activity IN ('garden_work', 'small_repairs', 'pet_care', 'company_and_children', 'errands', "
    "'school_supervision', 'crossing_guard', 'event_help', 'neighbourhood_care', 'seasonal_work')"
)


def upgrade():
    _upgrade_people()
    op.create_table(
        "wijk_werken_workers",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("referred_by", sa.String(length=20), nullable=False),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("consent_reference", sa.String(length=80), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("platform_number", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "referred_by IN ('vdab', 'ocmw', 'gtb')",
            name=op.f("ck_wijk_werken_workers_referred_by"),
        ),
        sa.CheckConstraint(REGIME, name=op.f("ck_wijk_werken_workers_regime")),
        _foreign("wijk_werken_workers", "case_id", "cases.id"),
        _foreign("wijk_werken_workers", "organisation_id", "organisations.id"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_wijk_werken_workers")),
        sa.UniqueConstraint(
            "organisation_id",
            "platform_number",
            name=op.f("uq_wijk_werken_workers_organisation_id_platform_number"),
        ),
    )
    _create_users()
    _create_performances()
    op.create_table(
        "wijk_werken_coaches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("coach", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_wijk_werken_coaches_days")),
        _foreign("wijk_werken_coaches", "organisation_id", "organisations.id"),
        _foreign("wijk_werken_coaches", "intake_id", "intakes.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wijk_werken_coaches")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_wijk_werken_coaches_intake_id")),
    )
    op.create_index(
        "ix_wijk_werken_coaches_area", "wijk_werken_coaches", ["organisation_id", "nis_code"]
    )
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    for table in (
        "wijk_werken_coaches",
        "wijk_werken_cheques",
        "wijk_werken_performances",
        "wijk_werken_user_fees",
        "wijk_werken_user_activities",
        "wijk_werken_users",
        "wijk_werken_workers",
        "person_unmerges",
        "person_merges",
    ):
        op.drop_table(table)
    op.drop_index("ix_people_sound", table_name="people")
    with op.batch_alter_table("people") as batch:
        batch.drop_column("sound")


def _foreign(table, column, target):
    referred = target.split(".")[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{referred}"))


def _upgrade_people():
    op.add_column("people", sa.Column("sound", sa.String(length=80), nullable=True))
    people = sa.table(
        "people",
        sa.column("id", sa.Uuid()),
        sa.column("given_name", sa.String()),
        sa.column("family_name", sa.String()),
        sa.column("sound", sa.String()),
    )
    bind = op.get_bind()
    named = sa.select(people.c.id, people.c.given_name, people.c.family_name).where(
        people.c.family_name.is_not(None)
    )
    sounds = [
        {"of_id": row.id, "made": sound_code(row.given_name, row.family_name)}
        for row in bind.execute(named).all()
    ]
    if sounds:
        statement = sa.update(people).where(people.c.id == sa.bindparam("of_id", type_=sa.Uuid()))
        bind.execute(statement.values(sound=sa.bindparam("made")), sounds)
    op.create_index("ix_people_sound", "people", ["organisation_id", "birth_date", "sound"])
    op.create_table(
        "person_merges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_person_merges_two_people")),
        _foreign("person_merges", "organisation_id", "organisations.id"),
        _foreign("person_merges", "kept_id", "people.id"),
        _foreign("person_merges", "merged_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merges")),
        sa.UniqueConstraint("merged_id", "round", name=op.f("uq_person_merges_merged_id_round")),
    )
    op.create_index(op.f("ix_person_merges_kept_id"), "person_merges", ["kept_id"])
    op.create_index(op.f("ix_person_merges_organisation_id"), "person_merges", ["organisation_id"])
    op.create_table(
        "person_unmerges",
        sa.Column("merge_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        _foreign("person_unmerges", "merge_id", "person_merges.id"),
        sa.PrimaryKeyConstraint("merge_id", name=op.f("pk_person_unmerges")),
    )


def _create_users():
    op.create_table(
        "wijk_werken_users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("user_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("platform_number", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "kind IN ('private', 'authority', 'school', 'non_profit', 'farm')",
            name=op.f("ck_wijk_werken_users_kind"),
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (user_organisation_id IS NULL)",
            name=op.f("ck_wijk_werken_users_one_user"),
        ),
        _foreign("wijk_werken_users", "organisation_id", "organisations.id"),
        _foreign("wijk_werken_users", "intake_id", "intakes.id"),
        _foreign("wijk_werken_users", "person_id", "people.id"),
        _foreign("wijk_werken_users", "user_organisation_id", "organisations.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wijk_werken_users")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_wijk_werken_users_intake_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "platform_number",
            name=op.f("uq_wijk_werken_users_organisation_id_platform_number"),
        ),
    )
    op.create_index(op.f("ix_wijk_werken_users_person_id"), "wijk_werken_users", ["person_id"])
    op.create_index(
        "ix_wijk_werken_users_area", "wijk_werken_users", ["organisation_id", "nis_code"]
    )
    op.create_table(
        "wijk_werken_user_activities",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=False),
        sa.CheckConstraint(ACTIVITIES, name=op.f("ck_wijk_werken_user_activities_activity")),
        _foreign("wijk_werken_user_activities", "user_id", "wijk_werken_users.id"),
        sa.PrimaryKeyConstraint("user_id", "activity", name=op.f("pk_wijk_werken_user_activities")),
    )
    op.create_table(
        "wijk_werken_user_fees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("covers_until", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("covers_until > paid_on", name=op.f("ck_wijk_werken_user_fees_covers")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_wijk_werken_user_fees_amount")),
        _foreign("wijk_werken_user_fees", "user_id", "wijk_werken_users.id"),
        _foreign("wijk_werken_user_fees", "intake_id", "intakes.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wijk_werken_user_fees")),
        sa.UniqueConstraint(
            "user_id", "paid_on", name=op.f("uq_wijk_werken_user_fees_user_id_paid_on")
        ),
    )


def _create_performances():
    table = "wijk_werken_performances"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=False),
        sa.Column("hundredth_hours", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint(REGIME, name=op.f(f"ck_{table}_regime")),
        sa.CheckConstraint("source IN ('intake', 'import')", name=op.f(f"ck_{table}_source")),
        sa.CheckConstraint("hundredth_hours BETWEEN 100 AND 2400", name=op.f(f"ck_{table}_hours")),
        sa.CheckConstraint("hundredth_hours % 100 = 0", name=op.f(f"ck_{table}_whole_hours")),
        sa.CheckConstraint(
            "(source = 'intake') = (intake_id IS NOT NULL)", name=op.f(f"ck_{table}_intake")
        ),
        _foreign(table, "organisation_id", "organisations.id"),
        _foreign(table, "case_id", "wijk_werken_workers.case_id"),
        _foreign(table, "person_id", "people.id"),
        _foreign(table, "user_id", "wijk_werken_users.id"),
        _foreign(table, "intake_id", "intakes.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("intake_id", name=op.f(f"uq_{table}_intake_id")),
    )
    op.create_index(op.f(f"ix_{table}_case_id"), table, ["case_id"])
    op.create_index(op.f(f"ix_{table}_user_id"), table, ["user_id"])
    op.create_index(f"ix_{table}_area", table, ["organisation_id", "nis_code", "performed_on"])
    op.create_index(f"ix_{table}_person", table, ["person_id", "performed_on"])
    op.create_table(
        "wijk_werken_cheques",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("performance_id", sa.Uuid(), nullable=False),
        _foreign("wijk_werken_cheques", "performance_id", f"{table}.id"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_wijk_werken_cheques")),
    )
    op.create_index(
        op.f("ix_wijk_werken_cheques_performance_id"), "wijk_werken_cheques", ["performance_id"]
    )
