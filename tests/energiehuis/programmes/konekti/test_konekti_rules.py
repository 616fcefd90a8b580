"""The rules of Konekti without a database, and its overdue list with one."""

from datetime import date, timedelta

import pytest

from energiehuis.access.permissions import Role
from energiehuis.access.service import system_actor_for
from energiehuis.key_figures.konekti import measure_konekti
from energiehuis.key_figures.measures import Area, Period
from energiehuis.programmes.konekti.queries import list_overdue
from energiehuis.programmes.konekti.rules import age_on, due_on
from energiehuis.seeds.past_intakes import HARELBEKE
from energiehuis.seeds.programme_konekti import add_konekti


@pytest.mark.parametrize(
    ("birth_date", "day", "age"),
    [
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(2019, 3, 1), date(2019, 3, 1), 0),
    ],
)
def test_an_age_counts_birthdays(birth_date, day, age):
    assert age_on(birth_date, day) == age


def test_the_month_is_thirty_days():
    assert due_on(date(2020, 2, 1)) == date(2020, 3, 2)


def test_who_waits_longer_than_the_month_stands_on_the_list(database, organisation_id, actor_with):
    with database.unit_of_work() as session:
        add_konekti(session, system_actor_for(session, "energiehuis-w13"))
    worker = actor_with(Role.PROGRAMME_WORKER, only_programme="konekti")
    ours = actor_with(Role.PROGRAMME_WORKER, only_nis_code=HARELBEKE)
    stranger = actor_with(Role.PROGRAMME_WORKER, only_programme="woonclub")
    day = date(2019, 6, 1)
    with database.unit_of_work() as session:
        waiting = list_overdue(session, worker, day)
        longest = waiting[0].due_on
        on_its_day = list_overdue(session, worker, longest)
        after = list_overdue(session, worker, longest + timedelta(days=1))
        places = {family.nis_code for family in list_overdue(session, ours, day)}
        assert list_overdue(session, stranger, day) == ()
    assert len(waiting) == 6
    assert [family.due_on for family in waiting] == sorted(family.due_on for family in waiting)
    assert (on_its_day, len(after) >= 1) == ((), True)
    assert places <= {HARELBEKE}
    area = Area(organisation_id, tuple(worker.municipalities))
    with database.unit_of_work() as session:
        found = measure_konekti(session, area, Period(date(2018, 10, 1), date(2019, 4, 1)))
    started = found["ko.days_to_start"]
    # 110 run, 16 ended, 6 were not heard: each is in time, late, or not due yet.
    assert started.denominator + started.unknown == 132
