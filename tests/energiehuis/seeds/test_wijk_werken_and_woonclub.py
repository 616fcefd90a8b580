"""Counting the records of the demo gives the figures that W13's deck prints for Harelbeke, 2018."""

from datetime import date

import pytest
import sqlalchemy as sa

from energiehuis.access.service import system_actor_for
from energiehuis.key_figures.measures import Area, Period
from energiehuis.key_figures.wijk_werken import measure_wijk_werken
from energiehuis.key_figures.woonclub import measure_woonclub
from energiehuis.people.queries import kept_person
from energiehuis.programmes.wijk_werken.models import Cheque, Performance
from energiehuis.seeds.programme_wijk_werken import add_wijk_werken
from energiehuis.seeds.programme_woonclub import add_woonclub

HARELBEKE = "34013"
YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))
WIJK_WERKEN = {
    "ww.performances": 13_000,
    "ww.workers": 35,
    "ww.workers_new": 14,
    "ww.workers_pwa": 21,
    "ww.coaches": 1,
}
WOONCLUB = {
    "wc.new_files": 61,
    "wc.households": 61,
    "wc.persons": 165,
    "wc.unique_visitors": 88,
    "wc.visits": 223,
    "wc.sessions": 47,
    "wc.housed_same_year": 33,
    "wc.single": 43,
    "wc.single_children": 22,
    "wc.couple": 17,
    "wc.couple_children": 16,
    "wc.with_others_children": 1,
    "wc.replacement_income": 32,
}


@pytest.fixture
def seeded(database, organisation_id):
    def load(seed):
        with database.unit_of_work() as session:
            seed(session, system_actor_for(session, "energiehuis-w13"))
        return organisation_id

    return load


def counted(session, measure, organisation_id, *nis_codes):
    return measure(session, Area(organisation_id, nis_codes), YEAR)


def test_the_hours_of_wijk_werken_are_those_of_the_deck(database, seeded):
    owner = seeded(add_wijk_werken)
    with database.unit_of_work() as session:
        found = counted(session, measure_wijk_werken, owner, HARELBEKE)
        elsewhere = counted(session, measure_wijk_werken, owner, "34022")
        cheques = session.scalar(sa.select(sa.func.count(Cheque.number)))
        hours = session.scalar(sa.select(sa.func.sum(Performance.hundredth_hours)))
        month = sa.func.extract("month", Performance.performed_on)
        busiest = session.scalars(
            sa.select(sa.func.sum(Performance.hundredth_hours)).group_by(
                kept_person(Performance.person_id), month
            )
        )
        assert max(busiest) <= 60_00
    assert {figure: each.numerator for figure, each in found.items()} == WIJK_WERKEN
    assert cheques * 100 == hours > 13_000_00
    assert elsewhere["ww.workers"].numerator >= 2


def test_the_files_and_visits_of_the_woonclub_are_those_of_the_deck(database, seeded):
    owner = seeded(add_woonclub)
    with database.unit_of_work() as session:
        found = counted(session, measure_woonclub, owner, HARELBEKE)
        elsewhere = counted(session, measure_woonclub, owner, "34022")
    assert {figure: found[figure].numerator for figure in WOONCLUB} == WOONCLUB
    share, mean = found["wc.housed_share"], found["wc.visits_per_session"]
    assert (share.numerator, share.denominator) == (33, 61)
    assert (mean.numerator, mean.denominator) == (223, 47)
    assert elsewhere["wc.new_files"].numerator > 10
    assert 0 < elsewhere["wc.housed_same_year"].numerator < elsewhere["wc.new_files"].numerator
