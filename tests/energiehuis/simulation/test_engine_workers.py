"""A large run gives the same bits whoever computes it, and whoever is killed on the way."""

import os
import signal
from dataclasses import fields
from hashlib import sha256

import pytest
from distributed import LocalCluster

from energiehuis.simulation.dask_cluster import LOCAL, dask_workers
from energiehuis.simulation.engine import EngineResult, run_engine
from energiehuis.simulation.engine_backends import Processes, ThisProcess
from energiehuis.simulation.engine_plan import make_plan
from energiehuis.simulation.loan_writers import write_invented_loans
from savings_model.scenarios import BASELINE, Scenario

BLOCKS = 12


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("portfolio") / "loans.parquet"
    write_invented_loans(path, BLOCKS * 400, seed=3, row_group_loans=400)
    return make_plan(path, (BASELINE, Scenario(code="ceiling", ceiling_cents=500_000)), draws=6)


@pytest.fixture(scope="module")
def alone(plan, tmp_path_factory):
    return run_engine(plan, "a run", backend=ThisProcess(), folder=tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def dask():
    with dask_workers(LOCAL, 2) as workers:
        yield workers


def as_bits(result):
    return {part.name: part_bits(getattr(result, part.name)) for part in fields(EngineResult)}


def part_bits(value):
    return (value.shape, value.tobytes()) if hasattr(value, "tobytes") else value


def assert_same(found, alone):
    assert found[1] == alone[1]
    assert as_bits(found[0]) == as_bits(alone[0])


def kill_after(blocks, backend, killed):
    """Give a progress that kills one worker when so many blocks are there."""

    def progress(done, _total):
        if done == blocks and not killed:
            killed.append(backend.worker_ids[0])
            os.kill(killed[0], signal.SIGKILL)

    return progress


def test_there_is_a_task_for_each_row_group_and_something_to_add(plan, alone):
    result, digests = alone
    assert sorted(digests) == list(range(BLOCKS))
    assert len(set(digests.values())) == BLOCKS
    assert result.loans[-1] == plan.loans == BLOCKS * 400
    assert (result.by_group[:, 0, :, -1, 0] > 0).all()


class Backwards(ThisProcess):
    """Whoever is given the last row group may be the first to finish."""

    def compute(self, plan, blocks):
        return super().compute(plan, reversed(list(blocks)))


def test_blocks_that_come_back_in_another_order_are_added_in_their_own(plan, alone, tmp_path):
    assert_same(run_engine(plan, "a run", backend=Backwards(), folder=tmp_path), alone)


def test_dask_gives_the_bits_of_one_process(plan, alone, dask, tmp_path):
    assert len(set(dask.worker_ids) - {os.getpid()}) == 2
    assert_same(run_engine(plan, "a run", backend=dask, folder=tmp_path), alone)


def test_a_scheduler_that_runs_somewhere_gives_the_bits_of_one_process(plan, alone, tmp_path):
    options = {"n_workers": 1, "threads_per_worker": 2, "dashboard_address": "127.0.0.1:0"}
    with (
        LocalCluster(**options) as somewhere,
        dask_workers(somewhere.scheduler_address, 99) as workers,
    ):
        assert len(workers.worker_ids) == 1
        assert_same(run_engine(plan, "a run", backend=workers, folder=tmp_path), alone)


def test_two_runs_at_the_same_time_do_not_stand_in_each_others_way(plan, dask):
    with dask_workers(LOCAL, 1) as others:
        found = dict(others.compute(plan, [0])), dict(dask.compute(plan, [0]))
        assert found[0] == found[1]


def test_processes_give_the_bits_of_one(plan, alone, tmp_path):
    with Processes(2) as pool:
        assert_same(run_engine(plan, "a run", backend=pool, folder=tmp_path), alone)


def test_a_killed_dask_worker_changes_nothing(plan, alone, dask, tmp_path):
    killed = []
    progress = kill_after(2, dask, killed)
    found = run_engine(plan, "a run", backend=dask, folder=tmp_path, progress=progress)
    assert_same(found, alone)
    assert killed[0] not in dask.worker_ids


def test_a_killed_process_changes_nothing(plan, alone, tmp_path):
    killed = []
    with Processes(2) as pool:
        progress = kill_after(2, pool, killed)
        found = run_engine(plan, "a run", backend=pool, folder=tmp_path, progress=progress)
        assert_same(found, alone)
        assert killed[0] not in pool.worker_ids


def test_what_killed_workers_had_finished_is_computed_again(plan, alone, dask):
    results = dask.compute(plan, range(BLOCKS))
    found = dict([next(results)])
    for process in dask.worker_ids:
        os.kill(process, signal.SIGKILL)
    found |= dict(results)
    assert {block: sha256(content).hexdigest() for block, content in found.items()} == alone[1]


def test_a_fault_of_the_task_itself_is_told_and_not_tried_forever(dask, tmp_path):
    path = tmp_path / "loans.parquet"
    write_invented_loans(path, 900, seed=3, row_group_loans=300)
    plan = make_plan(path, (BASELINE,))
    path.unlink()
    with pytest.raises((OSError, ValueError), match=r"loans\.parquet"):
        dict(dask.compute(plan, range(plan.blocks)))
