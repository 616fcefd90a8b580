"""What most commands need: the settings of the environment and the database they name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from energiehuis import mapping
from energiehuis.config import Settings, read_database_url
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
def open_database() -> Iterator[Database]:
    """Open the database of the environment, with all rows known, and close it at the end."""
    if not mapping.metadata.tables:
        raise RuntimeError("no rows are mapped")
    database = Database(read_database_url(os.environ))
    try:
        with use_law_of(database):
            yield database
    finally:
        database.dispose()
