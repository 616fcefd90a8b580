"""`energiehuis outbox`: send the messages that wait."""

import time

import click

from energiehuis.cli.installation import open_database, read_settings
from energiehuis.outbox.deliver import Sender, deliver

SECONDS_BETWEEN = 2.0


@click.group()
def outbox() -> None:
    """Send messages to other systems."""


@outbox.command("deliver")
@click.option("--once", is_flag=True, help="Send what is due now, and stop.")
def deliver_command(*, once: bool) -> None:
    """Send what waits, in order for each endpoint; several may run at once."""
    settings = read_settings()
    sender = Sender(settings.secret_key, allow_private=settings.demo)
    with open_database() as database:
        while True:
            arrived = deliver(database, sender)
            if arrived or once:
                click.echo(f"{arrived} messages arrived.")
            if once:
                return
            if not arrived:
                time.sleep(SECONDS_BETWEEN)
