"""`energiehuis simulate`: over the database of the settings, or over a Parquet file."""

import pytest
from click.testing import CliRunner

from energiehuis.__main__ import main
from energiehuis.simulation.exchange import read_portfolio_file, write_portfolio
from tests.portfolios import many_files, register_region


@pytest.fixture
def command(database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *options: CliRunner().invoke(main, ["simulate", "--draws", "4", *options])


def test_the_region_and_harelbeke_stand_beside_the_printed_figures(
    command, database, organisation_id
):
    register_region(database)
    result = command("--ceiling", "5000", "--rate-general", "1,5", "--municipality", "kortrijk")
    assert result.exit_code == 0, result.output
    for words in ("Kortrijk", "Alle gemeenten samen", "Scenario", "2.113.632", "verzonnen"):
        assert words in result.output


def test_a_run_can_be_kept_and_its_tables_written(command, database, organisation_id, tmp_path):
    register_region(database)
    result = command("--out", str(tmp_path / "out"), "--keep")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "municipalities.parquet").is_file()


def test_a_portfolio_file_needs_no_database(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "")
    path = tmp_path / "portfolio.parquet"
    write_portfolio(many_files(20), path)
    assert len(read_portfolio_file(path)) == 20
    options = ["simulate", "--draws", "0", "--portfolio", str(path), "--language", "en"]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 0, result.output
    assert "All municipalities together" in result.output


def test_a_lever_out_of_range_is_a_sentence(tmp_path):
    path = tmp_path / "portfolio.parquet"
    write_portfolio(many_files(3), path)
    result = CliRunner().invoke(main, ["simulate", "--portfolio", str(path), "--ceiling", "10"])
    assert result.exit_code == 1
    assert "levers.ceiling: Geef een bedrag tussen" in result.output


def test_a_municipality_that_is_none_of_ours_is_refused(command):
    result = command("--municipality", "Brugge")
    assert result.exit_code == 2
    assert "Harelbeke" in result.output


def test_without_an_organisation_it_says_so(command):
    result = command()
    assert result.exit_code == 1
    assert "welke organisatie" in result.output
