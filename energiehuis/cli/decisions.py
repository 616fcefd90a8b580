"""`energiehuis decisions`: take a sealed decision out, and replay one without any database."""

from pathlib import Path
from typing import Any

import click
import orjson

from energiehuis.cli.installation import open_database
from energiehuis.errors import NotFound
from energiehuis.identifiers import canonical_json
from energiehuis.loans.replay import Difference, NoSealedDecision, replay


@click.group()
def decisions() -> None:
    """Replay sealed decisions."""


@decisions.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(*, file: Path) -> None:
    """Decide again what FILE says was decided, under the law of its day.

    Needs no database. Ends with 1 when something differs.
    """
    document, seal = _read(file)
    try:
        differences = replay(document, seal)
    except NoSealedDecision as error:
        raise click.ClickException(f"{file.name} is no sealed decision: {error}.") from error
    application = document["application"]
    click.echo(f"{application['reference']}, applied on {application['applied_on']}")
    if seal is None:
        click.echo("No seal stands beside the document, so it was not compared.", err=True)
    for difference in differences:
        click.echo(_line(difference), err=True)
    if differences:
        raise click.ClickException(f"{len(differences)} parts differ.")
    click.echo("Deciding again gives the same: facts, law, result and schedule agree.")


@decisions.command()
@click.argument("reference")
@click.option("--organisation", default="", help="Code of the organisation; the only one if left.")
def export(*, reference: str, organisation: str) -> None:
    """Write the sealed decision on the application REFERENCE as JSON.

    The look at the file is written down in the audit trail.
    """
    from energiehuis.access.queries import get_only_organisation_code  # noqa: PLC0415
    from energiehuis.access.service import system_actor_for  # noqa: PLC0415
    from energiehuis.loans.queries import (  # noqa: PLC0415  only this command needs rows
        find_application_by_reference,
        get_application,
    )

    with open_database() as database, database.unit_of_work() as session:
        code = organisation or get_only_organisation_code(session)
        found = find_application_by_reference(session, reference)
        if found is None:
            raise NotFound("request.not_found")
        file = get_application(session, system_actor_for(session, code), found.id)
    if file.decision is None:
        raise click.ClickException(f"{reference} is not decided yet.")
    document = {"sealed": file.decision.sealed, "seal": file.decision.seal}
    click.echo(canonical_json(document))


def _read(file: Path) -> tuple[dict[str, Any], str | None]:
    """Take the document with its seal, or the bare document."""
    try:
        content = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise click.ClickException(f"{file.name} is no JSON: {error}.") from error
    if not isinstance(content, dict):
        raise click.ClickException(f"{file.name} is no sealed decision.")
    if isinstance(content.get("sealed"), dict):
        return content["sealed"], content.get("seal")
    return content, None


def _line(difference: Difference) -> str:
    return f"{difference.part}: sealed {difference.sealed!r}, now {difference.found!r}"
