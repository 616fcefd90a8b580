"""`energiehuis portfolio`: loans as Parquet, out of the database or invented from a seed."""

from pathlib import Path

import click

from energiehuis.access.queries import get_only_organisation_code
from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.simulation.loan_file import LoanFile, LoanFileError, open_loan_file
from energiehuis.simulation.loan_writers import (
    ROW_GROUP_LOANS,
    write_invented_loans,
    write_loans,
)
from energiehuis.simulation.portfolio import read_portfolio

_TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group()
def portfolio() -> None:
    """Write and check portfolios of loans as Parquet."""


@portfolio.command()
@click.argument("file", type=_TARGET)
@click.option("--organisation", default="", help="Code of the organisation; the only one if left.")
def export(file: Path, organisation: str) -> None:
    """Write the loans of the database, without names or addresses. Still personal data."""
    with open_database() as database, database.unit_of_work(TransactionKind.READ) as session:
        code = organisation or get_only_organisation_code(session)
        files = read_portfolio(session, system_actor_for(session, code))
    if not any(row.principal_cents for row in files):
        raise click.ClickException("there are no loans to write")
    write_loans(files, file)
    _say(_checked(file))


@portfolio.command()
@click.argument("file", type=_TARGET)
@click.option("--loans", type=click.IntRange(1, 1_000_000_000), required=True, help="How many.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option(
    "--municipalities", type=click.IntRange(1, 2_000), default=13, show_default=True, help="Codes."
)
@click.option("--dwellings/--no-dwellings", default=True, help="With or without dwellings, works.")
@click.option(
    "--row-group",
    type=click.IntRange(1, 2_000_000),
    default=ROW_GROUP_LOANS,
    show_default=True,
    help="Loans in a row group: one task.",
)
def invent(
    file: Path, *, loans: int, seed: int, municipalities: int, dwellings: bool, row_group: int
) -> None:
    """Write invented loans: same seed, same file."""
    write_invented_loans(
        file,
        loans,
        seed=seed,
        municipalities=municipalities,
        with_dwellings=dwellings,
        row_group_loans=row_group,
    )
    _say(_checked(file))


@portfolio.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say whether a file is a portfolio of loans, or what is wrong and where."""
    _say(_checked(file))


def _checked(file: Path) -> LoanFile:
    try:
        return open_loan_file(file)
    except LoanFileError as error:
        raise click.ClickException(str(error)) from error


def _say(found: LoanFile) -> None:
    groups = len(found.group_sizes)
    click.echo(f"{found.path.name}: {found.loans} loans in {groups} row groups")
