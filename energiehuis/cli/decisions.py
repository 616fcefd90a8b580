"""`energiehuis decisions`: take a sealed decision out, and replay one without any database."""

from pathlib import Path
from typing import Any

import click
import orjson

from energiehuis.cli.installation import open_database
from energiehuis.errors import NotFound
from energiehuis.i18n import LANGUAGES, translate
from energiehuis.identifiers import canonical_json
from energiehuis.loans.replay import NoSealedDecision, replay
from energiehuis.loans.replay_words import say_difference


@click.group()
def decisions() -> None:
    """Replay sealed decisions."""


@decisions.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def verify(*, file: Path, language: str) -> None:
    """Decide again what FILE says was decided, by today's rules for the day of the application.

    Needs no database. Ends with 1 when the seal does not fit, or when the answer, the works or the
    schedule differ. That the rule files have another version is said, and is no difference.
    """
    document, seal = _read(file)
    try:
        differences = replay(document, seal)
    except NoSealedDecision as error:
        raise click.ClickException(f"{file.name} is no sealed decision: {error}.") from error
    application = document["application"]
    head = {"reference": application["reference"], "day": application["applied_on"]}
    click.echo(translate("replay.head", language, **head))
    if seal is None:
        click.echo(translate("replay.no_seal", language), err=True)
    for difference in differences:
        click.echo(say_difference(difference, language), err=True)
    count = sum(not difference.is_of_law for difference in differences)
    if count:
        raise click.ClickException(translate("replay.count", language, count=count))
    same = "replay.same_under_new_rules" if differences else "replay.same"
    click.echo(translate(same, language))


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
