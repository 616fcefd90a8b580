"""`energiehuis import loans`: take over an Energiehuis's own list of running loans."""

from pathlib import Path

import click

from energiehuis import clock
from energiehuis.access.actor import SYSTEM
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.db.unit_of_work import Database
from energiehuis.errors import DomainError
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.loans.imports.reading import read_loan_list
from energiehuis.loans.imports.report import describe
from energiehuis.loans.imports.service import ImportReport, check_loans, import_loans
from energiehuis.loans.imports.table import MOST_BYTES


@click.command("loans")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--organisation", required=True, help="Code of the organisation whose loans these are."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def import_loans_command(*, file: Path, organisation: str, dry_run: bool, language: str) -> None:
    """Import the running loans of a list; all of it or nothing.

    Every wrong line is named. Running it twice changes nothing.
    """
    with open_database() as database:
        try:
            report = _run(database, file, organisation, is_dry_run=dry_run)
        except DomainError as error:
            raise click.ClickException(translate(error.code, language, **error.params)) from error
    for line in describe(report, language):
        click.echo(line)
    if report.errors:
        raise click.exceptions.Exit(1)


def _run(database: Database, file: Path, organisation: str, *, is_dry_run: bool) -> ImportReport:
    # One byte more than is read shows that a file is too large, without reading all of it.
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    loan_list = read_loan_list(content, clock.today())
    kind = TransactionKind.READ if is_dry_run else TransactionKind.WRITE
    with database.unit_of_work(kind) as session:
        if is_dry_run:
            return check_loans(session, SYSTEM, organisation, loan_list)
        return import_loans(session, SYSTEM, organisation, loan_list)
