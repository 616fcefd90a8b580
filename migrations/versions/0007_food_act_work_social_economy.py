"""food act, work placements, social economy: donors, stock by events, placements, places"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import protect, release

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GROWING = ("food_donor_states", "food_receiver_states", "food_stock_events")
# The sum of a category is told under a lock, so that two who take at once cannot both see it all.
STOCK_FUNCTION = """
CREATE FUNCTION food_stock_not_below_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE total numeric;
BEGIN
  PERFORM 1 FROM organisations WHERE id = NEW.organisation_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(grams), 0) INTO total FROM food_stock_events
    WHERE organisation_id = NEW.organisation_id AND category = NEW.category;
  IF total + NEW.grams < 0 THEN
    RAISE EXCEPTION 'food stock below zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""
STOCK_TRIGGER = """
CREATE TRIGGER food_stock_not_below_zero BEFORE INSERT ON food_stock_events
FOR EACH ROW WHEN (NEW.grams < 0) {act}
"""
STOCK_CHECK = """
BEGIN SELECT RAISE(ABORT, 'food stock below zero') WHERE NEW.grams + (
  SELECT coalesce(sum(grams), 0) FROM food_stock_events
  WHERE organisation_id = NEW.organisation_id AND category = NEW.category) < 0; END
"""
# A placement takes the days from its start up to its end, or up to its planned end while it runs.
NO_OVERLAP = """
ALTER TABLE work_placements ADD CONSTRAINT ex_work_placements_overlap EXCLUDE USING gist (
  person_id WITH =, statute WITH =,
  daterange(start_on, coalesce(ended_on, planned_end_on)) WITH &&)
"""
OVERLAP_TRIGGER = """
CREATE TRIGGER work_placements_overlap_{name} BEFORE {name} ON work_placements
BEGIN SELECT RAISE(ABORT, 'placements overlap') WHERE EXISTS (
  SELECT 1 FROM work_placements AS other
  WHERE other.person_id = NEW.person_id AND other.statute = NEW.statute AND other.id <> NEW.id
  AND other.start_on < coalesce(NEW.ended_on, NEW.planned_end_on)
  AND NEW.start_on < coalesce(other.ended_on, other.planned_end_on)
  AND NEW.start_on < coalesce(NEW.ended_on, NEW.planned_end_on)
  AND other.start_on < coalesce(other.ended_on, other.planned_end_on)); END
"""


