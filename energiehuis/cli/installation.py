"""What most commands need: the settings of the environment and the database they name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from energiehuis import mapping
from energiehuis.config import Settings
from energiehuis.db.unit_of_work import Database


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SettingsError
        Naming the variable and what would do.
    """
    return Settings.from_env(os.environ)


@contextmanager
def open_database(settings: Settings | None = None) -> Iterator[Database]:
    """Open the database of the settings, with all rows known, and close it at the end."""
    if not mapping.metadata.tables:
        raise RuntimeError("no rows are mapped")
    database = Database((settings or read_settings()).database_url)
    try:
        yield database
    finally:
        database.dispose()
