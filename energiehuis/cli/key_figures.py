"""`energiehuis key-figures`: what the records of an organisation count; published and checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

import click
import orjson
from rich.console import Console
from rich.table import Table

from energiehuis.access.actor import Actor
from energiehuis.access.queries import get_only_organisation_code
from energiehuis.access.service import system_actor_for
from energiehuis.cli.installation import open_database
from energiehuis.db.engine import TransactionKind
from energiehuis.db.session import Session
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.key_figures.deck_check import Compared, Verdict, check_deck
from energiehuis.key_figures.measures import Period
from energiehuis.key_figures.publication import (
    PublishedRow,
    PublishKeyFigures,
    RestateKeyFigure,
    get_publication,
    list_publications,
    publish,
    published_rows,
    restate,
)
from energiehuis.key_figures.referral_counts import MatrixCell, read_referral_matrix
from energiehuis.key_figures.service import KeyFigure, compute_key_figures

_DAY = click.DateTime(["%Y-%m-%d"])
_COLUMNS = ("figure", "value", "unit", "note")
_LANGUAGE = click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", show_default=True
)
_ORGANISATION = click.option(
    "--organisation", default="", help="Code of the organisation; the only one if left."
)


@click.group("key-figures", invoke_without_command=True)
@click.option("--organisation", default="", help="Code of the organisation.")
@click.option("--nis", default=None, help="NIS code of one municipality; without it, all together.")
@click.option("--from", "from_at", type=_DAY, help="First day, such as 2018-01-01.")
@click.option("--to", "to_at", type=_DAY, help="First day that no longer counts.")
@click.option("--known-on", type=_DAY, help="The records as they stood at the end of this day.")
@_LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@click.pass_context
def key_figures(  # noqa: PLR0913  one for each option
    ctx: click.Context,
    *,
    organisation: str,
    nis: str | None,
    from_at: datetime | None,
    to_at: datetime | None,
    known_on: datetime | None,
    language: str,
    as_json: bool,
) -> None:
    """Compute the key figures of a period from the records; small counts are shown."""
    if ctx.invoked_subcommand is not None:
        return
    if from_at is None or to_at is None:
        raise click.UsageError("give --from and --to, or one of the commands below")
    period = Period(from_at.date(), to_at.date())
    with _work(organisation, TransactionKind.READ) as (session, actor):
        figures = compute_key_figures(session, actor, period, nis_code=nis, known_on=_day(known_on))
    if as_json:
        click.echo(orjson.dumps([_as_json(figure) for figure in figures]))
    else:
        Console().print(_table(figures, language))


@key_figures.command("publish")
@_ORGANISATION
@click.option("--from", "from_at", type=_DAY, required=True, help="First day.")
@click.option("--to", "to_at", type=_DAY, required=True, help="First day that no longer counts.")
@click.option("--known-on", type=_DAY, help="The records as they stood at the end of this day.")
def publish_command(
    *, organisation: str, from_at: datetime, to_at: datetime, known_on: datetime | None
) -> None:
    """Freeze the figures of a period that is over, for all municipalities and their total."""
    command = PublishKeyFigures(Period(from_at.date(), to_at.date()), _day(known_on))
    with _work(organisation, TransactionKind.WRITE) as (session, actor):
        made = publish(session, actor, command)
    click.echo(made)


@key_figures.command("restate")
@_ORGANISATION
@click.argument("publication", type=click.UUID)
@click.argument("figure")
@click.option("--nis", default=None, help="NIS code; without it, the total.")
@click.option("--reason", required=True, help="Why the records count otherwise now.")
def restate_command(
    *, organisation: str, publication: UUID, figure: str, nis: str | None, reason: str
) -> None:
    """Add what the records count now beside a published figure."""
    with _work(organisation, TransactionKind.WRITE) as (session, actor):
        command = RestateKeyFigure(publication, figure, reason, nis)
        row = restate(session, actor, command)
    click.echo(f"{row.figure_id} {row.revision}: {row.value or row.reason}")


@key_figures.command("show")
@_ORGANISATION
@click.argument("publication", type=click.UUID, required=False)
@click.option("--nis", default="", help="NIS code; without it, the total.")
@_LANGUAGE
def show_command(*, organisation: str, publication: UUID | None, nis: str, language: str) -> None:
    """Show a publication with every revision of its figures, or list them all."""
    with _work(organisation, TransactionKind.READ) as (session, actor):
        if publication is None:
            for head in list_publications(session, actor):
                click.echo(f"{head.id} {head.period.from_on} {head.period.to_on}")
            return
        head = get_publication(session, actor, publication)
        rows = published_rows(session, head.id, nis_code=nis)
    Console().print(_published_table(rows, language))


@key_figures.command("check-deck")
@_ORGANISATION
@_LANGUAGE
def check_deck_command(*, organisation: str, language: str) -> None:
    """Set every figure of W13's deck of 2019 beside what the records count."""
    with _work(organisation, TransactionKind.READ) as (session, actor):
        compared = check_deck(session, actor)
    Console().print(_deck_table(compared, language))
    for verdict in Verdict:
        count = sum(row.verdict is verdict for row in compared)
        click.echo(f"{translate(f'key_figures.verdict.{verdict.value}', language)}: {count}")
    if any(row.is_unexplained for row in compared):
        raise click.exceptions.Exit(1)


