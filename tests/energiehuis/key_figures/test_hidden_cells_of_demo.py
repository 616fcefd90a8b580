"""All tables of the demo that an outsider gets, and somebody who tries to rebuild the rest."""

from datetime import date

import pytest

from energiehuis import clock
from energiehuis.access.service import system_actor_for
from energiehuis.db import schema
from energiehuis.db.unit_of_work import Database
from energiehuis.key_figures.energy_loans import measure_energy_loans
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.public_tables import (
    areas_of,
    measure_table,
    public_figures,
    public_year,
)
from energiehuis.key_figures.table_protection import Adding, group_of, protect_tables
from energiehuis.seeds.demo import load_demo_region
from tests.energiehuis.key_figures.rebuilding import (
    Puzzle,
    add_table,
    rebuilt,
    small_people,
)

YEARS = (2018,)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    schema.upgrade(url)
    database = Database(url)
    load_demo_region(database, report=lambda _step, _done, _all: None)
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def session(demo):
    with demo.unit_of_work() as session:
        yield session


@pytest.fixture(scope="module")
def organisation(session):
    return system_actor_for(session, "energiehuis-w13").organisation_id


@pytest.fixture(scope="module")
def outsiders_view(session, organisation):
    """What `public_figures` shows of each area and year, and of the loans since 2009."""
    areas = areas_of(session, organisation)
    shown = {}
    for year in YEARS:
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        for name, area in areas.items():
            shown[str(year), name] = public_figures(session, area, period)
    return shown


def test_no_small_count_is_rebuilt_from_the_years(outsiders_view):
    found = {label for label, _area in outsiders_view}
    for label in found:
        puzzle, truth = Puzzle(), {}
        views = {area: view for (of, area), view in outsiders_view.items() if of == label}
        table = {area: view.measured for area, view in views.items()}
        add_table(
            puzzle, truth, label, table, lambda a, f, views=views: f not in views[a].suppressed
        )
        sensitive = small_people(puzzle, truth)
        assert len(sensitive) > 20
        assert rebuilt(puzzle, truth, sensitive) == []


def test_without_secondary_hiding_small_counts_are_rebuilt(session, organisation):
    areas = areas_of(session, organisation)
    table = measure_table(session, areas, Period(date(2018, 1, 1), date(2019, 1, 1)))
    hidden = protect_tables({"2018": table}, is_secondary=False).hidden
    puzzle, truth = Puzzle(), {}
    add_table(puzzle, truth, "2018", table, lambda a, f: group_of("2018", a, f) not in hidden)
    assert rebuilt(puzzle, truth, small_people(puzzle, truth)) != []


@pytest.mark.parametrize("is_secondary", [True, False])
def test_the_loans_of_all_years_and_since_2009(session, organisation, is_secondary):
    """Years and running totals of all years at once, as outsiders can ask for them."""
    areas = areas_of(session, organisation)
    puzzle, truth, tables = Puzzle(), {}, {}
    years = range(2009, clock.today().year + 1)
    for year in years:
        start = date(2009, 10, 1) if year == 2009 else date(year, 1, 1)
        for label, period in (
            (str(year), Period(start, date(year + 1, 1, 1))),
            (f"-{year}", Period(date(2009, 10, 1), date(year + 1, 1, 1))),
        ):
            tables[label] = {n: measure_energy_loans(session, a, period) for n, a in areas.items()}
    adding = [Adding(f"-{y}", (f"-{y - 1}", str(y))) for y in years[1:]]
    found = protect_tables(tables, adding, is_secondary=is_secondary)
    for label, table in tables.items():
        add_table(
            puzzle,
            truth,
            label,
            table,
            lambda a, f, label=label: group_of(label, a, f) not in found.hidden,
        )
    for rule in adding:
        names = [name for name in truth if name.startswith(f"{rule.whole}|") and "rest" not in name]
        for name in names:
            rest = name.partition("|")[2]
            puzzle.add(name, [f"{part}|{rest}" for part in rule.parts])
    gone = rebuilt(puzzle, truth, small_people(puzzle, truth))
    if is_secondary:
        assert found.exposed == ()
        assert gone == []
    else:
        assert len(gone) > 0


def test_a_year_shows_the_same_cells_whichever_way_it_is_asked(session, organisation):
    _table, hidden = public_year(session, organisation, 2018)
    for name, area in areas_of(session, organisation).items():
        view = public_figures(session, area, Period(date(2018, 1, 1), date(2019, 1, 1)))
        assert view.suppressed == {
            figure for figure in view.measured if group_of("2018", name, figure) in hidden
        }
