"""The part of `energiehuis simulate` that streams a file of loans, on any number of workers."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console, JustifyMethod
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from energiehuis.i18n import translate
from energiehuis.money import format_number
from energiehuis.simulation.dask_cluster import DaskMissing, dask_workers
from energiehuis.simulation.engine import EngineResult, run_engine
from energiehuis.simulation.engine_backends import Backend, Processes, ThisProcess, WorkersLost
from energiehuis.simulation.engine_files import write_result
from energiehuis.simulation.engine_plan import make_plan, run_pins
from energiehuis.simulation.kept_blocks import OtherRunError
from energiehuis.simulation.loan_file import LoanFileError
from energiehuis.simulation.running import model_digest
from energiehuis.simulation.scenario_file import ScenarioFileError, read_scenarios
from savings_model.arrays import FloatArray
from savings_model.scenarios import BASELINE
from savings_model.validation import ModelInputError

REFUSALS = (
    LoanFileError,
    ScenarioFileError,
    OtherRunError,
    ModelInputError,
    DaskMissing,
    WorkersLost,
    OSError,
)


@dataclass(frozen=True, slots=True)
class LargeRun:
    """What was asked."""

    portfolio: Path
    scenarios: Path | None
    out: Path
    draws: int
    seed: int
    workers: int
    dask: str
    language: str


def simulate_large(run: LargeRun, console: Console) -> None:
    """Stream the file, show how far it is, write the tables, and print the totals."""
    try:
        scenarios = read_scenarios(run.scenarios) if run.scenarios else (BASELINE,)
        plan = make_plan(run.portfolio, scenarios, draws=run.draws, seed=run.seed)
        pins = run_pins(plan, model_digest())
        with backend_of(run) as backend, bar(console, run.language) as progress:
            task = progress.add_task("", total=plan.blocks)
            result, digests = run_engine(
                plan,
                str(pins["run"]),
                backend=backend,
                folder=run.out,
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
        written = write_result(result, plan, run.out, pins=pins, blocks=digests)
    except REFUSALS as error:
        raise click.ClickException(str(error)) from error
    console.print(totals_of(result, [s.code for s in scenarios], run.language))
    for path in written:
        console.print(str(path))


@contextmanager
def backend_of(run: LargeRun) -> Iterator[Backend]:
    """Give who computes."""
    if run.dask:
        with dask_workers(run.dask, run.workers) as workers:
            yield workers
    elif run.workers > 1:
        with Processes(run.workers) as pool:
            yield pool
    else:
        yield ThisProcess()


def bar(console: Console, language: str) -> Progress:
    """Give a bar that counts row groups."""
    words = translate("cli.simulate.blocks", language)
    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console)


def totals_of(result: EngineResult, codes: list[str], language: str) -> Table:
    """Give a line for each scenario: money, and the savings of a year with their intervals."""
    loans = format_number(int(result.loans[-1]), language)
    table = Table(
        title=translate("cli.simulate.loans", language, loans=loans), title_justify="left"
    )
    for name in ("scenario", "lent", "interest", "calculated", "realised", "co2"):
        justify: JustifyMethod = "left" if name == "scenario" else "right"
        table.add_column(translate(f"cli.simulate.{name}", language), justify=justify)
    for row, code in enumerate(codes):
        kwh, co2 = result.by_group[row, 0, :, -1], result.by_group[row, 1, :, -1]
        table.add_row(
            code,
            format_number(int(result.drawn_cents[row, :, -1].sum()) / 100, language),
            format_number(int(result.interest_cents[row, :, -1].sum()) / 100, language),
            _interval(kwh[0] / 1000, language),
            _interval(kwh[1] / 1000, language),
            _interval(co2[1], language),
        )
    return table


def _interval(values: FloatArray, language: str) -> str:
    point, low, _, high = values.tolist()
    if math.isnan(point):
        return translate("cli.simulate.unknown", language)
    span = f"{format_number(low, language)} - {format_number(high, language)}"
    return f"{format_number(point, language)}\n{span}"
