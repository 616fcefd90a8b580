"""`energiehuis simulate`: the portfolio as it is and under the levers, as a table and as files."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from energiehuis.access.queries import get_only_organisation_code
from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database
from energiehuis.cli.simulate_large import LargeRun, simulate_large
from energiehuis.cli.simulate_table import print_answer
from energiehuis.db.engine import TransactionKind
from energiehuis.errors import DomainError, InvalidInput
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.money import parse_belgian_cents
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.simulation.exchange import (
    PortfolioFileError,
    has_files,
    read_portfolio_file,
    write_tables,
)
from energiehuis.simulation.levers import (
    BASELINE_EMISSIONS,
    BASELINE_PRICES,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    EMISSION_VERSIONS,
    PRICE_VERSIONS,
    Levers,
    RunScenarios,
    check_command,
)
from energiehuis.simulation.printed import HARELBEKE
from energiehuis.simulation.results import Answer
from energiehuis.simulation.running import run
from energiehuis.simulation.service import compute_answer, keep_run

_STEPS = ("read", "law", "energy", "answer", "write", "done")
Step = Callable[[str], None]


class Percent(click.ParamType[int]):
    """A percentage such as 1 or 1,25, as hundredths of a percent."""

    name = "percent"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read it, or say what is wrong."""
        try:
            hundredths = Decimal(str(value).replace(",", ".")) * 100
        except InvalidOperation:
            self.fail(f"{value!r} is no percentage such as 1 or 1.25", param, ctx)
        if hundredths != int(hundredths):
            self.fail("a rate has two decimals at most", param, ctx)
        return int(hundredths)


class Euros(click.ParamType[int]):
    """An amount such as 10000 or 12.500,00, as cents."""

    name = "euros"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or say what is wrong."""
        try:
            return parse_belgian_cents(value)
        except ValueError:
            self.fail(f"{value!r} is no amount such as 10000 or 12.500,00", param, ctx)


@click.command()
@click.option("--name", default="", help="What to call the scenario.")
@click.option("--rate-priority", type=Percent(), help="Rate of the priority group, % a year.")
@click.option("--rate-legal-person", type=Percent(), help="Rate of legal persons, % a year.")
@click.option("--rate-general", type=Percent(), help="Rate of everybody else, % a year.")
@click.option("--ceiling", type=Euros(), help="Highest amount of a loan, in euros.")
@click.option("--longest-term", type=int, help="Longest term, in months.")
@click.option("--income-limit", type=int, default=100, help="Income ceilings, % of what they were.")
@click.option(
    "--emission-factors", type=click.Choice(EMISSION_VERSIONS), default=BASELINE_EMISSIONS
)
@click.option("--energy-prices", type=click.Choice(PRICE_VERSIONS), default=BASELINE_PRICES)
@click.option("--draws", default=DEFAULT_DRAWS, show_default=True, help="States of the world.")
@click.option("--seed", default=DEFAULT_SEED, show_default=True, help="Same seed, same figures.")
@click.option("--municipality", "places", multiple=True, help="Name or NIS code to show; repeat.")
@click.option("--organisation", default="", help="Code of the organisation; the only one if left.")
@click.option(
    "--portfolio",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Parquet file in place of the database: loans are streamed, files run with the law.",
)
@click.option(
    "--scenarios",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file of scenarios, for a streamed portfolio.",
)
@click.option("--workers", type=click.IntRange(1, 256), default=1, help="Processes that stream.")
@click.option("--dask", default="", help="Scheduler to stream on (tcp://host:8786), or `local`.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for files.")
@click.option("--keep", is_flag=True, help="Keep the run in the database, to be shown again.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def simulate(**options: Any) -> None:  # noqa: ANN401
    """Say what the portfolio lends and saves, as it is and under the levers."""
    language, console = options["language"], Console()
    try:
        large = large_run_of(options)
    except PortfolioFileError as error:
        raise click.ClickException(str(error)) from error
    if large is not None:
        simulate_large(large, console)
        return
    places = [nis_code_of(place) for place in options["places"]]
    with progress_bar(console) as progress:
        step = steps_of(progress, language)
        try:
            answer = answer_of(command_of(options), options, step)
        except (DomainError, PortfolioFileError) as error:
            raise click.ClickException(sentence_of(error, language)) from error
        step("write")
        written = write_tables(answer, options["out"]) if options["out"] else ()
        step("done")
    print_answer(console, answer, places or [HARELBEKE], language)
    for path in written:
        console.print(str(path))


def large_run_of(options: dict[str, Any]) -> LargeRun | None:
    """Give the run over a file of loans; None for the database, or files that the law decides."""
    portfolio = options["portfolio"]
    asks_to_stream = options["scenarios"] or options["workers"] > 1 or options["dask"]
    if portfolio is None and asks_to_stream:
        raise click.UsageError("--scenarios, --workers and --dask need --portfolio")
    if portfolio is None or not (asks_to_stream or not has_files(portfolio)):
        return None
    levers = command_of(options).levers
    if not levers.is_neutral:
        raise click.UsageError("a streamed portfolio takes its levers from --scenarios")
    if options["out"] is None:
        raise click.UsageError("a streamed portfolio needs --out for its tables and blocks")
    names = ("portfolio", "scenarios", "out", "draws", "seed", "workers", "dask", "language")
    return LargeRun(**{name: options[name] for name in names})


def command_of(options: dict[str, Any]) -> RunScenarios:
    """Give the question that the options ask, checked."""
    levers = Levers(
        priority_rate_basis_points=options["rate_priority"],
        legal_person_rate_basis_points=options["rate_legal_person"],
        general_rate_basis_points=options["rate_general"],
        ceiling_cents=options["ceiling"],
        longest_term_months=options["longest_term"],
        income_limit_percent=options["income_limit"],
        emission_factors=options["emission_factors"],
        energy_prices=options["energy_prices"],
    )
    name = options["name"] or translate("policy.default_name", options["language"])
    command = RunScenarios(name, levers, options["draws"], options["seed"])
    check_command(command)
    return command


def progress_bar(console: Console) -> Progress:
    """Give a bar that says which step runs."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def steps_of(progress: Progress, language: str) -> Step:
    """Give what a step calls to move the bar."""
    task = progress.add_task("", total=len(_STEPS) - 1)

    def step(name: str) -> None:
        words = translate(f"policy.step.{name}", language)
        progress.update(task, description=words, completed=_STEPS.index(name))

    return step


