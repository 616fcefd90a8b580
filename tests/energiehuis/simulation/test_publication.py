"""A published table lets nobody be recognised, nor be worked out from the total."""

from energiehuis.simulation.levers import Levers, RunScenarios
from energiehuis.simulation.publication import hidden_areas
from energiehuis.simulation.running import run
from energiehuis.simulation.tables import as_csv, municipality_table, year_table
from tests.portfolios import NIS_CODES, a_file

HARELBEKE, KORTRIJK, MENEN = NIS_CODES


def answer_with(*counts):
    files = [
        a_file(place * 100 + number, nis_code=nis_code)
        for place, (nis_code, count) in enumerate(zip(NIS_CODES, counts, strict=True))
        for number in range(count)
    ]
    return run(tuple(files), NIS_CODES, RunScenarios("Proef", Levers(), draws=0))


def test_five_loans_may_be_published():
    assert hidden_areas(answer_with(5, 9, 20)) == frozenset()


def test_a_municipality_alone_with_four_takes_the_next_smallest_with_it():
    assert hidden_areas(answer_with(4, 9, 20)) == {HARELBEKE, KORTRIJK}


def test_two_small_ones_that_together_stay_small_take_a_third():
    assert hidden_areas(answer_with(1, 2, 20)) == set(NIS_CODES)
    assert hidden_areas(answer_with(3, 4, 20)) == {HARELBEKE, KORTRIJK}


def test_a_municipality_without_loans_hides_nobody():
    assert hidden_areas(answer_with(0, 9, 20)) == frozenset()


def test_hidden_cells_are_blank_and_the_total_stands():
    answer = answer_with(4, 9, 20)
    for table in (municipality_table, year_table):
        rows = table(answer, hidden_areas(answer)).rows
        assert all(cell is None for row in rows if row[0] == HARELBEKE for cell in row[4:])
    lines = as_csv(municipality_table(answer, hidden_areas(answer))).splitlines()
    assert lines[1].startswith("34013,Harelbeke,baseline,,,")
    assert lines[-2].startswith("total,total,baseline,33,264000.0,")
