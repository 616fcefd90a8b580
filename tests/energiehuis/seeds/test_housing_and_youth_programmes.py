"""Counting the demo of Konekti, Kracht.Wonen and the crisis network gives the deck's figures."""

from datetime import date

import pytest

from energiehuis.access.service import system_actor_for
from energiehuis.key_figures.crisis_network import measure_crisis_network
from energiehuis.key_figures.konekti import measure_konekti
from energiehuis.key_figures.kracht_wonen import measure_kracht_wonen
from energiehuis.key_figures.measures import Area, Period
from energiehuis.seeds.programme_crisis_network import add_crisis_network
from energiehuis.seeds.programme_konekti import add_konekti
from energiehuis.seeds.programme_kracht_wonen import add_kracht_wonen

HARELBEKE = "34013"
YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))
# "Today" of the deck.
SPRING = Period(date(2019, 1, 1), date(2019, 4, 1))


@pytest.fixture
def counted(database, organisation_id):
    """Load the records of a programme, and count them for the region or a municipality."""

    def count(add, measure, period, nis_code=None):
        with database.unit_of_work() as session:
            actor = system_actor_for(session, "energiehuis-w13")
            if add is not None:
                add(session, actor)
            places = (nis_code,) if nis_code else tuple(actor.municipalities)
            found = measure(session, Area(organisation_id, places), period)
        return {figure: (m.numerator, m.denominator) for figure, m in found.items()}

    return count


def test_konekti_counts_as_the_deck(counted):
    region = counted(add_konekti, measure_konekti, SPRING)
    in_time, heard_or_due = region.pop("ko.days_to_start")
    assert region == {
        "ko.running": (110, None),
        "ko.partners": (160, None),
        "ko.steering": (20, None),
        "ko.seconding_employers": (10, None),
        "ko.seconded_staff": (21, None),
        "ko.elp": (3, None),
        "ko.target_families": (200, 1),
    }
    assert 0 < in_time < heard_or_due
    ours = counted(None, measure_konekti, SPRING, HARELBEKE)
    assert ours["ko.running"] == (13, None)


def test_kracht_wonen_counts_as_the_deck(counted):
    assert counted(add_kracht_wonen, measure_kracht_wonen, YEAR) == {
        "kw.situations": (117, None),
        "kw.persons": (186, None),
        "kw.offered": (66, None),
        "kw.dwellings": (26, None),
        "kw.stays": (32, None),
        "kw.flow_through": (8, None),
        "kw.fte": (250, 100),
        "kw.trajectories": (39, None),
        "kw.trajectories_before": (5, None),
    }
    ours = counted(None, measure_kracht_wonen, YEAR, HARELBEKE)
    printed = ("kw.dwellings", "kw.stays", "kw.trajectories")
    assert [ours[figure][0] for figure in printed] == [3, 3, 3]


def test_the_crisis_network_counts_as_the_deck(counted):
    assert counted(add_crisis_network, measure_crisis_network, YEAR) == {
        "rck.admissions": (249, None),
        "rck.persons": (119, None),
        "rck.nights": (536, None),
        "rck.refusals": (5, None),
        "mdc.meetings": (14, None),
        "mdc.situations": (7, None),
    }
