"""`energiehuis organisations`: add an Energiehuis and the municipalities that it serves."""

from datetime import datetime

import click

from energiehuis.access.actor import SYSTEM
from energiehuis.access.organisations import AddOrganisation, ServedArea, add_organisation
from energiehuis.cli.installation import open_database
from energiehuis.reference_data.municipalities import list_municipalities


@click.group()
def organisations() -> None:
    """Add organisations."""


@organisations.command()
@click.argument("code")
@click.option("--name", required=True, help="What the pages call it.")
@click.option("--programme", "programmes", multiple=True, default=("energy_loan",))
@click.option(
    "--since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day of serving."
)
def add(*, code: str, name: str, programmes: tuple[str, ...], since: datetime) -> None:
    """Add an organisation that serves all municipalities of the reference data.

    A municipality that joined later or left keeps its own days.
    """
    areas = tuple(
        ServedArea(programme, place.nis_code, place.served_from or since.date(), place.served_until)
        for programme in programmes
        for place in list_municipalities()
    )
    with open_database() as database, database.unit_of_work() as session:
        add_organisation(session, SYSTEM, AddOrganisation(code, name, areas))
    click.echo(f"{code} serves {len(list_municipalities())} municipalities.")
