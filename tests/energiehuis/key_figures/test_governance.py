"""Mandates, income and contributions; both readings of the members, and no typed-in totals."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from energiehuis.access.permissions import Role
from energiehuis.access.service import system_actor_for
from energiehuis.errors import InvalidInput, PermissionDenied
from energiehuis.key_figures.governance import contribution, measure_governance
from energiehuis.key_figures.measures import Area, Period
from energiehuis.programmes.governance.commands import RecordBudgetLine, RecordMandate
from energiehuis.programmes.governance.models import Mandate
from energiehuis.programmes.governance.service import record_budget_line, record_mandates
from energiehuis.programmes.governance.vocabulary import Body, Side
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.seeds.programme_governance import add_governance

ALL = tuple(place.nis_code for place in list_municipalities())
SPRING = Period(date(2019, 1, 1), date(2019, 4, 1))
SEEDS = sorted((Path(__file__).parents[3] / "energiehuis" / "seeds").glob("*.py"))


@pytest.fixture
def counted(database, organisation_id):
    def count(codes, period=SPRING):
        with database.unit_of_work() as session:
            return measure_governance(session, Area(organisation_id, codes), period)

    return count


@pytest.fixture
def seeded(database, organisation_id):
    with database.unit_of_work() as session:
        add_governance(session, system_actor_for(session, "energiehuis-w13"))


def test_the_demo_counts_as_the_deck(seeded, counted):
    here, region = counted(("34013",)), counted(ALL)
    mandates = [
        here[f"gov.{name}"].numerator for name in ("av_members", "rvb_voting", "rvb_expert")
    ]
    assert mandates == [2, 1, 1]
    assert region["gov.income_2019"].numerator == 1_822_498_91
    assert not here["gov.income_2019"].has_records


def test_a_figure_moves_when_a_record_is_removed(seeded, counted, database):
    with database.unit_of_work() as session:
        one = session.scalar(sa.select(Mandate.id).where(Mandate.nis_code == "34013").limit(1))
        session.execute(sa.delete(Mandate).where(Mandate.id == one))
    here = counted(("34013",))
    assert here["gov.av_members"].numerator + here["gov.rvb_voting"].numerator == 2


def test_contributions_have_two_readings_and_unknown_is_not_zero(organisation_id):
    region = contribution(Area(organisation_id, ALL), 2019)
    # 309,342 and 318,975 inhabitants at 0.50 EUR (key-figure catalogue).
    assert region.parts == (("members_13", 154_671_00), ("members_14", 159_487_50))
    assert region.unknown == 6
    assert contribution(Area(organisation_id, ("34013",)), 2019).numerator == 14_072_00
    kuurne = contribution(Area(organisation_id, ("34023",)), 2019)
    assert (kuurne.has_records, kuurne.unknown) == (False, 1)
    assert not contribution(Area(organisation_id, ("34013",)), 2020).has_records


def test_what_is_wrong_is_refused(database, actor_with):
    coordinator = actor_with(Role.PROGRAMME_COORDINATOR)
    backwards = RecordMandate(Body.BOARD, "Jo Dakpanne", True, date(2019, 1, 1), date(2019, 1, 1))
    nothing = RecordBudgetLine(2019, Side.INCOME, "Niets", 0, "-")
    with database.unit_of_work() as session:
        with pytest.raises(InvalidInput):
            record_mandates(session, coordinator, (backwards,))
        with pytest.raises(InvalidInput):
            record_budget_line(session, coordinator, nothing)
        with pytest.raises(PermissionDenied):
            record_budget_line(session, actor_with(Role.FINANCE), nothing)


def test_no_seed_writes_into_a_table_of_figures():
    words = ("PublishedFigure", "key_figures.models", "published_key_figures", "Measured(")
    found = [
        (path.name, word) for path in SEEDS for word in words if word in path.read_text("utf-8")
    ]
    assert len(SEEDS) > 10
    assert found == []
