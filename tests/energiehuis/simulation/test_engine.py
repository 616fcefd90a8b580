"""A file of loans run in blocks gives what the core gives for all of them at once."""

import json
from dataclasses import fields, replace

import numpy as np
import pytest
from pyarrow import parquet

from energiehuis.simulation.engine import run_engine
from energiehuis.simulation.engine_backends import ThisProcess
from energiehuis.simulation.engine_files import MANIFEST, write_result
from energiehuis.simulation.engine_plan import make_plan, run_pins
from energiehuis.simulation.kept_blocks import OtherRunError
from energiehuis.simulation.loan_arrays import whole_portfolio
from energiehuis.simulation.loan_writers import write_invented_loans
from savings_model.scenarios import BASELINE, Scenario
from savings_model.simulate import simulate

SCENARIOS = (BASELINE, Scenario(code="ceiling", ceiling_cents=500_000, longest_term_months=60))
LOANS = 1_500


def a_plan(folder, *, row_group=400, seed=5, draws=8):
    path = folder / f"loans-{row_group}.parquet"
    write_invented_loans(path, LOANS, seed=2, municipalities=4, row_group_loans=LOANS)
    rows = parquet.read_table(path)
    parquet.write_table(rows, path, row_group_size=row_group)
    return make_plan(path, SCENARIOS, draws=draws, seed=seed)


def run(plan, folder, **options):
    return run_engine(plan, "a run", backend=ThisProcess(), folder=folder, **options)[0]


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return a_plan(tmp_path_factory.mktemp("portfolio"))


@pytest.fixture(scope="module")
def result(plan, tmp_path_factory):
    return run(plan, tmp_path_factory.mktemp("run"))


def test_blocks_add_up_to_what_the_core_gives_for_the_whole_portfolio(plan, result):
    whole = simulate(
        whole_portfolio(plan.path, plan.columns), SCENARIOS, draws=plan.draws, seed=plan.seed
    )
    assert result.loans[-1] == LOANS
    np.testing.assert_array_equal(result.drawn_cents.sum(axis=1), whole.lending.principal_cents)
    np.testing.assert_array_equal(result.interest_cents.sum(axis=1), whole.lending.interest_cents)
    savings = (whole.kwh, whole.co2_tonnes, whole.eur)
    for quantity, saving in enumerate(savings):
        both = np.stack([saving.calculated, saving.realised], axis=1)
        np.testing.assert_allclose(result.by_group[:, quantity], both, rtol=1e-12)


@pytest.mark.parametrize("row_group", [100, 1_500])
def test_money_does_not_depend_on_the_size_of_a_block_and_savings_to_the_last_digits(
    row_group, result, tmp_path
):
    other = run(a_plan(tmp_path, row_group=row_group), tmp_path / "out")
    for name in ("loans", "drawn_cents", "interest_cents", "balance_cents", "counts"):
        np.testing.assert_array_equal(getattr(other, name), getattr(result, name))
    np.testing.assert_allclose(other.by_group, result.by_group, rtol=1e-12)
    np.testing.assert_allclose(other.by_year, result.by_year, rtol=1e-12)


def test_the_fund_balances_month_by_month(result):
    repaid = result.principal_cents.sum(axis=1)
    np.testing.assert_array_equal(repaid, result.drawn_cents.sum(axis=1))
    assert (result.balance_cents[:, -1] == 0).all()
    assert (result.instalment_cents >= 0).all()


def test_another_seed_gives_other_intervals_and_the_same_money(plan, result, tmp_path):
    other = run(replace(plan, seed=plan.seed + 1), tmp_path)
    np.testing.assert_array_equal(other.balance_cents, result.balance_cents)
    np.testing.assert_array_equal(other.by_group[..., 0], result.by_group[..., 0])
    assert not np.array_equal(other.by_group[..., 1], result.by_group[..., 1])


class Stopped(Exception):
    """The machine went off."""


def test_a_run_that_was_stopped_goes_on_where_it_was(plan, result, tmp_path):
    def stop(done, _total):
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        run(plan, tmp_path, progress=stop)
    kept = {path.name for path in (tmp_path / "blocks").glob("*.npz")}
    assert len(kept) == 2
    started = []
    found = run(plan, tmp_path, progress=lambda done, _total: started.append(done))
    assert started[0] == 2
    for part in fields(found):
        mine, other = getattr(found, part.name), getattr(result, part.name)
        np.testing.assert_array_equal(np.asarray(mine), np.asarray(other))


def test_a_kept_block_with_a_changed_byte_is_computed_again(plan, result, tmp_path):
    run(plan, tmp_path)
    block = sorted((tmp_path / "blocks").glob("*.npz"))[1]
    content = bytearray(block.read_bytes())
    content[len(content) // 2] ^= 1
    block.write_bytes(content)
    found = run(plan, tmp_path)
    np.testing.assert_array_equal(found.by_group, result.by_group)


def test_a_folder_of_another_run_is_refused(plan, tmp_path):
    run(plan, tmp_path)
    with pytest.raises(OtherRunError, match="another run"):
        run_engine(plan, "another", backend=ThisProcess(), folder=tmp_path)


def test_the_tables_stand_with_a_manifest_that_names_every_file(plan, result, tmp_path):
    pins = run_pins(plan, "digest-of-the-model")
    written = write_result(result, plan, tmp_path, pins=pins, blocks={0: "b", 1: "a"})
    manifest = json.loads((tmp_path / MANIFEST).read_bytes())
    assert {path.name for path in written} == {*manifest["files"], MANIFEST}
    assert manifest["block_digests"] == ["b", "a"]
    assert manifest["seed"] == plan.seed
    rows = parquet.read_table(tmp_path / "municipalities.parquet").to_pylist()
    total = next(r for r in rows if r["scenario"] == "baseline" and r["nis_code"] == "total")
    assert total["loans"] == LOANS
    assert total["lent_cents"] == int(result.drawn_cents[0, :, -1].sum())
    years = parquet.read_table(tmp_path / "years.parquet").to_pylist()
    repaid = sum(row["repaid_cents"] for row in years if row["scenario"] == "baseline")
    assert repaid == total["lent_cents"] + total["interest_cents"]


def test_the_same_question_has_the_same_pins_and_another_one_others(plan):
    assert run_pins(plan, "m") == run_pins(plan, "m")
    others = (replace(plan, seed=9), replace(plan, draws=9), replace(plan, scenarios=SCENARIOS[:1]))
    runs = {run_pins(other, "m")["run"] for other in (plan, *others)}
    assert len(runs | {run_pins(plan, "other code")["run"]}) == 5
