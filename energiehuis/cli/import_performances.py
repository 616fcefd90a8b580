"""`energiehuis import performances`: take over the hours of VDAB's platform for wijk-werken."""

from pathlib import Path

import click

from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.db.unit_of_work import Database
from energiehuis.errors import DomainError
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.programmes.wijk_werken.imports.reading import MOST_BYTES, read_hours_list
from energiehuis.programmes.wijk_werken.imports.report import describe
from energiehuis.programmes.wijk_werken.imports.service import (
    HoursReport,
    check_hours,
    import_hours,
)


@click.command("performances")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--organisation", required=True, help="Code of the organisation that runs wijk-werken."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def import_performances_command(
    *, file: Path, organisation: str, dry_run: bool, language: str
) -> None:
    """Import the hours of a list; all that are new, or nothing.

    Every line is told: new, the same, different, missing here or not possible.
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


def _run(database: Database, file: Path, organisation: str, *, is_dry_run: bool) -> HoursReport:
    # One byte more than is read shows that a file is too large, without reading all of it.
    with file.open("rb") as stream:
        hours_list = read_hours_list(stream.read(MOST_BYTES + 1))
    kind = TransactionKind.READ if is_dry_run else TransactionKind.WRITE
    with database.unit_of_work(kind) as session:
        actor = system_actor_for(session, organisation)
        if is_dry_run:
            return check_hours(session, actor, hours_list)
        return import_hours(session, actor, hours_list)
