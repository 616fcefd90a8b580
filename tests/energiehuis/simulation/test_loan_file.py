"""A portfolio in Parquet is checked as a whole, and a fault is named with its place."""

from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from energiehuis.simulation.engine_plan import make_plan
from energiehuis.simulation.loan_file import LoanFileError, open_loan_file
from energiehuis.simulation.loan_writers import write_invented_loans, write_loans
from savings_model.scenarios import BASELINE, Scenario
from savings_model.validation import ModelInputError
from tests.portfolios import a_file

ROWS, GROUP = 30, 10


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "good.parquet"
    write_invented_loans(path, ROWS, seed=1, row_group_loans=GROUP)
    return parquet.read_table(path)


def written(table, tmp_path, *, statistics=True):
    path = tmp_path / "loans.parquet"
    parquet.write_table(table, path, row_group_size=GROUP, write_statistics=statistics)
    return path


def with_cell(table, name, row, value):
    values = table.column(name).to_pylist()
    values[row] = value
    place = table.schema.get_field_index(name)
    column = pa.array(values, table.schema.field(name).type)
    return table.set_column(place, pa.field(name, column.type, nullable=True), column)


def test_an_invented_portfolio_is_fine_and_known(table, tmp_path):
    found = open_loan_file(written(table, tmp_path))
    assert (found.loans, found.group_sizes) == (ROWS, (GROUP,) * 3)
    assert found.has_energy
    assert found.knows_rate_classes


@pytest.mark.parametrize("statistics", [True, False])
@pytest.mark.parametrize(
    ("name", "value", "limit"),
    [
        ("principal_cents", None, "must not be null"),
        ("principal_cents", -1, "must lie between 0 and 10000000000"),
        ("rate_basis_points", 30_000, "must lie between 0 and 10000"),
        ("term_months", 0, "must lie between 1 and 1200"),
        ("term_months", 1_201, "must lie between 1 and 1200"),
        ("first_due_on", date(1900, 1, 1), "must lie between 1971 and 2199"),
        ("nis_code", "3401", "must be five digits"),
        ("nis_code", None, "must not be null"),
        ("borrower_kind", "king", "must be one of"),
        ("dwelling_type", "castle", "must be one of"),
        ("floor_area_m2", 0, "must lie between"),
        ("works", ["moat"], "must be works out of"),
    ],
)
def test_a_bad_cell_is_named_with_its_row(table, tmp_path, name, value, limit, statistics):
    path = written(with_cell(table, name, 23, value), tmp_path, statistics=statistics)
    with pytest.raises(LoanFileError, match=limit) as caught:
        open_loan_file(path)
    assert f"column {name}, row group 2, row 3 (23 of all)" in str(caught.value)


@pytest.mark.parametrize("name", ["principal_cents", "nis_code", "first_due_on"])
def test_a_missing_column_is_named(table, tmp_path, name):
    with pytest.raises(LoanFileError, match=f"lacks the column {name}"):
        open_loan_file(written(table.drop_columns([name]), tmp_path))


def test_a_column_of_another_type_is_named(table, tmp_path):
    place = table.schema.get_field_index("principal_cents")
    euros = table.column("principal_cents").cast(pa.float64())
    changed = table.set_column(place, "principal_cents", euros)
    with pytest.raises(LoanFileError, match="column principal_cents must be a whole number"):
        open_loan_file(written(changed, tmp_path))


def test_a_file_without_loans_or_that_is_no_parquet_is_refused(table, tmp_path):
    with pytest.raises(LoanFileError, match="holds no loans"):
        open_loan_file(written(table.slice(0, 0), tmp_path))
    other = tmp_path / "other.parquet"
    other.write_text("no loans here")
    with pytest.raises(LoanFileError, match="is no Parquet file"):
        open_loan_file(other)


def test_a_scenario_that_turns_rates_needs_to_know_who_borrows(table, tmp_path):
    path = written(table.drop_columns(["is_priority"]), tmp_path)
    make_plan(path, (BASELINE,))
    turned = Scenario(code="free", rate_per_year=(0.0, None, None))
    with pytest.raises(LoanFileError, match="must be known of every loan"):
        make_plan(path, (turned,))


def test_draws_and_seeds_that_are_no_whole_numbers_are_refused_before_any_work(table, tmp_path):
    path = written(table, tmp_path)
    for wrong in ({"seed": 1.5}, {"seed": -1}, {"draws": -1}):
        with pytest.raises(ModelInputError):
            make_plan(path, (BASELINE,), **wrong)


def test_the_books_are_written_without_refused_files_and_with_unknown_kept_unknown(tmp_path):
    path = tmp_path / "books.parquet"
    refused = a_file(2, principal_cents=None, first_due_on=None)
    unknown = a_file(3, build_year=900, floor_area_m2=None)
    assert write_loans((a_file(1), refused, unknown), path) == 2
    rows = parquet.read_table(path).to_pylist()
    assert [row["principal_cents"] for row in rows] == [8_000_00, 8_000_00]
    assert [row["build_year"] for row in rows] == [1955, None]
    assert rows[1]["floor_area_m2"] is None
