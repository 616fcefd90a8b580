"""How a long command shows how far it is: bars in a terminal, lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from energiehuis.i18n import has_text, translate
from energiehuis.seeds.progress import Report


@contextmanager
def progress_report(console: Console) -> Iterator[Report]:
    """Give what a long load calls to say how far it is."""
    if not console.is_terminal:
        yield lambda step, done, total: _print_line(console, step, done, total)
        return
    columns = (
        TextColumn("{task.description:<40}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(_words(step), total=total)
            progress.update(tasks[step], completed=done, total=total)

        yield show


def _print_line(console: Console, step: str, done: int, total: int) -> None:
    if done == total:
        console.print(f"{_words(step)} ({done}/{total})")


def _words(step: str) -> str:
    key = f"cli.step.{step}"
    return translate(key, "nl") if has_text(key) else step
