"""`energiehuis simulate --portfolio`: streamed, resumable, and clear about what it refuses."""

import json

import pytest
from click.testing import CliRunner
from pyarrow import parquet

from energiehuis.__main__ import main

SCENARIOS = "scenarios:\n  - code: baseline\n  - code: half\n    ceiling_eur: 5000\n"


@pytest.fixture
def portfolio(tmp_path):
    path = tmp_path / "loans.parquet"
    made = call("portfolio", "invent", path, "--loans", "900", "--row-group", "300")
    assert made.exit_code == 0, made.output
    return path


@pytest.fixture
def scenarios(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(SCENARIOS, "utf-8")
    return path


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_tables_and_manifest_are_written_and_totals_shown(portfolio, scenarios, tmp_path):
    out = tmp_path / "out"
    done = call(
        *("simulate", "--portfolio", portfolio, "--scenarios", scenarios),
        *("--draws", 5, "--out", out, "--language", "en"),
    )
    assert done.exit_code == 0, done.output
    assert "900" in done.output
    assert "half" in done.output
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert (manifest["loans"], manifest["blocks"], manifest["draws"]) == (900, 3, 5)
    rows = parquet.read_table(out / "municipalities.parquet").to_pylist()
    lent = {r["scenario"]: r["lent_cents"] for r in rows if r["nis_code"] == "total"}
    assert 0 < lent["half"] < lent["baseline"]


def test_two_workers_write_the_same_files_as_one(portfolio, scenarios, tmp_path):
    digests = []
    for workers in (1, 2):
        out = tmp_path / f"out-{workers}"
        done = call(
            *("simulate", "--portfolio", portfolio, "--scenarios", scenarios),
            *("--draws", 5, "--workers", workers, "--out", out),
        )
        assert done.exit_code == 0, done.output
        digests.append(json.loads((out / "manifest.json").read_bytes())["files"])
    assert digests[0] == digests[1]


def test_a_second_run_into_the_folder_of_another_is_refused(portfolio, scenarios, tmp_path):
    arguments = ("simulate", "--portfolio", portfolio, "--scenarios", scenarios, "--out", tmp_path)
    assert call(*arguments, "--draws", 5).exit_code == 0
    assert call(*arguments, "--draws", 5).exit_code == 0
    refused = call(*arguments, "--draws", 6)
    assert refused.exit_code == 1
    assert "another run" in refused.output


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"--draws": -1}, "draws"),
        ({"--seed": "1.5"}, "1.5"),
        ({"--seed": -1}, "seed"),
        ({"--out": None}, "needs --out"),
        ({"--rate-general": "1"}, "takes its levers from --scenarios"),
        ({"--workers": 0}, "--workers"),
    ],
)
def test_a_wrong_question_is_told_and_nothing_is_written(
    portfolio, scenarios, tmp_path, changes, said
):
    out = tmp_path / "out"
    options = {"--portfolio": portfolio, "--scenarios": scenarios, "--out": out} | changes
    words = [word for pair in options.items() if pair[1] is not None for word in pair]
    refused = call("simulate", *words)
    assert refused.exit_code != 0
    assert said in refused.output
    assert not out.exists()


def test_a_file_with_a_null_is_named_and_nothing_is_written(portfolio, scenarios, tmp_path):
    table = parquet.read_table(portfolio)
    rows = table.to_pylist()
    rows[450]["term_months"] = None
    schema = table.schema.set(
        table.schema.get_field_index("term_months"),
        table.schema.field("term_months").with_nullable(nullable=True),
    )
    parquet.write_table(table.from_pylist(rows, schema), portfolio, row_group_size=300)
    out = tmp_path / "out"
    options = ("--portfolio", portfolio, "--scenarios", scenarios, "--out", out)
    refused = call("simulate", *options)
    assert refused.exit_code == 1
    where = "column term_months, row group 1, row 150 (450 of all): must not be null"
    assert where in " ".join(refused.output.split())
    assert not out.exists()


def test_the_check_of_a_portfolio_says_how_many_loans(portfolio):
    assert "900 loans in 3 row groups" in call("portfolio", "check", portfolio).output
