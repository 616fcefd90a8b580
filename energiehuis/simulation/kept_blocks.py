"""Finished blocks of a large run on disk, each under the digest of what it holds.

A run that was stopped goes on where it was; a block that was cut off or changed is not taken.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import orjson

_RUN = "run.json"


class OtherRunError(ValueError):
    """The folder holds blocks of a run over another file, other scenarios or other code."""


class KeptBlocks:
    """The folder of one run's blocks."""

    def __init__(self, folder: Path, run: str) -> None:
        """Take over the folder of this run, or begin it.

        Raises
        ------
        OtherRunError
            When it belongs to another run.
        """
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / _RUN
        if not kept.exists():
            write_whole(kept, orjson.dumps({"run": run}))
        elif orjson.loads(kept.read_bytes()) != {"run": run}:
            raise OtherRunError(f"{folder} holds blocks of another run; choose another folder")

    def digests(self) -> dict[int, str]:
        """Give the digest of each block that is whole; others are put away."""
        found = {}
        for path in sorted(self._folder.glob("*.npz")):
            number, _, promised = path.stem.partition("-")
            if hashlib.sha256(path.read_bytes()).hexdigest() == promised:
                found[int(number)] = promised
            else:
                path.unlink()
        return found

    def keep(self, block: int, content: bytes) -> str:
        """Keep a block, whole or not at all, and give its digest."""
        digest = hashlib.sha256(content).hexdigest()
        write_whole(self._path(block, digest), content)
        return digest

    def read(self, digests: dict[int, str]) -> Iterator[bytes]:
        """Read blocks in the order of their numbers, one at a time."""
        for block in sorted(digests):
            yield self._path(block, digests[block]).read_bytes()

    def _path(self, block: int, digest: str) -> Path:
        return self._folder / f"{block:06d}-{digest}.npz"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    unfinished.replace(path)
