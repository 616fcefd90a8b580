"""`energiehuis report`: the report of a municipality as PDF, web page, workbook or CSV."""

from pathlib import Path

import click

from energiehuis.access.queries import get_only_organisation_code
from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.i18n import LANGUAGES
from energiehuis.reference_data.municipalities import list_municipalities
from energiehuis.reports.outputs import ENDINGS, write_report
from energiehuis.reports.service import AskReport, make_report


@click.group()
def report() -> None:
    """Make reports from the key figures."""


@report.command()
@click.argument("place")
@click.option("--year", type=int, required=True, help="Calendar year.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--internal", is_flag=True, help="Show small counts too; not to be shared.")
@click.option("--organisation", default="", help="Code of the organisation; the only one if left.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def municipality(
    *, place: str, year: int, out: Path, internal: bool, organisation: str, language: str
) -> None:
    """Make the report of PLACE (name or NIS code), as .pdf, .html, .xlsx or .csv."""
    if out.suffix not in ENDINGS:
        raise click.BadParameter(f"a report ends in {', '.join(ENDINGS)}", param_hint="--out")
    asked = AskReport(_nis_code_of(place), year, language, internal)
    with open_database() as database, database.unit_of_work(TransactionKind.READ) as session:
        actor = system_actor_for(session, organisation or get_only_organisation_code(session))
        made = make_report(session, actor, asked)
    write_report(made, out)
    click.echo(str(out))


def _nis_code_of(place: str) -> str:
    for row in list_municipalities():
        if place.casefold() in (row.nis_code, row.name.casefold()):
            return row.nis_code
    names = ", ".join(row.name for row in list_municipalities())
    raise click.BadParameter(f"{place!r} is none of {names}", param_hint="PLACE")
