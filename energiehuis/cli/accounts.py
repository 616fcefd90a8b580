"""`energiehuis accounts`: add somebody who may sign in."""

import sys

import click

from energiehuis.access.actor import SYSTEM
from energiehuis.access.permissions import Role
from energiehuis.access.service import AddAccount, add_account
from energiehuis.cli.installation import open_database
from energiehuis.programmes.registry import BY_CODE
from energiehuis.reference_data.municipalities import get_municipality


@click.group()
def accounts() -> None:
    """Add people who may sign in."""


@accounts.command()
@click.argument("email")
@click.option("--name", required=True, help="What the pages greet the person with.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--organisation", required=True, help="Code of the organisation.")
@click.option("--municipality", help="NIS code, for who may see one municipality only.")
@click.option("--programme", help="Code of the only programme that the account works for.")
def add(
    *,
    email: str,
    name: str,
    role: str,
    organisation: str,
    municipality: str | None,
    programme: str | None,
) -> None:
    """Add an account. The password is asked, or read from the first line of the input."""
    if municipality is not None:
        get_municipality(municipality)
    if programme is not None and programme not in BY_CODE:
        choices = ", ".join(sorted(BY_CODE))
        raise click.BadParameter(f"must be one of {choices}", param_hint="--programme")
    command = AddAccount(
        email=email,
        display_name=name,
        role=Role(role),
        organisation_code=organisation,
        password=_ask_password(),
        only_nis_code=municipality,
        only_programme=programme,
    )
    with open_database() as database, database.unit_of_work() as session:
        add_account(session, SYSTEM, command)
    click.echo(f"{email} may sign in as {role}.")


def _ask_password() -> str:
    """Take the password from who types it, or from a pipe; never from the arguments."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
