"""Opening a Dask cluster: workers on this machine, or a scheduler that runs somewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from energiehuis.simulation.engine_backends import DaskWorkers

LOCAL = "local"
# A worker that dies with a task is not the task's fault until it happened this often.
_ALLOWED_FAILURES = 10
# Without one, every run asks for the same port, and a second run at the same time is warned.
_ANY_PORT = "127.0.0.1:0"


class DaskMissing(RuntimeError):
    """The extra `cluster` is not installed."""


@contextmanager
def dask_workers(address: str, workers: int) -> Iterator[DaskWorkers]:
    """Connect to a scheduler, or with `local` start workers here for as long as it takes.

    A scheduler elsewhere and its workers need the same versions of this package and of numpy as
    stand here, or the bits may differ; the scheduler too imports the package.

    Parameters
    ----------
    address : str
        Such as `tcp://10.0.0.5:8786`, or `local`.
    workers : int
        Processes to start with `local`.

    Raises
    ------
    DaskMissing
        When `distributed` is not installed.
    OSError
        When nobody answers at the address.
    """
    if find_spec("distributed") is None:
        raise DaskMissing("Dask is not installed: install energiehuis[cluster]")
    dask, distributed = import_module("dask"), import_module("distributed")
    settings = {
        "distributed.scheduler.allowed-failures": _ALLOWED_FAILURES,
        "distributed.comm.timeouts.connect": "20s",
    }
    with dask.config.set(settings):
        if address != LOCAL:
            with distributed.Client(address) as client:
                # A worker computes as many tasks at once as it has threads.
                yield DaskWorkers(client, max(sum(client.nthreads().values()), 1))
            return
        with (
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=_ANY_PORT,
                memory_limit=0,
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield DaskWorkers(client, workers)
