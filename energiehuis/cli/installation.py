"""What most commands need: the settings of the environment and the database they name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from energiehuis import mapping
from energiehuis.config import Settings, SettingsError, read_database_url
from energiehuis.db import schema
from energiehuis.db.unit_of_work import Database
from energiehuis.law_changes.in_force import use_law_of


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SettingsError
        Naming the variable and what would do.
    """
    return Settings.from_env(os.environ)


@contextmanager
def open_database(*, needs_newest_schema: bool = True) -> Iterator[Database]:
    """Open the database of the environment, with all rows known, and close it at the end.

    Raises
    ------
    SettingsError
        When there is no such database or its schema is not the newest: says what to run.
    """
    if not mapping.metadata.tables:
        raise RuntimeError("no rows are mapped")
    url = read_database_url(os.environ)
    _require_file(url)
    database = Database(url)
    try:
        if needs_newest_schema:
            _require_newest_schema(database)
        with use_law_of(database):
            yield database
    finally:
        database.dispose()


def shown(url: str) -> str:
    """Give the URL of a database without its password."""
    return make_url(url).render_as_string(hide_password=True)


def _require_file(url: str) -> None:
    """Refuse an embedded database that is not there: opening it would make an empty one."""
    location = make_url(url)
    if location.get_backend_name() != "sqlite" or not location.database:
        return
    if not Path(location.database).exists():
        remedy = "`make run` makes one with the demo region, `energiehuis db upgrade` an empty one"
        raise SettingsError(f"There is no database {location.database}: {remedy}.")


def _require_newest_schema(database: Database) -> None:
    try:
        is_current = schema.is_current(database)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        where = shown(database.url)
        raise SettingsError(f"DATABASE_URL: {where} cannot be reached: {reason}") from error
    if not is_current:
        raise SettingsError(
            f"The schema of {shown(database.url)} is not {schema.newest_revision()}: "
            "run `energiehuis db upgrade`."
        )