@key_figures.command("referrals")
@_ORGANISATION
@click.option("--from", "from_at", type=_DAY, required=True, help="First day.")
@click.option("--to", "to_at", type=_DAY, required=True, help="First day that no longer counts.")
@_LANGUAGE
def referrals_command(
    *, organisation: str, from_at: datetime, to_at: datetime, language: str
) -> None:
    """Show the referrals from programme to programme, and who waits between two of them."""
    period = Period(from_at.date(), to_at.date())
    with _work(organisation, TransactionKind.READ) as (session, actor):
        found = read_referral_matrix(session, actor, period)
    Console().print(_matrix_table(found.cells, language))
    lost = translate(
        "referral_matrix.households_lost",
        language,
        day=found.lost_on.isoformat(),
        count=found.households_lost,
    )
    click.echo(lost)


@contextmanager
def _work(organisation: str, kind: TransactionKind) -> Iterator[tuple[Session, Actor]]:
    with open_database() as database, database.unit_of_work(kind) as session:
        code = organisation or get_only_organisation_code(session)
        yield session, system_actor_for(session, code)


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.date()


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
        "parts": [list(part) for part in figure.parts],
        "undated": list(figure.undated),
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
    notes = []
    if figure.unknown_count:
        notes.append(translate("key_figures.unknown", language, count=figure.unknown_count))
    if figure.undated:
        tables = ", ".join(figure.undated)
        notes.append(translate("key_figures.undated", language, tables=tables))
    return "; ".join(notes)


def _matrix_table(cells: tuple[MatrixCell, ...], language: str) -> Table:
    names = ("from", "to", "sent", "accepted", "started", "refused", "withdrawn", "lost")
    table = Table(*(translate(f"referral_matrix.{name}", language) for name in names))
    for cell in cells:
        programmes = (cell.from_programme, cell.to_programme)
        counts = (getattr(cell, name) for name in names[2:])
        table.add_row(
            *(translate(f"programme.{code}", language) for code in programmes), *map(str, counts)
        )
    return table


def _published_table(rows: tuple[PublishedRow, ...], language: str) -> Table:
    table = Table("id", "nr.", translate("key_figures.column.value", language), "")
    for row in rows:
        said = row.restated_because or ""
        if row.reason is not None:
            said = f"{translate(f'key_figures.{row.reason}', language)} {said}".strip()
        table.add_row(row.figure_id, str(row.revision), row.value or "–", said)
    return table


def _deck_table(compared: tuple[Compared, ...], language: str) -> Table:
    table = Table("id", "NIS", "W13", translate("key_figures.column.value", language), "")
    for row in compared:
        deck = row.deck
        said = translate(f"key_figures.verdict.{row.verdict.value}", language)
        if row.verdict in {Verdict.AMBIGUOUS, Verdict.NOT_ANSWERED} and deck.oddity:
            said = f"{said}: {translate(f'key_figures.oddity.{deck.oddity}', language)}"
        counted = "–" if row.counted is None else f"{row.counted.normalize():f}"
        mark = "" if deck.is_exact else "± "
        name = f"{deck.figure_id} {deck.group}".strip()
        table.add_row(name, deck.scope, f"{mark}{deck.printed}", counted, said)
    return table