def answer_of(command: RunScenarios, options: dict[str, Any], step: Step) -> Answer:
    """Compute over the file that is named, else over the database."""
    if options["portfolio"] is not None:
        return answer_of_file(options["portfolio"], command, step)
    return answer_of_database(command, options["organisation"], step, keep=options["keep"])


def answer_of_database(
    command: RunScenarios, organisation: str, step: Step, *, keep: bool
) -> Answer:
    """Compute over the database of the settings, as the system working for an organisation."""
    with open_database() as database:
        with database.unit_of_work(TransactionKind.READ) as session:
            code = organisation or get_only_organisation_code(session)
            actor = system_actor_for(session, code)
            answer = compute_answer(session, actor, command, progress=step)
        if keep:
            with database.unit_of_work() as session:
                keep_run(session, actor, answer)
    return answer


def answer_of_file(path: Path, command: RunScenarios, step: Step) -> Answer:
    """Compute over a portfolio that was written as Parquet."""
    step("read")
    files = read_portfolio_file(path)
    present = {file.nis_code for file in files}
    nis_codes = tuple(m.nis_code for m in list_municipalities() if m.nis_code in present)
    if strangers := present - set(nis_codes):
        raise PortfolioFileError(f"{path.name} names unknown municipalities: {sorted(strangers)}")
    if not files:
        raise PortfolioFileError(f"{path.name} holds no files")
    return run(files, nis_codes, command, progress=step)


def nis_code_of(place: str) -> str:
    """Give the NIS code of a municipality that is given by name or code."""
    for municipality in list_municipalities():
        if place.casefold() in (municipality.nis_code, municipality.name.casefold()):
            return municipality.nis_code
    names = ", ".join(municipality.name for municipality in list_municipalities())
    raise click.BadParameter(f"{place!r} is none of {names}", param_hint="--municipality")


def sentence_of(error: DomainError | PortfolioFileError, language: str) -> str:
    """Give the refusal in words."""
    if isinstance(error, InvalidInput):
        lines = (f"{e.field}: {translate(e.code, language, **e.params)}" for e in error.errors)
        return "\n".join(lines)
    if isinstance(error, DomainError):
        return translate(error.code, language, **error.params)
    return str(error)
