"""All benchmarks in one run: a table on the screen and in `docs/benchmarks.md`.

`python -m benchmarks engine loans` runs only some of them, and the page keeps the last results of
the others. Each group has a process of its own, so that no group finds the caches, threads or
memory of another; the group of the peers has an environment of its own too.
"""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.page import GROUPS, PAGE

PEERS_PYTHON = Path(".venv-benchmark/bin/python")
_OWN_ENVIRONMENT = ("peers",)


def main() -> None:
    """Run the groups that are named, or all; the page is written after each."""
    os.chdir(PAGE.parents[1])
    wanted = sys.argv[1:] or list(GROUPS)
    if strangers := set(wanted) - set(GROUPS):
        named = ", ".join(sorted(strangers))
        raise SystemExit(f"no such group: {named}; there are {', '.join(GROUPS)}")
    failed = [name for name in wanted if not ran(name)]
    print(f"\nWritten to docs/{PAGE.name}")
    if failed:
        raise SystemExit(f"failed, so their last results stand: {', '.join(failed)}")


def ran(name: str) -> bool:
    """Run one group, and say whether it came to its end."""
    own = name in _OWN_ENVIRONMENT and PEERS_PYTHON.exists()
    python = str(PEERS_PYTHON) if own else sys.executable
    return subprocess.run([python, "-m", "benchmarks.one_group", name], check=False).returncode == 0  # noqa: S603


if __name__ == "__main__":
    main()
