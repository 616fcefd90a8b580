"""The demo of BudgetInZicht counts up to the deck of spring 2019; that of the energy desk runs."""

from datetime import date

import pytest
import sqlalchemy as sa

from energiehuis.access.actor import SYSTEM
from energiehuis.access.service import system_actor_for
from energiehuis.key_figures.budget_in_zicht import measure_budget_in_zicht
from energiehuis.key_figures.energy_desk import measure_energy_desk
from energiehuis.key_figures.measures import Area, Period
from energiehuis.programmes.budget_in_zicht.models import BizParticipation
from energiehuis.programmes.energy_desk.models import EnergyCoachingStep, EnergyRentalPremises
from energiehuis.seeds.programme_budget_in_zicht import add_budget_in_zicht
from energiehuis.seeds.programme_energy_desk import QUESTIONS, add_energy_desk
from energiehuis.seeds.region import add_region, organisation_code

HARELBEKE = ("34013",)


@pytest.fixture
def engine_name():
    return "sqlite"


@pytest.fixture
def figures(database):
    with database.unit_of_work() as session:
        add_region(session, SYSTEM)
        session.flush()
        actor = system_actor_for(session, organisation_code())
        add_budget_in_zicht(session, actor)
        add_energy_desk(session, actor)

    def measure(year, nis_codes=None):
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        with database.unit_of_work() as session:
            area = Area(actor.organisation_id, nis_codes or tuple(sorted(actor.municipalities)))
            found = measure_budget_in_zicht(session, area, period)
            found |= measure_energy_desk(session, area, period)
        return {name: measured.numerator for name, measured in found.items()}

    return measure


def test_the_demo_counts_up_to_the_deck(figures, database):
    in_2018, in_2019 = figures(2018), figures(2019)
    assert (in_2018["biz.fair_pupils"], in_2019["biz.fair_pupils"]) == (1_350, 1_350)
    assert in_2018["biz.inspiration_day"] == 170
    assert in_2019["biz.trefdag"] == 75
    assert in_2018["biz.group_work"] == 100
    assert figures(2018, HARELBEKE)["biz.group_work"] == 5
    assert (in_2018["biz.duos"], in_2019["biz.duos"]) == (0, 4)
    assert figures(2019, HARELBEKE)["biz.duos"] == 4
    assert in_2018["biz.toolbox_loans"] > 0
    assert in_2018["eh.advice_contacts"] == QUESTIONS
    assert 100 < in_2018["eh.scans"] < 140
    with database.unit_of_work() as session:
        for rows in (BizParticipation, EnergyCoachingStep, EnergyRentalPremises):
            assert session.scalar(sa.select(sa.func.count()).select_from(rows)) > 0
