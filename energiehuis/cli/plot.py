"""`energiehuis plot`: pictures of the portfolio, of the database or of a file."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from energiehuis.access.queries import get_only_organisation_code
from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.i18n import LANGUAGES
from energiehuis.simulation.engine import EngineResult, add_up
from energiehuis.simulation.engine_backends import ThisProcess
from energiehuis.simulation.engine_block import unpack
from energiehuis.simulation.engine_plan import EnginePlan, make_plan
from energiehuis.simulation.levers import DEFAULT_DRAWS, DEFAULT_SEED, DRAWS, SEEDS
from energiehuis.simulation.loan_arrays import whole_portfolio
from energiehuis.simulation.loan_file import LoanFileError
from energiehuis.simulation.loan_writers import write_loans
from energiehuis.simulation.plots import (
    Picture,
    balance_plot,
    fan,
    realised_plot,
    tornado_plot,
)
from energiehuis.simulation.portfolio import read_portfolio
from savings_model.scenarios import BASELINE
from savings_model.tornado import tornado

# A picture is for a region; a file of millions goes through `energiehuis simulate`.
_MOST_LOANS = 100_000


def _tornado(plan: EnginePlan, language: str) -> Picture:
    portfolio = whole_portfolio(plan.path, plan.columns)
    return tornado_plot(tornado(portfolio, BASELINE, draws=plan.draws, seed=plan.seed), language)


def _of_result(
    draw: Callable[[EngineResult, str], Picture],
) -> Callable[[EnginePlan, str], Picture]:
    return lambda plan, language: draw(_result(plan), language)


_PICTURES: dict[str, Callable[[EnginePlan, str], Picture]] = {
    "fan": _of_result(fan),
    "tornado": _tornado,
    "realised": _of_result(realised_plot),
    "balance": _of_result(balance_plot),
}


@click.command()
@click.argument("picture", type=click.Choice(list(_PICTURES)))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--portfolio", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", default="", help="Code of the organisation; the only one if left.")
@click.option("--draws", type=click.IntRange(1, DRAWS[1]), default=DEFAULT_DRAWS)
@click.option("--seed", type=click.IntRange(*SEEDS), default=DEFAULT_SEED, show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def plot(*, picture: str, out: Path, portfolio: Path | None, **options: str | int) -> None:
    """Draw FAN, TORNADO, REALISED or BALANCE as .svg or .png."""
    if out.suffix not in (".svg", ".png"):
        raise click.BadParameter("a picture ends in .svg or .png", param_hint="--out")
    language, draws, seed = str(options["language"]), int(options["draws"]), int(options["seed"])
    with TemporaryDirectory() as folder:
        source = portfolio or Path(folder) / "portfolio.parquet"
        if portfolio is None:
            _export(source, str(options["organisation"]))
        try:
            plan = make_plan(source, (BASELINE,), draws=draws, seed=seed)
            _check(plan, picture)
            drawn = _PICTURES[picture](plan, language)
        except LoanFileError as error:
            raise click.ClickException(str(error)) from error
    drawn.save(out)
    click.echo(str(out))


def _check(plan: EnginePlan, picture: str) -> None:
    if plan.loans > _MOST_LOANS:
        raise LoanFileError(f"{plan.path.name}: holds more than {_MOST_LOANS} loans for a picture")
    if picture != "balance" and not plan.has_energy:
        raise LoanFileError(f"{plan.path.name}: knows no dwellings, so no saving can be drawn")


def _result(plan: EnginePlan) -> EngineResult:
    blocks = dict(ThisProcess().compute(plan, range(plan.blocks)))
    return add_up(plan, lambda: (unpack(blocks[block]) for block in sorted(blocks)))


def _export(path: Path, organisation: str) -> None:
    with open_database() as database, database.unit_of_work(TransactionKind.READ) as session:
        code = organisation or get_only_organisation_code(session)
        files = read_portfolio(session, system_actor_for(session, code))
    if not write_loans(files, path):
        raise click.ClickException("there are no loans to draw")
