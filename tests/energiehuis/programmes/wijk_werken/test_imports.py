"""The list of VDAB's platform against what stands here: told line by line, and never doubled."""

from datetime import date

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from energiehuis.__main__ import main
from energiehuis.audit.models import AuditLine
from energiehuis.programmes.wijk_werken.imports.reading import read_hours_list
from energiehuis.programmes.wijk_werken.models import Cheque, Performance
from tests.wijk_werken import Desk

HEADERS = "wijkwerker;gebruiker;datum;uren;cheques"
ONE = "W-1;G-1;05/06/2018;2;AA0001 AA0002"


@pytest.fixture
def desk(database, actor_with):
    desk = Desk(database, actor_with("programme_worker"))
    desk.candidate(number="W-1")
    desk.candidate(number="W-2")
    desk.user(number="G-1")
    return desk


@pytest.fixture
def run(desk, database_url, monkeypatch, tmp_path):
    """Run the command on lines, and give its exit code and what it said."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", "only-for-tests-" + "0" * 32)

    def invoke(*lines, headers=HEADERS, options=()):
        path = tmp_path / "hours.csv"
        path.write_text("\n".join([headers, *lines]) + "\n", "utf-8")
        arguments = ["import", "performances", str(path), "--organisation", "energiehuis-w13"]
        result = CliRunner().invoke(main, [*arguments, "--language", "en", *options])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output.splitlines()

    return invoke


def counts(database):
    with database.unit_of_work() as session:
        found = [
            session.scalar(sa.select(sa.func.count(c))) for c in (Performance.id, Cheque.number)
        ]
        return tuple(found)


def test_a_trial_tells_and_writes_nothing(run, database):
    code, said = run(ONE, options=["--dry-run"])
    assert code == 0
    assert said[0] == "line 2 · new: 2018-06-05, W-1 > G-1, 2 u, AA0001 AA0002"
    assert said[-1].startswith("A trial, nothing was written. 1 lines read: 1 new")
    assert counts(database) == (0, 0)


def test_new_hours_are_written_and_the_same_list_changes_nothing(run, database):
    other = "W-2;G-1;2018-06-06;1;AA0003"
    code, said = run(ONE, other)
    assert (code, counts(database)) == (0, (2, 3))
    assert said[-1].startswith("2 lines read: 2 new and written, 0 the same")
    code, said = run(ONE, other)
    assert (code, counts(database)) == (0, (2, 3))
    assert said[0].startswith("line 2 · the same: ")
    assert said[-1].startswith("2 lines read: 0 new and written, 2 the same")
    with database.unit_of_work() as session:
        lines = sa.select(sa.func.count()).where(AuditLine.action == "wijk_werken_hours.imported")
        assert session.scalar(lines) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("W-2;G-1;05/06/2018;2;AA0001 AA0002", "worker W-2 / W-1"),
        ("W-1;G-9;05/06/2018;2;AA0001 AA0002", "user G-9 / G-1"),
        ("W-1;G-1;06/06/2018;2;AA0001 AA0002", "day 2018-06-06 / 2018-06-05"),
        ("W-1;G-1;05/06/2018;1;AA0001", "hours 1 / 2; cheques AA0001 / AA0001 AA0002"),
    ],
)
def test_what_differs_is_told_and_left_as_it_is(run, database, line, told):
    run(ONE)
    code, said = run(line)
    assert (code, counts(database)) == (0, (1, 2))
    assert said[0].startswith("line 2 · different: ")
    assert said[0].endswith(f"in the file and here: {told}")


def test_hours_that_stand_only_here_are_told(run, desk, database):
    run(ONE, "W-2;G-1;2018-06-06;1;AA0003")
    code, said = run(ONE, "W-1;G-1;2018-06-07;1;AA0004")
    assert code == 0
    assert "stands here, but not in the file: 2018-06-06, W-2 > G-1, 1 u, AA0003" in said
    # Of other days the list says nothing.
    _, said = run(ONE)
    assert not [line for line in said if line.startswith("stands here, but")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("W-7;G-1;05/06/2018;1;BB0001", "worker W-7 is not known here"),
        ("W-1;G-7;05/06/2018;1;BB0001", "user G-7 is not known here"),
        ("W-1;G-1;05/06/2018;2;BB0001", "the hours must equal the number of cheques (1)"),
        ("W-1;G-1;05/06/2020;1;BB0001", "The fee of the user had expired"),
        ("W-1;G-1;01/01/2018;1;BB0001", "There is consent only from 2018-01-02"),
        ("W-1;G-1;05/06/2018;1;AA0001", "twice"),
        ("W-1;G-1;31/02/2018;1;BB0001", "the column datum cannot be read"),
        ("W-1;G-1;05/06/2018;1,5;BB0001", "the column uren cannot be read"),
        ("W-1;G-1;05/06/2018;;BB0001", "the column uren is empty"),
        ("W-1;G-1;05/06/2018;1;B", "the column cheques cannot be read"),
        ("W-1;G-1;05/06/2018;1", "there are 4 cells and 5 columns"),
    ],
)
def test_one_line_that_cannot_be_and_nothing_is_written(run, database, line, told):
    code, said = run(ONE, line)
    assert (code, counts(database)) == (1, (0, 0))
    assert [each for each in said if each.startswith("line 3 · ") and told in each], said
    assert said[-1].startswith("Nothing was written: ")


def test_the_limits_of_a_month_hold_over_a_list_and_what_stands(run, desk, database):
    days = [
        f"W-1;G-1;2018-06-{d:02d};8;{' '.join(f'C{d}{n:04d}' for n in range(8))}"
        for d in range(11, 18)
    ]
    assert run(*days[:5])[0] == 0
    code, said = run(*days, "W-1;G-1;2018-06-20;5;D0001 D0002 D0003 D0004 D0005")
    assert code == 1
    assert [
        line for line in said if line.startswith("line 9 · ") and "60 hours in this month" in line
    ]
    assert counts(database) == (5, 40)
    assert run(*days, "W-1;G-1;2018-06-20;4;D0001 D0002 D0003 D0004")[0] == 0
    assert counts(database) == (8, 60)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_rows"),
        (HEADERS.encode(), "no_rows"),
        (b"PK\x03\x04....", "not_text"),
        (b"a\x00b", "not_text"),
        (b"wijkwerker;gebruiker;datum;uren\nW;G;2018-01-02;1", "column_missing"),
        (f"{HEADERS};kleur\n{ONE};rood".encode(), "column_unknown"),
        (b"x" * 20_000_001, "too_large"),
    ],
)
def test_a_file_that_is_no_list_is_refused_as_a_whole(content, code):
    found = read_hours_list(content)
    assert found.hours == ()
    assert [error.code for error in found.errors] == [f"performances_import.{code}"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_list_is_read_whatever_stands_between_cells(delimiter):
    text = delimiter.join(["Worker", "User", "Date", "Hours", "Cheque_nos"])
    text += "\r\n" + delimiter.join(
        ["W-1", "G-1", "5-6-2018", "2,0" if delimiter != "," else "2.0", "AA0001+AA0002"]
    )
    (hours,) = read_hours_list(text.encode("utf-8-sig")).hours
    assert (hours.line, hours.day, hours.hours) == (2, date(2018, 6, 5), 2)
    assert hours.cheques == ("AA0001", "AA0002")


def test_an_unknown_organisation_is_told(run, tmp_path):
    path = tmp_path / "hours.csv"
    path.write_text(f"{HEADERS}\n{ONE}\n", "utf-8")
    result = CliRunner().invoke(
        main, ["import", "performances", str(path), "--organisation", "nobody"]
    )
    assert result.exit_code == 1
    assert "nobody" in result.output
