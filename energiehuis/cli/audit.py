"""`energiehuis audit`: check that no line of the audit trail was changed or taken away."""

import click

from energiehuis.audit.verify import verify as verify_trail
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind


@click.group()
def audit() -> None:
    """Check the audit trail."""


@audit.command()
def verify() -> None:
    """Read the whole trail; ends with 1 when something does not fit."""
    with open_database() as database, database.unit_of_work(TransactionKind.READ) as session:
        found = verify_trail(session)
    click.echo(f"{found.lines} lines in {found.chains} chains were read.")
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise click.ClickException(f"{len(found.faults)} faults.")
    click.echo("Nothing was changed or taken away.")