def upgrade():
    op.create_table(
        "food_donors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("place_key", sa.String(length=240), nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('prospect', 'agreement', 'active', 'paused', 'stopped')",
            name=op.f("ck_food_donors_status"),
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["organisations.id"], name=op.f("fk_food_donors_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_donors_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_donors_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_donors")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_donors_intake_id")),
        sa.UniqueConstraint(
            "organisation_id", "place_key", name=op.f("uq_food_donors_organisation_id_place_key")
        ),
    )
    op.create_index(
        "ix_food_donors_area", "food_donors", ["organisation_id", "nis_code"], unique=False
    )
    op.create_table(
        "food_receivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("place_key", sa.String(length=340), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=True),
        sa.Column("favv_number", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status IN ('candidate', 'number_shown', 'active', 'stopped')",
            name=op.f("ck_food_receivers_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('number_shown', 'active') OR favv_number IS NOT NULL",
            name=op.f("ck_food_receivers_favv"),
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["organisations.id"], name=op.f("fk_food_receivers_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_receivers_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_receivers_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_receivers")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_receivers_intake_id")),
        sa.UniqueConstraint(
            "organisation_id", "place_key", name=op.f("uq_food_receivers_organisation_id_place_key")
        ),
    )
    op.create_index(
        "ix_food_receivers_area", "food_receivers", ["organisation_id", "nis_code"], unique=False
    )
    op.create_table(
        "food_stock_counts",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_stock_counts_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_stock_counts_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_stock_counts")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_stock_counts_intake_id")),
    )
    op.create_table(
        "food_stock_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "category IN ('vegetables_fruit', 'dairy', 'prepared_meals', 'meat_fish', 'bread', 'dry_food', 'drinks', 'other')",
            name=op.f("ck_food_stock_events_category"),
        ),
        sa.CheckConstraint(
            "kind = 'count' OR (kind = 'pickup' AND grams > 0) OR (kind IN ('distribution', 'waste') AND grams < 0)",
            name=op.f("ck_food_stock_events_sign"),
        ),
        sa.CheckConstraint(
            "kind IN ('pickup', 'distribution', 'waste', 'count')",
            name=op.f("ck_food_stock_events_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_stock_events_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_stock_events_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_stock_events")),
    )
    op.create_index("ix_food_stock_events_source", "food_stock_events", ["source_id"], unique=False)
    op.create_index(
        "ix_food_stock_events_stock",
        "food_stock_events",
        ["organisation_id", "category", "day", "grams"],
        unique=False,
    )
    op.create_table(
        "food_wastes",
        sa.Column("wasted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('expired', 'spoiled', 'damaged', 'temperature', 'other')",
            name=op.f("ck_food_wastes_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_wastes_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_wastes_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_wastes")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_wastes_intake_id")),
    )
    op.create_table(
        "social_economy_grants",
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "source IN ('flanders', 'federal', 'province', 'europe', 'municipality', 'other')",
            name=op.f("ck_social_economy_grants_source"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_social_economy_grants_amount")),
        sa.CheckConstraint("to_year >= from_year", name=op.f("ck_social_economy_grants_years")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_social_economy_grants_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_social_economy_grants_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_economy_grants")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_social_economy_grants_intake_id")),
    )
    op.create_index(
        "ix_social_economy_grants_area",
        "social_economy_grants",
        ["organisation_id", "nis_code", "from_year"],
        unique=False,
    )
    op.create_table(
        "social_economy_meetings",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("theme", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_social_economy_meetings_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_social_economy_meetings_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_economy_meetings")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_social_economy_meetings_intake_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "held_on",
            "theme",
            name=op.f("uq_social_economy_meetings_organisation_id_held_on_theme"),
        ),
    )
    op.create_table(
        "social_enterprises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.Column("kbo_number", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["organisations.id"], name=op.f("fk_social_enterprises_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_social_enterprises_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_social_enterprises_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_enterprises")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_social_enterprises_intake_id")),
        sa.UniqueConstraint(
            "organisation_id",
            "kbo_number",
            name=op.f("uq_social_enterprises_organisation_id_kbo_number"),
        ),
    )
    op.create_table(
        "food_distributions",
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_distributions_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_distributions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"],
            ["food_receivers.id"],
            name=op.f("fk_food_distributions_receiver_id_food_receivers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_distributions")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_distributions_intake_id")),
    )
    op.create_index(
        "ix_food_distributions_area",
        "food_distributions",
        ["organisation_id", "nis_code", "given_on"],
        unique=False,
    )
    op.create_table(
        "food_donor_categories",
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "category IN ('vegetables_fruit', 'dairy', 'prepared_meals', 'meat_fish', 'bread', 'dry_food', 'drinks', 'other')",
            name=op.f("ck_food_donor_categories_category"),
        ),
        sa.ForeignKeyConstraint(
            ["donor_id"],
            ["food_donors.id"],
            name=op.f("fk_food_donor_categories_donor_id_food_donors"),
        ),
        sa.PrimaryKeyConstraint("donor_id", "category", name=op.f("pk_food_donor_categories")),
    )
    op.create_table(
        "food_donor_days",
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "weekday IN ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday')",
            name=op.f("ck_food_donor_days_weekday"),
        ),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["food_donors.id"], name=op.f("fk_food_donor_days_donor_id_food_donors")
        ),
        sa.PrimaryKeyConstraint("donor_id", "weekday", name=op.f("pk_food_donor_days")),
    )
    op.create_table(
        "food_donor_states",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "status IN ('prospect', 'agreement', 'active', 'paused', 'stopped')",
            name=op.f("ck_food_donor_states_status"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_donor_states_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_donor_states_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["food_donors.id"],
            name=op.f("fk_food_donor_states_partner_id_food_donors"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_donor_states")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_donor_states_intake_id")),
        sa.UniqueConstraint(
            "partner_id", "step", name=op.f("uq_food_donor_states_partner_id_step")
        ),
    )
    op.create_table(
        "food_pickups",
        sa.Column("donor_id", sa.Uuid(), nullable=False),
        sa.Column("picked_up_on", sa.Date(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("driver_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("round BETWEEN 1 AND 9", name=op.f("ck_food_pickups_round")),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["food_donors.id"], name=op.f("fk_food_pickups_donor_id_food_donors")
        ),
        sa.ForeignKeyConstraint(
            ["driver_id"], ["people.id"], name=op.f("fk_food_pickups_driver_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_pickups_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_pickups_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_pickups")),
        sa.UniqueConstraint(
            "donor_id",
            "picked_up_on",
            "round",
            name=op.f("uq_food_pickups_donor_id_picked_up_on_round"),
        ),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_pickups_intake_id")),
    )
    op.create_index(
        "ix_food_pickups_area",
        "food_pickups",
        ["organisation_id", "nis_code", "picked_up_on"],
        unique=False,
    )
    op.create_table(
        "food_reaches",
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("households >= 0", name=op.f("ck_food_reaches_households")),
        sa.CheckConstraint("persons >= households", name=op.f("ck_food_reaches_persons")),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_reaches_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_reaches_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"],
            ["food_receivers.id"],
            name=op.f("fk_food_reaches_receiver_id_food_receivers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_reaches")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_reaches_intake_id")),
        sa.UniqueConstraint("receiver_id", "month", name=op.f("uq_food_reaches_receiver_id_month")),
    )
    op.create_table(
        "food_receiver_states",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "status IN ('candidate', 'number_shown', 'active', 'stopped')",
            name=op.f("ck_food_receiver_states_status"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_food_receiver_states_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_food_receiver_states_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["food_receivers.id"],
            name=op.f("fk_food_receiver_states_partner_id_food_receivers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_receiver_states")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_food_receiver_states_intake_id")),
        sa.UniqueConstraint(
            "partner_id", "step", name=op.f("uq_food_receiver_states_partner_id_step")
        ),
    )
    op.create_table(
        "food_stock_count_lines",
        sa.Column("stock_count_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "category IN ('vegetables_fruit', 'dairy', 'prepared_meals', 'meat_fish', 'bread', 'dry_food', 'drinks', 'other')",
            name=op.f("ck_food_stock_count_lines_category"),
        ),
        sa.CheckConstraint("grams >= 0", name=op.f("ck_food_stock_count_lines_grams")),
        sa.ForeignKeyConstraint(
            ["stock_count_id"],
            ["food_stock_counts.id"],
            name=op.f("fk_food_stock_count_lines_stock_count_id_food_stock_counts"),
        ),
        sa.PrimaryKeyConstraint(
            "stock_count_id", "category", name=op.f("pk_food_stock_count_lines")
        ),
    )
    op.create_table(
        "social_economy_attendances",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["social_economy_meetings.id"],
            name=op.f("fk_social_economy_attendances_meeting_id_social_economy_meetings"),
        ),
        sa.PrimaryKeyConstraint(
            "meeting_id", "nis_code", name=op.f("pk_social_economy_attendances")
        ),
    )
    op.create_table(
        "social_economy_places",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fte_hundredths", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("fte_hundredths >= 0", name=op.f("ck_social_economy_places_fte")),
        sa.CheckConstraint(
            "year BETWEEN 2000 AND 2100", name=op.f("ck_social_economy_places_year")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["social_enterprises.id"],
            name=op.f("fk_social_economy_places_enterprise_id_social_enterprises"),
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_social_economy_places_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_social_economy_places_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_economy_places")),
        sa.UniqueConstraint(
            "enterprise_id",
            "nis_code",
            "year",
            name=op.f("uq_social_economy_places_enterprise_id_nis_code_year"),
        ),
        sa.UniqueConstraint("intake_id", name=op.f("uq_social_economy_places_intake_id")),
    )
    op.create_index(
        "ix_social_economy_places_area",
        "social_economy_places",
        ["organisation_id", "nis_code", "year"],
        unique=False,
    )
    op.create_table(
        "work_placements",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("statute", sa.String(length=20), nullable=False),
        sa.Column("referrer", sa.String(length=20), nullable=False),
        sa.Column("for_programme", sa.String(length=20), nullable=False),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("planned_end_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "end_reason IN ('job', 'training', 'stopped', 'extension')",
            name=op.f("ck_work_placements_end_reason"),
        ),
        sa.CheckConstraint(
            "for_programme IN ('food_act', 'wijk_werken', 'social_economy', 'other')",
            name=op.f("ck_work_placements_for_programme"),
        ),
        sa.CheckConstraint(
            "referrer IN ('vdab', 'ocmw', 'gtb')", name=op.f("ck_work_placements_referrer")
        ),
        sa.CheckConstraint(
            "statute IN ('TWE', 'WES', 'art60', 'LDE', 'volunteer', 'wijk_werk')",
            name=op.f("ck_work_placements_statute"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_work_placements_end")
        ),
        sa.CheckConstraint("ended_on >= start_on", name=op.f("ck_work_placements_ended")),
        sa.CheckConstraint(
            "planned_end_on > start_on", name=op.f("ck_work_placements_planned_end")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_work_placements_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_work_placements_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_work_placements_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_work_placements_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_placements")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_work_placements_intake_id")),
    )
    op.create_index(
        "ix_work_placements_area",
        "work_placements",
        ["organisation_id", "for_programme", "start_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_work_placements_case_id"), "work_placements", ["case_id"], unique=False
    )
    op.create_index(
        "ix_work_placements_person",
        "work_placements",
        ["person_id", "statute", "start_on"],
        unique=False,
    )
    op.create_table(
        "food_pickup_lines",
        sa.Column("pickup_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("expiry_kind", sa.String(length=3), nullable=False),
        sa.Column("temperature_ok", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "category IN ('vegetables_fruit', 'dairy', 'prepared_meals', 'meat_fish', 'bread', 'dry_food', 'drinks', 'other')",
            name=op.f("ck_food_pickup_lines_category"),
        ),
        sa.CheckConstraint(
            "expiry_kind IN ('TGT', 'THT')", name=op.f("ck_food_pickup_lines_expiry_kind")
        ),
        sa.CheckConstraint(
            "grams > 0 AND grams <= 5000000", name=op.f("ck_food_pickup_lines_grams")
        ),
        sa.ForeignKeyConstraint(
            ["pickup_id"],
            ["food_pickups.id"],
            name=op.f("fk_food_pickup_lines_pickup_id_food_pickups"),
        ),
        sa.PrimaryKeyConstraint("pickup_id", "number", name=op.f("pk_food_pickup_lines")),
    )
    op.create_table(
        "work_placement_ends",
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("nis_code", sa.String(length=5), nullable=False),
        sa.Column("intake_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intakes.id"], name=op.f("fk_work_placement_ends_intake_id_intakes")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_work_placement_ends_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["work_placements.id"],
            name=op.f("fk_work_placement_ends_placement_id_work_placements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_placement_ends")),
        sa.UniqueConstraint("intake_id", name=op.f("uq_work_placement_ends_intake_id")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_work_placement_ends_placement_id")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(STOCK_TRIGGER.format(act=STOCK_CHECK))
        for name in ("INSERT", "UPDATE"):
            op.execute(OVERLAP_TRIGGER.format(name=name))
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(NO_OVERLAP)
        op.execute(STOCK_FUNCTION)
        op.execute(STOCK_TRIGGER.format(act="EXECUTE FUNCTION food_stock_not_below_zero()"))
    for table in GROWING:
        protect(table)


def downgrade():
    for table in GROWING:
        release(table)
    op.drop_table("work_placement_ends")
    op.drop_table("food_pickup_lines")
    op.drop_table("work_placements")
    op.drop_table("social_economy_places")
    op.drop_table("social_economy_attendances")
    op.drop_table("food_stock_count_lines")
    op.drop_table("food_receiver_states")
    op.drop_table("food_reaches")
    op.drop_table("food_pickups")
    op.drop_table("food_donor_states")
    op.drop_table("food_donor_days")
    op.drop_table("food_donor_categories")
    op.drop_table("food_distributions")
    op.drop_table("social_enterprises")
    op.drop_table("social_economy_meetings")
    op.drop_table("social_economy_grants")
    op.drop_table("food_wastes")
    op.drop_table("food_stock_events")
    op.drop_table("food_stock_counts")
    op.drop_table("food_receivers")
    op.drop_table("food_donors")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION food_stock_not_below_zero()")
