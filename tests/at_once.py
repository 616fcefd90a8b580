"""Many workers who do the same thing at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from energiehuis.errors import Conflict


def run_at_once(
    database: Any, work: Callable[[Any, Any], Any], commands: Sequence[Any]
) -> list[str]:
    """Let a worker do something with each command, all starting together; give the refusals."""
    start = Barrier(len(commands))

    def one(command: Any) -> str | None:
        start.wait()
        try:
            with database.unit_of_work() as session:
                work(session, command)
        except Conflict as error:
            return error.code
        return None

    with ThreadPoolExecutor(len(commands)) as pool:
        return [code for code in pool.map(one, commands) if code]
