"""`energiehuis db`: bring the schema up or down, and say whether it is the newest."""

import os
import re

import click
from alembic import command

from energiehuis.cli.installation import open_database, shown
from energiehuis.config import read_database_url
from energiehuis.db import schema


@click.group()
def database() -> None:
    """Migrate and check the database."""


@database.command()
@click.argument("revision", default="head")
def upgrade(*, revision: str) -> None:
    """Bring the schema up to REVISION, the newest unless said otherwise."""
    url = read_database_url(os.environ)
    schema.upgrade(url, revision)
    click.echo(f"{shown(url)} is at {schema.newest_revision()}.")


@database.command()
@click.argument("revision")
def downgrade(*, revision: str) -> None:
    """Bring the schema down to REVISION; `base` takes all tables away with their rows."""
    url = read_database_url(os.environ)
    schema.downgrade(url, revision)
    click.echo(f"{shown(url)} is at {revision}.")


@database.command()
def check() -> None:
    """Say whether the schema is the newest; ends with 1 when it is not."""
    with open_database(needs_newest_schema=False) as opened:
        is_current = schema.is_current(opened)
    newest = schema.newest_revision()
    if not is_current:
        raise click.ClickException(f"The schema is not {newest}: run `energiehuis db upgrade`.")
    click.echo(f"The schema is the newest: {newest}.")


@database.command("new-migration")
@click.argument("message")
def new_migration(*, message: str) -> None:
    """Write a migration for what the rows say and the schema does not have yet."""
    config = schema.alembic_config(read_database_url(os.environ))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    following = f"{int(schema.newest_revision()) + 1:04d}"
    slug = re.sub(r"[^a-z0-9]+", " ", message.lower()).strip()
    command.revision(config, slug, autogenerate=True, rev_id=following)
    schema.write_newest_revision(following)
    click.echo(f"Wrote {following}; read it, and run `energiehuis db upgrade`.")
