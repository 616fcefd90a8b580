"""Runs migrations on the database of the settings, or on the connection that a test gives."""

import os

from alembic import context
from sqlalchemy import create_engine, pool

from energiehuis import mapping
from energiehuis.config import read_database_url
from energiehuis.db.types import Document, Instant

config = context.config


def plain_type(kind, value, _autogenerate_context):
    """Write our own column types as the plain ones, so that a migration stands on its own."""
    if kind == "type" and isinstance(value, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, Document):
        return "sa.Text()"
    return False


def run(connection):
    if connection.dialect.name == "sqlite":
        # Batch mode copies tables: with foreign keys on, dropping the old one would empty
        # the tables that cascade from it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=mapping.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.in_transaction():
        connection.commit()


given = config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = config.attributes.get("url") or read_database_url(os.environ)
    with create_engine(url, poolclass=pool.NullPool).connect() as own:
        run(own)
