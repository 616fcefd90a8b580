"""`energiehuis demo`: everything that `make run` does once the software is installed."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from energiehuis.cli.installation import open_database, read_settings
from energiehuis.cli.progress import progress_report
from energiehuis.config import Settings
from energiehuis.db import schema
from energiehuis.i18n import translate
from energiehuis.reference_data.municipalities import get_municipality
from energiehuis.seeds.demo import load_demo_region
from energiehuis.seeds.region import demo_password, demo_sign_ins

_DEFAULTS = {"DEMO": "1", "BIND": "127.0.0.1:8000"}
_PAGES = {
    "home": "/nl/",
    "application": "/nl/energielening/aanvragen",
    "calculator": "/nl/energielening/berekenen",
    "worklist": "/nl/dossiers",
    "policy": "/nl/beleid",
    "programmes": "/nl/programmas",
    "referrals": "/nl/programmas/doorverwijzingen",
    "report": "/nl/verslag",
    "law": "/nl/wet",
    "api": "/api/docs",
    "ready": "/readyz",
}


@click.command()
@click.option("--serve/--no-serve", default=True, help="Stop after loading.")
def demo(*, serve: bool) -> None:
    """Migrate, load the demo region once, and serve it on 127.0.0.1:8000."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    settings = read_settings()
    if not settings.demo:
        raise click.ClickException("DEMO is 0: the demo region has published passwords.")
    console = Console()
    load(settings, console)
    print_welcome(console, os.environ["BIND"])
    if serve:
        _become_server(settings)


def load(settings: Settings, console: Console) -> None:
    """Bring the schema up and fill it, saying how far it is."""
    with progress_report(console) as report:
        report("migrating", 0, 1)
        schema.upgrade(settings.database_url)
        report("migrating", 1, 1)
        with open_database() as database:
            load_demo_region(database, report=report)


def print_welcome(console: Console, bind: str) -> None:
    """Print addresses and sign-ins, in Dutch with a line of English."""
    console.print()
    console.print(translate("cli.demo.ready", "nl"), style="bold")
    console.print(translate("cli.demo.ready", "en"))
    addresses = Table(show_header=False, box=None)
    addresses.add_column(no_wrap=True)
    # An address that is cut cannot be opened.
    addresses.add_column(overflow="fold")
    for page, path in _PAGES.items():
        addresses.add_row(translate(f"cli.demo.page.{page}", "nl"), f"http://{bind}{path}")
    console.print(addresses)
    console.print()
    console.print(translate("cli.demo.sign_ins", "nl", password=demo_password()), style="bold")
    console.print(translate("cli.demo.sign_ins", "en", password=demo_password()))
    console.print(_sign_ins())
    console.print(translate("cli.demo.invented", "nl"))
    console.print(translate("cli.demo.invented", "en"))


def _sign_ins() -> Table:
    table = Table(show_header=False, box=None)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for sign_in in demo_sign_ins():
        role = translate(f"word.role.{sign_in.role.value}", "nl")
        place = get_municipality(sign_in.only_nis_code).name if sign_in.only_nis_code else ""
        limits = ", ".join(filter(None, (sign_in.only_programme, place)))
        table.add_row(sign_in.email, f"{role} ({limits})" if limits else role)
    return table


def _become_server(settings: Settings) -> None:
    """Let this process become the server, so that stopping it stops everything."""
    root = Path(__file__).parents[2]
    gunicorn = Path(sys.executable).with_name("gunicorn")
    configuration = root / "gunicorn.conf.py"
    if not configuration.exists() or not gunicorn.exists():
        raise click.ClickException(
            "Serve from a checkout: gunicorn or gunicorn.conf.py is missing."
        )
    # Named outright: the default of the settings depends on the folder.
    os.environ["DATABASE_URL"] = settings.database_url
    sys.stdout.flush()
    arguments = ["-c", str(configuration), "--chdir", str(root), "wsgi:application"]
    os.execvp(gunicorn, [str(gunicorn), *arguments])  # noqa: S606  no shell is wanted
