"""`energiehuis partners`: keys with which the programs of partners send."""

from datetime import datetime
from uuid import UUID

import click

from energiehuis.access.api_keys import (
    AddKey,
    KeyView,
    RotateKey,
    add_key,
    get_key,
    key_token,
    list_keys,
    revoke_key,
    rotate_key,
)
from energiehuis.access.queries import get_only_organisation_code, get_organisation_id
from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database, read_settings
from energiehuis.db.session import Session


@click.group()
def partners() -> None:
    """Make keys for the programs of partners."""


@partners.command("add-key")
@click.argument("partner")
@click.option("--name", required=True, help="What the key is called, such as the program.")
@click.option(
    "--programme", "programmes", multiple=True, required=True, help="May be given several times."
)
@click.option("--organisation", help="Code of who runs the programmes, where there are several.")
def add(*, partner: str, name: str, programmes: tuple[str, ...], organisation: str | None) -> None:
    """Make a key for PARTNER, the code of an organisation; print its token, once."""
    secret_key = read_settings().secret_key
    with open_database() as database, database.unit_of_work() as session:
        actor = system_actor_for(session, _runner(session, organisation))
        command = AddKey(name, get_organisation_id(session, partner), programmes)
        _show_token(add_key(session, actor, command, secret_key=secret_key), secret_key)


@partners.command("rotate-key")
@click.argument("key_id", type=click.UUID)
@click.option(
    "--old-until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Last day on which the token of now works.",
)
@click.option("--organisation", help="Code of who runs the programmes, where there are several.")
def rotate(*, key_id: UUID, old_until: datetime, organisation: str | None) -> None:
    """Give a key a new token and print it, once."""
    secret_key = read_settings().secret_key
    with open_database() as database, database.unit_of_work() as session:
        actor = system_actor_for(session, _runner(session, organisation))
        command = RotateKey(key_id, get_key(session, actor, key_id).version, old_until.date())
        _show_token(rotate_key(session, actor, command, secret_key=secret_key), secret_key)


@partners.command("revoke-key")
@click.argument("key_id", type=click.UUID)
@click.option("--organisation", help="Code of who runs the programmes, where there are several.")
def revoke(*, key_id: UUID, organisation: str | None) -> None:
    """End a key at once, for good."""
    with open_database() as database, database.unit_of_work() as session:
        actor = system_actor_for(session, _runner(session, organisation))
        version = get_key(session, actor, key_id).version
        revoke_key(session, actor, key_id, version=version)
    click.echo(f"{key_id} no longer works.")


@partners.command("keys")
@click.option("--organisation", help="Code of who runs the programmes, where there are several.")
def show(*, organisation: str | None) -> None:
    """List the keys, newest first."""
    with open_database() as database, database.unit_of_work() as session:
        actor = system_actor_for(session, _runner(session, organisation))
        for key in list_keys(session, actor):
            state = "revoked" if key.revoked_at else f"last used {key.last_used_at or 'never'}"
            click.echo(f"{key.id}  {key.name}  {', '.join(key.programmes)}  {state}")


def _runner(session: Session, code: str | None) -> str:
    return code or get_only_organisation_code(session)


def _show_token(key: KeyView, secret_key: str) -> None:
    click.echo(f"{key.id}  {key.name}", err=True)
    click.echo(key_token(secret_key, key.id, key.token_number))
