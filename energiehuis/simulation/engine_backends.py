"""Where the tasks of a large run are computed: here, in processes, or on workers of Dask.

Each backend gives finished blocks as they come; whoever sums them puts them in order. A worker
that dies changes nothing but the time: its task is given out again.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Protocol

from energiehuis.simulation.engine_block import compute_block
from energiehuis.simulation.engine_plan import EnginePlan

Finished = tuple[int, bytes]
# Tasks given out for each worker: one runs, one waits; more would only hold memory.
_AHEAD = 2
_MOST_BROKEN_POOLS = 5


class WorkersLost(RuntimeError):
    """Workers died again and again; something kills them, such as too little memory."""


class Backend(Protocol):
    """Computes blocks of a plan, in whatever order they finish."""

    def compute(self, plan: EnginePlan, blocks: Iterable[int]) -> Iterator[Finished]:
        """Give the number and the sums of each block."""
        ...


class ThisProcess:
    """One block after another, here."""

    def compute(self, plan: EnginePlan, blocks: Iterable[int]) -> Iterator[Finished]:
        """Give the number and the sums of each block, in order."""
        for block in blocks:
            yield block, compute_block(plan, block)


class Processes:
    """A pool of processes on this machine; use it in a `with`."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._new_pool()

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    @property
    def worker_ids(self) -> tuple[int, ...]:
        """Process ids of the workers that were started."""
        return tuple(self._pool._processes)  # noqa: SLF001  there is no public way to ask

    def compute(self, plan: EnginePlan, blocks: Iterable[int]) -> Iterator[Finished]:
        """Give the number and the sums of each block; a broken pool is made anew.

        Raises
        ------
        WorkersLost
            When pools break five times in one run.
        """
        waiting, broken = list(blocks), 0
        while waiting:
            try:
                for block, content in self._in_pool(plan, waiting):
                    waiting.remove(block)
                    yield block, content
            except BrokenProcessPool as error:
                broken += 1
                if broken == _MOST_BROKEN_POOLS:
                    raise WorkersLost(f"workers died {broken} times") from error
                self._pool.shutdown(cancel_futures=True)
                self._pool = self._new_pool()

    def _in_pool(self, plan: EnginePlan, blocks: list[int]) -> Iterator[Finished]:
        rest = iter(list(blocks))
        running: dict[Future[bytes], int] = {}
        while True:
            for block in rest:
                running[self._pool.submit(compute_block, plan, block)] = block
                if len(running) >= _AHEAD * self._workers:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()

    def _new_pool(self) -> ProcessPoolExecutor:
        # A fresh interpreter: a fork would take over the locks of Arrow's threads.
        return ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))


class DaskWorkers:
    """Workers of a Dask cluster; every one of them must see the file under the same path."""

    def __init__(self, client: Any, workers: int) -> None:  # noqa: ANN401  Dask is an extra
        self._client = client
        self._workers = workers

    @property
    def worker_ids(self) -> tuple[int, ...]:
        """Process ids of the workers, each on its own machine."""
        return tuple(self._client.run(os.getpid).values())

    def compute(self, plan: EnginePlan, blocks: Iterable[int]) -> Iterator[Finished]:
        """Give the number and the sums of each block; Dask gives lost tasks out again."""
        rest, numbers = iter(blocks), {}
        running = import_module("distributed").as_completed()

        def give_out() -> None:
            if (block := next(rest, None)) is not None:
                future = self._client.submit(compute_block, plan, block, pure=False)
                numbers[future.key] = block
                running.add(future)

        for _ in range(_AHEAD * self._workers):
            give_out()
        for future in running:
            content = future.result()
            give_out()
            yield numbers.pop(future.key), content
            future.release()
