"""`energiehuis key-figures`: what the records of an organisation count, for a period."""

from datetime import datetime

import click
import orjson
from rich.console import Console
from rich.table import Table

from energiehuis import clock
from energiehuis.access.actor import Actor
from energiehuis.access.queries import get_organisation_id, served_municipalities
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.service import KeyFigure, compute_key_figures

_DAY = click.DateTime(["%Y-%m-%d"])
_COLUMNS = ("figure", "value", "unit", "note")


@click.command("key-figures")
@click.option("--organisation", required=True, help="Code of the organisation.")
@click.option("--nis", default=None, help="NIS code of one municipality; without it, all together.")
@click.option("--from", "from_at", type=_DAY, required=True, help="First day, such as 2018-01-01.")
@click.option("--to", "to_at", type=_DAY, required=True, help="First day that no longer counts.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def key_figures(
    *,
    organisation: str,
    nis: str | None,
    from_at: datetime,
    to_at: datetime,
    language: str,
    as_json: bool,
) -> None:
    """Compute the key figures of a period from the records; small counts are shown."""
    period = Period(from_at.date(), to_at.date())
    with open_database() as database, database.unit_of_work(TransactionKind.READ) as session:
        organisation_id = get_organisation_id(session, organisation)
        actor = Actor(
            name="system",
            organisation_id=organisation_id,
            municipalities=served_municipalities(session, organisation_id, clock.today()),
            is_system=True,
        )
        figures = compute_key_figures(session, actor, period, nis_code=nis)
    if as_json:
        click.echo(orjson.dumps([_as_json(figure) for figure in figures]))
    else:
        Console().print(_table(figures, language))


def _as_json(figure: KeyFigure) -> dict[str, object]:
    return {
        "id": figure.definition.id,
        "version": figure.definition.version,
        "unit": figure.definition.unit.value,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unknown_count": figure.unknown_count,
        "reason": figure.reason,
    }


def _table(figures: tuple[KeyFigure, ...], language: str) -> Table:
    table = Table()
    for column in _COLUMNS:
        header = translate(f"key_figures.column.{column}", language)
        table.add_column(header, justify="right" if column == "value" else "left")
    for figure in figures:
        definition = figure.definition
        unit = translate(f"key_figure.unit.{definition.unit.value}", language)
        name = translate(definition.name_key, language)
        table.add_row(name, figure.value or "–", unit, _note(figure, language))
    return table


def _note(figure: KeyFigure, language: str) -> str:
    if figure.reason is not None:
        return translate(f"key_figures.{figure.reason}", language)
    if figure.unknown_count:
        return translate("key_figures.unknown", language, count=figure.unknown_count)
    return ""
