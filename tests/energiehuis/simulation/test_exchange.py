"""Portfolios and tables as files."""

import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from energiehuis.simulation.exchange import (
    PortfolioFileError,
    read_portfolio_file,
    write_portfolio,
    write_tables,
)
from energiehuis.simulation.levers import Levers, RunScenarios
from energiehuis.simulation.results import read_answer
from energiehuis.simulation.running import run
from tests.portfolios import NIS_CODES, a_file, many_files

FILES = many_files(25)


def test_a_portfolio_comes_back_from_parquet_as_it_was(tmp_path):
    files = (*FILES, a_file(99, works=None, facts=None, is_priority=None, status="imported"))
    write_portfolio(files, tmp_path / "portfolio.parquet")
    assert read_portfolio_file(tmp_path / "portfolio.parquet") == files


def test_a_parquet_file_without_a_column_is_refused_by_name(tmp_path):
    path = tmp_path / "portfolio.parquet"
    write_portfolio(FILES, path)
    parquet.write_table(parquet.read_table(path).drop_columns(["term_months"]), path)
    with pytest.raises(PortfolioFileError, match="lacks the column term_months"):
        read_portfolio_file(path)


def test_an_empty_cell_where_none_may_be_is_refused_by_column(tmp_path):
    path = tmp_path / "portfolio.parquet"
    write_portfolio(FILES, path)
    table = parquet.read_table(path)
    place = table.column_names.index("nis_code")
    blank = pa.array([None] * len(table), pa.string())
    parquet.write_table(table.set_column(place, "nis_code", blank), path)
    with pytest.raises(PortfolioFileError, match="empty cells in nis_code"):
        read_portfolio_file(path)


def test_what_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "portfolio.parquet"
    path.write_text("geen parquet")
    with pytest.raises(PortfolioFileError, match="no Parquet"):
        read_portfolio_file(path)


def test_tables_are_written_as_csv_and_parquet_with_the_whole_answer(tmp_path):
    answer = run(FILES, NIS_CODES, RunScenarios("Proef", Levers(ceiling_cents=5_000_00), draws=4))
    paths = write_tables(answer, tmp_path / "out")
    assert [path.name for path in paths] == [
        "municipalities.csv",
        "municipalities.parquet",
        "years.csv",
        "years.parquet",
        "answer.json",
    ]
    table = parquet.read_table(tmp_path / "out" / "municipalities.parquet").to_pylist()
    total = next(
        row for row in table if row["nis_code"] == "total" and row["scenario"] == "baseline"
    )
    assert total["loans"] == answer.total.baseline.loans
    assert total["lent_eur"] == answer.total.baseline.lent_cents / 100
    assert read_answer(orjson.loads(paths[-1].read_bytes())) == answer
