"""What the figures were taken on, and whether its second core was really free."""

import os
import platform
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.row import seconds
from energiehuis import clock

# Below this a row that needs two cores says nothing about the program.
TWO_CORES = 1.7
_CPU_INFO = Path("/proc/cpuinfo")
_CELLS, _TIMES = 16_384, 40_000


def machine() -> dict[str, str]:
    """Give the day, the processor, its cores, and the versions that matter."""
    return {
        "day": clock.today().isoformat(),
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "software": f"Python {platform.python_version()}, {versions('numpy')}",
        "load": f"{os.getloadavg()[0]:.2f}",
    }


def processor() -> str:
    """Give the name that the processor gives itself, and its widest vectors."""
    lines = _CPU_INFO.read_text().splitlines() if _CPU_INFO.exists() else []
    named = dict(line.split(":", 1) for line in lines if ":" in line)
    named = {key.strip(): value.strip() for key, value in named.items()}
    name = named.get("model name", platform.processor() or platform.machine())
    family, model = named.get("cpu family"), named.get("model")
    kind = f" (family {family}, model {model})" if family and model else ""
    return name + kind + (" with AVX-512" if "avx512f" in named.get("flags", "") else "")


def versions(*packages: str) -> str:
    """Give packages with their versions."""
    return ", ".join(f"{name} {_version(name)}" for name in packages)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def highest_rss(process: int | str = "self") -> int:
    """Give the highest resident set of a process, in bytes.

    Not `ru_maxrss`: a process that is started takes over that of the one that started it.
    """
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    found = next(line.split() for line in lines if line.startswith("VmHWM:"))
    return int(found[1]) * 1024


def second_core_gain() -> float:
    """Give how many times more multiply-adds two processes do than one, in the cache of a core."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:

        def run(tasks: int) -> float:
            return seconds(lambda: list(pool.map(multiply_add, range(tasks))))

        run(4)
        rounds = [(run(1), run(2)) for _ in range(3)]
    return max(2 * alone / together for alone, together in rounds)


def multiply_add(_task: int) -> None:
    """Multiply and add within the cache."""
    cells = np.full(_CELLS, 1.0)
    for _ in range(_TIMES):
        np.multiply(cells, 0.5, out=cells)
        np.add(cells, 0.5, out=cells)


def two_cores(gain: float) -> tuple[str, str]:
    """Give a note about the second core, and why a row is not judged, or nothing."""
    note = f"the second core adds {gain - 1:.0%} to a multiply-add"
    return note, "" if gain >= TWO_CORES else "no second core was free"
